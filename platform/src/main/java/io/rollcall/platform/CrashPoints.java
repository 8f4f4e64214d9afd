package io.rollcall.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Named points at which a process can be made to die as by {@code kill -9}, which itself cannot be aimed between two lines.
 * With {@code -Drollcall.crash-points=FOLDER} each point adds a byte to the file of its name there whenever it is come to, and
 * the process halts when that file is as long as the number in {@code NAME.halt} says. Without the property a point is
 * nothing.
 */
public final class CrashPoints {
	/** What a process ends with that signal 9 has killed. */
	private static final int KILLED = 137;
	private static final @Nullable String FOLDER = System.getProperty("rollcall.crash-points");

	private CrashPoints() {}

	/** Nothing, or the end of the process: no hook runs, nothing is flushed. */
	public static void pass(String name) {
		if (FOLDER != null && isReached(Path.of(FOLDER), name)) Runtime.getRuntime().halt(KILLED);
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
