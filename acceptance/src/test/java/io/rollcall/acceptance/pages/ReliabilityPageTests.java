package io.rollcall.acceptance.pages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands in {@code docs/reliability.md} run the tests that they stand beside. */
class ReliabilityPageTests {
	/** A class of this module and the command beside it. */
	private static final Pattern ROW = Pattern.compile("\\| `((?:\\w+/)?\\w+IT)` \\| `mvn verify([^`]*)`");

	@Test
	void commandsRunTheTestsTheyStandBeside() throws Exception {
		var rows = ROW.matcher(Files.readString(Path.of("../docs/reliability.md")));
		int found = 0;
		for (; rows.find(); found++) {
			if (rows.group(2).contains("-pl ")) continue; // of another module
			assertThat(rows.group(2).contains("-DexcludedGroups=")).as(rows.group()).isEqualTo(isLong(rows.group(1)));
		}
		assertThat(found).as("the pattern still fits the page").isGreaterThan(15);
	}

	private static boolean isLong(String name) throws ClassNotFoundException {
		// Not initialized: that would start the whole system.
		Class<?> test = Class.forName("io.rollcall.acceptance." + name.replace('/', '.'), false,
				ReliabilityPageTests.class.getClassLoader());
		Tag tag = test.getAnnotation(Tag.class);
		return tag != null && tag.value().equals("long");
	}
}
