package io.rollcall.acceptance;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.comparison.Comparison;
import io.rollcall.acceptance.comparison.Mails;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.oracle.Oracle;
import io.rollcall.acceptance.oracle.Prediction;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The main job: a district's file becomes accounts and mails. */
class AgawamIT {
	private final RunningSystem system = RunningSystem.shared();

	private final Oracle oracle = new Oracle(Directory.ofTheState());

	@Test
	void theDistrictsFileBecomesAccountsAnErrorFileAndFourReadableMailsEach() {
		List<Row> rows = Samples.rows("agawam.csv");
		var prediction = oracle.add(rows);
		assertThat(prediction.rejected()).as("faulty rows of the sample").isEqualTo(3);
		assertThat(rows.stream().map(row -> row.cell(Column.ROLE)).distinct()).contains("DTC", "TC", "STC", "TA",
				"RAO");
		assertThat(differences("agawam.csv", "add", prediction)).isEmpty();
		system.awaitRest();
		Mails.assertWelcome(oracle.accounts(), system.inbox()::to, system.portal(), system.training());

		assertThat(differences("agawam-update.csv", "update", oracle.update(Samples.rows("agawam-update.csv"))))
				.isEmpty();
		assertThat(differences("two-hundred.csv", "add", oracle.add(Samples.rows("two-hundred.csv")))).isEmpty();
		assertThat(oracle.accounts()).hasSize(prediction.processed() + 200);
	}

	private List<String> differences(String name, String action, Prediction prediction) {
		var state = system.imports().run(name, Samples.bytes(name), action);
		return Comparison.of(name, system.imports(), state, List.of(Column.values()), Samples.rows(name), prediction);
	}
}
