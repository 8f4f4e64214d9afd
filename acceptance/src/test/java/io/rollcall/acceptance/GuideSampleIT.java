package io.rollcall.acceptance;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Imports.ImportRow;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The files that the guide prints in section V.D, and the answers that it prints to them. */
class GuideSampleIT {
	private static final String SCHOOLS = "00-771777-001|00-771777-002|00-771777-003";

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void theSampleFileCreatesItsFourAccountsAndTheSampleErrorsGetTheNotesPrintedThere() {
		long newest = system.inbox().newest();
		var created = system.imports().run("guide.csv",
				People.file(List.of(
						Row.of("Demo_DTC", "Demo", "DTC", "demoDTC@emetric.net", "DTC", "00-771777", "1036"),
						Row.of("Demo_STC", "Demo", "STC", "demoSTC@emetric.net", "STC", SCHOOLS, "1036"),
						Row.of("Demo_TA", "Demo", "TA", "demoTA@emetric.net", "TA", SCHOOLS, "1036"),
						Row.of("Demo_TC", "Demo", "TC", "demoTC@emetric.net", "TC", "00-771777", "1036"))),
				"add");

		assertThat(created.created()).isEqualTo(4);
		assertThat(created.message())
				.isEqualTo("The uploaded file has been processed and 4 user(s) have been successfully uploaded.");
		Await.until("16 mails", () -> system.inbox().countAfter(newest) >= 16 ? true : null);
		for (String role : List.of("DTC", "STC", "TA", "TC")) {
			Mails.assertWelcome("Demo_" + role, system.inbox().to("demo" + role + "@emetric.net"), system.portal(),
					system.training());
		}

		// The print has 1036 one column too far to the right, under Phone; that would be a fault of its own.
		var rejected = system.imports().run("guide-errors.csv",
				People.file(List.of(
						Row.of("Demo_DTC", "Demo", "DTC", "demoDTC@emetric.net", "DTC", "00-771777", "1036"),
						Row.of("Demo_STC", "Demo", "STC", "demoSTC@emetric.net", "STC",
								"00-771777-001|00-771777-004|00-771777-005", "1036"),
						Row.of("Demo_TA", "Demo", "TA", "demoTA@emetric.net", "TA", SCHOOLS, "1036"),
						Row.of("Demo_TC", "Demo", "TC", "demoTC@emetric.net", "IT", "00-771777", "1036"))),
				"add");

		assertThat(rejected.message()).isEqualTo("No users have been uploaded. Errors are detailed in attached file.");
		assertThat(system.imports().rows(rejected.id())).containsExactly(
				new ImportRow(1, "rejected", List.of("User exists with same username")),
				new ImportRow(2, "rejected", List.of("Invalid organization number")),
				new ImportRow(3, "rejected", List.of("User exists with same username")),
				new ImportRow(4, "rejected", List.of("Invalid role")));
	}
}
