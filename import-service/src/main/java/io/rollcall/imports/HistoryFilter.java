package io.rollcall.imports;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.Action;
import io.rollcall.platform.Typed;

/**
 * Which imports of the history are wanted; what is absent does not matter.
 *
 * @param search part of the file's name or of the submitter's username, ignoring case; blank for all
 * @param from the first moment of submission
 * @param before the moment after the last
 */
public record HistoryFilter(String search, @Nullable Boolean completed, @Nullable Action action,
		@Nullable Boolean dryRun,
		@Nullable Instant from, @Nullable Instant before) {
	/** What is looked for, as it is typed: without what nobody can see, and each apostrophe for any of them. Empty for all. */
	public Optional<Pattern> part() {
		String typed = Typed.identifier(search);
		if (typed.isEmpty()) return Optional.empty();
		String quoted = Stream.of(typed.split("'", -1)).map(Pattern::quote)
				.collect(Collectors.joining("['\u2018\u2019\u02BC]"));
		return Optional.of(Pattern.compile(quoted, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
	}
}
