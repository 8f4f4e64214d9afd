package io.rollcall.acceptance;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.comparison.Mails;
import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The mail server away for a while: imports do not notice, mails come later. */
@Tag("long")
class MailOutageIT {
	private final RunningSystem system = RunningSystem.shared();

	@Test
	void importsGoOnWithoutAMailServerAndTheirMailsFollowInOrder() {
		system.awaitRest();
		long newest = system.inbox().newest();
		List<Row> rows = People.of("unmailed", 25);
		system.stop(RunningSystem.MAIL_SERVER);
		try {
			var completed = system.imports().run("unmailed.csv", People.file(rows), "add");
			assertThat(completed.created()).isEqualTo(25);
			assertThat(system.runs(RunningSystem.NOTIFICATION_SERVICE)).isTrue();
		} finally {
			system.start(RunningSystem.MAIL_SERVER);
		}
		system.awaitMails(newest, 4 * 25);

		var mails = Mails.distinct(system.inbox().after(newest)).mails();
		assertThat(mails).hasSize(4 * 25);
		for (Row row : rows) {
			var own = mails.stream().filter(mail -> mail.recipient().equals(row.cell(Column.EMAIL))).toList();
			Mails.assertWelcome(row.cell(Column.USERNAME), own, system.portal(), system.training());
			assertThat(own.stream().map(mail -> mail.password() != null)).containsExactly(false, true, false, true);
		}
	}
}
