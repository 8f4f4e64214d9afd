package io.rollcall.user.signin;

import io.rollcall.user.credential.Site;

/** The {@link AttemptLog}s, one a username, shared by all instances. */
public interface Attempts {
	/** Takes one attempt at the site out of the budget; false when there is none left and nothing must be evaluated. */
	boolean take(String username, Site site, Source source);

	/** The attempt at the site was right after all. */
	void succeeded(String username, Site site, Source source);
}
