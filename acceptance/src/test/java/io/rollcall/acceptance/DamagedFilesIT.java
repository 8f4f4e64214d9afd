package io.rollcall.acceptance;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.comparison.Accounts;
import io.rollcall.acceptance.comparison.Comparison;
import io.rollcall.acceptance.damage.DamagedFile;
import io.rollcall.acceptance.damage.Damager;
import io.rollcall.acceptance.generator.Action;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.oracle.Oracle;
import io.rollcall.acceptance.oracle.Prediction;
import io.rollcall.acceptance.oracle.Reading;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Imports.ImportState;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** Files as people really have them, against the oracle: what is refused, and every row of what is not. */
class DamagedFilesIT {
	private static final long SEED = Long.getLong("rollcall.seed", 20261201);
	private static final int FILES = Integer.getInteger("rollcall.damaged", 300);

	private final RunningSystem system = RunningSystem.shared();
	private final Oracle oracle = new Oracle(Directory.ofTheState());

	@Test
	void everyRowOfEveryDamagedFileEndsAsTheOracleSays() {
		System.out.println("Damaged files: " + FILES + " of seed " + SEED);
		var damager = new Damager(SEED, oracle);
		var differences = new ArrayList<String>();
		int refused = 0;
		int rows = 0;
		for (int i = 0; i < FILES; i++) {
			DamagedFile file = damager.next();
			switch (Reading.of(file.bytes())) {
				case Reading.Refused(var reasons) -> {
					refused++;
					differences.addAll(refusal(file, reasons));
				}
				case Reading.Taken(var columns, var records) -> {
					rows += records.size();
					differences.addAll(rows(file, columns, records));
				}
			}
		}
		System.out.println("Damaged files: " + refused + " refused, " + rows + " rows of the others");
		assertThat(differences).as("differences of seed " + SEED).isEmpty();

		system.awaitRest();
		Accounts accounts = Accounts.read(system.topics());
		assertThat(oracle.accounts().stream().map(accounts::differenceFrom).filter(Objects::nonNull)).isEmpty();
	}

	private static String what(DamagedFile file) {
		return "%s %s%n%s%n".formatted(file.name(), file.damages(), new String(file.bytes()).replace('\r', '\n'));
	}

	private List<String> refusal(DamagedFile file, List<List<String>> reasons) {
		HttpResponse<byte[]> answer = system.imports().post(file.name(), file.bytes(), file.action().wire());
		String detail = answer.statusCode() == 422 ? Imports.json(answer).path("detail").asString() : "";
		return reasons.stream().anyMatch(words -> words.stream().allMatch(detail::contains))
				? List.of()
				: List.of("%s    expected a refusal in one of %s%n    actual %d %s".formatted(what(file), reasons,
						answer.statusCode(), Imports.text(answer)));
	}

	private List<String> rows(DamagedFile file, List<Column> columns, List<Reading.Record> records) {
		HttpResponse<byte[]> answer = system.imports().post(file.name(), file.bytes(), file.action().wire());
		if (records.isEmpty() || answer.statusCode() != 202) {
			return records.isEmpty() && answer.statusCode() == 422
					? List.of()
					: List.of("%s    expected to be taken%n    actual %d %s".formatted(what(file), answer.statusCode(),
							Imports.text(answer)));
		}
		boolean add = file.action() == Action.ADD;
		Prediction prediction = add ? oracle.addRecords(records) : oracle.updateRecords(records);
		List<Row> rows = records.stream().map(Reading.Record::row).map(row -> add ? row.filled(columns) : row).toList();
		ImportState state = system.imports().awaitCompleted(Imports.json(answer).path("id").asString());
		return Comparison.of(what(file), system.imports(), state, columns, rows, prediction);
	}
}
