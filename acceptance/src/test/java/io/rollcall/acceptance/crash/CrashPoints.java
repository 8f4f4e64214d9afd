package io.rollcall.acceptance.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Within a service: each point adds a byte to the file of its name in a folder whenever it is come to, and the process halts when that
 * file is as long as the number in {@code NAME.halt} says.
 */
public final class CrashPoints {
	/** The folder, by system property. */
	static final String FOLDER = "rollcall.crash-points";
	/** What a process ends with that signal 9 has killed. */
	private static final int KILLED = 137;

	private CrashPoints() {}

	/** Nothing, or the end of the process: no hook runs, nothing is flushed. Called by code that the agent has changed. */
	public static void pass(String name) {
		if (isReached(Path.of(Objects.requireNonNull(System.getProperty(FOLDER))), name))
			Runtime.getRuntime().halt(KILLED);
	}

	static synchronized boolean isReached(Path folder, String name) {
		try {
			Path hits = folder.resolve(name);
			Files.write(hits, new byte[]{'.'}, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			Path halt = folder.resolve(name + ".halt");
			return Files.exists(halt) && Files.size(hits) >= Long.parseLong(Files.readString(halt).strip());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
