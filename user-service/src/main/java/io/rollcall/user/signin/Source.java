package io.rollcall.user.signin;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.NetworkPlace;
import io.rollcall.user.credential.Secrets;

/**
 * Where an attempt comes from, as hashes: the network address, an IPv6 one by its /64, and the device, by a random cookie that it
 * got with its first successful sign-in.
 *
 * @param form what the form that was sent is known by in its browser, if it is one
 * @param session whether it comes from within a session, whose id then stands for the address
 */
public record Source(String address, @Nullable String device, @Nullable String form, boolean session) {
	/** An attempt over the network; {@code device} is the cookie's value, if there is one. */
	public static Source of(String address, @Nullable String device) {
		return of(address, device, null);
	}

	/** The same with a form; {@code form} is the cookie's value that it came with. */
	public static Source of(String address, @Nullable String device, @Nullable String form) {
		return new Source(Secrets.sha256(NetworkPlace.of(address)), hash(device), hash(form), false);
	}

	private static @Nullable String hash(@Nullable String text) {
		return text == null ? null : Secrets.sha256(text);
	}

	/** An attempt from within a session, by its id. */
	public static Source ofSession(String sid) {
		return new Source(Secrets.sha256(sid), null, null, true);
	}
}
