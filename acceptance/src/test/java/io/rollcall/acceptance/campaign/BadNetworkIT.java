package io.rollcall.acceptance.campaign;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.mongo.EmbeddedMongo;
import io.rollcall.standalone.kafka.KafkaBroker;
import io.rollcall.standalone.launcher.Ports;

import static org.assertj.core.api.Assertions.assertThat;

/** Each link between the programs is bad in each way while a file is imported. Well again, all is done within half a minute, exactly. */
@EnabledIfSystemProperty(named = "rollcall.bad-network", matches = "[a-z].*")
@TestInstance(Lifecycle.PER_CLASS)
class BadNetworkIT {
	private static final Duration BAD_FOR = Duration.ofSeconds(8);
	private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(30);
	private static final int PEOPLE = 40;
	private static final List<String> LINKS = List.of("gateway to import-service", "all to user-service",
			"user-service to org-directory-service", "notification-service to mail server", "all to database",
			"all to broker");
	/** Districts, each with a school of its own. */
	private static final List<List<String>> SCHOOLS = schools();

	@TempDir
	private static Path kafka;
	private final Map<String, TcpProxy> links = new LinkedHashMap<>();
	private KafkaBroker broker;
	private EmbeddedMongo database;
	private RunningSystem system;
	private PatientClient client;
	private int imports;

	@BeforeAll
	void start() {
		Ports ports = Ports.free();
		database = EmbeddedMongo.inMemory();
		for (String link : LINKS) {
			links.put(link, TcpProxy.to(switch (link) {
				case "gateway to import-service" -> ports.importService();
				case "all to user-service" -> ports.userService();
				case "user-service to org-directory-service" -> ports.orgDirectory();
				case "notification-service to mail server" -> ports.smtp();
				case "all to database" -> database.port();
				default -> ports.kafka();
			}));
		}
		broker = KafkaBroker.start(kafka, ports.kafka(), ports.kafkaController(), links.get("all to broker").port());
		system = RunningSystem.startIn(Path.of("target/bad-network").toAbsolutePath(), "-XX:TieredStopAtLevel=1",
				Map.of( //
						"ROLLCALL_IMPORT_SERVICE_URL", url("gateway to import-service"), //
						"ROLLCALL_USER_SERVICE_URL", url("all to user-service"), //
						"ROLLCALL_ORG_DIRECTORY_URL", url("user-service to org-directory-service"), //
						"ROLLCALL_SMTP_PORT", String.valueOf(links.get("notification-service to mail server").port()),
						"ROLLCALL_MONGODB_URI", "mongodb://127.0.0.1:" + links.get("all to database").port(), //
						"ROLLCALL_KAFKA", "127.0.0.1:" + links.get("all to broker").port()),
				options -> options.on(ports).without("kafka"));
		client = new PatientClient(URI.create(system.portal()), system.bootstrapClientSecret());
		run().handIn().finish();
	}

	private String url(String link) {
		return "http://127.0.0.1:" + links.get(link).port();
	}

	@AfterAll
	void stop() throws IOException {
		for (TcpProxy link : links.values())
			link.set(Toxic.NONE);
		if (system != null) system.close();
		for (TcpProxy link : links.values())
			link.close();
		if (broker != null) broker.close();
		if (database != null) database.close();
	}

	static Stream<Arguments> linksAndToxics() {
		String wanted = System.getProperty("rollcall.bad-network", "");
		return LINKS.stream().flatMap(link -> Stream.of(Toxic.values()).filter(toxic -> toxic != Toxic.NONE)
				.filter(toxic -> wanted.equals("all") || (link + ": " + toxic).contains(wanted))
				.map(toxic -> Arguments.of(link, toxic)));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("linksAndToxics")
	void afterABadTimeEverythingIsDoneSoonAndExactly(String name, Toxic toxic) {
		TcpProxy link = links.get(name);
		system.awaitRest();
		CheckedImport run = run();
		long well;
		try {
			link.set(toxic);
			run.handIn();
			LockSupport.parkNanos(BAD_FOR.toNanos()); // a bad time is one that lasts
		} finally {
			link.set(Toxic.NONE);
			well = System.nanoTime();
		}
		Await.until("all is done after " + toxic + " from " + name, RECOVERED_WITHIN,
				() -> run.isDone() ? true : null);
		System.out.printf("%s: %s, done %.1f s after it%n", name, toxic, (System.nanoTime() - well) / 1e9);
		// A mail of which the server's "250" was lost on the way is sent again, byte for byte; one at a time is on that way.
		assertThat(run.finish())
				.hasSizeLessThanOrEqualTo(name.equals("notification-service to mail server") ? 1 : 0);
	}

	/** Each at another school: what user-service has been told of one, it does not ask the directory again. */
	private CheckedImport run() {
		List<String> school = SCHOOLS.get(imports++);
		return CheckedImport.of(system, client,
				People.of("network" + imports, PEOPLE, school.getFirst(), school.getLast()));
	}

	private static List<List<String>> schools() {
		Directory directory = Directory.ofTheState();
		return directory.districts().stream().filter(district -> !directory.schoolsOf(district).isEmpty())
				.map(district -> List.of(district, directory.schoolsOf(district).getFirst())).toList();
	}
}
