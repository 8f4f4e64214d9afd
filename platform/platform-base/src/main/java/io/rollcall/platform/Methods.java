package io.rollcall.platform;

import java.util.Set;

/** The methods of HTTP that something here may be asked by. */
public final class Methods {
	private static final Set<String> TAKEN = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

	private Methods() {}

	public static boolean areTaken(String method) {
		return TAKEN.contains(method);
	}
}
