package io.rollcall.imports.dispatch;

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

import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.OpenImport;
import io.rollcall.platform.operations.Alert;
import io.rollcall.platform.operations.PipelinePart;
import io.rollcall.platform.persistence.PauseSwitch;

/** The queue of rows for operations: how many wait, how many are on their way. Any instance can tell, the imports are stored. */
@Component
class DispatchState implements PipelinePart {
	/** Meters and pages share one look. */
	private static final Duration FRESH = Duration.ofSeconds(2);

	/** @param since when the longest waiting import last moved */
	private record Queue(int imports, int waiting, int inFlight, @Nullable Instant since, Instant seenAt) {}

	private final ImportRepository repository;
	private final PauseSwitch dispatch;
	private final Clock clock;
	private @Nullable Queue latest;

	DispatchState(ImportRepository repository, PauseSwitch dispatch, Clock clock, MeterRegistry meters) {
		this.repository = repository;
		this.dispatch = dispatch;
		this.clock = clock;
		Gauge.builder("rollcall.dispatch.imports", () -> queue().imports()).description("Imports not completed")
				.register(meters);
		Gauge.builder("rollcall.dispatch.waiting", () -> queue().waiting()).description("Rows not sent yet")
				.register(meters);
		Gauge.builder("rollcall.dispatch.in.flight", () -> queue().inFlight())
				.description("Rows sent whose outcome is awaited").register(meters);
		Gauge.builder("rollcall.dispatch.paused", () -> dispatch.state().paused() ? 1 : 0)
				.description("1 while operations have paused the sending of rows").register(meters);
	}

	private synchronized Queue queue() {
		Instant now = clock.instant();
		Queue before = latest;
		if (before != null && before.seenAt().plus(FRESH).isAfter(now)) return before;
		List<OpenImport> open = repository.open();
		Queue seen = new Queue(open.size(), open.stream().mapToInt(it -> it.total() - it.dispatched()).sum(),
				open.stream().mapToInt(OpenImport::inFlight).sum(),
				open.stream().map(OpenImport::progressAt).min(Instant::compareTo).orElse(null), now);
		latest = seen;
		return seen;
	}

	@Override
	public String name() {
		return "dispatch";
	}

	@Override
	public State state() {
		Queue queue = queue();
		PauseSwitch.State state = dispatch.state();
		Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("paused", state.paused());
		figures.put("by", state.by());
		figures.put("since", state.since());
		figures.put("openImports", queue.imports());
		figures.put("rowsWaiting", queue.waiting());
		figures.put("rowsInFlight", queue.inFlight());
		figures.put("oldestProgress", queue.since());
		return new State(figures, state.paused()
				? List.of(new Alert("dispatch-paused", state.since(),
						"The sending of rows is paused; " + queue.waiting() + " rows wait."))
				: List.of());
	}
}
