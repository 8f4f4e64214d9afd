package io.rollcall.notification;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * When an account last was deactivated, had another address or got new credentials: passwords and links that were to be mailed to it
 * before have ended, and their mails, should they still wait, are of no use or for a mailbox that may be somebody else's.
 */
public interface Endings {
	/** Of several of an account, the latest counts. */
	void keep(Map<UUID, Instant> endings);

	Optional<Instant> latest(UUID accountId);
}
