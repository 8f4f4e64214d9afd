package io.rollcall.gateway;

/** Addresses of this site that more than one part goes by. */
public final class Paths {
	public static final String API = "/api/";
	/** Where the authorization server stands: the issuer of the tokens is the base address with this. */
	public static final String AUTH = "/auth";
	/** Where a sign-in begins. */
	public static final String SIGN_IN = "/login";

	private Paths() {}
}
