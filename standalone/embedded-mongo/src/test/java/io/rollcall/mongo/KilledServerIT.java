package io.rollcall.mongo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

/** Rounds: {@code -Drollcall.kill.rounds=3}. */
class KilledServerIT {
	private static final int ROUNDS = Integer.getInteger("rollcall.kill.rounds", 3);
	private static final int WRITERS = 4;
	private static final int DOCUMENTS_EACH = 200;

	/** So much that a round's writes outgrow the journal's limit and some kills fall into its compaction. */
	private static final int PADDING = 10_000;

	@TempDir
	private Path data;

	@Test
	void everyAcknowledgedWriteIsThereAfterKill9() throws Exception {
		List<Writer> writers = IntStream.range(0, WRITERS).mapToObj(Writer::new).toList();
		for (int round = 0; round < ROUNDS; round++) {
			try (ServerProcess server = ServerProcess.start(data)) {
				try (MongoClient client = MongoContract.connect(server.connectionString())) {
					check(client, writers);
					writeUntilKilled(server, client, writers, 1000 + new Random().nextInt(3000));
				}
			}
		}
		try (ServerProcess server = ServerProcess.start(data);
				MongoClient client = MongoContract.connect(server.connectionString())) {
			check(client, writers);
		}
	}

	private static void writeUntilKilled(ServerProcess server, MongoClient client, List<Writer> writers, int writes)
			throws Exception {
		Semaphore acknowledged = new Semaphore(0);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> running = new ArrayList<>();
			for (Writer writer : writers)
				running.add(threads.submit(() -> writer.write(accounts(client), acknowledged)));
			acknowledged.acquire(writes);
			server.kill();
			for (Future<?> writer : running)
				writer.get();
		}
	}

	private static void check(MongoClient client, List<Writer> writers) {
		accounts(client).createIndex(Indexes.ascending("copy"), new IndexOptions().unique(true));
		Map<String, Document> stored = new HashMap<>();
		accounts(client).find().forEach(document -> stored.put(document.getString("_id"), document));
		for (Document document : stored.values()) {
			assertThat(document.getString("copy")).as("both fields are of one write")
					.isEqualTo(document.getString("_id") + "/" + document.getLong("version"));
		}
		writers.forEach(writer -> writer.check(stored));
	}

	private static MongoCollection<Document> accounts(MongoClient client) {
		return client.getDatabase("rollcall").getCollection("accounts");
	}

	@Test
	void endsCleanlyWhenTold() throws Exception {
		try (ServerProcess server = ServerProcess.start(data)) {
			try (MongoClient client = MongoContract.connect(server.connectionString())) {
				accounts(client).insertOne(new Document("_id", "ada"));
			}
			assertThat(server.terminate()).as("128 + SIGTERM").isEqualTo(143);
		}
		try (ServerProcess server = ServerProcess.start(data);
				MongoClient client = MongoContract.connect(server.connectionString())) {
			assertThat(accounts(client).countDocuments()).isEqualTo(1);
		}
	}

	/** Owns some documents and knows for each the version last acknowledged and the one last asked for; 0 is "none". */
	private static final class Writer {
		private final int number;
		private final Random random = new Random();
		private final Map<String, Long> acknowledged = new HashMap<>();
		private final Map<String, Long> asked = new HashMap<>();
		private long version;

		private Writer(int number) {
			this.number = number;
		}

		private Document document(String id) {
			return new Document("_id", id).append("version", version).append("copy", id + "/" + version)
					.append("padding", "x".repeat(PADDING));
		}

		private String anyId() {
			return number + "-" + random.nextInt(DOCUMENTS_EACH);
		}

		private void write(MongoCollection<Document> accounts, Semaphore acks) {
			try {
				while (true) {
					version++;
					String id = anyId();
					long now = acknowledged.getOrDefault(id, 0L);
					if (now == 0) {
						change(Map.of(id, version), () -> accounts.insertOne(document(id)));
					} else if (random.nextInt(10) == 0) {
						change(Map.of(id, 0L), () -> accounts.deleteOne(eq(id)));
					} else if (random.nextInt(10) == 0) {
						replaceSome(accounts);
					} else {
						change(Map.of(id, version), () -> accounts.updateOne(and(eq(id), eq("version", now)),
								combine(set("version", version), set("copy", id + "/" + version))));
					}
					acks.release();
				}
			} catch (MongoException e) {
				acks.release(1 << 20);
			}
		}

		private void replaceSome(MongoCollection<Document> accounts) {
			Map<String, Long> changes = new HashMap<>();
			acknowledged.forEach((id, now) -> {
				if (now > 0 && changes.size() < 5) changes.put(id, version);
			});
			change(changes, () -> accounts.bulkWrite(changes.keySet().stream()
					.map(id -> new ReplaceOneModel<>(eq(id), document(id))).toList()));
		}

		private void change(Map<String, Long> versions, Runnable write) {
			asked.putAll(versions);
			write.run();
			acknowledged.putAll(versions);
		}

		/** What was under way when the server died may have happened or not; from now on it is known. */
		private void check(Map<String, Document> stored) {
			for (String id : List.copyOf(asked.keySet())) {
				Document document = stored.get(id);
				long found = document == null ? 0 : document.getLong("version");
				assertThat(found).as("version of %s", id).isIn(acknowledged.getOrDefault(id, 0L), asked.get(id));
				acknowledged.put(id, found);
				asked.put(id, found);
			}
		}
	}
}
