package io.rollcall.notification;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

import io.rollcall.contracts.ConfirmationEvent.ReminderDue;
import io.rollcall.contracts.CredentialEvent.CredentialsIssued;
import io.rollcall.contracts.CredentialEvent.PasswordResetRequested;
import io.rollcall.contracts.DeliveryEvent.EmailSent;
import io.rollcall.contracts.DeliveryEvent.OfMail;
import io.rollcall.contracts.ImportEvent.ImportCompleted;
import io.rollcall.contracts.OrganizationEvent.OrganizationChanged;
import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserEvent;
import io.rollcall.standalone.mail.Mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Base64.getEncoder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MailsIT extends RunningService {
	private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();

	@BeforeAll
	static void listen() {
		LOG.start();
		((Logger) LoggerFactory.getLogger("ROOT")).addAppender(LOG);
	}

	@AfterAll
	static void listenNoMore() {
		((Logger) LoggerFactory.getLogger("ROOT")).detachAppender(LOG);
	}

	@Test
	void aNewAccountGetsItsUsernameThenItsPasswordForEachSite() throws Exception {
		Person person = Person.any();
		publish(issued(person));

		List<Mail> mails = mails(person, 4);
		assertThat(mails).extracting(Mail::subject).containsExactly("Your username for the MCAS Portal",
				"Your password for the MCAS Portal", "Your username for the MCAS Training Site",
				"Your password for the MCAS Training Site");
		assertThat(mails).allSatisfy(mail -> {
			assertThat(mail.from()).isEqualTo("mcas@cognia.org");
			assertThat(text(mail)).contains("Hello María Okafor,", "mcas@cognia.org", "800-737-5103");
			assertThat(source(mail)).contains("To: =?UTF-8?Q?Mar=C3=ADa_Okafor?= <" + person.address() + ">",
					"Auto-Submitted: auto-generated", "multipart/alternative", "text/html; charset=UTF-8");
		});
		assertThat(text(mails.get(0)))
				.contains("Username: " + Shown.username(person.username()), "http://localhost:8080/login")
				.contains("two emails for the MCAS Portal: this one containing your username")
				.doesNotContain(person.passwords().get("PORTAL"));
		assertThat(text(mails.get(1))).contains("Password: " + person.passwords().get("PORTAL"), "one log-in, until ")
				.contains("replace it with a password of your own").doesNotContain(person.username())
				.doesNotContain(Shown.username(person.username()))
				.doesNotContain(person.passwords().get("TRAINING"));
		assertThat(text(mails.get(2))).contains("Username: " + Shown.username(person.username()),
				"http://localhost:8090/login");
		assertThat(text(mails.get(3))).contains("Password: " + person.passwords().get("TRAINING"));
	}

	@Test
	void aNewAccountIsToldWhoMadeItAndForWhichSchoolAndEachMailHasTheLink(@Autowired OrganizationNames names) {
		Person maker = Person.any();
		Person person = Person.any();
		publisher.publish(List.of(events.of(organization("00050000", "Agawam", null)),
				events.of(organization("00050000-00050505", "Agawam High", "00050000")),
				events.of(created(maker, "DTC"), null)));
		await().until(() -> names.find("00050000-00050505").equals(Optional.of("Agawam High (Agawam)"))
				&& kept(maker).contains(maker.address()));
		var event = issued(person);
		publish(new CredentialsIssued(event.eventId(), event.occurredAt(), event.accountId(), event.username(),
				event.firstName(), event.lastName(), event.email(), event.sites(), event.secrets(), event.expiresAt(),
				1L, new UserEvent.Origin("form", maker.accountId(), null, null, null), List.of("00050000-00050505")));

		List<Mail> mails = mails(person, 4);
		assertThat(mails).allSatisfy(mail -> assertThat(text(mail)).contains(
				"María Okafor, a district test coordinator, created this user account for you at Agawam High (Agawam)."));
		assertThat(mails.subList(0, 2))
				.allSatisfy(mail -> assertThat(text(mail)).contains("http://localhost:8080/login"));
		assertThat(mails.subList(2, 4))
				.allSatisfy(mail -> assertThat(text(mail)).contains("http://localhost:8090/login"));
	}

	private OrganizationChanged organization(String code, String name, @Nullable String parent) {
		return new OrganizationChanged(code + "/1", clock.instant(), code, name, parent == null ? "district" : "school",
				"Public", null, parent, false);
	}

	@Test
	void anEventDeliveredTwiceAsksForItsMailsOnce() {
		Person person = Person.any();
		var event = issued(person);
		publish(event, event);
		mails(person, 4);
		allIsDone();
		publish(event); // long after

		Person next = Person.any();
		publish(issued(next));
		mails(next, 4);
		allIsDone();
		assertThat(received(person.address())).hasSize(4);
		assertThat(ledger(event.eventId())).hasSize(4);
	}

	@Test
	void whatBecameOfAMailIsPublishedAndItsSecretForgotten() {
		Person person = Person.any();
		var event = issued(person);
		publish(event);

		List<OfMail> outcomes = outcomes(event.eventId(), 4);
		assertThat(outcomes).allSatisfy(outcome -> {
			assertThat(outcome).isInstanceOf(EmailSent.class);
			assertThat(outcome.accountId()).isEqualTo(person.accountId());
		});
		assertThat(outcomes).extracting(OfMail::eventId).containsExactly(event.eventId() + "/username/PORTAL/sent",
				event.eventId() + "/password/PORTAL/sent", event.eventId() + "/username/TRAINING/sent",
				event.eventId() + "/password/TRAINING/sent");
		assertThat(outcomes).extracting(OfMail::messageId).containsExactlyElementsOf(
				received(person.address()).stream().map(Mail::messageId).toList());
		allIsDone();
		assertThat(ledger(event.eventId())).hasSize(4).allSatisfy(mail -> assertThat(mail)
				.containsEntry("status", "sent").doesNotContainKey("secret"));
	}

	@Test
	void aSecretIsNowhereButInItsMail() {
		Person person = Person.any();
		var event = issued(person);
		// waits in the ledger for a moment: the mail server does not take it the first time
		WIRE.script(person.address(), new FaultyWire.Fault.AtEnd("451 later"));
		publish(event);
		outcomesAfterRetry(event.eventId());

		for (String password : person.passwords().values()) {
			for (String form : List.of(password, getEncoder().encodeToString(password.getBytes(UTF_8)))) {
				for (String collection : List.of("mails", "mailings", "senders"))
					assertThat(collection(collection)).noneMatch(found -> found.toJson().contains(form));
				for (String topic : List.of(Topics.CREDENTIAL_EVENTS, Topics.USER_EVENTS, Topics.DELIVERY_EVENTS))
					assertThat(records(topic)).noneMatch(record -> new String(record.value(), UTF_8).contains(form));
				assertThat(logged()).doesNotContain(form);
			}
		}
		assertThat(logged()).doesNotContain(person.address()).doesNotContain("Okafor");
	}

	private void outcomesAfterRetry(String cause) {
		await().until(() -> collection("mailings").stream()
				.anyMatch(open -> open.getString("_id").equals(cause) && open.getInteger("attempts", 0) == 1));
		clock.advance(java.time.Duration.ofSeconds(6));
		outcomes(cause, 4);
		allIsDone();
	}

	private static String logged() {
		return String.join("\n",
				List.copyOf(LOG.list).stream().map(event -> event.getFormattedMessage() + event.getKeyValuePairs()
						+ (event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage())).toList());
	}

	@Test
	void aForgottenPasswordIsAnsweredWithALink() {
		Person person = Person.any();
		publisher.publish(List.of(events.of(new PasswordResetRequested(UUID.randomUUID() + "/reset", clock.instant(),
				person.accountId(), person.username(), "María", "Okafor", person.address(), "TRAINING",
				encrypted("tok/en+1="), clock.instant().plusSeconds(3600)), null)));

		Mail mail = mails(person, 1).getFirst();
		assertThat(mail.subject()).isEqualTo("Reset your password for the MCAS Training Site");
		assertThat(text(mail)).contains("http://localhost:8090/auth/reset-password?token=tok%2Fen%2B1%3D");
	}

	@Test
	void whoHandedInAFileThatTookLongIsToldThatItIsDone() {
		Person quick = Person.any();
		Person patient = Person.any();
		Person gone = Person.any();
		publisher.publish(List.of(events.of(created(quick, "DTC"), null), events.of(created(patient, "TC"), null),
				events.of(created(gone, "DTC"), null), events.of(new UserEvent.UserDeactivated(
						gone.accountId() + "/deactivated", clock.instant(), gone.accountId(), 2, ORIGIN,
						account(gone, "DTC", "deactivated")), null)));
		mailsTo(gone.address(), 1); // the notice that it was deactivated
		await().until(() -> collection("addressees").stream().filter(known -> List
				.of(quick.accountId().toString(), patient.accountId().toString(), gone.accountId().toString())
				.contains(known.getString("_id"))).count() == 3);

		publisher.publish(List.of(events.of(completed(quick, 60), null), events.of(completed(gone, 61), null),
				events.of(completed(patient, 61), null)));
		Mail mail = mails(patient, 1).getFirst();
		assertThat(mail.subject()).isEqualTo("Your user file has been processed");
		assertThat(text(mail)).contains("The user file agawam.csv that you uploaded", "2 user(s)",
				"http://localhost:8080/users/imports/");
		outcomes(patient.accountId() + "/completed", 1);
		allIsDone();
		assertThat(received(quick.address())).isEmpty();
		assertThat(received(gone.address())).hasSize(1);
	}

	/** However often it is found out that she is to be reminded. */
	@Test
	void coordinatorHasOneMailADayOfWhatWaitsForHer() {
		Person coordinator = Person.any();
		publisher.publish(List.of(events.of(created(coordinator, "DTC"), null)));
		await().until(() -> kept(coordinator).contains(coordinator.address()));
		UUID confirmation = UUID.randomUUID();
		var due = new ReminderDue(confirmation + "/" + coordinator.accountId() + "/20261207/reminder", clock.instant(),
				confirmation, coordinator.accountId(), "Spring 2027", LocalDate.of(2026, 12, 7),
				LocalDate.of(2026, 12, 18), 12);
		for (int time = 0; time < 3; time++)
			publisher.publish(List.of(events.of(due, null)));
		Mail mail = mails(coordinator, 1).getFirst();
		assertThat(mail.subject()).isEqualTo("User accounts wait for your confirmation");
		assertThat(text(mail)).contains("confirmation “Spring 2027”, 12 user accounts wait for you",
				"The deadline is Friday, December 18, 2026.",
				"http://localhost:8080/users/confirmations/" + confirmation);
		outcomes(due.eventId(), 1);
		allIsDone();
		assertThat(received(coordinator.address())).hasSize(1);
	}

	@Test
	void anImportOfSomebodyUnknownIsADeadLetter() {
		Person stranger = Person.any();
		publisher.publish(List.of(events.of(completed(stranger, 61), null)));
		await().untilAsserted(() -> assertThat(
				records(Topics.deadLetters(Topics.IMPORT_EVENTS, "notification-service")))
				.anyMatch(record -> new String(record.value(), UTF_8).contains(stranger.accountId().toString())));
	}

	/** Whether they may hand in files, user-service has decided. */
	@Test
	void whoHasARoleThatThisReleaseDoesNotKnowIsToldAsWell() {
		Person newcomer = Person.any();
		publisher.publish(List.of(events.of(created(newcomer, "REGIONAL"), null)));
		await().until(() -> collection("addressees").stream()
				.anyMatch(known -> known.getString("_id").equals(newcomer.accountId().toString())));
		publisher.publish(List.of(events.of(completed(newcomer, 61), null)));
		assertThat(mails(newcomer, 1)).extracting(Mail::subject)
				.containsExactly("Your user file has been processed");
	}

	@Test
	void addressesAreKeptOfThoseWhoMayHandInFilesAlone() {
		Person assistant = Person.any();
		Person coordinator = Person.any();
		publisher.publish(
				List.of(events.of(created(assistant, "TA"), null), events.of(created(coordinator, "STC"), null)));
		await().until(() -> collection("addressees").stream()
				.anyMatch(known -> known.getString("_id").equals(coordinator.accountId().toString())));
		assertThat(collection("addressees")).noneMatch(known -> known.toJson().contains(assistant.address()));
	}

	@Test
	void addressGoesWithTheRoleAndWithADeactivationAndAnImportThatEndsThenTellsNobody() {
		Person demoted = Person.any();
		Person gone = Person.any();
		Person other = Person.any();
		publisher.publish(List.of(events.of(created(demoted, "STC"), null), events.of(created(gone, "DTC"), null),
				events.of(created(other, "DTC"), null)));
		await().until(() -> Stream.of(demoted, gone, other).allMatch(it -> kept(it).contains(it.address())));
		publisher.publish(List.of(
				events.of(new UserEvent.UserUpdated(demoted.accountId() + "/updated", clock.instant(),
						demoted.accountId(), 2, ORIGIN, account(demoted, "STC", "active"),
						account(demoted, "TA", "active")), null),
				events.of(new UserEvent.UserDeactivated(gone.accountId() + "/deactivated", clock.instant(),
						gone.accountId(), 2, ORIGIN, account(gone, "DTC", "deactivated")), null)));
		await().until(() -> Stream.of(demoted, gone).noneMatch(
				it -> kept(it).contains(it.address()) || kept(it).contains(it.username())
						|| kept(it).contains("Okafor")));

		publisher.publish(List.of(events.of(completed(demoted, demoted, "first.csv"), null),
				events.of(completed(demoted, other, "other.csv"), null)));
		assertThat(text(mails(other, 1).getFirst())).as("of the same partition").contains("other.csv");
		publisher.publish(List.of(events.of(new UserEvent.UserUpdated(demoted.accountId() + "/again", clock.instant(),
				demoted.accountId(), 3, ORIGIN, account(demoted, "TA", "active"), account(demoted, "TC", "active")),
				null)));
		await().until(() -> kept(demoted).contains(demoted.address()));
		publisher.publish(List.of(events.of(completed(demoted, demoted, "second.csv"), null)));
		assertThat(text(mails(demoted, 1).getFirst())).as("a coordinator again").contains("second.csv");
		assertThat(records(Topics.deadLetters(Topics.IMPORT_EVENTS, "notification-service"))).noneMatch(
				record -> new String(record.value(), UTF_8).contains(demoted.accountId().toString()));
		allIsDone();
		assertThat(received(demoted.address())).hasSize(1);
	}

	/** @param place whose id is the import's: what is of one id is handled in its order */
	private ImportCompleted completed(Person place, Person submitter, String file) {
		return new ImportCompleted(UUID.randomUUID() + "/completed", clock.instant(), place.accountId(),
				submitter.accountId(), "add", false, file, clock.instant().minusSeconds(61), 1, 1, 0, 0, 0, "Done.");
	}

	/** What is known of whom to write to about their imports. */
	private String kept(Person person) {
		return collection("addressees").stream().filter(it -> it.getString("_id").equals(person.accountId().toString()))
				.map(Document::toJson).findFirst().orElse("");
	}

	private static final UserEvent.Origin ORIGIN = new UserEvent.Origin("form", UUID.randomUUID(), null, null, null);

	private UserEvent.UserCreated created(Person person, String role) {
		return new UserEvent.UserCreated(person.accountId() + "/created", clock.instant(), person.accountId(), 1,
				ORIGIN,
				account(person, role, "active"));
	}

	private static UserEvent.Account account(Person person, String role, String status) {
		return new UserEvent.Account(person.username(), "María", "Okafor", person.address(), role,
				List.of("00050000"), List.of("1030"), null, null, null, status);
	}

	private ImportCompleted completed(Person submitter, int seconds) {
		return new ImportCompleted(submitter.accountId() + "/completed", clock.instant(), submitter.accountId(),
				submitter.accountId(), "add", false, "agawam.csv", clock.instant().minusSeconds(seconds), 2, 2, 0, 0, 0,
				"The uploaded file has been processed and 2 user(s) have been successfully uploaded.");
	}

	@Test
	void changesOfAnAccountAreToldToItsOwner() {
		Person person = Person.any();
		String before = "before-" + person.address();
		var account = new UserEvent.Account(person.username(), "María", "Okafor", person.address(), "TA",
				List.of("00050000-00050303"), List.of("1030"), null, null, null, "active");
		var origin = new UserEvent.Origin("form", UUID.randomUUID(), null, null, null);
		String id = UUID.randomUUID().toString();
		List<UserEvent.OfAccount> facts = List.of(
				new UserEvent.UserCreated(id + "/created", clock.instant(), person.accountId(), 1, origin, account),
				new UserEvent.UserDeactivated(id + "/deactivated", clock.instant(), person.accountId(), 2, origin,
						account),
				new UserEvent.UserReactivated(id + "/reactivated", clock.instant(), person.accountId(), 3, origin,
						account),
				new UserEvent.PasswordChanged(id + "/password-changed", clock.instant(), person.accountId(), 4, origin,
						"TRAINING", account),
				new UserEvent.EmailChanged(id + "/email-changed", clock.instant(), person.accountId(), 5, origin,
						before,
						account),
				new UserEvent.ApiClientMade(id + "/api-client-made", clock.instant(), person.accountId(), 6, origin,
						client("Staff sync"), account),
				new UserEvent.ApiClientsRevoked(id + "/api-clients-revoked", clock.instant(), person.accountId(), 7,
						origin,
						List.of(client("Staff sync"), client("Win now http://evil.example"), client("Nightly upload")),
						account),
				new UserEvent.UserUpdated(id + "/updated", clock.instant(), person.accountId(), 8, origin, account,
						account));
		publisher.publish(facts.stream().map(fact -> events.of(fact, null)).toList());

		List<Mail> mails = mails(person, 6);
		assertThat(mails).extracting(Mail::subject).containsExactly("Your user account has been deactivated",
				"Your user account has been reactivated",
				"Your password for the MCAS Training Site has been changed", "Your email address has been changed",
				"A system has been connected to your user account",
				"3 systems have been disconnected from your user account");
		assertThat(text(mails.get(4))).contains("On Sunday, November 1, 2026 at 3:00 AM EST, the system “Staff sync”",
				"If you did not connect it, select the Forgot Password? link");
		assertThat(text(mails.get(5)))
				.contains("the systems “Staff sync”, “Nightly upload” and 1 more can no longer use")
				.doesNotContain("evil");
		assertThat(mailsTo(before, 1)).extracting(Mail::subject).containsExactly("Your email address has been changed");
		assertThat(text(mailsTo(before, 1).getFirst()))
				.contains("This was done by somebody who manages your user account, in the portal.");
		allIsDone();
		assertThat(received(person.address())).hasSize(6);
	}

	@Test
	void whoeverGivesSomebodyTheirOwnRoleHearsOfItAtMostOnceInTenMinutes() {
		Person granter = Person.any();
		var granterAccount = account(granter, "DTC");
		publish(new UserEvent.UserCreated(granter.accountId() + "/created", clock.instant(), granter.accountId(), 1,
				new UserEvent.Origin("system", null, null, null, null), granterAccount),
				new UserEvent.PasswordChanged(granter.accountId() + "/password-changed", clock.instant(),
						granter.accountId(), 2, new UserEvent.Origin("form", granter.accountId(), null, null, null),
						"PORTAL", granterAccount));
		mails(granter, 1);

		var byForm = new UserEvent.Origin("form", granter.accountId(), null, null, null);
		var byFile = new UserEvent.Origin("import", granter.accountId(), UUID.randomUUID(), 1, null);
		Instant then = Instant.ofEpochSecond((clock.instant().getEpochSecond() / 600 - 3) * 600);
		publish(created("STC", byForm, then), created("DTC", byForm, then.plusSeconds(60)),
				created("DTC", byForm, then.plusSeconds(599)));
		assertThat(text(mails(granter, 2).get(1))).contains("the user María Okafor was given the role that you have",
				"in the portal");
		publish(promoted("DTC", byFile, then.plusSeconds(600)), promoted("STC", byFile, then.plusSeconds(1200)));
		assertThat(text(mails(granter, 3).get(2))).contains("with a file of users");
		var byProgram = new UserEvent.Origin("api-client", granter.accountId(), null, null, "a-program");
		publish(reactivated("STC", byProgram, then.plusSeconds(1200)),
				reactivated("DTC", byProgram, then.plusSeconds(1260)));
		assertThat(text(mails(granter, 4).get(3))).contains("or was reactivated with it",
				"by a system that is connected");
		Person moved = Person.any();
		publish(new UserEvent.EmailChanged(moved.accountId() + "/email-changed", clock.instant(), moved.accountId(), 2,
				byFile, "before-" + moved.address(), account(moved, "TA")));
		assertThat(text(mailsTo("before-" + moved.address(), 1).getFirst()))
				.contains("This was done by a district test coordinator, with a file of users.");
		allIsDone();
		assertThat(received(granter.address())).hasSize(4);
	}

	private void publish(UserEvent.OfAccount... facts) {
		publisher.publish(List.of(facts).stream().map(fact -> events.of(fact, null)).toList());
	}

	private static UserEvent.Account account(Person person, String role) {
		return new UserEvent.Account(person.username(), "María", "Okafor", person.address(), role, List.of("00050000"),
				List.of(), null, null, null, "active");
	}

	private static UserEvent.UserCreated created(String role, UserEvent.Origin origin, Instant at) {
		Person person = Person.any();
		return new UserEvent.UserCreated(person.accountId() + "/created", at, person.accountId(), 1, origin,
				account(person, role));
	}

	private static UserEvent.UserReactivated reactivated(String role, UserEvent.Origin origin, Instant at) {
		Person person = Person.any();
		return new UserEvent.UserReactivated(person.accountId() + "/reactivated", at, person.accountId(), 3, origin,
				account(person, role));
	}

	private static UserEvent.UserUpdated promoted(String role, UserEvent.Origin origin, Instant at) {
		Person person = Person.any();
		return new UserEvent.UserUpdated(person.accountId() + "/updated", at, person.accountId(), 2, origin,
				account(person, "TA"), account(person, role));
	}

	private static UserEvent.ApiClient client(String name) {
		return new UserEvent.ApiClient(UUID.randomUUID() + ".5f0c7f5e", name, Instant.parse("2026-11-01T08:00:00Z"));
	}
}
