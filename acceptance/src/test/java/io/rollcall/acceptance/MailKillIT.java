package io.rollcall.acceptance;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

import io.rollcall.acceptance.comparison.Mails;
import io.rollcall.acceptance.generator.Newcomers;
import io.rollcall.acceptance.generator.Newcomers.Newcomer;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Inbox.Mail;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * kill -9 of the notification-service again and again while it sends; 40 mails for each kill. How many kills:
 * {@code -Drollcall.mail-kills=50}.
 */
class MailKillIT {
	private static final int KILLS = Integer.getInteger("rollcall.mail-kills", 3);
	private static final int MAILS_A_KILL = 40;

	private final RunningSystem system = RunningSystem.shared();
	private final Random random = new Random(Long.getLong("rollcall.seed", 20250113));

	@Test
	@DisabledIfSystemProperty(named = "rollcall.mail-kills", matches = "0", disabledReason = "on demand and in CI")
	void killedWhileItSendsNoMailIsLostAndAtMostOneAKillIsDoubled() {
		system.awaitRest();
		List<Newcomer> newcomers = Newcomers.of("killed.mailer", KILLS * MAILS_A_KILL / 4);
		var events = new Newcomers(system.data()).events(newcomers);
		long newest = system.inbox().newest();
		system.kill(RunningSystem.NOTIFICATION_SERVICE);
		system.topics().publish(Newcomers.TOPIC, events);
		int killed = 0;
		for (int kill = 1; kill <= KILLS; kill++) {
			int moment = system.inbox().countAfter(newest) + 1 + random.nextInt(MAILS_A_KILL - 15);
			system.launch(RunningSystem.NOTIFICATION_SERVICE);
			int all = 4 * newcomers.size();
			Await.closely("the moment to kill", () -> Math.min(moment, all) <= system.inbox().countAfter(newest)
					? true
					: null);
			if (system.inbox().countAfter(newest) < all) killed++;
			system.kill(RunningSystem.NOTIFICATION_SERVICE);
		}
		system.start(RunningSystem.NOTIFICATION_SERVICE);
		system.awaitRest();

		var mails = Mails.distinct(system.inbox().after(newest));
		System.out
				.printf("%d times kill -9 of the notification-service, %d of them with mails left: %d mails, %d of them"
						+ " a second time to the byte%n", KILLS, killed, mails.mails().size(), mails.repeated());
		assertThat(mails.mails()).hasSize(4 * newcomers.size());
		assertThat(mails.repeated()).isLessThanOrEqualTo(KILLS);
		for (Newcomer newcomer : newcomers) {
			List<Mail> own = mails.mails().stream().filter(mail -> mail.recipient().equals(newcomer.address()))
					.toList();
			assertThat(own).extracting(Mail::subject).containsExactly("Your username for the MCAS Portal",
					"Your password for the MCAS Portal", "Your username for the MCAS Training Site",
					"Your password for the MCAS Training Site");
			assertThat(own.get(1).password()).isEqualTo(newcomer.passwords().get("PORTAL"));
			assertThat(own.get(3).password()).isEqualTo(newcomer.passwords().get("TRAINING"));
		}
	}
}
