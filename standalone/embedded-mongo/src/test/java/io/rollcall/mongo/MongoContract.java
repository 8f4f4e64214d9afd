package io.rollcall.mongo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import org.bson.BsonInt32;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Projections.excludeId;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.pullByFilter;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What Rollcall asks of a MongoDB, of whatever make. */
@NullUnmarked // a null where a document is expected fails the test well enough
abstract class MongoContract {
	private MongoCollection<Document> accounts;

	/** One client for all tests of a class: {@link #connect}. */
	abstract MongoClient client();

	static MongoClient connect(String uri) {
		return MongoClients.create(MongoClientSettings.builder().applyConnectionString(new ConnectionString(uri))
				.uuidRepresentation(UuidRepresentation.STANDARD).build());
	}

	@BeforeEach
	void aCollectionOfItsOwn() {
		accounts = client().getDatabase("rollcall-contract").getCollection("accounts-" + new ObjectId());
	}

	@AfterEach
	void leaveNothing() {
		accounts.drop();
	}

	private static Document account(String id, long version) {
		return new Document("_id", id).append("version", version);
	}

	private Document stored(Object id) {
		return accounts.find(eq(id)).first();
	}

	private List<Object> idsOf(Bson filter) {
		List<Object> ids = new ArrayList<>();
		accounts.find(filter).sort(ascending("_id")).map(document -> document.get("_id")).into(ids);
		return ids;
	}

	@Nested
	class Inserting {
		@Test
		void unorderedKeepsTheGoodAndReportsTheDuplicatesByIndex() {
			accounts.insertOne(account("b", 1));

			assertThatExceptionOfType(MongoBulkWriteException.class).isThrownBy(() -> accounts.insertMany(
					List.of(account("a", 1), account("b", 2), account("c", 1), account("a", 2), account("d", 1)),
					new InsertManyOptions().ordered(false))).satisfies(e -> {
						assertThat(e.getWriteErrors()).extracting(error -> error.getIndex()).containsExactly(1, 3);
						assertThat(e.getWriteErrors()).extracting(error -> error.getCode()).containsOnly(11000);
						assertThat(e.getWriteResult().getInsertedCount()).isEqualTo(3);
					});
			assertThat(idsOf(new Document())).containsExactly("a", "b", "c", "d");
			assertThat(stored("b").getLong("version")).isEqualTo(1);
		}

		@Test
		void orderedStopsAtTheFirstDuplicate() {
			assertThatExceptionOfType(MongoBulkWriteException.class)
					.isThrownBy(() -> accounts.insertMany(List.of(account("a", 1), account("a", 2), account("b", 1))))
					.satisfies(e -> assertThat(e.getWriteResult().getInsertedCount()).isEqualTo(1));
			assertThat(idsOf(new Document())).containsExactly("a");
		}

		@Test
		void givesAnIdWhereThereIsNone() {
			Document document = new Document("name", "Ada");
			accounts.insertOne(document);
			assertThat(stored(document.getObjectId("_id"))).isEqualTo(document);
		}

		@Test
		void oneDuplicateIsADuplicateKeyError() {
			accounts.insertOne(account("a", 1));
			assertThatExceptionOfType(MongoWriteException.class).isThrownBy(() -> accounts.insertOne(account("a", 2)))
					.satisfies(e -> assertThat(e.getError().getCode()).isEqualTo(11000));
		}

		@Test
		void fiveHundredAtOnce() {
			accounts.insertMany(IntStream.range(0, 500).mapToObj(i -> account("u" + i, i)).toList());
			assertThat(accounts.countDocuments()).isEqualTo(500);
			assertThat(accounts.estimatedDocumentCount()).isEqualTo(500);
		}
	}

	@Nested
	class Guarding {
		@BeforeEach
		void anAccount() {
			accounts.insertOne(account("ada", 1).append("name", "Ada").append("processed", List.of("c/1")));
		}

		@Test
		void replacesTheVersionThatItHasRead() {
			UpdateResult result = accounts.replaceOne(and(eq("ada"), eq("version", 1L)),
					account("ada", 2).append("name", "Ada L."));
			assertThat(result.getMatchedCount()).isEqualTo(1);
			assertThat(result.getModifiedCount()).isEqualTo(1);
			assertThat(stored("ada")).isEqualTo(account("ada", 2).append("name", "Ada L."));
		}

		@Test
		void leavesAnyOtherVersionAlone() {
			assertThat(accounts.replaceOne(and(eq("ada"), eq("version", 7L)), account("ada", 8)).getMatchedCount())
					.isZero();
			assertThat(accounts.updateOne(and(eq("ada"), eq("version", 7L)), set("name", "Eve")).getMatchedCount())
					.isZero();
			assertThat(accounts.deleteOne(and(eq("ada"), eq("version", 7L))).getDeletedCount()).isZero();
			assertThat(stored("ada").getString("name")).isEqualTo("Ada");
		}

		@Test
		void anUpsertOfAnotherVersionIsADuplicateNotASecondAccount() {
			assertThatExceptionOfType(MongoWriteException.class)
					.isThrownBy(() -> accounts.replaceOne(and(eq("ada"), eq("version", 7L)), account("ada", 8),
							new ReplaceOptions().upsert(true)))
					.satisfies(e -> assertThat(e.getError().getCode()).isEqualTo(11000));
			assertThat(accounts.countDocuments()).isEqualTo(1);
		}

		@Test
		void appliesACommandOnce() {
			Bson once = and(eq("ada"), ne("processed", "c/2"));
			Bson change = combine(push("processed", "c/2"), inc("version", 1L));
			assertThat(accounts.updateOne(once, change).getModifiedCount()).isEqualTo(1);
			assertThat(accounts.updateOne(once, change).getMatchedCount()).isZero();
			assertThat(stored("ada").getLong("version")).isEqualTo(2);
		}

		@Test
		void anUpdateThatChangesNothingMatchesOnly() {
			UpdateResult result = accounts.updateOne(eq("ada"), set("name", "Ada"));
			assertThat(result.getMatchedCount()).isEqualTo(1);
			assertThat(result.getModifiedCount()).isZero();
		}

		@Test
		void neverChangesAnId() {
			assertThatExceptionOfType(MongoWriteException.class)
					.isThrownBy(() -> accounts.updateOne(eq("ada"), set("_id", "eve")))
					.satisfies(e -> assertThat(e.getError().getCode()).isEqualTo(66));
		}
	}

	@Nested
	class InBulk {
		@BeforeEach
		void twoAccounts() {
			accounts.insertMany(List.of(account("ada", 1), account("bob", 1)));
		}

		@Test
		void mixesKindsAndCountsEach() {
			BulkWriteResult result = accounts.bulkWrite(
					List.of(new InsertOneModel<>(account("cy", 1)),
							new ReplaceOneModel<>(and(eq("ada"), eq("version", 1L)), account("ada", 2)),
							new UpdateOneModel<>(and(eq("bob"), eq("version", 9L)), set("version", 10L)),
							new UpdateOneModel<>(eq("dee"), set("version", 1L), new UpdateOptions().upsert(true)),
							new DeleteOneModel<>(eq("cy"))),
					new BulkWriteOptions().ordered(false));
			assertThat(result.getInsertedCount()).isEqualTo(1);
			assertThat(result.getMatchedCount()).isEqualTo(1);
			assertThat(result.getModifiedCount()).isEqualTo(1);
			assertThat(result.getDeletedCount()).isEqualTo(1);
			assertThat(result.getUpserts()).singleElement()
					.satisfies(upsert -> assertThat(upsert.getIndex()).isEqualTo(3));
			assertThat(idsOf(new Document())).containsExactly("ada", "bob", "dee");
		}

		@Test
		void unorderedGoesOnAfterADuplicate() {
			accounts.createIndex(ascending("email"), new IndexOptions().unique(true).sparse(true));
			assertThatExceptionOfType(MongoBulkWriteException.class)
					.isThrownBy(() -> accounts.bulkWrite(emailsOf("same", "same", "own"),
							new BulkWriteOptions().ordered(false)))
					.satisfies(e -> {
						assertThat(e.getWriteErrors()).singleElement()
								.satisfies(error -> assertThat(error.getIndex()).isEqualTo(1));
						assertThat(e.getWriteResult().getUpserts()).extracting(upsert -> upsert.getIndex())
								.containsExactly(0, 2);
					});
			assertThat(idsOf(exists("email"))).containsExactly("u0", "u2");
		}

		@Test
		void orderedStopsAtADuplicate() {
			accounts.createIndex(ascending("email"), new IndexOptions().unique(true).sparse(true));
			assertThatExceptionOfType(MongoBulkWriteException.class)
					.isThrownBy(() -> accounts.bulkWrite(emailsOf("own", "same", "same", "late"))).satisfies(e -> {
						assertThat(e.getWriteErrors()).singleElement()
								.satisfies(error -> assertThat(error.getIndex()).isEqualTo(2));
						assertThat(e.getWriteResult().getUpserts()).extracting(upsert -> upsert.getIndex())
								.containsExactly(0, 1);
					});
			assertThat(idsOf(exists("email"))).containsExactly("u0", "u1");
		}

		private static List<UpdateOneModel<Document>> emailsOf(String... emails) {
			return IntStream.range(0, emails.length).mapToObj(i -> new UpdateOneModel<Document>(eq("u" + i),
					set("email", emails[i]), new UpdateOptions().upsert(true))).toList();
		}
	}

	@Nested
	class Updating {
		@BeforeEach
		void anImport() {
			accounts.insertOne(account("i", 1).append("rows", IntStream.range(0, 5)
					.mapToObj(i -> new Document("number", i).append("outcome", "open")).toList())
					.append("counts", new Document("open", 5)).append("tags", List.of("a", "b")));
		}

		private Document after(Bson update) {
			accounts.updateOne(eq("i"), update);
			return stored("i");
		}

		@Test
		void setsNestedAndPositionalPaths() {
			Document document = after(combine(set("rows.3.outcome", "created"), set("rows.3.notes", List.of("n")),
					set("counts.created", 1), set("deep.er.still", true)));
			assertThat(document.getList("rows", Document.class).get(3)).isEqualTo(
					new Document("number", 3).append("outcome", "created").append("notes", List.of("n")));
			assertThat(document.getList("rows", Document.class).get(2).getString("outcome")).isEqualTo("open");
			assertThat(document.get("counts")).isEqualTo(new Document("open", 5).append("created", 1));
			assertThat(document.getEmbedded(List.of("deep", "er", "still"), Boolean.class)).isTrue();
		}

		@Test
		void setsTheElementThatMatched() {
			accounts.updateOne(and(eq("i"), eq("rows.number", 2)), set("rows.$.outcome", "rejected"));
			assertThat(stored("i").getList("rows", Document.class)).extracting(row -> row.getString("outcome"))
					.containsExactly("open", "open", "rejected", "open", "open");
		}

		@Test
		void setsTheElementsThatAFilterNames() {
			accounts.updateOne(eq("i"), set("rows.$[row].outcome", "rejected"),
					new UpdateOptions().arrayFilters(List.of(gte("row.number", 3))));
			assertThat(stored("i").getList("rows", Document.class)).extracting(row -> row.getString("outcome"))
					.containsExactly("open", "open", "open", "rejected", "rejected");
		}

		@Test
		void pushesEachAndKeepsTheLast() {
			assertThat(after(pushEach("tags", List.of("c", "d"), new PushOptions().slice(-3))).getList("tags",
					String.class)).containsExactly("b", "c", "d");
			assertThat(after(push("fresh", 1)).getList("fresh", Integer.class)).containsExactly(1);
		}

		@Test
		void pullsByConditionAndByValue() {
			assertThat(after(pullByFilter(new Document("rows", new Document("number", new Document("$in",
					List.of(1, 3)))))).getList("rows", Document.class)).extracting(row -> row.getInteger("number"))
					.containsExactly(0, 2, 4);
			assertThat(after(pull("tags", "a")).getList("tags", String.class)).containsExactly("b");
		}

		@Test
		void unsetsIncrementsAndAddsToSets() {
			Document document = after(combine(unset("counts.open"), inc("version", 4L), inc("counts.created", 2),
					addToSet("tags", "b")));
			assertThat(document.get("counts")).isEqualTo(new Document("created", 2));
			assertThat(document.getLong("version")).isEqualTo(5);
			assertThat(document.getList("tags", String.class)).containsExactly("a", "b");
			assertThat(after(addToSet("tags", "c")).getList("tags", String.class)).containsExactly("a", "b", "c");
		}

		@Test
		void keepsTheLatest() {
			for (long time : List.of(2_000L, 3_000L, 1_000L))
				accounts.updateOne(eq("new"), max("at", new Date(time)), new UpdateOptions().upsert(true));
			assertThat(stored("new").getDate("at")).isEqualTo(new Date(3_000));
		}

		@Test
		void setsOnInsertOnlyThen() {
			Bson update = combine(setOnInsert("created", true), set("seen", 1));
			accounts.updateOne(eq("new"), update, new UpdateOptions().upsert(true));
			accounts.updateOne(eq("i"), update, new UpdateOptions().upsert(true));
			assertThat(stored("new")).isEqualTo(new Document("_id", "new").append("created", true).append("seen", 1));
			assertThat(stored("i").containsKey("created")).isFalse();
		}

		@Test
		void updatesMany() {
			accounts.insertMany(List.of(account("x", 1), account("y", 1), account("z", 2)));
			assertThat(accounts.updateMany(and(in("_id", "x", "y", "z"), eq("version", 1L)), set("seen", true))
					.getModifiedCount()).isEqualTo(2);
			assertThat(accounts.deleteMany(eq("seen", true)).getDeletedCount()).isEqualTo(2);
			assertThat(idsOf(new Document())).containsExactly("i", "z");
		}

		@Test
		void twoUpdatesOfOnePathConflict() {
			assertThatExceptionOfType(MongoWriteException.class)
					.isThrownBy(() -> accounts.updateOne(eq("i"), combine(set("counts", 1), set("counts.open", 2))))
					.satisfies(e -> assertThat(e.getError().getCode()).isEqualTo(40));
		}
	}

	@Nested
	class Finding {
		@BeforeEach
		void people() {
			accounts.insertMany(List.of(
					person("ada", "Lovelace", 3, "00050000-1", "00050000-2").append("phone", "555-555-0100")
							.append("sites", List.of(site("portal", "used"), site("training", "issued"))),
					person("bob", "lovett", 1, "00050000-1").append("sites", List.of(site("portal", "issued"))),
					person("cy", "Young", 2, "00060000"), person("dee", "Ångström", 5).append("phone", null)));
		}

		private static Document person(String id, String last, int logins, String... organizations) {
			return account(id, 1).append("name", new Document("last", last)).append("logins", logins)
					.append("organizations", List.of(organizations));
		}

		private static Document site(String name, String state) {
			return new Document("site", name).append("state", state);
		}

		@Test
		void byInOrAndNot() {
			assertThat(idsOf(in("_id", "cy", "ada", "zoe"))).containsExactly("ada", "cy");
			assertThat(idsOf(and(in("_id", "cy", "ada"), gt("logins", 2)))).containsExactly("ada");
			assertThat(idsOf(or(eq("logins", 1), eq("name.last", "Young")))).containsExactly("bob", "cy");
			assertThat(idsOf(not(gt("logins", 1)))).containsExactly("bob");
			assertThat(idsOf(and(gt("logins", 1), lt("logins", 5)))).containsExactly("ada", "cy");
			assertThat(idsOf(and(eq("ada"), eq("bob")))).isEmpty();
			assertThat(idsOf(in("_id", List.of()))).isEmpty();
		}

		@Test
		void byElementsOfArrays() {
			assertThat(idsOf(eq("organizations", "00050000-1"))).containsExactly("ada", "bob");
			assertThat(idsOf(in("organizations", "00060000", "00050000-2"))).containsExactly("ada", "cy");
			assertThat(idsOf(elemMatch("sites", and(eq("site", "portal"), eq("state", "issued")))))
					.containsExactly("bob");
			assertThat(idsOf(and(eq("sites.site", "portal"), eq("sites.state", "issued"))))
					.containsExactly("ada", "bob");
			assertThat(idsOf(size("organizations", 0))).containsExactly("dee");
			assertThat(idsOf(exists("sites.0"))).containsExactly("ada", "bob");
			assertThat(idsOf(eq("organizations", List.of("00060000")))).containsExactly("cy");
		}

		@Test
		void byPresenceAndByNull() {
			assertThat(idsOf(exists("phone"))).containsExactly("ada", "dee");
			assertThat(idsOf(exists("phone", false))).containsExactly("bob", "cy");
			assertThat(idsOf(eq("phone", null))).containsExactly("bob", "cy", "dee");
			assertThat(idsOf(ne("phone", null))).containsExactly("ada");
		}

		@Test
		void byRegularExpression() {
			assertThat(idsOf(regex("name.last", "^love", "i"))).containsExactly("ada", "bob");
			assertThat(idsOf(regex("_id", "^[ab]"))).containsExactly("ada", "bob");
			assertThat(idsOf(regex("name.last", "ström$"))).containsExactly("dee");
		}

		@Test
		void sortedSkippedLimitedProjected() {
			assertThat(accounts.find().sort(descending("logins")).skip(1).limit(2)
					.projection(fields(include("name.last"), excludeId())).into(new ArrayList<>()))
					.containsExactly(new Document("name", new Document("last", "Lovelace")),
							new Document("name", new Document("last", "Young")));
			assertThat(accounts.find().sort(ascending("version", "logins")).first().getString("_id"))
					.isEqualTo("bob");
			assertThat(accounts.find().map(document -> document.getString("_id")).into(new ArrayList<>()))
					.containsExactly("ada", "bob", "cy", "dee");
		}

		@Test
		void countedAndDistinct() {
			assertThat(accounts.countDocuments(eq("organizations", "00050000-1"))).isEqualTo(2);
			assertThat(accounts.countDocuments(eq("nobody"))).isZero();
			assertThat(accounts.distinct("organizations", String.class)).containsExactlyInAnyOrder("00050000-1",
					"00050000-2", "00060000");
			assertThat(accounts.distinct("organizations", eq("bob"), String.class)).containsExactly("00050000-1");
		}

		@Test
		void groupedByAPipeline() {
			assertThat(
					accounts.aggregate(List.of(new Document("$match", new Document("logins", new Document("$gt", 1))),
							new Document("$unwind", "$organizations"),
							new Document("$group",
									new Document("_id", "$organizations").append("n", new Document("$sum", 1))),
							new Document("$sort", new Document("_id", 1)))))
					.extracting(group -> group.getString("_id"))
					.containsExactly("00050000-1", "00050000-2", "00060000");
		}

		@Test
		void inBatchesOfAnySize() {
			accounts.insertMany(IntStream.range(0, 2500).mapToObj(i -> account("n" + i, i)).toList());
			assertThat(accounts.find(regex("_id", "^n")).into(new ArrayList<>())).hasSize(2500);
			assertThat(accounts.find(regex("_id", "^n")).batchSize(7).limit(100).into(new ArrayList<>())).hasSize(100);
		}
	}

	@Nested
	class FindingAndUpdating {
		@Test
		void takesTheFirstByOrder() {
			accounts.insertMany(List.of(account("a", 3), account("b", 1), account("c", 2)));
			Document taken = accounts.findOneAndUpdate(exists("owner", false), set("owner", "me"),
					new FindOneAndUpdateOptions().sort(ascending("version"))
							.returnDocument(ReturnDocument.AFTER));
			assertThat(taken).isEqualTo(account("b", 1).append("owner", "me"));
			assertThat(accounts.findOneAndUpdate(exists("owner", false), set("owner", "you"),
					new FindOneAndUpdateOptions().sort(descending("version")))).isEqualTo(account("a", 3));
		}

		@Test
		void makesWhatIsNotThere() {
			FindOneAndUpdateOptions upsert = new FindOneAndUpdateOptions().upsert(true)
					.returnDocument(ReturnDocument.AFTER);
			assertThat(accounts.findOneAndUpdate(eq("sequence"), inc("value", 1L), upsert).getLong("value"))
					.isEqualTo(1);
			assertThat(accounts.findOneAndUpdate(eq("sequence"), inc("value", 1L), upsert).getLong("value"))
					.isEqualTo(2);
			assertThat(accounts.findOneAndUpdate(eq("nobody"), inc("value", 1L))).isNull();
		}

		@Test
		void deletesAndReplaces() {
			accounts.insertMany(List.of(account("a", 1), account("b", 1)));
			assertThat(accounts.findOneAndDelete(and(eq("a"), eq("version", 1L)))).isEqualTo(account("a", 1));
			assertThat(accounts.findOneAndReplace(eq("b"), account("b", 2))).isEqualTo(account("b", 1));
			assertThat(accounts.find()).containsExactly(account("b", 2));
		}
	}

	@Nested
	class Indexing {
		@Test
		void aUniqueIndexAllowsAValueOnce() {
			accounts.createIndex(ascending("accountId"), new IndexOptions().unique(true));
			accounts.insertOne(account("a", 1).append("accountId", "1"));
			assertThatExceptionOfType(MongoWriteException.class)
					.isThrownBy(() -> accounts.insertOne(account("b", 1).append("accountId", "1")));
			accounts.insertOne(account("c", 1).append("accountId", "2"));
			assertThatExceptionOfType(MongoWriteException.class)
					.isThrownBy(() -> accounts.updateOne(eq("c"), set("accountId", "1")));
			accounts.deleteOne(eq("a"));
			accounts.updateOne(eq("c"), set("accountId", "1"));
			assertThat(idsOf(eq("accountId", "1"))).containsExactly("c");
			assertThat(idsOf(eq("accountId", "2"))).isEmpty();
		}

		@Test
		void aUniqueIndexHoldsEveryElementOfAnArray() {
			accounts.createIndex(ascending("aliases"), new IndexOptions().unique(true).sparse(true));
			accounts.insertMany(List.of(account("a", 1).append("aliases", List.of("x", "y")),
					account("b", 1).append("aliases", List.of("z")), account("c", 1)));
			assertThatExceptionOfType(MongoWriteException.class)
					.isThrownBy(() -> accounts.updateOne(eq("b"), push("aliases", "x")));
			accounts.updateOne(eq("a"), pull("aliases", "x"));
			accounts.updateOne(eq("b"), push("aliases", "x"));
			assertThat(idsOf(eq("aliases", "x"))).containsExactly("b");
			assertThat(idsOf(and(eq("aliases", "y"), eq("version", 1L)))).containsExactly("a");
		}

		@Test
		void aSparseUniqueIndexLeavesOutWhatHasNoValue() {
			accounts.createIndex(ascending("email"), new IndexOptions().unique(true).sparse(true));
			accounts.insertMany(List.of(account("a", 1), account("b", 1), account("c", 1).append("email", "c@x.org")));
			accounts.updateOne(eq("a"), set("email", "a@x.org"));
			accounts.updateOne(eq("a"), unset("email"));
			accounts.updateOne(eq("b"), set("email", "a@x.org"));
			assertThat(idsOf(eq("email", "a@x.org"))).containsExactly("b");
		}

		@Test
		void aCompoundUniqueIndexCountsAllItsFields() {
			accounts.createIndex(Indexes.ascending("import", "number"), new IndexOptions().unique(true));
			accounts.insertMany(List.of(row("a", "i", 1), row("b", "i", 2), row("c", "j", 1)));
			assertThatExceptionOfType(MongoWriteException.class).isThrownBy(() -> accounts.insertOne(row("d", "i", 2)));
			assertThat(idsOf(and(eq("import", "i"), in("number", 1, 2, 3), eq("version", 1L))))
					.containsExactly("a", "b");
		}

		private static Document row(String id, String imported, int number) {
			return account(id, 1).append("import", imported).append("number", number);
		}

		@Test
		void indexesOnExistingDocumentsAndTwice() {
			accounts.insertMany(List.of(account("a", 1), account("b", 2)));
			accounts.createIndex(ascending("version"));
			accounts.createIndex(ascending("version"));
			assertThat(idsOf(eq("version", 2L))).containsExactly("b");
			accounts.updateOne(eq("b"), set("version", 3L));
			assertThat(idsOf(eq("version", 2L))).isEmpty();
			assertThat(idsOf(in("version", 3L, 1L))).containsExactly("a", "b");
			accounts.deleteOne(eq("b"));
			assertThat(idsOf(eq("version", 3L))).isEmpty();
			assertThat(accounts.listIndexes()).extracting(index -> index.getString("name"))
					.contains("_id_", "version_1");
		}

		@Test
		void anIndexOfTwoFieldsSortsLikeAScan() {
			accounts.createIndex(ascending("version", "name"));
			List<String> names = List.of("m", "b", "z", "a");
			for (String name : names)
				accounts.insertOne(account(name, 1).append("name", name));
			accounts.insertMany(List.of(account("none", 1), account("number", 1).append("name", 7),
					account("other", 2).append("name", "c")));
			accounts.updateOne(eq("z"), set("name", "aa"));
			accounts.updateOne(eq("m"), set("version", 2L));
			accounts.deleteOne(eq("b"));
			assertThat(sortedBy(ascending("name"))).containsExactly("none", "number", "a", "z");
			assertThat(sortedBy(descending("name"))).containsExactly("z", "a", "number", "none");
			accounts.updateOne(eq("a"), set("name", List.of("q", "0")));
			assertThat(sortedBy(ascending("name"))).containsExactly("none", "number", "a", "z");
			assertThat(sortedBy(descending("name"))).containsExactly("a", "z", "number", "none");
		}

		private List<String> sortedBy(Bson order) {
			return accounts.find(eq("version", 1)).sort(order).map(it -> it.getString("_id")).into(new ArrayList<>());
		}

		@Test
		void distinctValuesOfAnIndexedField() {
			accounts.createIndex(ascending("owner"));
			accounts.insertMany(List.of(account("a", 1).append("owner", "x"), account("b", 1).append("owner", "x"),
					account("c", 1).append("owner", ""), account("d", 1)));
			assertThat(accounts.distinct("owner", String.class)).containsExactlyInAnyOrder("", "x");
			accounts.updateOne(eq("c"), set("owner", "y"));
			assertThat(accounts.distinct("owner", String.class)).containsExactlyInAnyOrder("x", "y");
			accounts.insertOne(account("e", 1).append("owner", 3));
			assertThat(accounts.distinct("owner", BsonValue.class)).containsExactlyInAnyOrder(new BsonString("x"),
					new BsonString("y"), new BsonInt32(3));
		}

		@Test
		void refusesAUniqueIndexOnDuplicates() {
			accounts.insertMany(List.of(account("a", 1), account("b", 1)));
			assertThatExceptionOfType(MongoException.class)
					.isThrownBy(() -> accounts.createIndex(ascending("version"), new IndexOptions().unique(true)))
					.satisfies(e -> assertThat(e.getCode()).isEqualTo(11000));
		}

		@Test
		void anotherTimeToLiveIsAConflictUntilTheIndexIsChanged() {
			accounts.createIndex(ascending("at"), new IndexOptions().expireAfter(1L, TimeUnit.HOURS));
			accounts.createIndex(ascending("at"), new IndexOptions().expireAfter(1L, TimeUnit.HOURS));
			assertThatExceptionOfType(MongoException.class).isThrownBy(
					() -> accounts.createIndex(ascending("at"), new IndexOptions().expireAfter(2L, TimeUnit.HOURS)))
					.satisfies(e -> assertThat(e.getCode()).isEqualTo(85));
			modify("at", 7200);
			accounts.createIndex(ascending("at"), new IndexOptions().expireAfter(2L, TimeUnit.HOURS));
			assertThat(timeToLive("at")).isEqualTo(7200);
		}

		@Test
		void anIndexWithoutATimeToLiveCanBeGivenOne() {
			accounts.createIndex(ascending("at"), new IndexOptions().sparse(true));
			assertThatExceptionOfType(MongoException.class).isThrownBy(
					() -> accounts.createIndex(ascending("at"), new IndexOptions().expireAfter(2L, TimeUnit.HOURS)))
					.satisfies(e -> assertThat(e.getCode()).isIn(85, 86));
			modify("at", 7200);
			assertThat(timeToLive("at")).isEqualTo(7200);
		}

		@Test
		void changesNoIndexThatIsNotThere() {
			accounts.insertOne(account("a", 1));
			assertThatExceptionOfType(MongoException.class).isThrownBy(() -> modify("at", 7200))
					.satisfies(e -> assertThat(e.getCode()).isEqualTo(27));
		}

		private void modify(String field, int expireAfterSeconds) {
			client().getDatabase("rollcall-contract").runCommand(new Document("collMod",
					accounts.getNamespace().getCollectionName()).append("index",
							new Document("keyPattern", new Document(field, 1)).append("expireAfterSeconds",
									expireAfterSeconds)));
		}

		private long timeToLive(String field) {
			return accounts.listIndexes().into(new ArrayList<>()).stream()
					.filter(index -> index.getString("name").equals(field + "_1"))
					.map(index -> ((Number) index.get("expireAfterSeconds")).longValue()).findFirst().orElseThrow();
		}

		@Test
		void deletesWhatIsEarlier() {
			accounts.createIndex(ascending("at"));
			for (int at = 0; at < 10; at++)
				accounts.insertOne(account("a" + at, 1).append("at", new Date(at)));
			accounts.insertMany(List.of(account("none", 1), account("text", 1).append("at", "0"),
					account("number", 1).append("at", 0L), account("many", 1).append("at", List.of(new Date(2), "x"))));
			assertThat(accounts.deleteMany(lt("at", new Date(3))).getDeletedCount()).isEqualTo(4);
			assertThat(accounts.deleteMany(and(lte("at", new Date(4)), ne("_id", "a3"))).getDeletedCount()).isOne();
			accounts.updateOne(eq("a9"), set("at", new Date(0)));
			assertThat(idsOf(lt("at", new Date(5)))).containsExactly("a3", "a9");
			assertThat(idsOf(and(lt("at", new Date(9)), gte("at", new Date(8))))).containsExactly("a8");
			assertThat(idsOf(eq("at", new Date(7)))).containsExactly("a7");
			assertThat(idsOf(exists("at"))).hasSize(8);
		}

		@Test
		void comparesNumbersOfAnyType() {
			accounts.createIndex(ascending("n"), new IndexOptions().unique(true));
			accounts.insertOne(account("a", 1).append("n", 5));
			assertThat(idsOf(eq("n", 5L))).containsExactly("a");
			assertThat(idsOf(and(eq("n", 5.0), eq("version", 1)))).containsExactly("a");
		}

		@Test
		void idsOfOtherTypes() {
			Document compound = new Document("import", "i").append("number", 1);
			UUID uuid = UUID.randomUUID();
			for (Object id : List.of(compound, uuid, 7, Instant.ofEpochMilli(1))) {
				Object stored = id instanceof Instant instant ? Date.from(instant) : id;
				accounts.insertOne(new Document("_id", stored).append("version", 1L));
				assertThat(
						accounts.updateOne(and(eq(stored), eq("version", 1L)), inc("version", 1L)).getModifiedCount())
						.isEqualTo(1);
				assertThat(stored(stored).getLong("version")).isEqualTo(2);
			}
		}
	}

	@Nested
	class Keeping {
		private Object returned(Object value) {
			Document document = new Document("_id", new ObjectId()).append("value", value);
			accounts.insertOne(document);
			assertThat(accounts.countDocuments(and(eq(document.get("_id")), eq("value", value)))).isEqualTo(1);
			return stored(document.get("_id")).get("value");
		}

		@Test
		void valuesOfAllTypesThatWeUse() {
			Date date = Date.from(Instant.parse("2026-11-24T06:48:06.123Z"));
			UUID uuid = UUID.randomUUID();
			Binary binary = new Binary(new byte[]{0, 1, -1, 127, -128});
			Decimal128 decimal = new Decimal128(new BigDecimal("1234567890.123456789"));
			String text = "Ñandú 李 🎓 e\u0301 \u0000 \" $.";
			for (Object value : List.of(date, uuid, binary, decimal, text, true, 1, Long.MAX_VALUE, 0.1,
					List.of(1, "a"),
					new Document("a", List.of(new Document("b", 1))))) {
				assertThat(returned(value)).isEqualTo(value);
			}
		}

		@Test
		void comparesDates() {
			accounts.insertOne(account("a", 1).append("at", Date.from(Instant.ofEpochSecond(100))));
			assertThat(idsOf(lt("at", Date.from(Instant.ofEpochSecond(101))))).containsExactly("a");
			assertThat(idsOf(lt("at", Date.from(Instant.ofEpochSecond(100))))).isEmpty();
		}

		@Test
		void documentsOfSomeMegabytes() {
			String large = "x".repeat(5 << 20);
			accounts.insertMany(
					IntStream.range(0, 8).mapToObj(i -> account("l" + i, i).append("text", large)).toList());
			assertThat(accounts.find().into(new ArrayList<>())).hasSize(8)
					.allSatisfy(document -> assertThat(document.getString("text")).hasSize(5 << 20));
		}

		@Test
		void noDocumentOfMoreThanSixteen() {
			assertThatExceptionOfType(BsonMaximumSizeExceededException.class)
					.isThrownBy(() -> accounts.insertOne(account("a", 1).append("text", "x".repeat(17 << 20))));
			accounts.insertOne(account("b", 1).append("text", List.of("x".repeat(9 << 20))));
			accounts.createIndex(ascending("n"), new IndexOptions().unique(true).sparse(true));
			assertThatExceptionOfType(MongoException.class).isThrownBy(() -> accounts.updateOne(eq("b"),
					combine(push("text", "y".repeat(9 << 20)), set("n", 1))));
			assertThat(stored("b").getList("text", String.class)).hasSize(1);
			accounts.insertOne(account("c", 1).append("n", 1));
		}

		@Test
		void nothingAfterADrop() {
			accounts.createIndex(ascending("n"), new IndexOptions().unique(true));
			accounts.insertOne(account("a", 1));
			accounts.drop();
			assertThat(accounts.countDocuments()).isZero();
			accounts.insertMany(Stream.of("a", "b").map(id -> account(id, 1)).toList());
			assertThat(idsOf(new Document())).containsExactly("a", "b");
		}
	}

	@Test
	void saysWhatItIsWhenAHealthCheckAsks() {
		Document hello = client().getDatabase("admin").runCommand(new Document("hello", 1));
		assertThat(hello.getBoolean("isWritablePrimary")).isTrue();
		assertThat(hello.getInteger("maxWireVersion")).isGreaterThanOrEqualTo(8);
	}

	@Test
	void keepsAnIndexedFieldThatIsNull() {
		accounts.createIndex(ascending("owner"));
		accounts.insertOne(account("a", 1).append("owner", null));
		accounts.updateOne(eq("a"), set("owner", "x"));
		assertThat(idsOf(eq("owner", "x"))).containsExactly("a");
		accounts.updateOne(eq("a"), set("owner", null));
		assertThat(idsOf(eq("owner", "x"))).isEmpty();
		assertThat(idsOf(eq("owner", null))).containsExactly("a");
	}
}
