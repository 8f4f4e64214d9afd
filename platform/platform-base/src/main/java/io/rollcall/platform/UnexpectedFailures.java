package io.rollcall.platform;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** What should not happen, in the log: the first of a kind with its whole stack, after that one a minute with a few frames. */
public final class UnexpectedFailures {
	private static final Duration SILENCE = Duration.ofMinutes(1);
	private static final int MOST_WHOLE = 200;

	private final Logger log;
	private final Recurring kinds;
	private final Set<String> whole = ConcurrentHashMap.newKeySet();

	public UnexpectedFailures(Logger log, InstantSource clock) {
		this.log = log;
		this.kinds = new Recurring(SILENCE, clock);
	}

	public void add(Throwable failure) {
		String kind = kind(failure);
		kinds.add(kind, times -> line(kind, failure, times));
	}

	private LoggingEventBuilder line(String kind, Throwable failure, long times) {
		LoggingEventBuilder line = log.atError().setMessage("Unexpected failure");
		return whole.size() < MOST_WHOLE && whole.add(kind)
				? line.setCause(Failures.withoutText(failure))
				: line.addKeyValue("times", times).setCause(Failures.brief(failure));
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
