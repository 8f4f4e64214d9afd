package io.rollcall.acceptance.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.system.Folders;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.standalone.launcher.CacheMaker;
import io.rollcall.standalone.launcher.Standalone;

/**
 * How soon the whole system is ready, and how long its first two files of 200 rows take: the very first time, and then, in turn, without and
 * with the caches of its JVMs (ADR 42); then how soon each service is ready by itself. Data stay from start to start, as with {@code ./run}.
 * Prints a JSON line for each, with what each process holds when all is ready. From the root, with the services built:
 *
 * <pre>
 * mvn -q -pl acceptance test-compile exec:exec -Dbenchmark=io.rollcall.acceptance.benchmark.StartBenchmark -Dbenchmark.arguments=5
 * </pre>
 */
public final class StartBenchmark {
	private static final int ROWS = 200;
	private static final int MEBIBYTE = 1 << 20;

	private final Path folder = Path.of("target/start-benchmark").toAbsolutePath();
	private final Path caches = folder.resolve("caches");
	private int files;

	/** One start: seconds until all is ready, processor time until then, milliseconds of the first two files, and who holds what. */
	private record Start(double ready, double cpu, double first, double second, Map<String, Double> mebibytes) {}

	private StartBenchmark() {}

	/** @param arguments how many starts of each kind; 5 if none */
	public static void main(String[] arguments) {
		int starts = arguments.length == 0 || arguments[0].isBlank() ? 5 : Integer.parseInt(arguments[0]);
		new StartBenchmark().measure(starts);
	}

	private void measure(int starts) {
		Folders.delete(folder);
		print("for the first time", List.of(start(true)));
		List<Start> without = new ArrayList<>();
		List<Start> with = new ArrayList<>();
		for (int i = 0; i < starts; i++) {
			without.add(start(false));
			with.add(start(true));
		}
		print("without caches", without);
		print("with caches", with);
		measureEachAlone(starts);
	}

	private Standalone begin(boolean withCaches) {
		var options = Standalone.Options.forTests(Path.of("..").toAbsolutePath().normalize(), folder.resolve("data"));
		return Standalone.start(withCaches ? options.withCaches(caches) : options);
	}

	private Start start(boolean withCaches) {
		// Caches of the start before are made at idle priority, which still takes a little from whoever starts.
		CacheMaker.running(caches).ifPresent(maker -> maker.onExit().join());
		long begin = System.nanoTime();
		try (var system = begin(withCaches)) {
			double ready = Figures.millisSince(begin) / 1e3;
			double cpu = system.processorTimes().values().stream().mapToDouble(Duration::toMillis).sum() / 1e3;
			var mebibytes = mebibytes(system);
			var imports = new Imports(system.gateway(), system.bootstrapClientSecret());
			return new Start(ready, cpu, file(imports), file(imports), mebibytes);
		}
	}

	private double file(Imports imports) {
		byte[] file = People.file(People.of("start" + ++files + "." + System.currentTimeMillis(), ROWS));
		long begin = System.nanoTime();
		var state = ImportBenchmark.completed(imports, imports.accept("start.csv", file, "add"));
		if (state.created() != ROWS) throw new IllegalStateException("Not a clean run: " + state);
		return Figures.millisSince(begin);
	}

	private static Map<String, Double> mebibytes(Standalone system) {
		var held = new TreeMap<String, Double>();
		system.residentMemory().forEach((name, bytes) -> held.put(name, (double) (bytes / MEBIBYTE)));
		held.put("all", held.values().stream().mapToDouble(Double::doubleValue).sum());
		return held;
	}

	private static void print(String how, List<Start> starts) {
		var figures = Figures.of("start").at("how", how).found("starts", starts.size());
		put(figures, "readySeconds", starts, Start::ready);
		put(figures, "processorSeconds", starts, Start::cpu);
		put(figures, "first200RowsMillis", starts, Start::first);
		put(figures, "second200RowsMillis", starts, Start::second);
		figures.found("mebibytes", starts.getLast().mebibytes()).print();
	}

	private static void put(Figures figures, String what, List<Start> starts, Function<Start, Double> of) {
		List<Double> values = starts.stream().map(of).toList();
		figures.found(what, Figures.percentile(values, 50));
		if (values.size() > 1) figures.found(what + "Slowest", Figures.percentile(values, 100));
	}

	private void measureEachAlone(int times) {
		try (var system = begin(true)) {
			var seconds = new LinkedHashMap<String, Double>();
			for (String name : system.names()) {
				if (!name.endsWith("service") && !name.endsWith("gateway")) continue;
				List<Double> took = new ArrayList<>();
				for (int i = 0; i < times; i++) {
					system.stop(name);
					long begin = System.nanoTime();
					system.start(name);
					took.add(Figures.millisSince(begin) / 1e3);
				}
				seconds.put(name, Figures.percentile(took, 50));
			}
			Figures.of("start").at("how", "each alone, with caches").found("readySeconds", seconds).print();
		}
	}
}
