package io.rollcall.mongo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import de.bwaldvogel.mongo.MongoDatabase;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What the embedded server promises beyond the contract of any MongoDB. */
@NullUnmarked // a null where a document is expected fails the test well enough
class EmbeddedMongoTests {
	private static EmbeddedMongo mongo;
	private static MongoClient client;
	private MongoCollection<Document> accounts;

	@BeforeAll
	static void start() {
		mongo = EmbeddedMongo.inMemory();
		client = MongoContract.connect(mongo.connectionString());
	}

	@AfterAll
	static void stop() {
		client.close();
		mongo.close();
	}

	@BeforeEach
	void aCollectionOfItsOwn() {
		accounts = client.getDatabase("rollcall").getCollection("accounts-" + new ObjectId());
	}

	private static Document account(int number) {
		return new Document("_id", "u" + number).append("accountId", "a" + number).append("version", 1)
				.append("organizations", List.of("d" + number % 100, "s" + number)).append("processed", List.of("c"))
				.append("import", "i" + number / 10).append("row", number % 10);
	}

	private static List<Document> accounts(int count) {
		return IntStream.range(0, count).mapToObj(EmbeddedMongoTests::account).toList();
	}

	/** Health checks list the databases all the time; opening one builds all of its indexes. */
	@Test
	void databaseIsOpenedOnceUntilItIsDropped() {
		var backend = new DocumentBackend(DocumentStore.inMemory());
		MongoDatabase opened = backend.resolveDatabase("a");
		assertThat(backend.openOrCreateDatabase("a")).isSameAs(opened);
		backend.dropDatabase("a");
		assertThat(backend.resolveDatabase("a")).isNotSameAs(opened);
		backend.close();
	}

	@Nested
	class AnIndex {
		private static final int COUNT = 1000;

		@BeforeEach
		void aThousandAccounts() {
			accounts.createIndex(Indexes.ascending("accountId"), new IndexOptions().unique(true));
			accounts.createIndex(Indexes.ascending("import", "row"), new IndexOptions().unique(true));
			accounts.createIndex(Indexes.ascending("organizations"));
			accounts.insertMany(accounts(COUNT));
		}

		private long examinedBy(Runnable command) {
			long before = examined();
			command.run();
			return examined() - before;
		}

		private long examined() {
			return client.getDatabase("rollcall")
					.runCommand(new Document("collStats", accounts.getNamespace().getCollectionName()))
					.getLong("documentsExamined");
		}

		static List<Bson> filtersOfOne() {
			return List.of(eq("u7"), and(eq("u7"), eq("version", 1)), and(eq("u7"), ne("processed", "x")),
					and(eq("version", 1), eq("accountId", "a7")), new Document("_id", "u7").append("version", 1),
					new Document("_id", new Document("$eq", "u7")).append("row", 7),
					and(in("_id", "u7"), exists("row")),
					and(eq("import", "i0"), eq("row", 7), eq("version", 1)), eq("organizations", "s7"),
					and(eq("organizations", "d7"), eq("accountId", "a7")));
		}

		@ParameterizedTest
		@MethodSource("filtersOfOne")
		void servesEveryCommandWhoseFilterPinsItsFields(Bson filter) {
			assertThat(examinedBy(() -> assertThat(accounts.find(filter).first().getString("_id")).isEqualTo("u7")))
					.isOne();
			assertThat(examinedBy(() -> assertThat(accounts.countDocuments(filter)).isOne())).isOne();
			assertThat(examinedBy(() -> assertThat(accounts.distinct("row", filter, Integer.class)).containsExactly(7)))
					.isOne();
			assertThat(examinedBy(
					() -> assertThat(accounts.updateOne(filter, set("seen", 1)).getModifiedCount()).isOne())).isOne();
			assertThat(examinedBy(
					() -> assertThat(accounts.updateMany(filter, set("seen", 2)).getModifiedCount()).isOne())).isOne();
			assertThat(examinedBy(() -> accounts.findOneAndUpdate(filter, set("seen", 3)))).isOne();
			assertThat(examinedBy(() -> accounts.bulkWrite(List.of(new ReplaceOneModel<>(filter, account(7))))))
					.isOne();
			assertThat(examinedBy(() -> assertThat(accounts.replaceOne(filter, account(7)).getMatchedCount()).isOne()))
					.isOne();
			assertThat(examinedBy(() -> assertThat(accounts.deleteOne(filter).getDeletedCount()).isOne())).isOne();
		}

		@Test
		void servesManyKeysAtOnce() {
			List<String> ids = IntStream.range(0, 200).mapToObj(i -> "u" + i * 7).toList();
			assertThat(examinedBy(() -> assertThat(accounts.find(and(in("_id", ids), eq("version", 1))))
					.hasSize(143))).isEqualTo(143);
			assertThat(examinedBy(() -> assertThat(accounts.countDocuments(eq("organizations", "d5"))).isEqualTo(10)))
					.isEqualTo(10);
			assertThat(examinedBy(() -> assertThat(accounts.find(in("organizations", "d5", "s5", "d6"))).hasSize(20)))
					.isEqualTo(20);
			assertThat(examinedBy(() -> assertThat(accounts.find(and(eq("import", "i3"), in("row", 1, 2, 99))))
					.hasSize(2))).isEqualTo(2);
		}

		@Test
		void servesASortByItsSecondFieldWithoutALookAtTheRest() {
			accounts.createIndex(Indexes.ascending("version", "accountId"));
			assertThat(examinedBy(() -> assertThat(accounts.find(eq("version", 1)).sort(Indexes.descending("accountId"))
					.limit(2).map(it -> it.getString("_id")).into(new ArrayList<>())).containsExactly("u999", "u998")))
					.isEqualTo(2);
		}

		@Test
		void knowsTheValuesOfAField() {
			assertThat(
					examinedBy(() -> assertThat(accounts.distinct("organizations", String.class)).contains("s7", "d7")))
					.isZero();
		}

		@Test
		void findsWhatIsEarlierWithoutALookAtTheRest() {
			accounts.createIndex(Indexes.ascending("at"));
			for (int i = 0; i < 100; i++)
				accounts.updateOne(eq("u" + i), set("at", new Date(i + 1)));
			assertThat(examinedBy(() -> assertThat(accounts.deleteMany(lt("at", new Date(0))).getDeletedCount())
					.isZero())).isZero();
			assertThat(examinedBy(() -> assertThat(accounts.deleteMany(and(lte("at", new Date(3)), ne("_id", "u1")))
					.getDeletedCount()).isEqualTo(2))).isEqualTo(3);
		}

		@Test
		void isNoHelpWhereItsFieldsAreFree() {
			for (Bson filter : List.of(eq("version", 1), or(eq("u1"), eq("u2")), gte("_id", "u"), eq("import", "i1")))
				assertThat(examinedBy(() -> accounts.find(filter).into(new ArrayList<>()))).isEqualTo(COUNT);
		}
	}

	@Test
	void refusesAUniqueIndexThatItCouldNotKeep() {
		assertThatExceptionOfType(MongoCommandException.class)
				.isThrownBy(() -> accounts.createIndex(Indexes.ascending("email"),
						new IndexOptions().unique(true).partialFilterExpression(exists("email"))))
				.withMessageContaining("partialFilterExpression").satisfies(e -> assertThat(e.getCode()).isEqualTo(67));
		accounts.createIndex(Indexes.ascending("at"), new IndexOptions().expireAfter(1L, TimeUnit.HOURS));
	}

	@Test
	void repliesAreNeverTorn() throws Exception {
		List<String> ids = IntStream.range(0, 50).mapToObj(i -> "u" + i).toList();
		accounts.insertMany(ids.stream().map(id -> consistent(id, 0)).toList());
		CountDownLatch written = new CountDownLatch(3000);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> replacing = threads.submit(() -> {
				for (int version = 1; written.getCount() > 0; version++) {
					accounts.replaceOne(eq(ids.get(version % 50)), consistent(ids.get(version % 50), version));
					written.countDown();
				}
			});
			Future<?> updating = threads.submit(() -> {
				for (int version = 1; written.getCount() > 0; version++) {
					accounts.updateOne(eq(ids.get(version * 7 % 50)), new Document("$set",
							new Document("a", version).append("deep.b", version).append("list.0.c", version)));
					written.countDown();
				}
			});
			Future<?> reading = threads.submit(() -> {
				while (written.getCount() > 0) {
					assertThat(accounts.find()).hasSize(50).allSatisfy(EmbeddedMongoTests::assertConsistent);
					assertThat(accounts.find(in("_id", ids.subList(0, 20)))).hasSize(20)
							.allSatisfy(EmbeddedMongoTests::assertConsistent);
				}
			});
			for (Future<?> task : List.of(replacing, updating, reading))
				task.get();
		}
	}

	/** The more lies between the fields, the longer is a reply on its way from one to the other. */
	private static Document consistent(String id, int version) {
		return new Document("_id", id).append("a", version)
				.append("padding", IntStream.range(0, 2000).boxed().toList()).append("deep", new Document("b", version))
				.append("list", List.of(new Document("c", version)));
	}

	private static void assertConsistent(Document document) {
		int version = document.getInteger("a");
		assertThat(document.getEmbedded(List.of("deep", "b"), Integer.class)).isEqualTo(version);
		assertThat(document.getList("list", Document.class).getFirst().getInteger("c")).isEqualTo(version);
	}

	@Test
	void oneOfManyWritersWins() throws Exception {
		accounts.insertOne(account(1));
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Long>> writers = IntStream.range(0, 20).mapToObj(_ -> threads.submit(
					() -> accounts.updateOne(and(eq("u1"), eq("version", 1)), inc("version", 1)).getModifiedCount()))
					.toList();
			long won = 0;
			for (Future<Long> writer : writers)
				won += writer.get();
			assertThat(won).isOne();
		}
	}

	@Test
	void aCursorGivesWhatWasFoundAndLeavesNothingBehind() {
		accounts.insertMany(accounts(300));
		long before = openCursors();
		try (MongoCursor<Document> cursor = accounts.find().batchSize(100).iterator()) {
			assertThat(cursor.next()).isEqualTo(account(0));
			accounts.deleteMany(new Document());
			List<Document> rest = new ArrayList<>();
			cursor.forEachRemaining(rest::add);
			assertThat(rest).hasSize(299).endsWith(account(299));
		}
		accounts.insertMany(accounts(300));
		try (MongoCursor<Document> cursor = accounts.find().batchSize(100).iterator()) {
			cursor.next();
			assertThat(openCursors()).isEqualTo(before + 1);
		}
		assertThat(openCursors()).isEqualTo(before);
	}

	private static long openCursors() {
		return client.getDatabase("admin").runCommand(new Document("serverStatus", 1))
				.getEmbedded(List.of("metrics", "cursor", "open", "total"), Long.class);
	}

	@Test
	void aPipelineLeavesTheDocumentsAsTheyAre() {
		accounts.insertOne(new Document("_id", "a").append("name", new Document("first", "Ada")));
		accounts.aggregate(List.of(Aggregates.match(eq("a")),
				new Document("$addFields", new Document("name", new Document("last", "Lovelace")))))
				.into(new ArrayList<>());
		accounts.aggregate(List.of(new Document("$addFields", new Document("name", new Document("first", "Eve")))))
				.into(new ArrayList<>());
		assertThat(accounts.find().first().get("name")).isEqualTo(new Document("first", "Ada"));
	}

	@Test
	void announcesTheWireVersionThatTheDriverNeedsAtLeast() {
		assertThat(client.getDatabase("admin").runCommand(new Document("isMaster", 1)).getInteger("maxWireVersion"))
				.isEqualTo(8);
	}

	@Test
	void listensOnLoopbackOnly() throws Exception {
		for (InetAddress address : NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
				.filter(address -> !address.isLoopbackAddress()).toList()) {
			try (Socket socket = new Socket()) {
				assertThatExceptionOfType(IOException.class).as("%s", address)
						.isThrownBy(() -> socket.connect(new InetSocketAddress(address, mongo.port()), 1000));
			}
		}
	}

	@Nested
	class StartedAgain {
		@TempDir
		private Path data;

		@Test
		void hasItsDocumentsAndIndexes() {
			try (EmbeddedMongo first = EmbeddedMongo.start(data, 0);
					MongoClient client = MongoContract.connect(first.connectionString())) {
				MongoCollection<Document> kept = client.getDatabase("kept").getCollection("a.dotted.name");
				kept.createIndex(Indexes.ascending("accountId"), new IndexOptions().unique(true));
				kept.createIndex(Indexes.ascending("organizations"));
				kept.insertMany(accounts(100));
				kept.updateOne(eq("u5"), set("version", 2));
				kept.deleteOne(eq("u6"));
				client.getDatabase("kept").getCollection("gone").insertOne(account(1));
				client.getDatabase("kept").getCollection("gone").drop();
				client.getDatabase("dropped").getCollection("gone").insertOne(account(1));
				client.getDatabase("dropped").drop();
			}
			try (EmbeddedMongo second = EmbeddedMongo.start(data, 0);
					MongoClient client = MongoContract.connect(second.connectionString())) {
				MongoCollection<Document> kept = client.getDatabase("kept").getCollection("a.dotted.name");
				assertThat(kept.countDocuments()).isEqualTo(99);
				assertThat(kept.find(eq("accountId", "a5")).first().getInteger("version")).isEqualTo(2);
				assertThat(kept.find(eq("organizations", "s7")).first()).isEqualTo(account(7));
				assertThatExceptionOfType(MongoWriteException.class)
						.isThrownBy(() -> kept.insertOne(account(101).append("accountId", "a5")));
				assertThatExceptionOfType(MongoWriteException.class)
						.isThrownBy(() -> kept.insertOne(account(5)));
				kept.insertOne(account(6));
				assertThat(kept.listIndexes()).extracting(index -> index.getString("name"))
						.containsExactlyInAnyOrder("_id_", "accountId_1", "organizations_1");
				assertThat(client.getDatabase("kept").listCollectionNames()).containsExactly("a.dotted.name");
				assertThat(client.listDatabaseNames()).contains("kept");
			}
		}

		@Test
		void keepsTheDirectoryToItself() {
			try (EmbeddedMongo _ = EmbeddedMongo.start(data, 0)) {
				assertThatIllegalStateException().isThrownBy(() -> EmbeddedMongo.start(data, 0));
			}
			EmbeddedMongo.start(data, 0).close();
		}

		@Test
		void givesTheDirectoryBackWhenThePortIsTaken() {
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> EmbeddedMongo.start(data, mongo.port()));
			EmbeddedMongo.start(data, 0).close();
		}
	}
}
