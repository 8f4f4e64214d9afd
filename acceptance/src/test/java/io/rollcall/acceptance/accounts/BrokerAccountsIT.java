package io.rollcall.acceptance.accounts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import kafka.admin.ConfigCommand;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Operations;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.contracts.Topics;
import io.rollcall.mongo.EmbeddedMongo;
import io.rollcall.standalone.kafka.KafkaBroker;
import io.rollcall.standalone.launcher.Ports;
import io.rollcall.standalone.ports.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A broker with SASL_SSL and rights as {@code docs/deploy.md} sets it up, and the system on it: every service with an account of its
 * own does all of its work, and no account does another's.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerAccountsIT {
	private static final String PASSWORD = "OneForAllAsRunHasIt1";

	@TempDir
	private static Path folder;
	private DeployPage page;
	private String servers;
	private KafkaBroker broker;
	private EmbeddedMongo database;
	private Admin administrator;
	private RunningSystem system;

	@BeforeAll
	void start() throws Exception {
		Ports ports = Ports.free();
		int brokers = FreePorts.one();
		servers = "127.0.0.1:" + ports.kafka();
		Certificates.make(folder, "kafka-1", "admin");
		var here = new LinkedHashMap<String, String>();
		here.put("kafka-1:9092,kafka-2:9092,kafka-3:9092", servers);
		here.put("CLIENTS://kafka-1:9092,BROKERS://kafka-1:9094",
				"CLIENTS://" + servers + ",BROKERS://127.0.0.1:" + brokers);
		here.put("CLIENTS://:9092,BROKERS://:9094,CONTROLLER://:9093", "CLIENTS://" + servers
				+ ",BROKERS://127.0.0.1:" + brokers + ",CONTROLLER://127.0.0.1:" + ports.kafkaController());
		here.put("kafka-1:9094", "127.0.0.1:" + brokers);
		here.put("/etc/kafka/secrets", folder.toString());
		here.put("/run/secrets/kafka-ca.pem", folder + "/kafka-ca.pem");
		for (int account = 1; account <= 4; account++)
			here.put("PASSWORD-" + account, PASSWORD);
		page = new DeployPage(here);

		broker = KafkaBroker.start(folder.resolve("kafka"), ports.kafka(), ports.kafkaController(),
				page.settings("server.properties"));
		Map<String, Object> connection = new HashMap<>(page.settings("admin.properties"));
		connection.put("bootstrap.servers", "127.0.0.1:" + brokers);
		administrator = Admin.create(connection);
		for (List<String> command : page.commands("accounts"))
			ConfigCommand.alterConfig(administrator,
					new ConfigCommand.ConfigCommandOptions(command.toArray(String[]::new)));
		administrator.createAcls(page.rights("rights")).all().get();

		database = EmbeddedMongo.inMemory();
		var settings = new HashMap<>(page.settings("of each service"));
		settings.put("ROLLCALL_KAFKA_PASSWORD", PASSWORD);
		settings.put("ROLLCALL_MONGODB_URI", "mongodb://127.0.0.1:" + database.port());
		system = RunningSystem.startIn(Path.of("target/broker-accounts").toAbsolutePath(), "-XX:TieredStopAtLevel=1",
				settings, options -> options.on(ports).without("training-gateway"));
	}

	@AfterAll
	void stop() {
		if (system != null) system.close();
		if (administrator != null) administrator.close();
		if (database != null) database.close();
		if (broker != null) broker.close();
	}

	@Test
	void aFileBecomesAccountsAndMailsAndTheStreamsAreSeen() {
		long newest = system.inbox().newest();
		var state = system.imports().run("accounts.csv", People.file(People.of("accounts", 5)), "add");

		assertThat(state.created()).isEqualTo(5);
		system.awaitMails(newest, 4 * 5);
		for (String part : List.of("users", "imports", "mails")) {
			JsonNode pipeline = Await.until("what " + part + " reads is measured and read to its end", () -> {
				JsonNode now = system.operations().get("/api/operations/" + part + "/pipeline");
				return !now.path("consumers").isEmpty()
						&& now.path("consumers").valueStream().allMatch(it -> it.path("lag").asLong() == 0)
								? now
								: null;
			});
			assertThat(pipeline.path("alerts").valueStream().map(it -> it.path("code").asString())).as(part)
					.doesNotContain("broker-away");
		}
		assertThat(system.operations().alerts()).doesNotContain("broker-away", "organizations-away");
	}

	@Test
	void whatCannotBeReadIsADeadLetterOfItsGroupAndIsReplayed() throws Exception {
		Operations operations = system.operations();
		for (String topic : List.of(Topics.USER_COMMANDS, Topics.USER_COMMAND_RESULTS, Topics.USER_EVENTS,
				Topics.CREDENTIAL_EVENTS, Topics.DELIVERY_EVENTS, Topics.IMPORT_EVENTS, Topics.CONFIRMATION_EVENTS))
			publish(writerOf(topic), topic);
		// All before the first is replayed, for others read that again, too.
		Map<String, List<String>> letters = new TreeMap<>();
		for (var part : Map.of("users", 5, "imports", 1, "mails", 4).entrySet())
			letters.put(part.getKey(), awaitLetters(part.getKey(), part.getValue()));
		letters.forEach((part, ids) -> assertThat(operations.settle(part, "replays", ids)).as(part)
				.isEqualTo(Map.of("done", ids.size())));
		// A topic that two groups read has the replayed letter of each, and each reads both.
		awaitLetters("users", 8);
		awaitLetters("imports", 1);
		awaitLetters("mails", 7);
	}

	private List<String> awaitLetters(String part, int count) {
		return Await.until(count + " dead letters of " + part, () -> {
			List<String> ids = system.operations().deadLetters(part).stream().map(it -> it.path("id").asString())
					.toList();
			return ids.size() == count ? ids : null;
		});
	}

	/** The first that the page's table says writes there. */
	private String writerOf(String topic) {
		return page.accounts().entrySet().stream().filter(it -> it.getValue().writes().contains(topic)).findFirst()
				.orElseThrow().getKey();
	}

	@Test
	void aRightThatIsGivenLaterIsEnough() throws Exception {
		AclBinding read = page.rights("rights").stream()
				.filter(it -> it.entry().principal().equals("User:user-service")
						&& it.entry().operation() == AclOperation.READ
						&& it.pattern().name().equals(Topics.USER_COMMANDS))
				.findFirst().orElseThrow();
		administrator.deleteAcls(List.of(read.toFilter())).all().get();
		String id;
		try {
			id = system.imports().accept("later.csv", People.file(People.of("later", 3)), "add");
			Await.until("commands that nobody may read", () -> system.operations()
					.get("/api/operations/users/pipeline").path("consumers").valueStream()
					.anyMatch(it -> it.path("topic").asString().equals(Topics.USER_COMMANDS)
							&& !it.path("idleSince").isNull() && it.path("lag").asLong() == 3) ? true : null);
		} finally {
			administrator.createAcls(List.of(read)).all().get();
		}
		assertThat(system.imports().awaitCompleted(id).created()).isEqualTo(3);
	}

	@Test
	void whoDoesNotTakeFilesWritesNoCommands() {
		for (String other : List.of("notification-service", "org-directory-service"))
			assertThatThrownBy(() -> publish(other, Topics.USER_COMMANDS)).as(other)
					.hasCauseInstanceOf(TopicAuthorizationException.class);
		Map<String, Object> wrong = client("import-service", "a guess");
		assertThatThrownBy(() -> publish(wrong, Topics.USER_COMMANDS))
				.hasCauseInstanceOf(SaslAuthenticationException.class);
		Map<String, Object> nobody = Map.of("bootstrap.servers", servers, "max.block.ms", 3_000);
		assertThatThrownBy(() -> publish(nobody, Topics.USER_COMMANDS)).hasCauseInstanceOf(TimeoutException.class);
	}

	@Test
	void aBrokerThatCannotProveItsNameHearsNothing() {
		// The same broker by a name that its certificate does not have.
		String elsewhere = servers.replace("127.0.0.1", "localhost");
		var other = system.launchAnother(RunningSystem.ORG_DIRECTORY_SERVICE, Map.of("ROLLCALL_KAFKA", elsewhere));

		Path log = system.data().resolve("logs").resolve(other.name() + ".log");
		Await.until("it says so", () -> Files.readString(log).contains("SSL handshake failed") ? true : null);
		assertThat(system.isReady(other.name())).isFalse();
		system.stop(other.name());
	}

	@Test
	void eachAccountReadsAndWritesWhatThePageSaysAndNothingElse() throws Exception {
		Set<String> all = new TreeSet<>(Topics.ALL);
		all.addAll(administrator.listTopics().names().get().stream().filter(it -> it.endsWith(".dlq")).toList());
		assertThat(all).hasSizeGreaterThan(Topics.ALL.size());
		int cells = 0;
		for (var account : page.accounts().entrySet()) {
			Set<String> letters = all.stream()
					.filter(it -> it.contains("." + account.getKey()) && it.endsWith(".dlq"))
					.collect(Collectors.toSet());
			Set<String> writes = new TreeSet<>(account.getValue().writes());
			letters.forEach(it -> writes.add(it.substring(0, it.indexOf('.')))); // to be replayed
			writes.addAll(letters);
			Set<String> reads = new TreeSet<>(account.getValue().reads());
			reads.addAll(letters);
			try (var admin = Admin.create(client(account.getKey(), PASSWORD))) {
				for (String topic : all) {
					Set<AclOperation> may = may(admin, topic);
					assertThat(may.contains(AclOperation.WRITE)).as("%s writes %s", account.getKey(), topic)
							.isEqualTo(writes.contains(topic));
					assertThat(may.contains(AclOperation.READ)).as("%s reads %s", account.getKey(), topic)
							.isEqualTo(reads.contains(topic));
					assertThat(may).doesNotContain(AclOperation.ALTER, AclOperation.ALTER_CONFIGS,
							AclOperation.DELETE);
					cells += 2;
				}
			}
		}
		assertThat(page.accounts()).hasSize(4);
		System.out.println("Broker accounts: " + cells + " pairs of account and topic, read and written");
	}

	/** What the asking account may do with a topic; nothing where it may not even know that there is one. */
	private static Set<AclOperation> may(Admin admin, String topic) throws InterruptedException {
		try {
			TopicDescription description = admin
					.describeTopics(List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
					.topicNameValues().get(topic).get();
			return description.authorizedOperations();
		} catch (ExecutionException e) {
			assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
			return Set.of();
		}
	}

	private void publish(String account, String topic) throws ExecutionException, InterruptedException {
		publish(client(account, PASSWORD), topic);
	}

	/** Something that nobody can read. */
	private static void publish(Map<String, Object> client, String topic)
			throws ExecutionException, InterruptedException {
		try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
			producer.send(new ProducerRecord<>(topic, "poison", "no JSON")).get();
		}
	}

	/** As a service connects, without Boot. */
	private Map<String, Object> client(String account, String password) {
		return Map.of("bootstrap.servers", servers, "security.protocol", "SASL_SSL", "sasl.mechanism",
				"SCRAM-SHA-512", "sasl.jaas.config",
				"org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
						.formatted(account, password),
				"ssl.truststore.type", "PEM", "ssl.truststore.location", folder.resolve("kafka-ca.pem").toString());
	}
}
