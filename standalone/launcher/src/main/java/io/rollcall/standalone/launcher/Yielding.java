package io.rollcall.standalone.launcher;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** What a command line begins with so that the program waits while others need the processors; where there is time to spare, it does not. */
final class Yielding {
	private static final int MOST = 19;

	private Yielding() {}

	/** @param niceness from 1, which yields a little, to 19 */
	static List<String> by(int niceness) {
		Path nice = onPath("nice");
		return nice == null ? List.of() : List.of(nice.toString(), "-n", "" + niceness);
	}

	/** Takes only what nobody else wants, where the system knows such a thing. */
	static List<String> toAll() {
		var words = new ArrayList<>(by(MOST));
		Path chrt = onPath("chrt");
		if (chrt != null) words.addAll(List.of(chrt.toString(), "--idle", "0"));
		return words;
	}

	static @Nullable Path onPath(String program) {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).filter(p -> !p.isEmpty())
				.map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst().orElse(null);
	}
}
