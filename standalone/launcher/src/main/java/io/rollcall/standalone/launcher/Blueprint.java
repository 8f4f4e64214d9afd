package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.rollcall.mongo.EmbeddedMongo;
import io.rollcall.standalone.kafka.KafkaBroker;
import io.rollcall.standalone.launcher.Program.Readiness;
import io.rollcall.standalone.mail.MailServer;

/** Which programs make the system, with what command lines, settings and ports. */
final class Blueprint {
	static final String KAFKA = "kafka";
	static final String MONGO = "mongo";
	static final String MAIL = "mail";
	static final List<String> SERVICES = List.of("org-directory-service", "user-service", "import-service",
			"notification-service", "gateway", "training-gateway");

	/** For every JVM: the machine is small and carries nine of them. */
	private static final List<String> SMALL = List.of("-XX:+UseSerialGC",
			"-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED",
			"--sun-misc-unsafe-memory-access=allow", "-Djava.net.preferIPv4Stack=true");

	/**
	 * For all but those that compute most, which are the database, user-service and import-service. C2 takes half of a start's
	 * processor time, and what it makes of these programs does not pay for that within 22,000 rows (ADR 43).
	 */
	private static final List<String> WITHOUT_C2 = List.of("-XX:TieredStopAtLevel=1");
	private static final Set<String> WITH_C2 = Set.of("user-service", "import-service");

	/** How far files that come in, their rows and behind them mails stand back for people, as {@code nice} counts. */
	private static final int FILES = 6;
	private static final int ROWS = 12;
	private static final int MAILS = 19;
	/** Threads of the lowest priority, which are those that work on rows; what compiles for them is in between. */
	private static final List<String> ROWS_YIELD = List.of("-XX:ThreadPriorityPolicy=1",
			"-XX:JavaPriority1_To_OSPriority=" + ROWS, "-XX:CompilerThreadPriority=" + ROWS / 2);
	/** Threads of the usual priority and what collects for them, where what people want is mostly to upload files. */
	private static final List<String> FILES_YIELD = List.of("-XX:JavaPriority5_To_OSPriority=" + FILES,
			"-XX:VMThreadPriority=" + FILES);

	private final Path root;
	private final Path data;
	private final Ports ports;
	private final Map<String, String> environment;
	private final @Nullable AotCaches caches;

	/** @param caches where programs start from what earlier runs have left; null starts each as if it were the first */
	Blueprint(Path root, Path data, Ports ports, Map<String, String> environment, @Nullable AotCaches caches) {
		this.root = root;
		this.data = data;
		this.ports = ports;
		this.environment = environment;
		this.caches = caches;
	}

	/** All programs but some; each after those that it needs. */
	List<Program> programs(Secrets secrets, List<String> without) {
		var programs = new ArrayList<Program>();
		if (!isElsewhere("ROLLCALL_KAFKA")) programs.add(kafka());
		if (!isElsewhere("ROLLCALL_MONGODB_URI")) programs.add(mongo());
		// Of each mail it remembers a third of a kilobyte, so that the inbox can be searched; the mails themselves lie in a file.
		programs.add(new Program(MAIL,
				start(ours(MAIL, MailServer.class, MAILS, withoutC2("-Xms48m", "-Xmn32m", "-Xmx512m"),
						"--data=" + data.resolve("mail"),
						"--smtp-port=" + ports.smtp(), "--inbox-port=" + ports.inbox()), Map.of()),
				Map.of(), Map.of(ports.smtp(), "the mail server", ports.inbox(), "the inbox page"),
				new Readiness.Line("The mail server is ready"), List.of()));
		programs.addAll(services(secrets, without));
		programs.removeIf(program -> without.contains(program.name()));
		return programs;
	}

	/** Whether somebody else runs it, and this setting says where. */
	private boolean isElsewhere(String setting) {
		return !environment.getOrDefault(setting, "").isBlank();
	}

	private Program kafka() {
		return new Program(KAFKA,
				start(ours(KAFKA, KafkaBroker.class, ROWS, withoutC2("-Xms96m", "-Xmn64m", "-Xmx320m"),
						"--data=" + data.resolve("kafka"), "--port=" + ports.kafka(),
						"--controller-port=" + ports.kafkaController()), Map.of()),
				Map.of(), Map.of(ports.kafka(), "Kafka", ports.kafkaController(), "Kafka's controller"),
				new Readiness.Line("Kafka is ready"), List.of());
	}

	private Program mongo() {
		var listens = Map.of(ports.mongo(), "MongoDB");
		Path mongod = Yielding.onPath("mongod");
		if (mongod != null) {
			Path directory = data.resolve("mongod");
			return new Program(MONGO,
					List.of(mongod.toString(), "--dbpath", directory.toString(), "--port", "" + ports.mongo(),
							"--bind_ip", "127.0.0.1", "--wiredTigerCacheSizeGB", "0.25", "--quiet"),
					Map.of(), listens, new Readiness.Connects(ports.mongo()), List.of());
		}
		var flags = new ArrayList<>(List.of("-Xms256m", "-Xmn64m", "-XX:MaxTenuringThreshold=0",
				"-XX:MaxRAMPercentage=25", "-XX:+UseCompactObjectHeaders"));
		flags.addAll(ROWS_YIELD);
		return new Program(MONGO,
				start(ours(MONGO, EmbeddedMongo.class, 0, flags,
						"--data=" + data.resolve("mongo"),
						"--port=" + ports.mongo()), Map.of()),
				Map.of(), listens, new Readiness.Connects(ports.mongo()), List.of());
	}

	private List<Program> services(Secrets secrets, List<String> without) {
		var common = new LinkedHashMap<String, String>();
		common.put("SERVER_ADDRESS", "127.0.0.1");
		if (!isElsewhere("ROLLCALL_KAFKA")) {
			common.put("ROLLCALL_KAFKA", "localhost:" + ports.kafka());
			common.put("ROLLCALL_KAFKA_PROTOCOL", "PLAINTEXT"); // whatever this process was told of another broker
		}
		common.put("ROLLCALL_MONGODB_URI", "mongodb://localhost:" + ports.mongo());
		common.put("ROLLCALL_SMTP_HOST", "localhost");
		common.put("ROLLCALL_SMTP_PORT", "" + ports.smtp());
		common.put("ROLLCALL_BASE_URL", "http://localhost:" + ports.gateway());
		common.put("ROLLCALL_TRAINING_URL", "http://localhost:" + ports.training());
		common.put("ROLLCALL_USER_SERVICE_URL", "http://localhost:" + ports.userService());
		common.put("ROLLCALL_IMPORT_SERVICE_URL", "http://localhost:" + ports.importService());
		common.put("ROLLCALL_ORG_DIRECTORY_URL", "http://localhost:" + ports.orgDirectory());
		common.put("ROLLCALL_NOTIFICATION_URL", "http://localhost:" + ports.notificationService());
		common.putAll(environment);

		return SERVICES.stream().filter(name -> !without.contains(name)).map(name -> switch (name) {
			case "org-directory-service" -> service(name, name, ports.orgDirectory(), common, Map.of());
			case "user-service" -> service(name, name, ports.userService(), common,
					Map.of("ROLLCALL_BOOTSTRAP_CLIENT_SECRET", secrets.bootstrapClientSecret(),
							"ROLLCALL_PORTAL_CLIENT_SECRET", secrets.portalClientSecret(),
							"ROLLCALL_TRAINING_CLIENT_SECRET", secrets.trainingClientSecret(),
							"ROLLCALL_KEY_ENCRYPTION_KEY", secrets.keyEncryptionKey(),
							"ROLLCALL_SERVICE_CENTER_USERNAME", serviceCenterUsername(),
							"ROLLCALL_SERVICE_CENTER_EMAIL", serviceCenterEmail(),
							"ROLLCALL_OPERATIONS_USERNAME", operationsUsername(),
							"ROLLCALL_OPERATIONS_EMAIL", operationsEmail(),
							"ROLLCALL_SECRETS_PUBLIC_KEY_FILE", secrets.publicKey().toString()));
			case "import-service" -> service(name, name, ports.importService(), common, Map.of());
			case "notification-service" -> service(name, name, ports.notificationService(), common,
					Map.of("ROLLCALL_SECRETS_PRIVATE_KEY_FILE", secrets.privateKeys().toString()));
			case "gateway" -> service(name, "gateway", ports.gateway(), common, Map.of("ROLLCALL_SITE", "PORTAL",
					"ROLLCALL_PORTAL_CLIENT_SECRET", secrets.portalClientSecret()));
			case "training-gateway" -> service(name, "gateway", ports.training(), common, Map.of("ROLLCALL_SITE",
					"TRAINING", "ROLLCALL_TRAINING_CLIENT_SECRET", secrets.trainingClientSecret()));
			default -> throw new IllegalStateException(name);
		}).toList();
	}

	String serviceCenterUsername() {
		return environment.getOrDefault("ROLLCALL_SERVICE_CENTER_USERNAME", "service.center");
	}

	String serviceCenterEmail() {
		return environment.getOrDefault("ROLLCALL_SERVICE_CENTER_EMAIL", "service.center@rollcall.example");
	}

	String operationsUsername() {
		return environment.getOrDefault("ROLLCALL_OPERATIONS_USERNAME", "operations");
	}

	String operationsEmail() {
		return environment.getOrDefault("ROLLCALL_OPERATIONS_EMAIL", "operations@rollcall.example");
	}

	private Program service(String name, String module, int port, Map<String, String> common,
			Map<String, String> own) {
		var settings = new LinkedHashMap<>(common);
		settings.putAll(own);
		settings.put("SERVER_PORT", "" + port);
		var needs = new ArrayList<String>();
		if (!isElsewhere("ROLLCALL_KAFKA")) needs.add(KAFKA);
		if (!isElsewhere("ROLLCALL_MONGODB_URI")) needs.add(MONGO);
		boolean mails = name.equals("notification-service");
		if (mails) needs.add(MAIL);
		// The list of accounts is kept in memory, a kilobyte each; and while it collects, nobody who looks at the list is answered.
		List<String> memory = name.equals("user-service")
				? List.of("-Xms224m", "-Xmn160m", "-Xmx1g")
				: List.of("-Xms96m", "-Xmn64m", "-Xmx320m");
		var flags = new ArrayList<>(memory);
		// Else each start collects three times only because classes are loaded.
		flags.add("-XX:MetaspaceSize=128m");
		if (!WITH_C2.contains(name)) flags.addAll(WITHOUT_C2);
		if (!mails) flags.addAll(ROWS_YIELD);
		if (name.equals("import-service")) flags.addAll(FILES_YIELD);
		Jvm jvm = jvm(module, mails ? MAILS : 0, flags, List.of(serviceJar(module), ownJar()), Jvm.BOOT, List.of());
		return new Program(name, start(jvm, settings), settings, Map.of(port, "the " + name),
				new Readiness.Answers(port, "/actuator/health/readiness"), needs);
	}

	private Path serviceJar(String module) {
		Path target = root.resolve(module).resolve("target");
		try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
			return files.filter(file -> file.getFileName().toString().matches(module + "-[0-9].*\\.jar"))
					.filter(file -> !file.getFileName().toString().matches(".*-(tests|sources|javadoc)\\.jar"))
					.findFirst().orElseThrow(() -> new StartFailure(
							"The " + module + " is not built: mvn -DskipTests package builds it, and so does ./run."));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Anew for each process: what the first one leaves may be there for the second. */
	private Supplier<Launch> start(Jvm jvm, Map<String, String> settings) {
		return caches == null ? () -> new Launch.Plain(jvm.command()) : () -> caches.launch(jvm, settings);
	}

	private static List<String> withoutC2(String... memory) {
		return Stream.concat(Stream.of(memory), WITHOUT_C2.stream()).toList();
	}

	private static Jvm ours(String name, Class<?> main, int niceness, List<String> memory, String... arguments) {
		var flags = new ArrayList<>(memory);
		flags.add("-Dlogback.configurationFile=io/rollcall/standalone/logback.xml");
		return jvm(name, niceness, flags, Jvm.ownClassPath(), main.getName(), List.of(arguments));
	}

	private static Jvm jvm(String module, int niceness, List<String> flags, List<Path> classPath, String main,
			List<String> arguments) {
		return new Jvm(module, niceness == 0 ? List.of() : Yielding.by(niceness),
				Stream.concat(SMALL.stream(), flags.stream()).toList(), classPath,
				List.of(ChildMain.class.getName(), main), arguments);
	}

	/** The jar, or in this module's own tests the folder, that this class comes from. */
	private static Path ownJar() {
		try {
			return Path.of(ChildMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		} catch (URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}
}
