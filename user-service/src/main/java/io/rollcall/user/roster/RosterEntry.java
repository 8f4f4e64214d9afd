package io.rollcall.user.roster;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.Typed;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.Lifetime;
import io.rollcall.user.account.Lifetime.Status;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Role;

/**
 * An account as the list shows and finds it.
 *
 * @param createdAt in milliseconds
 * @param issue of its passwords ({@link Account#issue}), blank when there is none
 * @param passwordEnd as {@link PortalPassword#end} says
 * @param used whether somebody has signed in to it, as far as its credentials tell
 */
record RosterEntry(UUID id, long version, long createdAt, long deactivatedAt, Status status, Role role, Places places,
		String firstNameKey, String lastNameKey, String emailKey, String usernameKey, String issue, long passwordEnd,
		boolean used)
		implements
			Holder {
	/**
	 * Where an account is.
	 *
	 * @param scope codes of its organizations and of their districts
	 */
	record Places(Set<Organization> organizations, Set<String> scope) {
		private static final Places NONE = of(Set.of());

		static Places of(Set<Organization> organizations) {
			return new Places(organizations, organizations.stream().flatMap(it -> Stream.of(it.code(), it.district()))
					.collect(Collectors.toUnmodifiableSet()));
		}
	}

	private static final UUID LEAST = new UUID(Long.MIN_VALUE, Long.MIN_VALUE);
	private static final Pattern PAUSES = Pattern.compile("\\s*,\\s*");
	private static final Pattern UNHEARD = Pattern.compile("[\\p{M}\\p{Cf}]+");

	/** @param places gives them, maybe as those of another account */
	static RosterEntry of(Account account, Function<Set<Organization>, Places> places) {
		Profile profile = account.profile();
		String email = fold(profile.email().value());
		String username = fold(profile.username().value());
		return new RosterEntry(account.id(), account.lifetime().version(),
				account.lifetime().createdAt().toEpochMilli(), deactivatedAt(account.lifetime()),
				account.lifetime().status(), profile.role(),
				places.apply(Set.copyOf(profile.organizations())),
				fold(profile.firstName().value()), fold(profile.lastName().value()),
				email.equals(username) ? username : email, username, account.credentials().issue().orElse(""),
				PortalPassword.end(account), account.isUsed());
	}

	private static long deactivatedAt(Lifetime lifetime) {
		Instant at = lifetime.deactivatedAt();
		return at == null ? NEVER : at.toEpochMilli();
	}

	/** What stands before all who have this name and address, in the order of the addresses. */
	static RosterEntry before(Roster.Person person) {
		return new RosterEntry(LEAST, Long.MIN_VALUE, Long.MIN_VALUE, NEVER, Status.ACTIVE, Role.TA, Places.NONE,
				fold(person.firstName()), fold(person.lastName()), fold(person.email()), "", "", PortalPassword.NEVER,
				true);
	}

	@Override
	public Set<Organization> organizations() {
		return places.organizations();
	}

	@Override
	public boolean isActive() {
		return status == Status.ACTIVE;
	}

	Set<String> scope() {
		return places.scope();
	}

	/** @param now in milliseconds */
	PortalPassword password(long now) {
		return PortalPassword.of(passwordEnd, now);
	}

	/** Whether it has the name and the address of the other. */
	boolean isNamed(RosterEntry other) {
		return emailKey.equals(other.emailKey) && lastNameKey.equals(other.lastNameKey)
				&& firstNameKey.equals(other.firstNameKey);
	}

	/** What search looks in: names, username and address, without case and accents, each on a line of its own. */
	String folded() {
		return firstNameKey + ' ' + lastNameKey + '\n' + lastNameKey + ' ' + firstNameKey + '\n' + emailKey + '\n'
				+ usernameKey;
	}

	/**
	 * Without case, accents and what nobody can see, so that "nguyen" finds "Nguyễn"; an apostrophe is one in any form, and a comma
	 * is a blank. Letters that Unicode does not decompose are spelled out.
	 */
	static String fold(String text) {
		String paused = text.indexOf(',') < 0 ? text : PAUSES.matcher(text).replaceAll(" ");
		String plain = Typed.plainApostrophes(paused);
		String bare = UNHEARD.matcher(Normalizer.normalize(plain, Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
		return bare.indexOf('đ') < 0 && bare.indexOf('ł') < 0 && bare.indexOf('ø') < 0 && bare.indexOf('ß') < 0
				&& bare.indexOf('æ') < 0 && bare.indexOf('ı') < 0
						? bare
						: bare.replace('đ', 'd').replace('ł', 'l').replace('ø', 'o').replace("ß", "ss")
								.replace("æ", "ae").replace('ı', 'i');
	}

	/** An account at one version is one entry; comparing all of its texts would say the same, slowly. */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RosterEntry entry && entry.version == version && entry.id.equals(id);
	}

	@Override
	public int hashCode() {
		return id.hashCode();
	}

	String key(Roster.Column column) {
		return switch (column) {
			case FIRST_NAME -> firstNameKey;
			case LAST_NAME -> lastNameKey;
			case EMAIL -> emailKey;
			case USERNAME -> usernameKey;
			case ROLE -> role.title();
		};
	}
}
