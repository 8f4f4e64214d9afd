package io.rollcall.user.account.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.platform.operations.Alert;
import io.rollcall.platform.operations.PipelinePart;
import io.rollcall.user.outbox.Owing;
import io.rollcall.user.outbox.Owing.Pending;

/** Events that are stored with what they tell of and not published yet: normally none that is older than a moment. */
@Component
class OutboxState implements PipelinePart {
	/** More is not counted: the depth is then at least that. */
	private static final int OWNERS_LOOKED_AT = 1_000;
	/** The sweep takes what is older than 10 s, every 5 s. */
	private static final Duration LATE = Duration.ofSeconds(25);
	/** Meters and pages share one look. */
	private static final Duration FRESH = Duration.ofSeconds(2);

	private record Depth(int events, @Nullable Instant oldest, Instant seenAt) {}

	private final List<Owing<?>> outboxes;
	private final Clock clock;
	private @Nullable Depth latest;

	OutboxState(List<Owing<?>> outboxes, Clock clock, MeterRegistry meters) {
		this.outboxes = outboxes;
		this.clock = clock;
		Gauge.builder("rollcall.outbox", () -> depth().events()).description("Events stored and not published")
				.register(meters);
		Gauge.builder("rollcall.outbox.age", () -> age(depth().oldest()).toMillis() / 1000.0).baseUnit("seconds")
				.description("Age of the oldest event that is not published").register(meters);
	}

	private synchronized Depth depth() {
		Instant now = clock.instant();
		Depth before = latest;
		if (before != null && before.seenAt().plus(FRESH).isAfter(now)) return before;
		// An event's time may lie a little ahead of this instance's clock.
		List<Pending> pending = outboxes.stream()
				.flatMap(it -> it.since(now.plus(Duration.ofDays(1)), OWNERS_LOOKED_AT).stream()).toList();
		Depth seen = new Depth(pending.size(),
				pending.stream().map(it -> it.event().time()).min(Instant::compareTo).orElse(null), now);
		latest = seen;
		return seen;
	}

	private Duration age(@Nullable Instant oldest) {
		return oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
	}

	@Override
	public String name() {
		return "outbox";
	}

	@Override
	public State state() {
		Depth depth = depth();
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("events", depth.events());
		figures.put("oldest", depth.oldest());
		boolean late = age(depth.oldest()).compareTo(LATE) > 0;
		return new State(figures, late
				? List.of(new Alert("outbox-late", depth.oldest(),
						depth.events() + " events are stored and not published."))
				: List.of());
	}
}
