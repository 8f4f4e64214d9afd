package io.rollcall.acceptance;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody else does between the look and the leap is seen, and the mails that were foretold go out. */
@EnabledIfSystemProperty(named = "rollcall.previews", matches = "[1-9].*")
class PreviewIT {
	private final RunningSystem system = RunningSystem.shared();

	@Test
	void rowsThatCameOtherwiseThanForetoldAreReported() {
		List<Row> rows = People.of("preview", 6);
		system.imports().run("people.csv", People.file(rows), "add");
		List<Row> wanted = new ArrayList<>(rows.stream().map(row -> row.with(Column.LNAME, "Renamed")).toList());
		wanted.set(1, wanted.get(1).with(Column.EMAIL, "moved@people.example"));
		wanted.addAll(People.of("preview.new", 1));

		var preview = system.imports().preview("wanted.csv", People.file(wanted), "update");
		assertThat(preview.updated()).isEqualTo(6);
		assertThat(preview.rejected()).isEqualTo(1);
		assertThat(preview.mails()).as("two that the address is another, four with credentials").isEqualTo(6);
		assertThat(system.imports().rows(preview.id()).get(1).changes()).containsExactly(
				"lastName: Number 2 -> Renamed", "email: preview.002@people.example -> moved@people.example");

		system.imports().run("meanwhile.csv",
				People.file(List.of(wanted.get(0), rows.get(2).with(Column.FNAME, "Chris"))), "update");
		system.imports().run("newcomer.csv", People.file(People.of("preview.new", 1)), "add");
		system.awaitRest();
		long newest = system.inbox().newest();
		var commit = system.imports().commit(preview.id());

		assertThat(commit.changedSincePreview()).isEqualTo(3);
		var done = system.imports().rows(commit.id());
		assertThat(done.get(0).outcome()).as("somebody has done it already").isEqualTo("unchanged");
		assertThat(done.get(0).previewed()).isEqualTo("updated");
		assertThat(done.get(2).outcome()).as("changed since by what nobody has seen in the preview")
				.isEqualTo("rejected");
		assertThat(done.get(2).notes()).containsExactly("User was changed after this file was uploaded");
		assertThat(done.get(2).previewed()).isEqualTo("updated");
		assertThat(done.get(6).outcome()).as("there is such a user now").isEqualTo("unchanged");
		assertThat(done.get(6).previewed()).isEqualTo("rejected");
		assertThat(List.of(done.get(1), done.get(3), done.get(4), done.get(5))).allSatisfy(row -> {
			assertThat(row.outcome()).isEqualTo("updated");
			assertThat(row.previewed()).isEmpty();
		});
		system.awaitRest();
		assertThat(system.inbox().countAfter(newest)).isEqualTo(preview.mails());
	}
}
