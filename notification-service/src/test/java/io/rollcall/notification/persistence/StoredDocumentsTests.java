package io.rollcall.notification.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Addressees;
import io.rollcall.notification.Addressees.Known;
import io.rollcall.notification.Endings;
import io.rollcall.notification.Letter;
import io.rollcall.notification.LetterWriter;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.MailLedger;
import io.rollcall.notification.MailLedger.Entry;
import io.rollcall.notification.MailLedger.Open;
import io.rollcall.notification.Mailing;
import io.rollcall.notification.Outcome;
import io.rollcall.notification.Site;
import io.rollcall.notification.delivery.DeliverySettings;
import io.rollcall.platform.persistence.PauseSwitch;
import io.rollcall.platform.testing.PersistenceContext;
import io.rollcall.testing.Backend;
import io.rollcall.testing.StoredDocuments;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands in the database is read, and written again to the byte ({@link StoredDocuments}). */
class StoredDocumentsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
	private static final UUID ACCOUNT = UUID.fromString("0190aaaa-0000-7000-8000-000000000001");
	private static final Addressee TO = new Addressee("maria", "María", "Okafor", "maria@agawam.example");
	private static final Mail FULL = new Mail("import/1/credentials", MailKind.PASSWORD, Site.PORTAL, ACCOUNT, TO, NOW,
			NOW.plusSeconds(60), "sealed", Map.of("until", "Monday"), "00-trace-span-01");
	private static final Mail SPARSE = new Mail("0190aaaa", MailKind.DEACTIVATED, null, ACCOUNT, TO, NOW,
			NOW.plusSeconds(60), null, Map.of(), null);

	private final PersistenceContext context = PersistenceContext.on(Backend.EMBEDDED, NOW)
			.with(LetterWriter.class, MessageIds::new)
			.with(DeliverySettings.class,
					() -> new DeliverySettings(null, 25, 1, 1, 10, Duration.ofSeconds(20), Duration.ofSeconds(1), null,
							null, Duration.ofSeconds(1), List.of()))
			.start("io.rollcall.notification.persistence");
	private final StoredDocuments stored = context.stored();
	private final MailLedger ledger = context.get(MailLedger.class);
	private final Addressees addressees = context.get(Addressees.class);

	private static final class MessageIds implements LetterWriter {
		@Override
		public Letter write(Mail mail, @Nullable String secret) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String messageId(Mail mail) {
			return "<" + mail.id() + "@rollcall.example>";
		}
	}

	@AfterEach
	void close() {
		context.close();
	}

	@Test
	void mailWithAllThatItCanHave() {
		List<Open> taken = ledger.record(List.of(new Mailing(List.of(FULL))), "me");
		assertThat(taken).containsExactly(new Open(FULL.cause(), 0, Instant.MIN, List.of(new Entry(FULL, null))));
		stored.assertHolds("mails", "full");
		stored.assertHolds("mailings", "taken");
		assertThat(ledger.record(List.of(new Mailing(List.of(FULL))), "other")).as("recorded already").isEmpty();
		ledger.postpone(FULL.cause(), 2, NOW.plusSeconds(5));
		stored.assertHolds("mailings", "postponed");
		ledger.defer(FULL.cause(), NOW.plusSeconds(9));
		stored.assertHolds("mailings", "deferred");
		assertThat(ledger.claim("me", Set.of(), NOW, 10)).isEmpty();
		assertThat(ledger.claim("me", Set.of("other"), NOW.plusSeconds(9), 10)).containsExactly(
				new Open(FULL.cause(), 2, NOW.plusSeconds(5), List.of(new Entry(FULL, null))));

		var failed = new Outcome.Failed(NOW, Outcome.Reason.REJECTED, 550);
		assertThat(ledger.finish(FULL, failed)).isEqualTo(failed);
		assertThat(ledger.finish(FULL, new Outcome.Sent(NOW))).isEqualTo(failed);
		stored.assertHolds("mails", "full-failed");
		ledger.release("me");
		assertThat(ledger.claim("me", Set.of(), NOW.plusSeconds(9), 10)).singleElement()
				.satisfies(it -> assertThat(it.entries()).singleElement().satisfies(entry -> {
					assertThat(entry.outcome()).isEqualTo(failed);
					assertThat(entry.mail().to()).isEqualTo(Addressee.FORGOTTEN);
				}));
		ledger.close(List.of(FULL.cause()));
		assertThat(ledger.open()).isZero();
	}

	@Test
	void mailWithNothingThatItNeedNotHave() {
		ledger.record(List.of(new Mailing(List.of(SPARSE))), null);
		stored.assertHolds("mails", "sparse");
		stored.assertHolds("mailings", "nobodys");
		assertThat(ledger.claim("me", Set.of(), NOW, 10)).containsExactly(
				new Open(SPARSE.cause(), 0, Instant.MIN, List.of(new Entry(SPARSE, null))));
		var failed = new Outcome.Failed(NOW, Outcome.Reason.EXPIRED, null);
		ledger.finish(SPARSE, failed);
		stored.assertHolds("mails", "sparse-failed");
		assertThat(ledger.finish(SPARSE, new Outcome.Sent(NOW))).isEqualTo(failed);
	}

	@Test
	void mailThatIsSent() {
		stored.put("mails", "sparse");
		assertThat(ledger.finish(SPARSE, new Outcome.Sent(NOW))).isEqualTo(new Outcome.Sent(NOW));
		stored.assertHolds("mails", "sparse-sent");
		assertThat(ledger.finish(SPARSE, new Outcome.Failed(NOW, Outcome.Reason.EXPIRED, null)))
				.isEqualTo(new Outcome.Sent(NOW));
	}

	@Test
	void addressee() {
		addressees.keep(List.of(new Known(ACCOUNT, TO, "DTC")));
		stored.assertHolds("addressees", "active");
		assertThat(addressees.find(ACCOUNT)).contains(new Known(ACCOUNT, TO, "DTC"));
		addressees.keep(List.of(new Known(ACCOUNT, null, null)));
		stored.assertHolds("addressees", "nobody");
		assertThat(addressees.find(ACCOUNT)).contains(new Known(ACCOUNT, null, null));
	}

	@Test
	void addresseeOfBeforeRolesWereWrittenDown() {
		stored.put("addressees", "older");
		assertThat(addressees.find(ACCOUNT)).contains(new Known(ACCOUNT, TO, null));
	}

	@Test
	void ending() {
		var endings = context.get(Endings.class);
		endings.keep(Map.of(ACCOUNT, NOW));
		endings.keep(Map.of(ACCOUNT, NOW.minusSeconds(1)));
		stored.assertHolds("endings", "latest");
		assertThat(endings.latest(ACCOUNT)).contains(NOW);
	}

	@Test
	void switchOfTheSending() {
		var sending = context.get(PauseSwitch.class);
		sending.turn(true, ACCOUNT.toString(), NOW);
		stored.assertHolds("operations", "paused");
		assertThat(sending.state()).isEqualTo(new PauseSwitch.State(true, ACCOUNT.toString(), NOW));
	}
}
