package io.rollcall.standalone.launcher;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line of a JVM in its parts.
 *
 * @param module what it runs, also of several programs: two gateways share what one of them teaches the JVM
 * @param before what starts it, as {@code nice}
 * @param options of the JVM
 * @param main the main class and whatever it is always given
 * @param arguments what differs from one system to another, as ports: it changes nothing that a JVM learns
 */
record Jvm(String module, List<String> before, List<String> options, List<Path> classPath, List<String> main,
		List<String> arguments) {
	/** What reads a Boot jar with the jars that are in it. */
	static final String BOOT = "org.springframework.boot.loader.launch.JarLauncher";

	/** The same that runs this class. */
	static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	/** The class path of this JVM, wherever another one looks from. */
	static List<Path> ownClassPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
				.map(Path::toAbsolutePath).toList();
	}

	/** The whole command line with a few more options. */
	List<String> command(String... more) {
		var command = new ArrayList<>(before);
		command.addAll(java(more));
		command.addAll(main);
		command.addAll(arguments);
		return command;
	}

	/** The part of it that says what the JVM is, and not what it runs. */
	List<String> java(String... more) {
		var command = new ArrayList<String>();
		command.add(JAVA);
		command.addAll(List.of(more));
		command.addAll(options);
		command.add("-cp");
		command.add(joined(classPath));
		return command;
	}

	/** For {@code -cp}. */
	static String joined(List<Path> classPath) {
		return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
	}

	boolean runsBootJar() {
		return main.contains(BOOT);
	}

	/** The jar that {@link #BOOT} reads, which is the first. */
	Path bootJar() {
		return classPath.getFirst();
	}

	/** The same with what was extracted from its Boot jar. */
	Jvm running(ExtractedJar extracted) {
		var jars = new ArrayList<>(classPath);
		jars.set(0, extracted.jar());
		return new Jvm(module, before, options, jars,
				main.stream().map(it -> it.equals(BOOT) ? extracted.main() : it).toList(), arguments);
	}
}
