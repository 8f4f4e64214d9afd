package io.rollcall.mongo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import org.bson.Document;
import org.jspecify.annotations.NullUnmarked;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.inc;

/** The figures of docs/embedded-mongo.md: {@code MongoBenchmark plain|embedded|growth|losses|sweep}, the server in a child JVM. */
@NullUnmarked
final class MongoBenchmark {
	private static final int ACCOUNTS = 100_000;
	private static final int RUNS = 5;
	private static final long RUN_NANOS = 700_000_000L;

	private final MongoCollection<Document> accounts;
	private final Random random = new Random(1);

	private MongoBenchmark(MongoClient client) {
		accounts = client.getDatabase("rollcall-users").getCollection("accounts");
	}

	public static void main(String[] args) throws Exception {
		Path data = Files.createTempDirectory("mongo-benchmark");
		try {
			switch (args[0]) {
				case "plain" -> measure(PlainMongo.Committing.class, data);
				case "embedded" -> measure(EmbeddedMongo.class, data);
				case "growth" -> {
					grow(EmbeddedMongo.class, Files.createDirectory(data.resolve("embedded")), 1_000_000);
					grow(PlainMongo.Committing.class, Files.createDirectory(data.resolve("plain")), 50_000);
				}
				case "losses" -> {
					lose(PlainMongo.Uncommitted.class, Files.createDirectory(data.resolve("plain")));
					lose(EmbeddedMongo.class, Files.createDirectory(data.resolve("embedded")));
				}
				case "sweep" -> sweep(EmbeddedMongo.class, data);
				default -> throw new IllegalArgumentException(args[0]);
			}
		} finally {
			try (Stream<Path> files = Files.walk(data)) {
				files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
			}
		}
	}

	private static void measure(Class<?> server, Path data) throws Exception {
		try (ServerProcess process = ServerProcess.start(server, data);
				MongoClient client = MongoContract.connect(process.connectionString())) {
			MongoBenchmark benchmark = new MongoBenchmark(client);
			benchmark.load();
			System.out.printf("server memory after load: %d MB%n", process.memory());
			benchmark.measure();
			System.out.printf("server memory at the end: %d MB; files %d MB%n", process.memory(), megabytes(data));
			process.terminate();
		}
		long start = System.nanoTime();
		try (ServerProcess process = ServerProcess.start(server, data)) {
			System.out.printf("start with %d accounts: %.1f s; files %d MB%n", ACCOUNTS, seconds(start),
					megabytes(data));
		}
	}

	private void load() {
		accounts.createIndex(Indexes.ascending("accountId"), new IndexOptions().unique(true));
		double[] rates = new double[ACCOUNTS / 500];
		for (int batch = 0; batch < rates.length; batch++) {
			List<Document> documents = IntStream.range(batch * 500, batch * 500 + 500)
					.mapToObj(MongoBenchmark::account).toList();
			long start = System.nanoTime();
			accounts.insertMany(documents);
			rates[batch] = 500 / seconds(start);
		}
		report("insertMany 500, rows", rates);
	}

	private void measure() throws Exception {
		rate("find {_id}", 1, _ -> accounts.find(eq(anyId())).first());
		rate("find {_id: {$in: 200}}, documents", 200,
				_ -> accounts.find(in("_id", someIds())).into(new ArrayList<>()));
		rate("find {accountId, status}", 1, _ -> accounts.find(and(eq("accountId", "a" + random.nextInt(ACCOUNTS)),
				eq("status", "active"))).first());
		rate("updateOne {_id}", 1, _ -> accounts.updateOne(eq(anyId()), inc("logins", 1)));
		double alone = rate("updateOne {_id, version}", 1,
				_ -> accounts.updateOne(and(eq(anyId()), eq("version", 1)), inc("logins", 1)));
		if (alone > 10) {
			rate("updateOne {_id, version}, 8 connections", 800, _ -> inParallel(8, () -> IntStream.range(0, 100)
					.forEach(_ -> accounts.updateOne(and(eq(anyId()), eq("version", 1)), inc("logins", 1)))));
		}
		rate("bulkWrite of 200 replaces {_id, version}, replaces", 200, count -> accounts.bulkWrite(
				someIds().stream().limit(count)
						.map(id -> new ReplaceOneModel<>(and(eq(id), eq("version", 1)),
								account(Integer.parseInt(id.substring(5)))))
						.toList(),
				new BulkWriteOptions().ordered(false)));
		time("scan with a filter that 50 match", () -> accounts.find(and(eq("role", "STC"),
				eq("organizations", "00050000-00000007"))).into(new ArrayList<>()));
		time("countDocuments of a third", () -> accounts.countDocuments(eq("role", "STC")));
		time("sort of all, 50 returned", () -> accounts.find().sort(descending("lastName")).limit(50)
				.into(new ArrayList<>()));
		lookUpWhileSorting();
	}

	private void lookUpWhileSorting() throws Exception {
		AtomicBoolean stop = new AtomicBoolean();
		List<Double> waits = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> sorting = threads.submit(() -> {
				while (!stop.get())
					accounts.find().sort(descending("lastName")).limit(50).into(new ArrayList<>());
			});
			for (long start = System.nanoTime(); waits.size() < 20 || seconds(start) < 6;) {
				long before = System.nanoTime();
				accounts.find(eq(anyId())).first();
				waits.add(seconds(before) * 1000);
			}
			stop.set(true);
			sorting.get();
		}
		double[] sorted = waits.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		System.out.printf("find {_id} while someone sorts: median %.2f ms, 99 of 100 within %.1f ms%n",
				sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]);
	}

	private static void grow(Class<?> server, Path data, int updates) throws Exception {
		try (ServerProcess process = ServerProcess.start(server, data);
				MongoClient client = MongoContract.connect(process.connectionString())) {
			MongoBenchmark benchmark = new MongoBenchmark(client);
			benchmark.load();
			long loaded = megabytes(data);
			long largest = loaded;
			long start = System.nanoTime();
			for (int done = 0; done < updates; done += updates / 20) {
				inParallel(2, () -> IntStream.range(0, updates / 20 / 400).forEach(_ -> benchmark.accounts.bulkWrite(
						benchmark.someIds().stream()
								.map(id -> new UpdateOneModel<Document>(eq(id), inc("logins", 1))).toList())));
				largest = Math.max(largest, megabytes(data));
			}
			System.out.printf("%s: %d MB after load, at most %d MB during %d updates in bulks of 200 (%.0f/s)%n",
					server.getSimpleName(), loaded, largest, updates, updates / seconds(start));
			process.terminate();
		}
		ServerProcess.start(server, data).close();
		System.out.printf("%s: %d MB after the next start%n", server.getSimpleName(), megabytes(data));
	}

	private static void lose(Class<?> server, Path data) throws Exception {
		int written = 10_000;
		for (int run = 0; run < RUNS; run++) {
			long kept;
			try (ServerProcess process = ServerProcess.start(server, data)) {
				try (MongoClient client = MongoContract.connect(process.connectionString())) {
					MongoBenchmark benchmark = new MongoBenchmark(client);
					benchmark.accounts.drop();
					inParallel(8, () -> IntStream.range(0, written / 8)
							.forEach(_ -> benchmark.accounts.insertOne(new Document("a", 1))));
					process.kill();
				}
			}
			try (ServerProcess process = ServerProcess.start(server, data);
					MongoClient client = MongoContract.connect(process.connectionString())) {
				kept = new MongoBenchmark(client).accounts.countDocuments();
			}
			System.out.printf("%s: lost %d of %d acknowledged inserts%n", server.getSimpleName(), written - kept,
					written);
		}
	}

	/** What a retention's sweep costs, and how long a write waits for it. */
	private static void sweep(Class<?> server, Path data) throws Exception {
		try (ServerProcess process = ServerProcess.start(server, data);
				MongoClient client = MongoContract.connect(process.connectionString())) {
			MongoCollection<Document> kept = client.getDatabase("rollcall-users").getCollection("row-decisions");
			kept.createIndex(Indexes.ascending("at"), new IndexOptions().expireAfter(60L, TimeUnit.DAYS));
			for (int batch = 0; batch < ACCOUNTS / 500; batch++) {
				kept.insertMany(IntStream.range(batch * 500, batch * 500 + 500)
						.mapToObj(number -> new Document("_id", "3f2504e0-4f89-11d3-9a0c-0305e82c3301/" + number)
								.append("faults", List.of("EMAIL_FORMAT")).append("at", new Date(number * 1000L)))
						.toList());
			}
			time("sweep that finds nothing of %d".formatted(ACCOUNTS), () -> kept.deleteMany(lt("at", new Date(0))));
			AtomicInteger due = new AtomicInteger();
			time("sweep that finds 100 of them",
					() -> kept.deleteMany(lt("at", new Date(due.addAndGet(100) * 1000L))));
			AtomicBoolean stop = new AtomicBoolean();
			List<Double> waits = new ArrayList<>();
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				threads.submit(() -> {
					while (!stop.get())
						kept.deleteMany(lt("at", new Date(0)));
				});
				for (long start = System.nanoTime(); seconds(start) < 5;) {
					long before = System.nanoTime();
					kept.insertOne(new Document("at", new Date()));
					waits.add(seconds(before) * 1000);
				}
				stop.set(true);
			}
			double[] sorted = waits.stream().mapToDouble(Double::doubleValue).sorted().toArray();
			System.out.printf("insertOne while someone sweeps: median %.2f ms, 99 of 100 within %.1f ms%n",
					sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]);
			process.terminate();
		}
	}

	/** The action is told how many to do: all, or one when that already takes long. */
	private static double rate(String what, int count, IntConsumer action) {
		long start = System.nanoTime();
		action.accept(1);
		int each = seconds(start) > 1 ? 1 : count;
		double[] rates = new double[RUNS];
		for (int run = -1; run < RUNS; run++) {
			long done = 0;
			start = System.nanoTime();
			do {
				action.accept(each);
				done += each;
			} while (System.nanoTime() - start < RUN_NANOS);
			if (run >= 0) rates[run] = done / seconds(start);
		}
		report(what, rates);
		return rates[RUNS / 2];
	}

	private static void time(String what, Runnable action) {
		double[] milliseconds = new double[RUNS * 3];
		for (int run = -5; run < milliseconds.length; run++) {
			long start = System.nanoTime();
			action.run();
			if (run >= 0) milliseconds[run] = seconds(start) * 1000;
		}
		Arrays.sort(milliseconds);
		System.out.printf("%s: %.0f ms%n", what, milliseconds[milliseconds.length / 2]);
	}

	private static void report(String what, double[] rates) {
		Arrays.sort(rates);
		System.out.printf("%s: %.1f/s%n", what, rates[rates.length / 2]);
	}

	private static void inParallel(int connections, Runnable work) {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			IntStream.range(0, connections).forEach(_ -> threads.submit(work));
		}
	}

	private static double seconds(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	private static long megabytes(Path data) throws IOException {
		try (Stream<Path> files = Files.walk(data)) {
			return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum() >> 20;
		}
	}

	private String anyId() {
		return "user." + random.nextInt(ACCOUNTS);
	}

	private List<String> someIds() {
		return random.ints(0, ACCOUNTS).distinct().limit(200).mapToObj(number -> "user." + number).toList();
	}

	private static Document account(int number) {
		return new Document("_id", "user." + number).append("accountId", "a" + number).append("version", 1)
				.append("firstName", "Firstname" + number % 977)
				.append("lastName", "Lastname" + number * 7919L % ACCOUNTS)
				.append("email", "user." + number + "@district.example.org").append("phone", "555-555-0100")
				.append("role", List.of("STC", "TA", "RAO").get(number % 3)).append("status", "active")
				.append("organizations", List.of("00050000-%08d".formatted(number % 2000), "00050000-00050303"))
				.append("programs", List.of("1030", "1034"))
				.append("credentials",
						new Document("portal", new Document("state", "issued").append("hash", "x".repeat(64))))
				.append("processed", List.of("3f2504e0-4f89-11d3-9a0c-0305e82c3301/" + number)).append("logins", 0);
	}
}
