package io.rollcall.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;

/**
 * What should not happen, in the log. The first of a kind stands there with its whole stack, after that one a minute with a few frames
 * and how many there were in between: who finds a way to cause one thousands of times would otherwise push everything else out.
 */
public final class UnexpectedFailures {
	private static final Duration SILENCE = Duration.ofMinutes(1);
	/** More than ever were seen; what comes on top counts as one. */
	private static final int MOST_KINDS = 200;

	/** @param more not logged since then */
	private record Seen(Instant logged, long more) {}

	private final Logger log;
	private final InstantSource clock;
	private final Map<String, Seen> kinds = new ConcurrentHashMap<>();

	public UnexpectedFailures(Logger log, InstantSource clock) {
		this.log = log;
		this.clock = clock;
	}

	public void add(Throwable failure) {
		String kind = kind(failure);
		String counted = kinds.size() < MOST_KINDS || kinds.containsKey(kind) ? kind : "";
		Instant now = clock.instant();
		kinds.compute(counted, (_, seen) -> {
			if (seen == null) {
				log.error("Unexpected failure", Failures.withoutText(failure));
				return new Seen(now, 0);
			}
			if (now.isBefore(seen.logged().plus(SILENCE))) return new Seen(seen.logged(), seen.more() + 1);
			log.error("Unexpected failure, and {} like it since the last that is logged", seen.more(),
					Failures.brief(failure));
			return new Seen(now, 0);
		});
	}

	/** What failed, and where. */
	private static String kind(Throwable failure) {
		Throwable root = failure;
		for (int depth = 0; root.getCause() != null && depth < 20; depth++)
			root = root.getCause();
		StackTraceElement[] stack = root.getStackTrace();
		return root.getClass().getName() + (stack.length == 0 ? "" : " " + stack[0]);
	}
}
