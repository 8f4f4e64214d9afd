package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.rollcall.standalone.launcher.Program.Readiness;
import io.rollcall.standalone.ports.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class StandaloneTests {
	@TempDir
	Path data;
	@TempDir
	Path elsewhere;

	private final List<String> told = new CopyOnWriteArrayList<>();
	private final List<Standalone> systems = new ArrayList<>();
	private final List<ProcessHandle> seen = new CopyOnWriteArrayList<>();

	@AfterEach
	void nothingIsLeftRunning() {
		systems.forEach(Standalone::close);
		assertThat(seen).noneMatch(ProcessHandle::isAlive);
	}

	@Test
	void startsWhatIsNeededFirstAndStopsItLast() throws Exception {
		Path order = data.resolve("order");
		var system = start(0, shell("broker", List.of(), sayingGoodbye(order, "broker")),
				shell("service", List.of("broker"), sayingGoodbye(order, "service")));
		assertThat(told).hasSize(2);
		assertThat(told.getFirst()).contains("broker").contains("ready after");
		assertThat(system.names()).allMatch(system::runs);

		system.close();

		assertThat(Files.readAllLines(order)).containsExactly("service", "broker");
	}

	@Test
	void killsOneThatDoesNotStop() {
		var system = start(0, shell("deaf", List.of(), "echo up; exec sleep 1000"));
		system.kill("deaf");
		assertThat(system.runs("deaf")).isFalse();
		system.start("deaf");
		seen.addAll(processes());
		assertThat(system.runs("deaf")).isTrue();
		system.stop("deaf");
		assertThat(system.runs("deaf")).isFalse();
		system.close();
	}

	@Test
	void saysWhichPortIsTakenAndWhatItIsFor() throws IOException {
		try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = other.getLocalPort();
			var program = new Program("portal", List.of("true"), Map.of(), Map.of(port, "the portal"),
					new Readiness.Line("up"), List.of());
			assertThatThrownBy(() -> start(0, program)).isInstanceOf(StartFailure.class)
					.hasMessageContaining("Port " + port + ", needed for the portal, is taken")
					.hasMessageContaining("ROLLCALL_PORT_OFFSET");
		}
		start(0, shell("next", List.of(), "echo up; exec sleep 1000")).close();
	}

	@Test
	void givesUpTheStartWhenOneDiesAndRepeatsItsLastWords() {
		assertThatThrownBy(() -> start(3, shell("well", List.of(), "echo up; exec sleep 1000"),
				shell("ill", List.of("well"), "echo no such disk; exit 7"))).isInstanceOf(StartFailure.class)
				.hasMessageContaining("ill has ended with exit code 7").hasMessageContaining("no such disk");
	}

	@Test
	void startsOneAgainThatDiesAndSaysSo() {
		var system = start(1, shell("frail", List.of(), "echo up; exec sleep 1000"));
		long first = seen.getFirst().pid();
		seen.getFirst().destroyForcibly();

		await().untilAsserted(() -> assertThat(told).contains("frail is ready again"));
		assertThat(told).anyMatch(line -> line.startsWith("frail has ended with exit code 137"));
		seen.addAll(processes());
		assertThat(processes().getFirst().pid()).isNotEqualTo(first);

		processes().getFirst().destroyForcibly();
		await().untilAsserted(() -> assertThat(told).anyMatch(line -> line.contains("stays down")));
		system.close();
	}

	@Test
	void onlyWhatEndsSoonAgainEndsTooOften() {
		var now = new AtomicReference<>(Instant.parse("2026-08-03T08:00:00Z"));
		start(1, now::get, shell("frail", List.of(), "echo up; exec sleep 1000"));
		for (int healthy = 1; healthy <= 3; healthy++) {
			now.updateAndGet(it -> it.plus(Restarts.HEALTHY));
			endFrailAndAwait("frail is ready again", healthy);
		}
		now.updateAndGet(it -> it.plus(Restarts.HEALTHY).minusSeconds(1));
		endFrailAndAwait("frail has ended too often and stays down", 1);
	}

	private void endFrailAndAwait(String said, int times) {
		processes().getFirst().destroyForcibly();
		await().untilAsserted(() -> assertThat(told).filteredOn(line -> line.startsWith(said)).hasSize(times));
		seen.addAll(processes());
	}

	@Test
	void notesWhatStaysDown() {
		var system = start(0, shell("well", List.of(), "echo up; exec sleep 1000"),
				shell("ill", List.of(), "echo up; exec sleep 1000"));
		seen.getLast().destroyForcibly();
		await().untilAsserted(() -> assertThat(noted("ill").staysDown()).isTrue());
		assertThat(noted("ill").alive()).isEmpty();
		assertThat(noted("well").staysDown()).isFalse();

		system.start("ill");
		assertThat(noted("ill").staysDown()).isFalse();
		seen.addAll(processes());
	}

	private DataFolder.Noted noted(String name) {
		return new DataFolder(data).noted().orElseThrow().children().stream().filter(it -> it.name().equals(name))
				.findFirst().orElseThrow();
	}

	@Test
	void startsOneAgainThatDiesWhileOthersStillStart() {
		Path died = data.resolve("died");
		Path again = data.resolve("again");
		var system = start(1,
				shell("frail", List.of(),
						"if [ -e %1$s ]; then touch %2$s; echo up; exec sleep 1000; fi; touch %1$s; echo up; sleep 1; exit 3"
								.formatted(died, again)),
				shell("slow", List.of("frail"),
						"for i in $(seq 200); do if [ -e %s ]; then echo up; exec sleep 1000; fi; sleep 0.1; done"
								.formatted(again)));

		assertThat(told).anyMatch(line -> line.startsWith("frail has ended with exit code 3"));
		await().untilAsserted(() -> assertThat(told).contains("frail is ready again"));
		system.close();
	}

	@Test
	void aCacheThatEndsItsProgramNeverKeepsItFromStarting() throws Exception {
		startWithCaches().close();
		Path cache = madeCache();
		startWithCaches().close();
		assertThat(log()).doesNotContain("without the cache");

		byte[] damaged = Files.readAllBytes(cache);
		Arrays.fill(damaged, 1 << 16, damaged.length, (byte) -1);
		Files.write(cache, damaged);
		Files.writeString(cache.resolveSibling(cache.getFileName() + ".crc32c"), Checksum.of(cache)); // so that it is tried
		var system = startWithCaches();

		assertThat(system.isReady("waiting")).isTrue();
		assertThat(log()).contains("started again without the cache");
		assertThat(cache).doesNotExist();
		assertThat(noted("waiting").alive()).isPresent();
		system.close();
		assertThat(madeCache()).as("made anew").exists();
	}

	@Test
	void whatWasKilledLeavesNothingToMakeACacheOf() throws Exception {
		var system = startWithCaches();
		system.kill("waiting");
		system.close();
		try (var files = Files.list(elsewhere.resolve("caches/waiting"))) {
			assertThat(files).allMatch(file -> file.toString().endsWith(".json"));
		}
	}

	private Standalone startWithCaches() throws IOException {
		Path jar = elsewhere.resolve("waiting.jar");
		if (!Files.exists(jar)) AotCachesTests.jarOf(jar, Waiting.class);
		var jvm = new Jvm("waiting", List.of(), List.of("-XX:+UseSerialGC"), List.of(jar),
				List.of(Waiting.class.getName()), List.of());
		Path folder = elsewhere.resolve("caches");
		var caches = new AotCaches(folder);
		return start(new Standalone.Options(data, data, Ports.free(), Map.of(), 0, List.of(), told::add, folder),
				InstantSource.system(), new Program("waiting", () -> caches.launch(jvm, Map.of()), Map.of(), Map.of(),
						new Readiness.Line("up"), List.of()));
	}

	/** Waits until it is made. */
	private Path madeCache() throws IOException {
		Path folder = elsewhere.resolve("caches");
		await().atMost(Duration.ofSeconds(90)).until(() -> CacheMaker.running(folder).isEmpty());
		try (var files = Files.list(folder.resolve("waiting"))) {
			return files.filter(file -> file.toString().endsWith(".aot")).findFirst().orElseThrow();
		}
	}

	private String log() throws IOException {
		return Files.readString(data.resolve("logs/waiting.log"));
	}

	@Test
	void leavesADeadOneDeadWhenTestsWantThat() {
		var system = start(0, shell("victim", List.of(), "echo up; exec sleep 1000"));
		seen.getFirst().destroyForcibly();
		await().untilAsserted(() -> assertThat(told).anyMatch(line -> line.contains("victim has ended")));
		assertThat(system.runs("victim")).isFalse();
		system.close();
	}

	@Test
	void addsAnotherInstanceOfAServiceOnAPortOfItsOwn() throws Exception {
		int port = FreePorts.one();
		var server = Path.of(System.getProperty("java.home"), "bin", "jwebserver");
		var system = start(0, new Program("service",
				List.of("sh", "-c", "exec " + server + " -d " + data.toAbsolutePath() + " -p $SERVER_PORT"),
				Map.of("SERVER_PORT", "" + port), Map.of(port, "the service"), new Readiness.Answers(port, "/"),
				List.of()));

		Standalone.Instance second = system.add("service", Map.of());
		Standalone.Instance third = system.add("service", Map.of());
		seen.addAll(processes());

		assertThat(system.names()).containsExactly("service", "service-2", "service-3");
		assertThat(second.name()).isEqualTo("service-2");
		assertThat(List.of(port, second.address().getPort(), third.address().getPort())).doesNotHaveDuplicates();
		second.address().toURL().openStream().close();
		system.kill("service-2");
		assertThat(system.runs("service-2")).isFalse();
		assertThat(system.isReady("service")).isTrue();
		system.start("service-2");
		assertThat(system.isReady("service-2")).isTrue();
		seen.addAll(processes());
		system.close();
	}

	@Test
	void isAloneOnItsDataFolder() {
		var system = start(0, shell("one", List.of(), "echo up; exec sleep 1000"));
		assertThatThrownBy(() -> new DataFolder(data).own()).isInstanceOf(StartFailure.class)
				.hasMessageContaining("running already");
		system.close();
	}

	@Test
	void writesWhatAChildSaysToItsLogAndKeepsTheOneBefore() {
		start(0, shell("talker", List.of(), "echo first; echo up; exec sleep 1000")).close();
		start(0, shell("talker", List.of(), "echo second; echo up; exec sleep 1000")).close();

		assertThat(data.resolve("logs/talker.log")).content().contains("second").doesNotContain("first");
		assertThat(data.resolve("logs/talker.log.1")).content().contains("first");
	}

	@Test
	void takesItsChildrenAlongWhenItIsKilled() throws Exception {
		var launcher = launcherOfItsOwn();
		var children = processes();
		assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);
		var watching = children.getFirst();
		var unaware = children.getLast();

		launcher.destroyForcibly().waitFor();

		await().atMost(Duration.ofSeconds(90)).until(() -> !watching.isAlive());
		assertThat(unaware.isAlive()).isTrue();
		start(0, shell("next", List.of(), "echo up; exec sleep 1000")).close();
		assertThat(unaware.isAlive()).isFalse();
		assertThat(told.getFirst()).contains("left behind").contains("unaware");
	}

	@Test
	void leavesNothingBehindAfterSigterm() throws Exception {
		var launcher = launcherOfItsOwn();
		var children = processes();

		launcher.destroy();

		assertThat(launcher.waitFor(90, TimeUnit.SECONDS)).isTrue();
		assertThat(children).noneMatch(ProcessHandle::isAlive);
		assertThat(data.resolve("running.json")).doesNotExist();
	}

	@Test
	void emptiesItsOwnFolderOnly() throws IOException {
		Path foreign = Files.createDirectory(data.resolve("foreign"));
		Path precious = Files.writeString(foreign.resolve("precious"), "x");
		var modes = modes(foreign);
		// Not even to run on it: the next --fresh would take it for its own.
		assertThatThrownBy(() -> new DataFolder(foreign).own()).isInstanceOf(StartFailure.class);
		assertThat(precious).exists();
		assertThat(modes(foreign)).isEqualTo(modes);

		var own = new DataFolder(data.resolve("own"));
		own.own();
		own.secrets();
		own.empty();
		assertThat(data.resolve("own/secrets")).doesNotExist();
		own.close();
		own.own();
		own.close();
	}

	@Test
	void nobodyButTheOwnerCanLookIntoWhatIsKept() throws IOException {
		start(0, shell("mail", List.of(),
				"mkdir %1$s/mail; echo secret >%1$s/mail/mails.jsonl; echo up; exec sleep 1000".formatted(data)));

		assertThat(modes(data)).containsKeys("mail/mails.jsonl", "logs/mail.log", "running.json", "rollcall-data",
				"secrets/bootstrap-client-secret").allSatisfy(this::isTheOwnersAlone);
	}

	@Test
	void aFolderThatStoodOpenIsClosedWithAllThatIsInIt() throws IOException {
		new DataFolder(data).prepare();
		Path outside = Files.writeString(elsewhere.resolve("shared"), "x");
		Path mails = Files.createDirectories(data.resolve("mail/old")).resolve("mails.jsonl");
		Files.createSymbolicLink(data.resolve("link"), outside);
		for (Path file : List.of(Files.writeString(mails, "a password"), outside))
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
		for (Path folder : List.of(data, data.resolve("mail"), data.resolve("mail/old")))
			Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

		try (var folder = new DataFolder(data)) {
			folder.own();
			assertThat(modes(data)).containsKeys("", "mail/old", "mail/old/mails.jsonl")
					.allSatisfy(this::isTheOwnersAlone);
			assertThat(modes(elsewhere)).as("what a link leads to").containsEntry("shared", "rw-r--r--");
		}
	}

	private void isTheOwnersAlone(String file, String mode) {
		assertThat(mode).as(file).isEqualTo(Files.isDirectory(data.resolve(file)) ? "rwx------" : "rw-------");
	}

	/** By the path within the folder; links are left out, as they have no mode of their own. */
	private static Map<String, String> modes(Path folder) throws IOException {
		var modes = new TreeMap<String, String>();
		try (var files = Files.walk(folder)) {
			for (Path file : files.filter(file -> !Files.isSymbolicLink(file)).toList())
				modes.put(folder.relativize(file).toString(),
						PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
		}
		return modes;
	}

	/** With one thread to carry virtual ones: whatever held it would leave none to stop the children with. */
	private Process launcherOfItsOwn() throws IOException {
		var process = new ProcessBuilder(java(), "-Djdk.virtualThreadScheduler.parallelism=1",
				"-Djdk.virtualThreadScheduler.maxPoolSize=1", "-cp", System.getProperty("java.class.path"),
				LauncherOfItsOwn.class.getName(), data.toString()).redirectErrorStream(true)
				.redirectOutput(elsewhere.resolve("launcher.out").toFile()).start();
		await().atMost(Duration.ofSeconds(90)).until(
				() -> new DataFolder(data).running().filter(DataFolder.Running::ready).isPresent());
		return process;
	}

	/** Starts one child that watches its launcher and one that cannot. */
	static final class LauncherOfItsOwn {
		public static void main(String[] arguments) throws InterruptedException {
			Path data = Path.of(arguments[0]);
			var watching = new Program("watching",
					List.of(java(), "-cp", System.getProperty("java.class.path"), ChildMain.class.getName(),
							Waiting.class.getName()),
					Map.of(), Map.of(), new Readiness.Line("up"), List.of());
			var unaware = shell("unaware", List.of(), "echo up; exec sleep 1000");
			var folder = new DataFolder(data);
			folder.own();
			var system = Standalone.start(
					new Standalone.Options(data, data, Ports.free(), Map.of(), 0, List.of(), System.out::println, null),
					folder,
					List.of(watching, unaware), InstantSource.system());
			Runtime.getRuntime().addShutdownHook(new Thread(system::close));
			Thread.currentThread().join();
		}
	}

	/** A child that would run for ever. */
	public static final class Waiting {
		public static void main(String[] arguments) throws InterruptedException {
			System.out.println("up");
			Thread.currentThread().join();
		}
	}

	private Standalone start(int restarts, Program... programs) {
		return start(restarts, InstantSource.system(), programs);
	}

	private Standalone start(int restarts, InstantSource clock, Program... programs) {
		return start(new Standalone.Options(data, data, Ports.free(), Map.of(), restarts, List.of(), told::add, null),
				clock,
				programs);
	}

	private Standalone start(Standalone.Options options, InstantSource clock, Program... programs) {
		var folder = new DataFolder(data);
		folder.own();
		var system = Standalone.start(options, folder, List.of(programs), clock);
		systems.add(system);
		seen.addAll(processes());
		return system;
	}

	private List<ProcessHandle> processes() {
		return new DataFolder(data).noted().orElseThrow().children().stream().flatMap(child -> child.alive().stream())
				.toList();
	}

	private static String sayingGoodbye(Path file, String name) {
		return "trap 'echo " + name + " >>" + file + "; exit 0' TERM; echo up; while :; do sleep 0.05; done";
	}

	private static Program shell(String name, List<String> needs, String script) {
		return new Program(name, List.of("sh", "-c", script), Map.of(), Map.of(), new Readiness.Line("up"), needs);
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}
}
