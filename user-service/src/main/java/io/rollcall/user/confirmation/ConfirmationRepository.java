package io.rollcall.user.confirmation;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where the confirmations are. */
public interface ConfirmationRepository {
	/**
	 * Stores a new one with the event that tells of it.
	 *
	 * @return false, and nothing changes, when there is one of this id
	 */
	boolean add(Confirmation confirmation, Fact opened);

	Optional<Confirmation> find(UUID id);

	/** All that are kept, the latest first. */
	List<Confirmation> all();

	/**
	 * Stores what became of one with the event that tells of it.
	 *
	 * @return false, and nothing changes, when it is not at the version before any more
	 */
	boolean replace(Confirmation after, Fact what);

	/** Reminders of this day went out. That is no change of the confirmation. */
	void noteReminded(UUID id, LocalDate day);
}
