package io.rollcall.acceptance.compose;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.rollcall.acceptance.Samples;
import io.rollcall.acceptance.comparison.Comparison;
import io.rollcall.acceptance.comparison.Mails;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.oracle.Oracle;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Inbox.Mail;

import static org.assertj.core.api.Assertions.assertThat;

/** The main job on the system of {@code docker-compose.yml}: a district's file becomes accounts and mails. */
@EnabledIfSystemProperty(named = "rollcall.compose", matches = "true")
class ComposeIT {
	private static final String FILE = "agawam.csv";
	private static ComposeSystem system;

	private final Imports imports = system.imports();
	private final Mailpit mailpit = new Mailpit(ComposeSystem.MAILPIT);

	@BeforeAll
	static void start() throws Exception {
		system = ComposeSystem.start();
	}

	@AfterAll
	static void takeDown() {
		if (system != null) system.close();
	}

	@Test
	void theDistrictsFileBecomesAccountsAnErrorFileAndFourReadableMailsEach() throws Exception {
		var oracle = new Oracle(Directory.ofTheState());
		List<Row> rows = Samples.rows(FILE);
		var prediction = oracle.add(rows);
		int accounts = accounts();
		long mails = mailpit.count();

		var state = imports.run(FILE, Samples.bytes(FILE), "add");

		assertThat(Comparison.of(FILE, imports, state, List.of(Column.values()), rows, prediction)).isEmpty();
		assertThat(state.created()).isEqualTo(57);
		Await.until("57 accounts more", () -> accounts() == accounts + 57 ? true : null);
		Await.until("228 mails", () -> mailpit.count() >= mails + 228 ? true : null);
		var byRecipient = mailpit.mails().stream().collect(Collectors.groupingBy(Mail::recipient));
		Mails.assertWelcome(oracle.accounts(), address -> byRecipient.getOrDefault(address, List.of()),
				ComposeSystem.PORTAL.toString(), ComposeSystem.TRAINING.toString());
	}

	private int accounts() {
		return Imports.json(imports.get("/api/users?size=1")).path("totalItems").asInt();
	}
}
