package io.rollcall.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What starts from nothing each time. */
public final class Folders {
	private Folders() {}

	/** With all that is in it, if it is there. */
	public static void delete(Path folder) {
		if (!Files.exists(folder)) return;
		try (var files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList())
				Files.delete(file);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
