package io.rollcall.notification;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** Whom to write to about what they did, where the event that says so names an account alone. */
public interface Addressees {
	/** @param active a deactivated account gets no such mail */
	record Known(UUID accountId, Addressee addressee, boolean active) {}

	/** Keeps each as it is now; of the same account, the last. */
	void keep(Collection<Known> accounts);

	Optional<Known> find(UUID accountId);
}
