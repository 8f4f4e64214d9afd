package io.rollcall.acceptance.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

import tools.jackson.databind.json.JsonMapper;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.system.Imports.ImportState;
import io.rollcall.acceptance.system.RunningSystem;

/**
 * How long a file takes from its upload to its complete summary, and how long its undo takes, through the gateway of a whole warm
 * system of its own.
 * Prints a JSON line for each run and one for all. From the root, with the services built:
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
	private static final JsonMapper JSON = JsonMapper.builder().build();

	/**
	 * One file: until it was accepted, until its summary was complete, until its last mail was in the inbox; and, from the request to
	 * undo it, until the summary of that was complete.
	 */
	private record Run(long acceptedMillis, long completedMillis, long mailedMillis, long undoneMillis) {}

	private ImportBenchmark() {}

	/** Takes no arguments. */
	public static void main(String[] arguments) {
		try (var system = RunningSystem.startIn(Path.of("target/benchmark").toAbsolutePath())) {
			for (int i = 1; i <= WARM_UP; i++) {
				run(system, "warm.%d".formatted(i));
			}
			var runs = new ArrayList<Run>();
			for (int i = 1; i <= RUNS; i++) {
				Run run = run(system, "bench.%d".formatted(i));
				runs.add(run);
				print(Map.of("benchmark", "import", "run", i, "rows", ROWS, "acceptedMillis", run.acceptedMillis(),
						"completedMillis", run.completedMillis(), "mailedMillis", run.mailedMillis(), "undoneMillis",
						run.undoneMillis()));
			}
			var all = new LinkedHashMap<String, Object>();
			all.put("benchmark", "import");
			all.put("runs", RUNS);
			all.put("rows", ROWS);
			all.put("completedMillisMedian", percentile(runs, Run::completedMillis, 50));
			all.put("completedMillisP99", percentile(runs, Run::completedMillis, 99));
			all.put("mailedMillisMedian", percentile(runs, Run::mailedMillis, 50));
			all.put("mailedMillisP99", percentile(runs, Run::mailedMillis, 99));
			all.put("undoneMillisMedian", percentile(runs, Run::undoneMillis, 50));
			all.put("undoneMillisP99", percentile(runs, Run::undoneMillis, 99));
			all.put("rowsPerSecond", ROWS * 1000 / Math.max(1, percentile(runs, Run::completedMillis, 50)));
			print(all);
		}
	}

	private static Run run(RunningSystem system, String name) {
		byte[] file = People.file(People.of(name, ROWS));
		long newest = system.inbox().newest();
		long begin = System.nanoTime();
		String id = system.imports().accept("benchmark.csv", file, "add");
		long accepted = System.nanoTime();
		var state = completed(system, id);
		long completed = System.nanoTime();
		if (state.created() != ROWS) {
			throw new IllegalStateException("Not a clean run: " + state);
		}
		while (system.inbox().countAfter(newest) < 4 * ROWS) {
			LockSupport.parkNanos(LOOK.toNanos());
		}
		long mailed = System.nanoTime();
		system.awaitRest();
		long asked = System.nanoTime();
		var undone = completed(system, system.imports().undo(id));
		long undoneAt = System.nanoTime();
		if (undone.updated() != ROWS) {
			throw new IllegalStateException("Not a clean undo: " + undone);
		}
		system.awaitRest();
		return new Run((accepted - begin) / 1_000_000, (completed - begin) / 1_000_000, (mailed - begin) / 1_000_000,
				(undoneAt - asked) / 1_000_000);
	}

	private static ImportState completed(RunningSystem system, String id) {
		var state = system.imports().state(id);
		while (!state.isCompleted()) {
			LockSupport.parkNanos(LOOK.toNanos());
			state = system.imports().state(id);
		}
		return state;
	}

	/** Nearest rank: of ten runs, the 99th percentile is the slowest, the median the fifth. */
	private static long percentile(List<Run> runs, ToLongFunction<Run> figure, int percent) {
		long[] sorted = runs.stream().mapToLong(figure).sorted().toArray();
		return sorted[Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.length) - 1)];
	}

	private static void print(Map<String, ?> line) {
		System.out.println(JSON.writeValueAsString(line));
	}
}
