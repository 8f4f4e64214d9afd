package io.rollcall.organization;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The organizations as all instances share them, each with the announcement it still owes. */
public interface OrganizationRepository {
	/**
	 * How far the shared state is.
	 *
	 * @param asOf the day of the list it was last brought up to
	 * @param loads counts the times it was; another number means that something may have changed
	 */
	record State(LocalDate asOf, long loads) {}

	/** Empty before the first load. */
	Optional<State> state();

	List<Revision> all();

	/** Stores each change on top of the revision before it; one that another instance has made first is left alone. */
	void save(List<Revision> changes);

	/** Says that a list has been taken in. */
	void loaded(LocalDate asOf);

	/** The latest revisions that the broker has not acknowledged. */
	List<Revision> unannounced();

	/** Says that the broker has them. One that has been overtaken meanwhile is announced again as it is by then. */
	void announced(List<Revision> revisions);
}
