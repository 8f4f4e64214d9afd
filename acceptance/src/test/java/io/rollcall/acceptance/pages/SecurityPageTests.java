package io.rollcall.acceptance.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/security.md} names the tests that show what it says; who renames one is told to rename it there. */
class SecurityPageTests {
	private static final Path ROOT = Path.of("..");
	/** {@code Class.method} or {@code Class} in backticks, the module before it where two have such a class. */
	private static final Pattern NAMED = Pattern
			.compile("(?:([a-z-]+)'s )?`(\\w+(?:Tests|IT|Benchmark))(?:\\.(\\w+))?`");

	@Test
	void everyTestThatThePageNamesIsThere() throws IOException {
		List<Path> sources = sources();
		List<String> missing = new ArrayList<>();
		var names = NAMED.matcher(Files.readString(ROOT.resolve("docs/security.md")));
		int found = 0;
		while (names.find()) {
			if (isThere(names.group(1), names.group(2), names.group(3), sources)) found++;
			else
				missing.add(names.group());
		}
		assertThat(missing).isEmpty();
		assertThat(found).as("the pattern still fits the page").isGreaterThan(100);
	}

	private static boolean isThere(String module, String type, String method, List<Path> sources) throws IOException {
		for (Path source : sources) {
			boolean named = source.endsWith(type + ".java")
					&& (module == null || source.startsWith(ROOT.resolve(module)));
			if (named && (method == null || Files.readString(source).contains("void " + method + "("))) return true;
		}
		return false;
	}

	private static List<Path> sources() throws IOException {
		List<Path> sources = new ArrayList<>();
		// A module, or a module in a folder of them.
		try (Stream<Path> folders = Files.find(ROOT, 5, (folder, _) -> folder.endsWith("src/test/java"))) {
			for (Path tests : folders.toList()) {
				try (Stream<Path> files = Files.walk(tests)) {
					files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
				}
			}
		}
		return sources;
	}
}
