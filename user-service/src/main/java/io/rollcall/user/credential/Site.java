package io.rollcall.user.credential;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The two sites that one account signs in to, each with a password of its own (guide, section III.A). */
public enum Site {
	PORTAL("MCAS Portal"), TRAINING("MCAS Training Site");

	private final String title;

	Site(String title) {
		this.title = title;
	}

	/** What the guide calls it. */
	public String title() {
		return title;
	}

	/** The OAuth 2.0 client that the site is: its gateway. */
	public String clientId() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static Optional<Site> ofClient(@Nullable String clientId) {
		return Arrays.stream(values()).filter(site -> site.clientId().equals(clientId)).findFirst();
	}
}
