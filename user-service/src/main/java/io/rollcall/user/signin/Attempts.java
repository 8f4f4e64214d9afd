package io.rollcall.user.signin;

/** The {@link AttemptLog}s, one a username, shared by all instances. */
public interface Attempts {
	/** Takes one attempt out of the budget; false when there is none left and nothing must be evaluated. */
	boolean take(String username, Source source);

	/** The attempt was right after all. */
	void succeeded(String username, Source source);
}
