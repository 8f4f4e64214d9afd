package io.rollcall.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

import org.slf4j.spi.LoggingEventBuilder;

/**
 * What somebody can cause again and again, in the log: of each kind one line in a time, and in it how often it came since the last. A
 * line for each, and who finds a way to cause thousands would push everything else out.
 */
public final class Recurring {
	/** More than ever were seen in a time; what comes on top counts as one kind. */
	private static final int MOST_KINDS = 200;
	private static final Duration SOON = Duration.ofSeconds(5);

	/**
	 * @param logged when the last line of its kind was written
	 * @param more came since then
	 * @param line of the latest of them
	 */
	private record Seen(Instant logged, long more, LongFunction<LoggingEventBuilder> line) {}

	private final Duration silence;
	private final InstantSource clock;
	/** The longest ago first. */
	private final Map<Object, Seen> kinds = new LinkedHashMap<>();

	/** A line in five seconds. */
	public Recurring() {
		this(SOON, InstantSource.system());
	}

	public Recurring(Duration silence, InstantSource clock) {
		this.silence = silence;
		this.clock = clock;
	}

	/** @param line to be logged, with a count if it is more than one */
	public void log(Object kind, LoggingEventBuilder line, String message) {
		add(kind, times -> (times == 1 ? line : line.addKeyValue("times", times)).setMessage(message));
	}

	/** @param line how it is logged, given how often it came since the last line of its kind, this time included */
	synchronized void add(Object kind, LongFunction<LoggingEventBuilder> line) {
		Instant now = clock.instant();
		tellWhatIsDue(now);
		Object counted = kinds.size() < MOST_KINDS || kinds.containsKey(kind) ? kind : "";
		Seen seen = kinds.get(counted);
		if (seen == null) {
			kinds.put(counted, new Seen(now, 0, line));
			line.apply(1).log();
		} else {
			kinds.put(counted, new Seen(seen.logged(), seen.more() + 1, line));
		}
	}

	/** Of those that came again and were not told of for long enough; the others are forgotten. */
	private void tellWhatIsDue(Instant now) {
		List<Map.Entry<Object, Seen>> due = new ArrayList<>();
		for (Iterator<Map.Entry<Object, Seen>> all = kinds.entrySet().iterator(); all.hasNext();) {
			Map.Entry<Object, Seen> kind = all.next();
			if (now.isBefore(kind.getValue().logged().plus(silence))) break;
			if (kind.getValue().more() > 0) due.add(Map.entry(kind.getKey(), kind.getValue()));
			all.remove();
		}
		for (Map.Entry<Object, Seen> kind : due) {
			Seen seen = kind.getValue();
			kinds.put(kind.getKey(), new Seen(now, 0, seen.line()));
			seen.line().apply(seen.more()).log();
		}
	}
}
