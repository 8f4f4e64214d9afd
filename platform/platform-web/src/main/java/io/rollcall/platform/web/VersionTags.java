package io.rollcall.platform.web;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Versions as entity tags (RFC 9110, 8.8.3). */
public final class VersionTags {
	/** The version and, weak or not, what a proxy that compresses has put behind it: {@code -gzip}, {@code --gzip}, {@code ;br}. */
	private static final Pattern OURS = Pattern.compile("\\s*(?:W/)?\"(\\d{1,18})(?:[-;:+/][!#-+\\--~]*)?\"\\s*");

	private VersionTags() {}

	/** The tag of what is shown of something at a version, which may change while the version does not. */
	public static String of(long version, Object shown) {
		return "%d-%08x".formatted(version, shown.hashCode());
	}

	/**
	 * The versions of which one must be the present; none where that does not matter. A tag that is not ours is no version.
	 *
	 * @param ifMatch the header, if there is one
	 */
	public static @Nullable Set<Long> versions(@Nullable String ifMatch) {
		if (ifMatch == null || ifMatch.strip().equals("*")) return null;
		Set<Long> versions = new HashSet<>();
		for (String tag : ifMatch.split(",", -1)) {
			Matcher ours = OURS.matcher(tag);
			if (ours.matches()) versions.add(Long.valueOf(ours.group(1)));
		}
		return versions;
	}
}
