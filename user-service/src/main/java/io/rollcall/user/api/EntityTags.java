package io.rollcall.user.api;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Account;

/** Editions of accounts as entity tags (RFC 9110, 8.8.3). */
final class EntityTags {
	/** The edition and, weak or not, what a proxy that compresses has put behind it: {@code -gzip}, {@code --gzip}, {@code ;br}. */
	private static final Pattern OURS = Pattern
			.compile("\\s*(?:W/)?\"([0-9a-f]{16})(?:\\.[0-9a-f]{8})?(?:[-;:+/][!#-+\\--~]*)?\"\\s*");

	private EntityTags() {}

	/**
	 * The tag of what is shown of an account. That has more in it than a form changes: what became of its mails, whether its passwords
	 * have expired, when it last changed. Who has this tag has all of that; a form needs the edition alone.
	 */
	static String of(Account account, Object shown) {
		return "%s.%08x".formatted(account.edition(), shown.hashCode());
	}

	/** The edition that a tag names; empty when it is no tag of an account. */
	static Optional<String> edition(@Nullable String tag) {
		Matcher ours = OURS.matcher(tag == null ? "" : tag);
		return ours.matches() ? Optional.of(ours.group(1)) : Optional.empty();
	}

	/** The tag that names an edition alone, whatever is shown beside it. */
	static String of(String edition) {
		return '"' + edition + '"';
	}

	/**
	 * The edition that a form was filled in from. RFC 9110 compares the tag as a whole, so that behind a proxy that makes it weak every
	 * change would fail; this takes from it what we have put there. Of several tags that of the current edition counts, if it is
	 * among them. The wildcard is none: it would let somebody overwrite what nobody has looked at.
	 *
	 * @param ifMatch the header, if there is one
	 * @param current what the account has now
	 * @throws org.springframework.web.ErrorResponseException 428, when it is no tag of an account
	 */
	static String edition(@Nullable String ifMatch, String current) {
		Set<String> editions = new LinkedHashSet<>();
		for (String tag : ifMatch == null ? new String[0] : ifMatch.split(",", -1)) {
			Matcher ours = OURS.matcher(tag);
			if (!ours.matches()) throw Refusals.ifMatchRequired();
			editions.add(ours.group(1));
		}
		if (editions.isEmpty()) throw Refusals.ifMatchRequired();
		return editions.contains(current) ? current : editions.iterator().next();
	}
}
