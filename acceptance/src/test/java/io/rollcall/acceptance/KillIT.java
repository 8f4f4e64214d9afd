package io.rollcall.acceptance;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.acceptance.comparison.Accounts;
import io.rollcall.acceptance.comparison.Mails;
import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** kill -9 in the middle of an import; how many rounds a service: {@code -Drollcall.kills=10}. */
@Tag("long")
class KillIT {
	private static final int ROUNDS = Integer.getInteger("rollcall.kills", 2);
	private static final int ROWS = 200;

	private final RunningSystem system = RunningSystem.shared();
	private final Random random = new Random(Long.getLong("rollcall.seed", 20250113));

	@ParameterizedTest
	@ValueSource(strings = {RunningSystem.USER_SERVICE, RunningSystem.IMPORT_SERVICE,
			RunningSystem.NOTIFICATION_SERVICE})
	void killedInTheMiddleOfAnImportNothingIsLostAndNothingDoneTwice(String service) {
		for (int round = 1; round <= ROUNDS; round++) {
			killedIn(service, round);
		}
	}

	private void killedIn(String service, int round) {
		system.awaitRest();
		List<Row> rows = People.of("killed.%s.%d".formatted(service.charAt(0), round), ROWS);
		long newest = system.inbox().newest();
		long results = system.topics().size("user-command-results");
		String id = system.imports().accept("killed.csv", People.file(rows), "add");
		// By what has been done and not by the clock: so it is the middle on a slow machine and on a fast one.
		boolean mailer = service.equals(RunningSystem.NOTIFICATION_SERVICE);
		int moment = random.nextInt(mailer ? 4 * ROWS - 50 : ROWS - 10);
		Await.closely("the moment to kill", () -> moment <= (mailer
				? system.inbox().countAfter(newest)
				: system.topics().size("user-command-results") - results) ? true : null);
		system.kill(service);
		long done = system.topics().size("user-command-results") - results;
		int mailed = system.inbox().countAfter(newest);
		system.start(service);

		var state = system.imports().awaitCompleted(id);
		system.awaitRest();

		var mails = Mails.distinct(system.inbox().after(newest));
		System.out.printf("kill -9 of %s, round %d: at %d with %d results and %d mails; then %d created, "
				+ "%d mails, %d of them a second time to the byte%n", service, round, moment, done, mailed,
				state.created(), mails.mails().size(), mails.repeated());
		assertThat(state.total()).isEqualTo(ROWS);
		assertThat(state.created()).isEqualTo(ROWS);
		assertThat(state.processed()).isEqualTo(ROWS);
		assertThat(state.rejected()).isZero();
		assertThat(system.imports().rows(id)).hasSize(ROWS).allMatch(row -> row.outcome().equals("created"));
		var accounts = Accounts.read(system.topics());
		for (Row row : rows) {
			assertThat(accounts.creations(row.cell(Column.USERNAME))).isEqualTo(1);
			Mails.assertWelcome(row.cell(Column.USERNAME),
					mails.mails().stream().filter(mail -> mail.recipient().equals(row.cell(Column.EMAIL))).toList(),
					system.portal(), system.training());
		}
		assertThat(mails.mails()).hasSize(4 * ROWS);
	}
}
