package io.rollcall.user.credential;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.permission.Permission;
import io.rollcall.user.permission.Role;

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

	/** What one in this role may do here. Accounts are managed at the Portal; what is done at the Training Site is practice. */
	public Set<Permission> permissions(Role role) {
		return role.permissions().stream().filter(it -> this == PORTAL || it != Permission.MANAGE_USERS)
				.collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
	}

	public static Optional<Site> ofClient(@Nullable String clientId) {
		return Arrays.stream(values()).filter(site -> site.clientId().equals(clientId)).findFirst();
	}
}
