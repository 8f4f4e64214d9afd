package io.rollcall.platform.persistence;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import io.rollcall.platform.testing.PersistenceContext;
import io.rollcall.testing.Backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class DocumentsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");

	@org.springframework.data.mongodb.core.mapping.Document("notes")
	record Note(@MongoId String id, Secret secret, @Nullable List<Secret> older) {
		sealed interface Secret {
			@TypeAlias("own")
			record Own(String hash) implements Secret {
				public Own {
					if (hash.isEmpty()) throw new IllegalArgumentException("empty");
				}
			}

			@TypeAlias("generated")
			record Generated(String sha256, Instant issuedAt) implements Secret {}
		}
	}

	private final PersistenceContext context = PersistenceContext.on(Backend.EMBEDDED, NOW).start();
	private final MongoTemplate mongo = context.get(MongoTemplate.class);

	@AfterEach
	void close() {
		context.close();
	}

	@Test
	void aPartOfSeveralKindsSaysItsOwnFirstAndNoClassIsNamed() {
		var note = new Note("a", new Note.Secret.Own("hash"),
				List.of(new Note.Secret.Generated("sha", NOW), new Note.Secret.Own("older")));
		mongo.insert(note);
		assertThat(stored().toJson()).isEqualTo("""
				{"_id": "a", "secret": {"kind": "own", "hash": "hash"}, \
				"older": [{"kind": "generated", "sha256": "sha", "issuedAt": {"$date": "2026-11-23T08:00:00.123Z"}}, \
				{"kind": "own", "hash": "older"}]}""");
		assertThat(mongo.findAll(Note.class)).containsExactly(note);
	}

	@Test
	void noClassIsTakenFromADocument() {
		documents().insertOne(new Document("_id", "a").append("_class", "java.lang.Runtime").append("secret",
				new Document("kind", "java.lang.Runtime").append("hash", "hash")));
		assertThat(everyWord(catchThrowable(() -> mongo.findAll(Note.class)))).contains("KindFirst.readType");
	}

	@Test
	void whatCannotBeReadIsToldOfWithoutAWordOfIt() {
		documents()
				.insertOne(new Document("_id", "maria").append("secret", new Document("kind", "own").append("hash", ""))
						.append("older", List.of(new Document("kind", "own").append("hash", "argon2-of-old"))));
		Throwable failure = catchThrowable(() -> mongo.findAll(Note.class));
		assertThat(everyWord(failure)).contains("Note", "IllegalArgumentException").doesNotContain("argon2", "maria");
		failure = catchThrowable(() -> mongo.query(Note.class).as(Note.class).all());
		assertThat(everyWord(failure)).contains("Note").doesNotContain("argon2", "maria");
		documents().updateOne(new Document(), new Document("$set", new Document("secret.hash", 7)
				.append("older.0", new Document("kind", "generated").append("issuedAt", "argon2-at-noon"))));
		failure = catchThrowable(() -> mongo.findAll(Note.class));
		assertThat(everyWord(failure)).contains("Note").doesNotContain("argon2", "maria");
	}

	/** What a log shows of it. */
	private static String everyWord(Throwable failure) {
		var text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	/** As a service has it: what is acknowledged outlives the loss of the primary, whichever way it is written. */
	@Test
	void everyWriteIsTheMajoritys() {
		List<BsonDocument> sent = new CopyOnWriteArrayList<>();
		CommandListener listener = new CommandListener() {
			@Override
			public void commandStarted(CommandStartedEvent event) {
				if (!event.getCommandName().matches("hello|ping|endSessions|listIndexes")) sent.add(event.getCommand());
			}
		};
		new ApplicationContextRunner()
				.withInitializer(service -> service.getBeanFactory()
						.setConversionService(ApplicationConversionService.getSharedInstance()))
				.withConfiguration(AutoConfigurations.of(MongoAutoConfiguration.class,
						DataMongoAutoConfiguration.class, DatabaseAutoConfiguration.class,
						DocumentsAutoConfiguration.class))
				.withPropertyValues("spring.mongodb.uri=" + Backend.EMBEDDED.mongo(),
						"spring.mongodb.database=majority")
				.withBean(MongoClientSettingsBuilderCustomizer.class,
						() -> (MongoClientSettings.Builder settings) -> settings.addCommandListener(listener))
				.run(service -> {
					var template = service.getBean(MongoTemplate.class);
					template.insert(new Note("a", new Note.Secret.Own("hash"), null));
					template.findAndModify(new Query(), new Update().unset("older"),
							FindAndModifyOptions.none(), Note.class);
					template.updateFirst(new Query(), new Update().unset("older"), Note.class);
					template.indexOps(Note.class)
							.createIndex(new Index("older", Sort.Direction.ASC));
					service.getBean(MongoDatabase.class).getCollection("notes").deleteMany(new Document());
				});
		assertThat(sent).hasSize(5).allSatisfy(it -> assertThat(it.getDocument("writeConcern", new BsonDocument()))
				.as(it.getFirstKey()).isEqualTo(BsonDocument.parse("{w: 'majority'}")));
	}

	private MongoCollection<Document> documents() {
		return context.get(MongoDatabase.class).getCollection("notes");
	}

	private Document stored() {
		return documents().find().into(new ArrayList<>()).getFirst();
	}
}
