package io.rollcall.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.rollcall.notification.Mailings.Cause;
import io.rollcall.notification.Mailings.Doer;
import io.rollcall.notification.Mailings.Maker;
import io.rollcall.notification.Mailings.NoticeSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** What mails say of who did something, and where. */
class MailingsTests {
	private static final Map<String, String> NAMES = Map.of("d", "Agawam", "d-1", "Agawam High (Agawam)", "d-2",
			"Doering School (Agawam)");
	private static final Doer COORDINATOR = new Doer(false, "DTC", "form");
	private static final Cause CAUSE = new Cause("event", Instant.parse("2026-11-23T13:15:30Z"), new UUID(1, 2),
			new Addressee("pat", "Pat", "Lee", "pat@agawam.example"), null);

	@Test
	void aNewAccountsMailsSayWhoMadeItAndForWhichSchool() {
		assertThat(made("Kim Harper", "DTC", List.of("d-1"))).isEqualTo(
				"Kim Harper, a district test coordinator, created this user account for you at Agawam High (Agawam).");
		assertThat(made("Kim Harper", "STC", List.of("d-1", "d-2"))).isEqualTo(
				"Kim Harper, a school test coordinator, created this user account for you at Agawam High (Agawam) and Doering School (Agawam).");
	}

	@Test
	void theServiceCenterIsNoPerson() {
		assertThat(made("Service Center", "SC", List.of("d")))
				.isEqualTo("The service center created this user account for you at Agawam.");
	}

	@Test
	void whatIsMoreThanANameIsLeftOutAndSoIsWhatNobodyKnows() {
		assertThat(made("Win now http://evil.example", "TC", List.of("unknown")))
				.isEqualTo("A technology coordinator created this user account for you.");
		assertThat(made("", null, List.of("d-1"))).isEqualTo(
				"Somebody who manages your user account created this user account for you at Agawam High (Agawam).");
	}

	@Test
	void ofManyOrganizationsTheNumberIsEnough() {
		List<String> many = IntStream.range(0, 12).mapToObj(i -> i % 2 == 0 ? "d-1" : "d-2").toList();
		assertThat(made("Kim Harper", "DTC", many)).endsWith(" and 7 more.");
	}

	@Test
	void sentAgainTheMailsSayNothingOfIt() {
		assertThat(mailings(false)
				.credentials(CAUSE, List.of(Site.PORTAL), "sealed", CAUSE.occurredAt(), false, null).mails())
				.hasSize(2).allSatisfy(mail -> assertThat(mail.details()).isEmpty());
	}

	@Test
	void whoseRoleOrOrganizationsChangedIsToldWhereThatIsWanted() {
		Mail mail = changed("TA", "STC", List.of("d-2"), List.of("d-1")).orElseThrow().mails().getFirst();
		assertThat(mail.kind()).isEqualTo(MailKind.ACCESS_CHANGED);
		assertThat(mail.details()).containsEntry("change",
				"Your role is now School Test Coordinator. Before, it was Test Administrator. "
						+ "You were added to Doering School (Agawam). You were removed from Agawam High (Agawam).")
				.containsEntry("doer", "This was done by a district test coordinator, in the portal.");
		assertThat(changed("TA", "TA", List.of("x", "y"), List.of()).orElseThrow().mails().getFirst().details())
				.containsEntry("change", "You were added to 2 organizations.");
		assertThat(mailings(false).accessChanged(CAUSE, "TA", "STC", List.of(), List.of(), COORDINATOR)).isEmpty();
	}

	private static Optional<Mailing> changed(String before, String role, List<String> added, List<String> removed) {
		return mailings(true).accessChanged(CAUSE, before, role, added, removed, COORDINATOR);
	}

	private static @Nullable String made(String name, @Nullable String role, List<String> organizations) {
		Mailing mailing = mailings(false).credentials(CAUSE, List.of(Site.PORTAL, Site.TRAINING), "sealed",
				CAUSE.occurredAt(), false, new Maker(name, role, organizations));
		assertThat(mailing.mails()).hasSize(4);
		assertThat(mailing.mails().stream().map(it -> it.details().get("maker")).distinct()).hasSize(1);
		return mailing.mails().getFirst().details().get("maker");
	}

	private static Mailings mailings(boolean accessChanged) {
		return new Mailings(new NoticeSettings(Duration.ofHours(72), Duration.ofMinutes(1), Duration.ZERO,
				accessChanged), code -> Optional.ofNullable(NAMES.get(code)));
	}
}
