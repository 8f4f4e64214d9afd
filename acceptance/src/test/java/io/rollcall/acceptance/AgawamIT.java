package io.rollcall.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Csv;
import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.oracle.Oracle;
import io.rollcall.acceptance.oracle.Outcome.Kind;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.oracle.Text;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The main job: a district's file becomes accounts and mails. */
class AgawamIT {
	private final RunningSystem system = RunningSystem.shared();

	@Test
	void theDistrictsFileBecomesAccountsAnErrorFileAndFourReadableMailsEach() throws IOException {
		byte[] file = Files.readAllBytes(Path.of("../samples/agawam.csv"));
		List<Row> rows = rows(new String(file, StandardCharsets.UTF_8));
		var prediction = new Oracle(Directory.ofTheState()).add(rows);
		assertThat(prediction.rejected()).as("faulty rows of the sample").isEqualTo(3);
		assertThat(rows.stream().map(row -> row.cell(Column.ROLE)).distinct()).contains("DTC", "TC", "STC", "TA",
				"RAO");
		long newest = system.inbox().newest();

		var state = system.imports().run("agawam.csv", file, "add");

		assertThat(Comparison.of("agawam.csv", system.imports(), state, List.of(Column.values()), rows, prediction))
				.isEmpty();
		Await.until("four mails each",
				() -> system.inbox().countAfter(newest) >= 4 * prediction.count(Kind.CREATED) ? true : null);
		for (int i = 0; i < rows.size(); i++) {
			if (prediction.outcomes().get(i).kind() == Kind.CREATED) {
				Mails.assertWelcome(rows.get(i).cell(Column.USERNAME),
						system.inbox().to(rows.get(i).cell(Column.EMAIL)), system.portal(), system.training());
			}
		}
	}

	private static List<Row> rows(String file) {
		var lines = Csv.read(file);
		var rows = new ArrayList<Row>();
		for (List<String> line : lines.subList(1, lines.size())) {
			if (line.stream().anyMatch(cell -> !cell.isEmpty())) {
				var cells = new EnumMap<Column, String>(Column.class);
				for (Column column : Column.values()) {
					int index = lines.getFirst().indexOf(column.header());
					assertThat(index).as("column " + Text.visible(column.header())).isNotNegative();
					cells.put(column, line.get(index));
				}
				rows.add(new Row(cells));
			}
		}
		return rows;
	}
}
