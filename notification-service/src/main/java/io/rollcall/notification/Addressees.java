package io.rollcall.notification;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Whom to write to about what they did, where the event that says so names an account alone. */
public interface Addressees {
	/**
	 * @param addressee null when there is nobody to write to: deactivated, or in a role that hands in no files
	 * @param role null with it, and where it was written down before roles were
	 */
	record Known(UUID accountId, @Nullable Addressee addressee, @Nullable String role) {}

	/**
	 * Keeps each as it is now, in their order. Of one to whom nobody writes no name and no address is kept, and nothing at all when
	 * nobody ever did.
	 */
	void keep(List<Known> accounts);

	Optional<Known> find(UUID accountId);
}
