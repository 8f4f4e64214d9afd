package io.rollcall.gateway;

import jakarta.servlet.http.HttpServletRequest;

/** Addresses of this site that more than one part goes by. */
public final class Paths {
	public static final String API = "/api/";
	/** Where the gateway says how it is itself. */
	public static final String HEALTH = "/actuator/health";
	/** Where one changes one's own password. */
	public static final String OWN_PASSWORD = "/api/me/password";
	/** Where the authorization server stands: the issuer of the tokens is the base address with this. */
	public static final String AUTH = "/auth";
	/** Where a sign-in begins. */
	public static final String SIGN_IN = "/login";

	private Paths() {}

	/**
	 * What a request asks for, and what every part goes by. It is as it was sent: {@code Edge} lets through one spelling of each path
	 * alone, so that nobody is routed by one and counted by another.
	 */
	public static String of(HttpServletRequest request) {
		return request.getRequestURI();
	}
}
