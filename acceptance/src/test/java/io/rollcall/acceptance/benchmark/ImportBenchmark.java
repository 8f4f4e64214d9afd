package io.rollcall.acceptance.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Imports.ImportState;
import io.rollcall.acceptance.system.RunningSystem;

/**
 * How long a file takes from its upload to its complete summary, and how long its undo takes, through the gateway of a whole warm
 * system of its own.
 * Prints a JSON line. From the root, with the services built:
 *
 * <pre>
 * mvn -q -pl acceptance test-compile exec:exec -Dbenchmark=io.rollcall.acceptance.benchmark.ImportBenchmark
 * </pre>
 */
public final class ImportBenchmark {
	private static final int WARM_UP = 8;
	private static final int RUNS = 10;
	private static final int ROWS = 200;
	private static final Duration LOOK = Duration.ofMillis(10);

	/**
	 * One file, in milliseconds: until it was accepted, until its summary was complete, until its last mail was in the inbox; and, from the request to
	 * undo it, until the summary of that was complete.
	 */
	private record Run(double accepted, double completed, double mailed, double undone) {}

	private ImportBenchmark() {}

	/** Takes no arguments. */
	public static void main(String[] arguments) {
		try (var system = RunningSystem.startIn(Path.of("target/benchmark").toAbsolutePath())) {
			for (int i = 1; i <= WARM_UP; i++) {
				run(system, "warm.%d".formatted(i));
			}
			var runs = new ArrayList<Run>();
			for (int i = 1; i <= RUNS; i++) {
				runs.add(run(system, "bench.%d".formatted(i)));
			}
			var figures = Figures.of("import").at("runs", RUNS).at("rows", ROWS);
			put(figures, "accepted", runs, Run::accepted);
			put(figures, "completed", runs, Run::completed);
			put(figures, "mailed", runs, Run::mailed);
			put(figures, "undone", runs, Run::undone);
			figures.print();
		}
	}

	private static Run run(RunningSystem system, String name) {
		byte[] file = People.file(People.of(name, ROWS));
		long newest = system.inbox().newest();
		long begin = System.nanoTime();
		String id = system.imports().accept("benchmark.csv", file, "add");
		double accepted = Figures.millisSince(begin);
		var state = completed(system.imports(), id);
		double completed = Figures.millisSince(begin);
		if (state.created() != ROWS) {
			throw new IllegalStateException("Not a clean run: " + state);
		}
		while (system.inbox().countAfter(newest) < 4 * ROWS) {
			LockSupport.parkNanos(LOOK.toNanos());
		}
		double mailed = Figures.millisSince(begin);
		system.awaitRest();
		long asked = System.nanoTime();
		var undone = completed(system.imports(), system.imports().undo(id));
		double undoneAfter = Figures.millisSince(asked);
		if (undone.updated() != ROWS) {
			throw new IllegalStateException("Not a clean undo: " + undone);
		}
		system.awaitRest();
		return new Run(accepted, completed, mailed, undoneAfter);
	}

	/** Waits as somebody would who measures: no longer than it takes. */
	static ImportState completed(Imports imports, String id) {
		var state = imports.state(id);
		while (!state.isCompleted()) {
			LockSupport.parkNanos(LOOK.toNanos());
			state = imports.state(id);
		}
		return state;
	}

	private static void put(Figures figures, String what, List<Run> runs, Function<Run, Double> of) {
		List<Double> took = runs.stream().map(of).toList();
		figures.found(what + "MillisMedian", Figures.percentile(took, 50)).found(what + "MillisSlowest",
				Figures.percentile(took, 100));
	}
}
