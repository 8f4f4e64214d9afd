package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AotCachesTests {
	private static final String JDK = System.getProperty("java.vm.version");

	@TempDir
	Path programs;
	@TempDir
	Path folder;

	private Path jar;

	@BeforeEach
	void aProgram() throws IOException {
		jar = jarOf(programs.resolve("taught.jar"), Taught.class);
	}

	@Test
	void aProgramStartsFromWhatItsFirstRunTaught() throws Exception {
		var first = (Launch.Recording) launch(taught());
		assertThat(run(first)).isEqualTo("taught []");
		first.cache().keep(first.notes(), true);
		assertThat(launch(taught())).as("noted, and not made yet").isInstanceOf(Launch.Plain.class);

		CacheMaker.makeAll(folder);

		var second = launch(taught("--port=1"));
		assertThat(second).isInstanceOf(Launch.FromCache.class);
		assertThat(run(second)).isEqualTo("taught [--port=1]"); // its JVM would end rather than go on without the cache
		assertThat(first.cache().notes()).doesNotExist();
	}

	@Test
	void aBootJarIsTakenApart() throws Exception {
		Path boot = bootJar(Taught.class, Inner.class);
		var jvm = new Jvm("taught", List.of(), List.of(), List.of(boot, jarOf(programs.resolve("own.jar"), Own.class)),
				List.of(Own.class.getName(), Jvm.BOOT), List.of("--port=1"));

		Launch launch = launch(jvm);

		assertThat(launch).isInstanceOf(Launch.Recording.class);
		assertThat(run(launch)).isEqualTo("own " + Inner.class.getName() + " inner taught [--port=1]");
		var extracted = extracted();
		assertThat(extracted).hasSize(1);

		bootJar(Taught.class, Inner.class, Own.class);
		launch(jvm);
		assertThat(extracted()).as("what was of the jar before is thrown away").hasSize(1).isNotEqualTo(extracted);
	}

	@Test
	void anotherJarMakesItStale() throws Exception {
		Path cache = aCache();
		FileTime time = Files.getLastModifiedTime(jar);
		byte[] same = Files.readAllBytes(jar);
		same[same.length / 2] ^= 1;
		Files.write(jar, same);
		Files.setLastModifiedTime(jar, time);
		assertStale(cache, launch(taught()));
	}

	@Test
	void aJarOfAnotherTimeMakesItStaleAsTheJvmWouldNotTakeIt() throws Exception {
		Path cache = aCache();
		Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
		assertStale(cache, launch(taught()));
	}

	@Test
	void otherOptionsMakeItStale() throws Exception {
		Path cache = aCache();
		assertStale(cache, launch(
				new Jvm("taught", List.of(), List.of("-XX:+UseParallelGC"), List.of(jar), taught().main(), List.of())));
	}

	@Test
	void optionsOfTheEnvironmentMakeItStale() throws Exception {
		Path cache = aCache();
		assertStale(cache, new AotCaches(folder).launch(taught(), Map.of("JAVA_TOOL_OPTIONS", "-Xint")));
	}

	@Test
	void anotherClassPathMakesItStale() throws Exception {
		Path cache = aCache();
		Path more = jarOf(programs.resolve("more.jar"), Inner.class);
		assertStale(cache, launch(
				new Jvm("taught", List.of(), taught().options(), List.of(jar, more), taught().main(), List.of())));
	}

	@Test
	void anotherJdkMakesItStale() throws Exception {
		Path cache = aCache();
		assertStale(cache, new AotCaches(folder, "26+36").launch(taught(), Map.of()));
	}

	@Test
	void aDamagedOneIsThrownAway() throws Exception {
		Path cache = aCache();
		byte[] damaged = Files.readAllBytes(cache);
		damaged[damaged.length / 2] ^= 1;
		Files.write(cache, damaged);
		assertStale(cache, launch(taught()));
	}

	@Test
	void oneWithoutAChecksumIsThrownAway() throws Exception {
		Path cache = aCache();
		Files.delete(cache.resolveSibling(cache.getFileName() + ".crc32c"));
		assertStale(cache, launch(taught()));
	}

	@Test
	void notesOfAProgramThatDidNotFinishThemAreForgotten() throws Exception {
		var killed = (Launch.Recording) launch(taught());
		Files.writeString(killed.notes(), "half of");
		killed.cache().keep(killed.notes(), false);

		assertThat(launch(taught())).isInstanceOf(Launch.Recording.class);
		assertThat(listed()).allMatch(name -> name.endsWith(".json"));
	}

	@Test
	void whatProcessesLeftThatAreGoneIsThrownAway() throws Exception {
		launch(taught());
		Path left = Files.writeString(folder.resolve("taught/x.notes." + Integer.MAX_VALUE + ".part"), "half of");
		Path begun = Files.writeString(folder.resolve("taught/x.notes." + ProcessHandle.current().pid() + ".part"), "");
		launch(taught());
		assertThat(left).doesNotExist();
		assertThat(begun).exists();
	}

	@Test
	void whatNoCacheCanBeMadeOfIsNotTriedAgain() throws Exception {
		var first = (Launch.Recording) launch(taught());
		Files.writeString(first.notes(), "nothing that a JVM wrote");
		first.cache().keep(first.notes(), true);

		CacheMaker.makeAll(folder);

		assertThat(first.cache().failure()).content().isNotBlank();
		assertThat(launch(taught())).isInstanceOf(Launch.Plain.class);
	}

	@Test
	void withoutWriteAccessAProgramStartsAsEver() throws Exception {
		Path file = Files.writeString(programs.resolve("file"), "");
		Launch launch = new AotCaches(file.resolve("caches")).launch(taught(), Map.of());
		assertThat(launch).isEqualTo(new Launch.Plain(taught().command()));
		assertThat(run(launch)).isEqualTo("taught []");
	}

	@Test
	void classesInAFolderStartAsEver() {
		var jvm = new Jvm("taught", List.of(), List.of(), List.of(programs), taught().main(), List.of());
		assertThat(launch(jvm)).isEqualTo(new Launch.Plain(jvm.command()));
	}

	/** Not one that a JVM would take, but whole. */
	private Path aCache() throws IOException {
		AotCache cache = ((Launch.Recording) launch(taught())).cache();
		cache.made(Files.writeString(AotCache.unfinished(cache.file()), "classes and methods"));
		assertThat(launch(taught())).isEqualTo(new Launch.FromCache(
				taught().command("-XX:AOTMode=on", "-XX:AOTCache=" + cache.file()), cache));
		assertThat(cache.name()).startsWith(JDK);
		return cache.file();
	}

	private static void assertStale(Path cache, Launch launch) {
		assertThat(launch).isInstanceOf(Launch.Recording.class);
		assertThat(cache).doesNotExist();
	}

	private Launch launch(Jvm jvm) {
		return new AotCaches(folder).launch(jvm, Map.of());
	}

	private Jvm taught(String... arguments) {
		return new Jvm("taught", List.of(), List.of("-XX:+UseSerialGC"), List.of(jar), List.of(Taught.class.getName()),
				List.of(arguments));
	}

	private List<String> extracted() throws IOException {
		return listed().stream().filter(name -> name.startsWith("jar-")).toList();
	}

	private List<String> listed() throws IOException {
		try (var files = Files.list(folder.resolve("taught"))) {
			return files.map(file -> file.getFileName().toString()).toList();
		}
	}

	private static String run(Launch launch) throws Exception {
		var process = new ProcessBuilder(launch.command()).redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(said).isZero();
		// The JVM, too, has something to say when it records.
		return said.lines().filter(line -> line.startsWith("taught") || line.startsWith("own")).findFirst()
				.orElse(said);
	}

	static Path jarOf(Path file, Class<?>... classes) throws IOException {
		try (var out = new JarOutputStream(Files.newOutputStream(file))) {
			for (Class<?> each : classes)
				put(out, "", each);
		}
		return file;
	}

	/** Classes of the application: all but the second, which is in a jar within the jar. */
	private Path bootJar(Class<?>... classes) throws IOException {
		var manifest = new Manifest();
		manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
		manifest.getMainAttributes().putValue("Main-Class", Jvm.BOOT);
		manifest.getMainAttributes().putValue("Start-Class", classes[0].getName());
		Path file = programs.resolve("boot.jar");
		try (var out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
			out.putNextEntry(new ZipEntry("BOOT-INF/classes/"));
			for (Class<?> each : Stream.of(classes).filter(it -> it != classes[1]).toList())
				put(out, "BOOT-INF/classes/", each);
			out.putNextEntry(new ZipEntry("BOOT-INF/lib/"));
			out.putNextEntry(new ZipEntry("BOOT-INF/lib/inner-1.0.jar"));
			out.write(Files.readAllBytes(jarOf(programs.resolve("inner.jar"), classes[1])));
			out.putNextEntry(new ZipEntry("BOOT-INF/classpath.idx"));
			out.write("- \"BOOT-INF/lib/inner-1.0.jar\"\n".getBytes());
		}
		return file;
	}

	private static void put(JarOutputStream out, String folder, Class<?> type) throws IOException {
		String name = type.getName().replace('.', '/') + ".class";
		out.putNextEntry(new ZipEntry(folder + name));
		try (var in = type.getClassLoader().getResourceAsStream(name)) {
			in.transferTo(out);
		}
	}

	/** A program that ends, and says with what it was started. */
	public static final class Taught {
		public static void main(String[] arguments) {
			System.out.println("taught " + List.of(arguments));
		}
	}

	/** In a jar of its own, as libraries are in a Boot jar. */
	public static final class Inner {
		@Override
		public String toString() {
			return "inner";
		}
	}

	/** As {@link ChildMain}: goes on with the main class that its first argument names. */
	public static final class Own {
		public static void main(String[] arguments) throws Exception {
			var inner = Class.forName("io.rollcall.standalone.launcher.AotCachesTests$Inner");
			System.out.print("own " + inner.getName() + " " + inner.getConstructor().newInstance() + " ");
			var rest = new ArrayList<>(List.of(arguments));
			Class.forName(rest.removeFirst()).getMethod("main", String[].class).invoke(null,
					(Object) rest.toArray(String[]::new));
		}
	}
}
