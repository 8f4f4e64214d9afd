package io.rollcall.acceptance.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Imports.ImportState;
import io.rollcall.acceptance.system.RunningSystem;

import static io.rollcall.acceptance.benchmark.Figures.millisSince;
import static io.rollcall.acceptance.benchmark.Figures.percentile;
import static io.rollcall.acceptance.benchmark.Figures.rounded;

/**
 * Imports at scale, through the gateway of a whole warm system of its own. Prints JSON lines, so that runs can be compared.
 * From the root, with the services built:
 *
 * <pre>
 * mvn -q -pl acceptance test-compile exec:exec -Dbenchmark=io.rollcall.acceptance.benchmark.ScaleBenchmark \
 *   -Dbenchmark.arguments=latency,throughput,fairness,flat
 * </pre>
 *
 * <ul>
 * <li>{@code latency}: one file of 200 rows alone, upload to complete summary
 * <li>{@code throughput}: 100 files of 200 rows by 20 clients at once; rows a second until all summaries are complete and until
 * all mails are in the inbox, {@code GET /api/users} meanwhile and idle, CPU time a row by process
 * <li>{@code fairness}: files of 10 rows of one district while 20,000 rows of another are queued
 * <li>{@code turns}: the same as {@code latency}, each file when a character comes in; for a {@code t}, {@code throughput}
 * <li>{@code flat}: the cost of a row with 200,000 accounts there; comes last
 * </ul>
 */
public final class ScaleBenchmark implements AutoCloseable {
	private static final int ROWS = 200;
	/** Files; each with 25 looks at the list and 25 searches, so that neither way is still being compiled. */
	private static final int WARM_UP = Integer.getInteger("rollcall.benchmark.warm-up", 40);
	private static final int LATENCY_RUNS = 30;
	private static final int FILES = 100;
	private static final int CLIENTS = 20;
	private static final int FAIR_RUNS = 20;
	/** Of each kind; a p99 of fewer is what happened once. */
	private static final int IDLE_LOOKS = 300;
	private static final int FLAT_RUNS = 5;
	private static final int MANY_ACCOUNTS = 200_000;
	private static final Duration LOOK = Duration.ofMillis(10);
	private static final Duration LOOK_OF_MANY = Duration.ofMillis(100);

	private final RunningSystem system;
	private int round;

	private ScaleBenchmark(RunningSystem system) {
		this.system = system;
	}

	/** @param arguments the parts, separated by commas */
	public static void main(String[] arguments) throws Exception {
		List<String> parts = arguments.length == 0 || arguments[0].isBlank()
				? List.of("latency", "throughput", "fairness", "flat")
				: List.of(arguments[0].split(","));
		String jvm = System.getenv().getOrDefault("ROLLCALL_BENCHMARK_JVM", "");
		try (var benchmark = new ScaleBenchmark(
				RunningSystem.startIn(Path.of("target/benchmark").toAbsolutePath(), jvm))) {
			benchmark.warmUp();
			for (String part : parts) {
				switch (part) {
					case "latency" -> benchmark.latency();
					case "throughput" -> benchmark.throughput("throughput");
					case "fairness" -> benchmark.fairness();
					case "flat" -> benchmark.flat();
					case "turns" -> benchmark.turns();
					default -> throw new IllegalArgumentException("no part " + part);
				}
			}
		}
	}

	@Override
	public void close() {
		system.close();
	}

	private void warmUp() throws Exception {
		importAll(system.imports(), "warm", WARM_UP, 4);
		awaitMails();
		looks(25 * WARM_UP, Duration.ofMillis(1));
	}

	private void latency() throws Exception {
		List<Double> accepted = new ArrayList<>();
		List<Double> completed = new ArrayList<>();
		for (int i = 0; i < LATENCY_RUNS; i++) {
			byte[] file = People.file(People.of("alone" + i, ROWS));
			long begin = System.nanoTime();
			String id = system.imports().accept("alone.csv", file, "add");
			accepted.add(millisSince(begin));
			awaitCompleted(system.imports(), id, ROWS, LOOK);
			completed.add(millisSince(begin));
			awaitMails();
		}
		Figures.of("latency").at("runs", LATENCY_RUNS).at("rows", ROWS)
				.found("acceptedMillisMedian", percentile(accepted, 50))
				.found("completedMillisMedian", percentile(completed, 50))
				.found("completedMillisP99", percentile(completed, 99)).print();
	}

	/**
	 * One file alone for each character that comes in, or for a {@code t} many at once: so two systems can be measured in turn, and
	 * what disturbs one disturbs the other.
	 */
	private void turns() throws Exception {
		System.out.println("Ready for turns");
		int what = System.in.read();
		for (int i = 0; what > 0; i++, what = System.in.read()) {
			if (what == 't') {
				throughput("throughput");
				continue;
			}
			byte[] file = People.file(People.of("turn" + i, ROWS));
			long begin = System.nanoTime();
			String id = system.imports().accept("turn.csv", file, "add");
			double accepted = millisSince(begin);
			awaitCompleted(system.imports(), id, ROWS, LOOK);
			double completed = millisSince(begin);
			awaitMails();
			Figures.of("turn").at("rows", ROWS).found("acceptedMillis", rounded(accepted))
					.found("completedMillis", rounded(completed)).found("mailedMillis", rounded(millisSince(begin)))
					.print();
		}
	}

	private double throughput(String name) throws Exception {
		Looks idle = looks(IDLE_LOOKS, Duration.ofMillis(20));
		Map<String, Duration> cpuBefore = processorTimes();
		long mailsBefore = system.inbox().count();
		long begin = System.nanoTime();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var running = new AtomicInteger(1);
			Future<Looks> busy = threads.submit(() -> looksWhile(running, Duration.ofMillis(20)));
			int rows = importAll(system.imports(), name + ++round, FILES, CLIENTS);
			double seconds = millisSince(begin) / 1e3;
			Map<String, Duration> cpuCompleted = processorTimes();
			running.set(0);
			Looks meanwhile = busy.get();
			while (system.inbox().count() < mailsBefore + 4L * rows)
				LockSupport.parkNanos(LOOK_OF_MANY.toNanos());
			double mailedSeconds = millisSince(begin) / 1e3;
			system.awaitRest();
			Figures.of(name).at("files", FILES).at("clients", CLIENTS).at("rows", rows)
					.found("rowsPerSecond", rounded(rows / seconds))
					.found("rowsPerSecondMailed", rounded(rows / mailedSeconds))
					.found("listMillisP50Idle", percentile(idle.lists(), 50))
					.found("listMillisP99Idle", percentile(idle.lists(), 99))
					.found("listMillisP50", percentile(meanwhile.lists(), 50))
					.found("listMillisP99", percentile(meanwhile.lists(), 99))
					.found("searchMillisP50Idle", percentile(idle.searches(), 50))
					.found("searchMillisP99Idle", percentile(idle.searches(), 99))
					.found("searchMillisP50", percentile(meanwhile.searches(), 50))
					.found("searchMillisP99", percentile(meanwhile.searches(), 99))
					.found("looks", meanwhile.asked().size()).found("slowestLooks", meanwhile.slowest())
					.found("cpuMillisPerRowUntilCompleted", perRow(cpuBefore, cpuCompleted, rows))
					.found("cpuMillisPerRow", perRow(cpuBefore, processorTimes(), rows)).print();
			return rows / seconds;
		}
	}

	private void fairness() throws Exception {
		Imports large = system.coordinatorOf("00350000");
		Imports small = system.coordinatorOf("00050000");
		small.run("small-warm.csv", People.file(People.of("small.warm", 10)), "add");
		List<Double> alone = small(small, "smallalone", 10);
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Double> times = new ArrayList<>();
			int rounds = 0;
			while (times.size() < FAIR_RUNS) {
				String name = "large" + ++round + "." + ++rounds;
				List<String> ids = accepted(large, name, FILES, CLIENTS, "00350000", "00350000-00350560");
				Future<Boolean> all = threads.submit(() -> {
					for (String id : ids)
						awaitCompleted(large, id, ROWS, LOOK_OF_MANY);
					return true;
				});
				while (!all.isDone() && times.size() < FAIR_RUNS)
					times.addAll(small(small, "small" + round + "." + times.size(), 1));
				all.get();
			}
			Figures.of("fairness").at("queuedRows", FILES * ROWS).at("rows", 10).found("runs", times.size())
					.found("rounds", rounds).found("aloneMillisMedian", percentile(alone, 50))
					.found("completedMillisMedian", percentile(times, 50))
					.found("completedMillisP99", percentile(times, 99)).print();
		}
		awaitMails();
	}

	private static List<Double> small(Imports small, String name, int times) {
		List<Double> took = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			byte[] file = People.file(People.of(name + "." + i, 10));
			long begin = System.nanoTime();
			awaitCompleted(small, small.accept("small.csv", file, "add"), 10, LOOK);
			took.add(millisSince(begin));
		}
		return took;
	}

	private void flat() throws Exception {
		List<Map<String, Double>> before = IntStream.range(0, FLAT_RUNS).mapToObj(_ -> timed("flat.none")).toList();
		system.stop(RunningSystem.USER_SERVICE);
		system.databases().multiplyAccounts(MANY_ACCOUNTS);
		long begin = System.nanoTime();
		system.start(RunningSystem.USER_SERVICE);
		double started = millisSince(begin) / 1e3;
		importAll(system.imports(), "rewarm", WARM_UP, 4);
		awaitMails();
		List<Map<String, Double>> after = IntStream.range(0, FLAT_RUNS).mapToObj(_ -> timed("flat.many")).toList();
		Map<String, Double> none = medians(before);
		Map<String, Double> many = medians(after);
		Figures.of("flat").at("accounts", MANY_ACCOUNTS).found("userServiceStartSeconds", rounded(started))
				.found("cpuMillisPerRowBefore", none).found("cpuMillisPerRowAfter", many)
				.found("ratio", rounded(many.get("all") / none.get("all"))).print();
	}

	private static Map<String, Double> medians(List<Map<String, Double>> runs) {
		var medians = new TreeMap<String, Double>();
		for (String name : runs.getFirst().keySet())
			medians.put(name, percentile(runs.stream().map(run -> run.get(name)).toList(), 50));
		return medians;
	}

	/** CPU a row by process, mails and all, so that nobody's waiting is in it. */
	private Map<String, Double> timed(String name) {
		Map<String, Duration> before = processorTimes();
		try {
			importAll(system.imports(), name + ++round, 25, CLIENTS);
		} catch (Exception e) {
			throw new IllegalStateException(e);
		}
		awaitMails();
		return perRow(before, processorTimes(), 25 * ROWS);
	}

	private int importAll(Imports client, String name, int files, int clients) throws Exception {
		List<String> ids = accepted(client, name, files, clients, "00050000", "00050000-00050303");
		for (String id : ids)
			awaitCompleted(client, id, ROWS, LOOK_OF_MANY);
		return files * ROWS;
	}

	private static List<String> accepted(Imports client, String name, int files, int clients, String district,
			String school) throws Exception {
		List<byte[]> contents = IntStream.range(0, files)
				.mapToObj(i -> People.file(People.of(name + "." + i, ROWS, district, school))).toList();
		try (var threads = Executors.newFixedThreadPool(clients)) {
			List<String> ids = new ArrayList<>();
			for (Future<String> id : threads.invokeAll(contents.stream()
					.map(content -> (Callable<String>) () -> client.accept("scale.csv", content, "add")).toList())) {
				ids.add(id.get());
			}
			return ids;
		}
	}

	private static void awaitCompleted(Imports client, String id, int rows, Duration look) {
		ImportState state = client.state(id);
		while (!state.isCompleted()) {
			LockSupport.parkNanos(look.toNanos());
			state = client.state(id);
		}
		if (state.created() != rows) throw new IllegalStateException("Not a clean run: " + state);
	}

	/** What people do meanwhile: the first page of the list and a search, in turn, and when it was asked since the first. */
	private record Looks(List<Double> lists, List<Double> searches, List<Double> asked, long begin) {
		Looks() {
			this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), System.nanoTime());
		}

		/** The five that took longest: milliseconds since the first look, and what each took. */
		List<String> slowest() {
			return IntStream.range(0, lists.size() + searches.size()).boxed()
					.sorted(Comparator.comparing(this::took).reversed()).limit(5)
					.map(i -> "%.0f: %.0f".formatted(asked.get(i), took(i))).toList();
		}

		private double took(int look) {
			return (look % 2 == 0 ? lists : searches).get(look / 2);
		}
	}

	private Looks looks(int times, Duration pause) {
		var looks = new Looks();
		for (int i = 0; i < times; i++)
			look(looks, pause);
		return looks;
	}

	private Looks looksWhile(AtomicInteger running, Duration pause) {
		var looks = new Looks();
		while (running.get() > 0)
			look(looks, pause);
		return looks;
	}

	private void look(Looks looks, Duration pause) {
		looks.asked().add(millisSince(looks.begin()));
		looks.lists().add(answered("/api/users"));
		LockSupport.parkNanos(pause.toNanos());
		looks.asked().add(millisSince(looks.begin()));
		looks.searches().add(answered("/api/users?search=number&page=0&size=50"));
		LockSupport.parkNanos(pause.toNanos());
	}

	private double answered(String path) {
		long begin = System.nanoTime();
		system.imports().get(path);
		return millisSince(begin);
	}

	private void awaitMails() {
		system.awaitRest();
	}

	/** By program, and what the clients of this benchmark take of the same processors. */
	private Map<String, Duration> processorTimes() {
		var times = new TreeMap<>(system.processorTimes());
		times.put("clients", ProcessHandle.current().info().totalCpuDuration().orElseThrow());
		return times;
	}

	private static Map<String, Double> perRow(Map<String, Duration> before, Map<String, Duration> after,
			int rows) {
		var cost = new TreeMap<String, Double>();
		after.forEach((name, time) -> cost.put(name,
				time.minus(before.getOrDefault(name, Duration.ZERO)).toMillis() / (double) rows));
		cost.put("all", cost.values().stream().mapToDouble(Double::doubleValue).sum());
		cost.replaceAll((_, value) -> rounded(value));
		return cost;
	}
}
