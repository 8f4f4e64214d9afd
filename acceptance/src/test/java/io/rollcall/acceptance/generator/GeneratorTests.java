package io.rollcall.acceptance.generator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.oracle.Oracle;
import io.rollcall.acceptance.oracle.Outcome.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class GeneratorTests {
	private final Directory directory = Directory.ofTheState();

	@Test
	void theSameSeedMakesTheSameFiles() {
		assertThat(digest(7)).isEqualTo(digest(7)).isNotEqualTo(digest(8));
	}

	@Test
	void fiftyFilesHoldEveryFaultOutcomeNoteEncodingAndLineEnd() {
		var generator = new Generator(20250113, directory, new Oracle(directory));
		var outcomes = EnumSet.noneOf(Kind.class);
		var rejections = new EnumMap<Action, Integer>(Action.class);
		var notes = new TreeSet<String>();
		var spellings = new HashSet<String>();
		for (int i = 0; i < 50; i++) {
			GeneratedFile file = generator.next();
			file.prediction().outcomes().forEach(outcome -> {
				outcomes.add(outcome.kind());
				notes.addAll(outcome.notes());
			});
			rejections.merge(file.action(), file.prediction().rejected(), Integer::sum);
			spellings.add(file.description().replaceFirst("(.*?, .*?),.*", "$1"));
			assertThat(file.rows()).hasSizeBetween(1, 200);
			String text = new String(file.bytes(), StandardCharsets.ISO_8859_1);
			for (String district : Directory.KEPT_FREE)
				assertThat(text.contains(district)).as(district + " in " + file.description()).isFalse();
		}
		assertThat(outcomes).containsExactlyInAnyOrder(Kind.values());
		assertThat(generator.faultsUsed().keySet()).containsExactlyInAnyOrder(Fault.values());
		assertThat(notes).hasSize(17); // all but that of deactivated accounts, which a file cannot make
		assertThat(spellings).hasSize(15);
		assertThat(rejections.values()).allMatch(count -> count > 300);
	}

	private int digest(long seed) {
		var generator = new Generator(seed, directory, new Oracle(directory));
		return Stream.generate(() -> Arrays.hashCode(generator.next().bytes())).limit(12).toList().hashCode();
	}
}
