package io.rollcall.platform;

import java.util.List;

/** The methods of HTTP that something here may be asked by. */
public final class Methods {
	private static final List<String> TAKEN = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
	/** As {@code Allow} names them. */
	public static final String ALLOW = String.join(", ", TAKEN);

	/** To whoever asks by another. */
	public static final String NOT_TAKEN = "This method is not allowed at this address.";

	private Methods() {}

	public static boolean areTaken(String method) {
		return TAKEN.contains(method);
	}
}
