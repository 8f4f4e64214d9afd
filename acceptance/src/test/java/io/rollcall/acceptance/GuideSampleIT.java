package io.rollcall.acceptance;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.comparison.Mails;
import io.rollcall.acceptance.system.Imports.ImportRow;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The files that the guide prints in section V.D, and the answers that it prints to them. */
class GuideSampleIT {
	private final RunningSystem system = RunningSystem.shared();

	@Test
	void theSampleFileCreatesItsFourAccountsAndTheSampleErrorsGetTheNotesPrintedThere() {
		var created = system.imports().run("guide-section-v-d.csv", Samples.bytes("guide-section-v-d.csv"), "add");

		assertThat(created.created()).isEqualTo(4);
		assertThat(created.message())
				.isEqualTo("The uploaded file has been processed and 4 user(s) have been successfully uploaded.");
		system.awaitRest();
		for (String role : List.of("DTC", "STC", "TA", "TC")) {
			Mails.assertWelcome("Demo_" + role, system.inbox().to("demo" + role + "@emetric.net"), system.portal(),
					system.training());
		}

		// The guide's print of these has 1036 one column too far to the right, under Phone; that would be a fault of its own.
		var rejected = system.imports().run("guide-error-rows.csv", Samples.bytes("guide-error-rows.csv"), "add");

		assertThat(rejected.message()).isEqualTo("No users have been uploaded. Errors are detailed in attached file.");
		assertThat(system.imports().rows(rejected.id())).containsExactly(
				new ImportRow(1, "rejected", List.of("User exists with same username")),
				new ImportRow(2, "rejected", List.of("Invalid organization number")),
				new ImportRow(3, "rejected", List.of("User exists with same username")),
				new ImportRow(4, "rejected", List.of("Invalid role")));
	}
}
