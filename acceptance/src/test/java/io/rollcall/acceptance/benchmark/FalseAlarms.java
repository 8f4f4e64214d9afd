package io.rollcall.acceptance.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.system.Operations;
import io.rollcall.acceptance.system.RunningSystem;

/**
 * Watches for alarms while nothing is wrong: a whole system of its own with what a quiet hour brings, a file of ten rows a minute
 * and somebody who looks at the list. Asks for the alerts once a second and prints each change, and at the end how often each was
 * there. From the root, with the services built:
 *
 * <pre>
 * mvn -q -pl acceptance test-compile exec:exec -Dbenchmark=io.rollcall.acceptance.benchmark.FalseAlarms -Dbenchmark.arguments=30
 * </pre>
 */
public final class FalseAlarms {
	private static final Duration BETWEEN_FILES = Duration.ofMinutes(1);
	private static final int ROWS = 10;

	private FalseAlarms() {}

	/** @param arguments how many minutes; 30 if none */
	public static void main(String[] arguments) throws Exception {
		int minutes = arguments.length == 0 || arguments[0].isBlank() ? 30 : Integer.parseInt(arguments[0]);
		var seen = new TreeMap<String, Integer>();
		int looks = 0;
		int rows = 0;
		try (RunningSystem system = RunningSystem.startIn(Path.of("target/quiet").toAbsolutePath())) {
			system.imports().run("first.csv", People.file(People.of("quiet", ROWS)), "add");
			system.awaitRest();
			Operations operations = system.operations();
			long begin = System.nanoTime();
			long nextFile = begin;
			for (long now = begin; now - begin < Duration.ofMinutes(minutes).toNanos(); now = System.nanoTime()) {
				if (now >= nextFile) {
					system.imports().accept("quiet.csv", People.file(People.of("quiet." + rows, ROWS)), "add");
					rows += ROWS;
					nextFile += BETWEEN_FILES.toNanos();
				}
				system.imports().get("/api/users");
				for (String alert : operations.alerts()) {
					seen.merge(alert, 1, Integer::sum);
					System.out.printf("%.0f s: %s%n", (now - begin) / 1e9, alert);
				}
				looks++;
				LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
			}
			system.awaitRest();
			System.out.println(Map.of("minutes", minutes, "looks", looks, "rows", rows, "alerts", seen));
		}
	}
}
