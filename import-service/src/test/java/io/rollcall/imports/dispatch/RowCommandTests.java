package io.rollcall.imports.dispatch;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

class RowCommandTests {
	private static final UUID ID = new UUID(0, 1);
	private static final int ROWS = 30;

	/** Of as many rows, all for one username. */
	private static List<RowCommand> commands(boolean dryRun, Map<Integer, Outcome> outcomes) {
		var submitter = new Submitter(ID, "pat", "DTC", Set.of(), Set.of(), Set.of());
		var submission = new Submission(Action.ADD, dryRun, "a.csv", "", 1_000, submitter, Instant.EPOCH, "", null,
				null,
				null, null, null);
		List<List<String>> records = IntStream.rangeClosed(1, ROWS)
				.mapToObj(record -> List.of("doe.jane", "Jane" + record)).toList();
		var file = new UserFile(List.of("Username", "FName"), records);
		return RowCommand.of(new ImportedRows(ID, submission, file, outcomes, Map.of()),
				IntStream.rangeClosed(1, ROWS));
	}

	private static Stream<String> names(List<Map<Column, String>> rows) {
		return rows.stream().map(row -> row.get(Column.FNAME));
	}

	@Test
	void rowOfADryRunBringsTheFirstTwentyBeforeItAtMost() {
		List<RowCommand> commands = commands(true, Map.of());
		assertThat(commands).hasSize(ROWS);
		assertThat(commands.getFirst().earlier()).isEmpty();
		assertThat(names(commands.get(2).earlier())).containsExactly("Jane1", "Jane2");
		assertThat(commands.stream().skip(20)).allSatisfy(command -> assertThat(names(command.earlier())).hasSize(20)
				.startsWith("Jane1").endsWith("Jane20"));
	}

	@Test
	void rowsThatHaveComeToNothingAreNotBrought() {
		Map<Integer, Outcome> outcomes = new HashMap<>();
		for (int record = 1; record <= 15; record++)
			outcomes.put(record, new Outcome.Rejected(List.of(new Note("role", "role-unknown", "Invalid role"))));
		List<RowCommand> commands = commands(true, outcomes);
		assertThat(commands).first().extracting(RowCommand::recordNumber).isEqualTo(16);
		assertThat(names(commands.getLast().earlier())).hasSize(ROWS - 16).startsWith("Jane16");
	}

	@Test
	void rowThatIsAppliedBringsNone() {
		assertThat(commands(false, Map.of())).hasSize(ROWS)
				.allSatisfy(command -> assertThat(command.earlier()).isEmpty());
	}
}
