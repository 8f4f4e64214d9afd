package io.rollcall.notification;

import java.util.Optional;

/** What organizations are called. Who has just started may not know it yet, and nobody waits for it: a mail does without then. */
public interface OrganizationNames {
	/** @return a school with its district in brackets, as lists show it */
	Optional<String> find(String code);
}
