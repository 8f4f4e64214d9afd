package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What JVMs have learned of the programs, kept for the next start (JEP 483 and 515): classes loaded and linked, and methods
 * worth compiling. A program's first process notes it; once everything has stopped, {@link CacheMaker} makes a cache of the notes.
 *
 * <p>
 * A cache is named by what it depends on, and has a checksum beside it. A stale or damaged one is thrown away, and without one
 * a program starts as it always did: nothing here is ever needed, and no failure here keeps a program from starting.
 */
final class AotCaches {
	/** Notes and caches of all programs together take less than half of it. */
	private static final long ROOM = 4L << 30;
	/** Where JVMs find options beside their command line. */
	private static final List<String> MORE_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

	private final Path folder;
	private final String jdk;

	/** @param folder with a folder for each program; it may be missing, and may be of somebody else */
	AotCaches(Path folder) {
		this(folder, System.getProperty("java.vm.version"));
	}

	/** @param jdk the release of the JVM that runs the programs */
	AotCaches(Path folder, String jdk) {
		this.folder = folder.toAbsolutePath().normalize();
		this.jdk = jdk;
	}

	/**
	 * How to start a program now: from its cache, or so that one can be made, or as ever.
	 *
	 * @param environment what it has beside this process's own
	 */
	synchronized Launch launch(Jvm jvm, Map<String, String> environment) {
		Jvm started = jvm;
		try {
			Path place = folder.resolve(jvm.module());
			Path extracted = null;
			if (jvm.runsBootJar()) {
				extracted = place.resolve("jar-" + Checksum.of(jvm.bootJar()));
				if (!Files.exists(extracted)) extract(jvm.bootJar(), extracted);
				started = jvm.running(ExtractedJar.in(extracted));
			}
			// Of classes that lie in a folder, as in tests of this module, a JVM notes nothing.
			if (started.classPath().stream().anyMatch(Files::isDirectory)) return new Launch.Plain(started.command());
			var settings = settings(environment);
			var cache = new AotCache(place, jdk + "-" + Checksum.of(whatMatters(started, settings)));
			throwAwayAllBut(cache, extracted);
			if (cache.isWhole()) {
				// A JVM that may not use it ends: then it is thrown away, too, rather than passed over at each start.
				return new Launch.FromCache(started.command("-XX:AOTMode=on", "-XX:AOTCache=" + cache.file()), cache);
			}
			cache.discard();
			if (Files.exists(cache.notes()) || Files.exists(cache.failure()) || !hasRoom())
				return new Launch.Plain(started.command());
			Files.createDirectories(place);
			Path notes = cache.begin(new AotCache.Making(started.java(), settings));
			return new Launch.Recording(started.command("-XX:AOTMode=record", "-XX:AOTConfiguration=" + notes,
					"-Xlog:aot=error"), cache, notes); // else it warns of each class that it leaves out
		} catch (IOException | UncheckedIOException _) {
			return new Launch.Plain(started.command());
		}
	}

	private boolean hasRoom() throws IOException {
		Files.createDirectories(folder);
		return Files.getFileStore(folder).getUsableSpace() >= ROOM;
	}

	private static Map<String, String> settings(Map<String, String> environment) {
		var settings = new TreeMap<String, String>();
		for (String name : MORE_OPTIONS) {
			String value = environment.getOrDefault(name, System.getenv(name));
			if (value != null) settings.put(name, value);
		}
		return settings;
	}

	/** All that a JVM wants to find again as it was, or what it noted would be of something else. */
	private static String whatMatters(Jvm jvm, Map<String, String> settings) throws IOException {
		var text = new StringBuilder(Jvm.JAVA).append(jvm.options()).append(jvm.main()).append(settings);
		for (Path jar : jvm.classPath()) {
			text.append('\n').append(jar).append(' ').append(Files.getLastModifiedTime(jar).toMillis()).append(' ')
					.append(Checksum.of(jar));
		}
		return text.toString();
	}

	private static void extract(Path bootJar, Path to) throws IOException {
		Path begun = AotCache.unfinished(to);
		delete(begun);
		ExtractedJar.extract(bootJar, begun);
		Files.move(begun, to, StandardCopyOption.ATOMIC_MOVE);
	}

	private static void throwAwayAllBut(AotCache cache, @Nullable Path extracted) throws IOException {
		if (!Files.exists(cache.folder())) return;
		try (var files = Files.list(cache.folder())) {
			for (Path file : files.toList()) {
				boolean needed = AotCache.isUnfinished(file)
						? AotCache.isBeingWritten(file)
						: cache.owns(file) || file.equals(extracted);
				if (!needed) delete(file);
			}
		}
	}

	private static void delete(Path tree) throws IOException {
		if (!Files.exists(tree)) return;
		Files.walkFileTree(tree, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
				Files.delete(directory);
				return FileVisitResult.CONTINUE;
			}
		});
	}
}
