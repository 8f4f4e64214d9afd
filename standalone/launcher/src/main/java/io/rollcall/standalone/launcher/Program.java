package io.rollcall.standalone.launcher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Something to start as a process of its own.
 *
 * @param name what people call it, also the name of its log
 * @param launch how the next process is started
 * @param environment in addition to the launcher's own
 * @param ports what it listens on and what each is for
 * @param readiness how to see that it can do its work
 * @param needs names of the programs that have to be ready before it is started
 */
record Program(String name, Supplier<Launch> launch, Map<String, String> environment, Map<Integer, String> ports,
		Readiness readiness, List<String> needs) {

	/** One that is always started with the same command line. */
	Program(String name, List<String> command, Map<String, String> environment, Map<Integer, String> ports,
			Readiness readiness, List<String> needs) {
		this(name, () -> new Launch.Plain(command), environment, ports, readiness, needs);
	}

	/** How to see that a started program can do its work. */
	sealed interface Readiness {
		/** It says so in a line of its output. */
		record Line(String part) implements Readiness {}

		/** It takes connections. */
		record Connects(int port) implements Readiness {}

		/** Its health endpoint answers 200. */
		record Answers(int port, String path) implements Readiness {}
	}

	/** The same service as one more instance, on a port of its own, with some settings changed. */
	Program again(String otherName, int port, Map<String, String> otherSettings) {
		if (!(readiness instanceof Readiness.Answers(int _, String path))) {
			throw new IllegalArgumentException(name + " is no service that could run twice");
		}
		var settings = new HashMap<>(environment);
		settings.putAll(otherSettings);
		settings.put("SERVER_PORT", "" + port);
		return new Program(otherName, launch, settings, Map.of(port, "the " + otherName),
				new Readiness.Answers(port, path), needs);
	}
}
