package io.rollcall.organization;

import java.time.Instant;

/**
 * An organization as it has been since an instant.
 *
 * @param number 1 for the first; with the code it names this revision for ever
 */
public record Revision(Organization organization, long number, Instant since) {
	static Revision first(Organization organization, Instant now) {
		return new Revision(organization, 1, now);
	}

	Revision next(Organization changed, Instant now) {
		return new Revision(changed, number + 1, now);
	}

	public String code() {
		return organization.code();
	}
}
