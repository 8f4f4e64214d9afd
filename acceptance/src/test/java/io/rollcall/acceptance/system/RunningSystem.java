package io.rollcall.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.rollcall.acceptance.crash.CrashAgent;
import io.rollcall.standalone.launcher.Standalone;

/** The whole system on free ports with a folder of its own; started by the first who asks, stopped with the JVM. */
public final class RunningSystem implements AutoCloseable {
	public static final String USER_SERVICE = "user-service";
	public static final String IMPORT_SERVICE = "import-service";
	public static final String NOTIFICATION_SERVICE = "notification-service";
	public static final String ORG_DIRECTORY_SERVICE = "org-directory-service";
	public static final String MAIL_SERVER = "mail";

	private static final Duration TAKEN_OVER = Duration.ofSeconds(30);
	private static final String OPERATIONS_SECRET = UUID.randomUUID().toString();
	private static @Nullable RunningSystem shared;

	private final Standalone standalone;
	private final Path temporary;
	private final Imports imports;
	private final Inbox inbox;
	private @Nullable Topics topics;
	private final Databases databases;
	private @Nullable String serviceCenterPassword;
	private final Set<String> secrets = ConcurrentHashMap.newKeySet();

	private RunningSystem(Path folder, String jvmOptions, Map<String, String> settings,
			UnaryOperator<Standalone.Options> changes) {
		Path data = folder.resolve("data");
		temporary = folder.resolve("tmp");
		Folders.delete(folder);
		try {
			Files.createDirectories(temporary);
			Files.createDirectories(crashPoints(folder));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		// A folder of their own for temporary files, so that a test can see what a service leaves behind.
		var environment = new HashMap<>(settings);
		// Whole campaigns are uploaded by one account in one day.
		environment.put("ROLLCALL_UPLOAD_QUOTA", "1TB");
		environment.put("ROLLCALL_UPLOAD_QUOTA_DISTRICT", "1TB");
		environment.put("ROLLCALL_UPLOAD_QUOTA_IMPORTS", "1000000");
		// Tests count mails; whoever uploads gets none for a machine that is slow.
		environment.put("ROLLCALL_NOTICES_LONGIMPORT", "1d");
		environment.put("ROLLCALL_OPERATIONS_CLIENT_SECRET", OPERATIONS_SECRET);
		environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary + jvmOptions);
		standalone = Standalone.start(changes.apply(Standalone.Options
				.forTests(Path.of("..").toAbsolutePath().normalize(), data).with(environment)));
		imports = new Imports(standalone.gateway(), standalone.bootstrapClientSecret());
		inbox = new Inbox(standalone.inbox());
		databases = new Databases(standalone.mongo(), () -> secret("key-encryption-key"));
	}

	/** The one of this JVM. */
	public static synchronized RunningSystem shared() {
		if (shared == null) {
			Path folder = Path.of("target/system").toAbsolutePath();
			// C1 alone: these programs are started, and started again after kills, more than they work.
			var system = startIn(folder, "-XX:TieredStopAtLevel=1"
					+ (Boolean.getBoolean("rollcall.campaign")
							? " " + CrashAgent.option(Path.of("target/crash-agent.jar").toAbsolutePath(),
									crashPoints(folder))
							: ""));
			Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop-system"));
			shared = system;
		}
		return shared;
	}

	/** Another one; the folder is emptied first. */
	public static RunningSystem startIn(Path folder) {
		return startIn(folder, "");
	}

	/** The same with more options for every JVM. */
	public static RunningSystem startIn(Path folder, String jvmOptions) {
		return startIn(folder, jvmOptions, Map.of(), options -> options);
	}

	/** The same with settings for every service, and whatever else is to be otherwise. */
	public static RunningSystem startIn(Path folder, String jvmOptions, Map<String, String> settings,
			UnaryOperator<Standalone.Options> changes) {
		return new RunningSystem(folder, jvmOptions.isBlank() ? "" : " " + jvmOptions, settings, changes);
	}

	/** The secret of the API client {@code operations}. */
	public String operationsClientSecret() {
		return OPERATIONS_SECRET;
	}

	/** The API of those who run the system, in their role. */
	public Operations operations() {
		return new Operations(standalone.gateway(), OPERATIONS_SECRET);
	}

	public Imports imports() {
		return imports;
	}

	/**
	 * A program that acts for a new district test coordinator. The account is made by an import; the token is signed with the
	 * system's own key, since nobody can sign in for somebody who has only received mails.
	 */
	public Imports coordinatorOf(String district) {
		String username = "coordinator." + district + "." + Long.toHexString(System.nanoTime());
		String row = "Username,Fname,Lname,Email,Role,Org\r\n%s,Pat,Coordinator,%s@people.example,DTC,%s\r\n"
				.formatted(username, username, district);
		String id = imports.run("coordinator.csv", row.getBytes(StandardCharsets.UTF_8), "add").id();
		String account = Imports.json(imports.get("/api/imports/" + id + "/rows")).path("items").path(0).path("userId")
				.asString();
		return new Imports(standalone.gateway(),
				() -> databases.signedToken(standalone.gateway() + "/auth", account, username, district));
	}

	/** The service center's own password at the Portal, set by whoever asks for it first. */
	public synchronized String serviceCenterPassword() {
		if (serviceCenterPassword == null) {
			String password = "Blackboard#" + UUID.randomUUID().toString().substring(0, 8) + "#A1";
			secrets.add(password);
			visitor().signInFirst(portal(), "service.center",
					inbox.awaitPassword("service.center@rollcall.example", "MCAS Portal"), password);
			serviceCenterPassword = password;
		}
		return serviceCenterPassword;
	}

	public Inbox inbox() {
		return inbox;
	}

	/** Of a broker that asks nobody who they are. */
	public synchronized Topics topics() {
		if (topics == null) topics = new Topics(standalone.kafka());
		return topics;
	}

	/** Somebody at a browser of their own. */
	public HttpVisitor visitor() {
		return visitor("127.0.0.1");
	}

	/** The same at a network address of their own, for what comes from one is limited. */
	public HttpVisitor visitor(String loopback) {
		return new HttpVisitor(secrets, loopback);
	}

	/** What must stand nowhere in plain: cookies by themselves, what tests typed in or read in mails as they note it here. */
	public Set<String> secrets() {
		return secrets;
	}

	/** One of the installation's own secrets, by its file. */
	public String secret(String name) {
		try {
			return Files.readString(ownSecrets().resolve(name));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** The folder that the installation's own secrets are in. */
	public Path ownSecrets() {
		return data().resolve("secrets");
	}

	public Databases databases() {
		return databases;
	}

	/** Signs tokens for accounts of this system. */
	public Tokens tokens() {
		return new Tokens(standalone.gateway() + "/auth", databases);
	}

	/** Everything that is kept, with the logs. */
	public Path data() {
		return standalone.data();
	}

	/** Where the services put temporary files. */
	public Path temporary() {
		return temporary;
	}

	/** Where the services write that they come to a crash point, and read at which of them to die; in campaigns alone. */
	public Path crashPoints() {
		return crashPoints(temporary.getParent());
	}

	private static Path crashPoints(Path folder) {
		return folder.resolve("crash-points");
	}

	/** The portal's address, as mails have it. */
	public String portal() {
		return standalone.gateway().toString();
	}

	/** The training site's address, as mails have it. */
	public String training() {
		return standalone.training().toString();
	}

	/** The services' own addresses, without the gateways. */
	public List<URI> services() {
		var ports = standalone.ports();
		return Stream.of(ports.orgDirectory(), ports.userService(), ports.importService(), ports.notificationService())
				.map(port -> URI.create("http://localhost:" + port)).toList();
	}

	/** Where the services bring mails, for a test that takes the mail server's place. */
	public int smtpPort() {
		return standalone.ports().smtp();
	}

	/** Processor time that each program has used so far. */
	public Map<String, Duration> processorTimes() {
		return standalone.processorTimes();
	}

	public boolean runs(String service) {
		return standalone.runs(service);
	}

	public void kill(String service) {
		standalone.kill(service);
	}

	public void stop(String service) {
		standalone.stop(service);
	}

	/** Starts it and does not wait for it. */
	public void launch(String service) {
		standalone.launch(service);
	}

	public void awaitReady(String service) {
		standalone.awaitReady(service);
	}

	public boolean isReady(String service) {
		return standalone.isReady(service);
	}

	/** The secret of the API client {@code bootstrap}. */
	public String bootstrapClientSecret() {
		return standalone.bootstrapClientSecret();
	}

	/** Returns when it is ready. */
	public void start(String service) {
		standalone.start(service);
	}

	/** Starts one more instance of a service and returns when it is ready. */
	public Standalone.Instance add(String service) {
		return standalone.add(service, Map.of());
	}

	/** The same without waiting until it is ready. */
	public Standalone.Instance launchAnother(String service, Map<String, String> settings) {
		return standalone.launchAnother(service, settings);
	}

	/** Waits until so many mails came after this one. */
	public void awaitMails(long newest, int count) {
		Await.until(count + " mails", () -> inbox.countAfter(newest) >= count ? true : null);
	}

	/** The same with settings of its own beside the first one's. */
	public Standalone.Instance add(String service, Map<String, String> settings) {
		return standalone.add(service, settings);
	}

	/**
	 * Waits until no consumer has anything left to read and nothing moves any more: no record, no mail. What a killed sender had taken
	 * another one leaves alone for 20 s ({@code rollcall.delivery.lease}).
	 */
	public void awaitRest() {
		var mailings = databases.collection(Databases.NOTIFICATIONS, "mailings");
		Await.steady("rest",
				() -> new Movement(topics().lag(), topics().ends(), inbox.count(), mailings.countDocuments()),
				state -> state.lag() == 0, state -> state.openMailings() == 0 ? Await.STEADY : TAKEN_OVER);
	}

	/** How far everything has come. */
	private record Movement(long lag, Object ends, long mails, long openMailings) {}

	@Override
	public void close() {
		if (topics != null) topics.close();
		databases.close();
		standalone.close();
	}
}
