package io.rollcall.acceptance;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The directory is away: rows wait for it, none is turned away for it. */
@Tag("long")
class DirectoryOutageIT {
	private final RunningSystem system = RunningSystem.shared();

	@Test
	void rowsWaitForTheDirectoryAndCompleteWhenItIsBack() {
		// Huntington: codes that no other test asks for, so that no cache has them.
		List<Row> rows = People.of("waiting", 50, "06720000", "06720000-06720505");
		system.stop(RunningSystem.ORG_DIRECTORY_SERVICE);
		try {
			String id = system.imports().accept("waiting.csv", People.file(rows), "add");
			Await.steady("rows wait", () -> system.imports().state(id).done(), _ -> true);
			var waiting = system.imports().state(id);
			assertThat(waiting.status()).isEqualTo("processing");
			assertThat(waiting.rejected()).isZero();
			assertThat(waiting.created()).isZero();

			system.start(RunningSystem.ORG_DIRECTORY_SERVICE);

			var completed = system.imports().awaitCompleted(id);
			assertThat(completed.created()).isEqualTo(50);
			assertThat(completed.rejected()).isZero();
		} finally {
			if (!system.runs(RunningSystem.ORG_DIRECTORY_SERVICE)) {
				system.start(RunningSystem.ORG_DIRECTORY_SERVICE);
			}
		}
	}
}
