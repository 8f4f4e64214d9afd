package io.rollcall.notification.delivery;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ProducerFactory;

import io.rollcall.contracts.CredentialEvent.CredentialsIssued;
import io.rollcall.contracts.CredentialEvent.PasswordResetRequested;
import io.rollcall.contracts.DeliveryEvent.EmailFailed;
import io.rollcall.contracts.DeliveryEvent.EmailSent;
import io.rollcall.contracts.DeliveryEvent.OfMail;
import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserEvent;
import io.rollcall.notification.Addressee;
import io.rollcall.notification.DeliveryReports;
import io.rollcall.notification.Endings;
import io.rollcall.notification.FaultyWire.Fault;
import io.rollcall.notification.LetterWriter;
import io.rollcall.notification.MailCarrier;
import io.rollcall.notification.MailLedger;
import io.rollcall.notification.Mailing;
import io.rollcall.notification.Mailings;
import io.rollcall.notification.MutableClock;
import io.rollcall.notification.Outcome;
import io.rollcall.notification.RunningService;
import io.rollcall.notification.SecretOpener;
import io.rollcall.notification.Site;
import io.rollcall.platform.persistence.Lease;
import io.rollcall.platform.persistence.Leases;
import io.rollcall.platform.persistence.PauseSwitch;
import io.rollcall.standalone.mail.Mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DeliveryIT extends RunningService {
	@Autowired
	MailLedger ledger;
	@Autowired
	LetterWriter writer;
	@Autowired
	SecretOpener opener;
	@Autowired
	MailCarrier carrier;
	@Autowired
	DeliveryReports reports;
	@Autowired
	Endings endings;
	@Autowired
	Leases senders;
	@Autowired
	MongoDatabase database;
	@Autowired
	PauseSwitch sending;
	@Autowired
	DeliverySettings settings;
	@Autowired
	Mailings mailings;
	@Autowired
	DeliveryHealth health;
	@Autowired
	ProducerFactory<String, byte[]> producers;

	@Test
	void aMailThatIsDeferredComesLaterAndAsTheSameMail() {
		Person person = Person.any();
		WIRE.script(person.address(), new Fault.AtEnd("451 4.3.0 try again later"));
		CredentialsIssued event = issued(person);
		publish(event);
		awaitAttempts(event.eventId(), 1);
		assertThat(received(person.address())).as("what is behind it waits too").isEmpty();

		clock.advance(Duration.ofSeconds(6));
		assertInOrder(person, mails(person, 4));
		List<String> transmitted = WIRE.transmittedTo(person.address());
		assertThat(transmitted).hasSize(5);
		assertThat(transmitted.get(1)).isEqualTo(transmitted.get(0));
	}

	@Test
	void aRefusedMailFailsAndTheOthersGoOn() {
		Person person = Person.any();
		WIRE.script(person.address(), new Fault.AtRecipient("550 5.1.1 no such mailbox"),
				new Fault.AtEnd("554 5.7.1 not this one"));
		CredentialsIssued event = issued(person);
		publish(event);

		List<OfMail> outcomes = outcomes(event.eventId(), 4);
		assertThat(outcomes.get(0)).isInstanceOfSatisfying(EmailFailed.class, failed -> {
			assertThat(failed.reason()).isEqualTo("rejected");
			assertThat(failed.smtpStatus()).isEqualTo(550);
			assertThat(failed.eventId()).isEqualTo(event.eventId() + "/username/PORTAL/failed");
		});
		assertThat(outcomes.get(1)).isInstanceOfSatisfying(EmailFailed.class,
				failed -> assertThat(failed.smtpStatus()).isEqualTo(554));
		assertThat(outcomes.subList(2, 4)).allMatch(EmailSent.class::isInstance);
		assertThat(mails(person, 2)).hasSize(2);
		assertThat(ledger(event.eventId())).noneMatch(mail -> mail.containsKey("secret") || mail.containsKey("to"));
	}

	static List<Fault> beforeTheServerHasTheMail() {
		return List.of(new Fault.CutBeforeData(), new Fault.CutInData(), new Fault.CutAfterDot(),
				new Fault.StallAtRecipient(), new Fault.StallAfterDot(), new Fault.AtRecipient("451 4.7.1 greylisted"),
				new Fault.AtEnd("452 4.3.1 no room"), new Fault.AtRecipient("421 4.3.2 closing"));
	}

	@ParameterizedTest
	@MethodSource("beforeTheServerHasTheMail")
	void whatBreaksOffBeforeTheServerHasTheMailIsTakenUpAgainAndNothingComesTwice(Fault fault) {
		Person person = Person.any();
		WIRE.script(person.address(), fault);
		CredentialsIssued event = issued(person);
		publish(event);
		await().until(() -> received(person.address()).size() == 4 || attempts(event.eventId()) > 0);
		clock.advance(Duration.ofSeconds(6));
		assertInOrder(person, mails(person, 4));
		assertThat(outcomes(event.eventId(), 4)).hasSize(4).allMatch(EmailSent.class::isInstance);
	}

	static List<Fault> afterTheServerHasTheMail() {
		return List.of(new Fault.CutBeforeAnswer(), new Fault.StallBeforeAnswer());
	}

	@ParameterizedTest
	@MethodSource("afterTheServerHasTheMail")
	void anAnswerThatIsLostDoublesOneMailByteForByteAndItsSecretWorks(Fault fault) {
		Person person = Person.any();
		WIRE.script(person.address(), null, fault); // at the password
		CredentialsIssued event = issued(person);
		publish(event);
		await().until(() -> received(person.address()).size() == 5 || attempts(event.eventId()) > 0);
		clock.advance(Duration.ofSeconds(6));

		List<Mail> mails = mails(person, 5);
		assertThat(mails).hasSize(5);
		assertThat(mails.get(2).messageId()).isEqualTo(mails.get(1).messageId());
		List<String> transmitted = WIRE.transmittedTo(person.address()); // without the receiver's stamps
		assertThat(transmitted.get(2)).isEqualTo(transmitted.get(1));
		assertThat(text(mails.get(2))).contains("Password: " + person.passwords().get("PORTAL"));
		assertInOrder(person, List.of(mails.get(0), mails.get(2), mails.get(3), mails.get(4)));
		assertThat(outcomes(event.eventId(), 4)).hasSize(4).allMatch(EmailSent.class::isInstance);
	}

	@Test
	void whoIsNotLetInWaitsAtTheDoor() {
		WIRE.greet("554 5.3.2 not today");
		List<Person> people = java.util.stream.Stream.generate(Person::any).limit(3).toList();
		try {
			WIRE.hangUp();
			people.forEach(person -> publish(issued(person)));
			await().until(() -> health.health().getStatus().getCode().equals("DEGRADED"));
			assertThat(people).allMatch(person -> received(person.address()).isEmpty());
		} finally {
			WIRE.greet(null);
		}
		clock.advance(Duration.ofSeconds(10));
		people.forEach(person -> assertInOrder(person, mails(person, 4)));
	}

	/** They have ended, and what is in them is nobody's business at an address that may be somebody else's. */
	@Test
	void credentialsThatWaitAreNotSentAfterAnotherAddressADeactivationOrNewCredentials() {
		Person mistyped = Person.any();
		var right = new Person(mistyped.accountId(), mistyped.username(), "right-" + mistyped.address(),
				mistyped.passwords());
		Person gone = Person.any();
		CredentialsIssued toTheWrong = issued(mistyped);
		CredentialsIssued toTheGone = issued(gone);
		Person renewed = Person.any();
		CredentialsIssued older = issued(renewed);
		var link = new PasswordResetRequested(UUID.randomUUID() + "/reset", clock.instant(), gone.accountId(),
				gone.username(), "María", "Okafor", gone.address(), "PORTAL", encrypted("token"),
				clock.instant().plusSeconds(3600));
		WIRE.down();
		WIRE.hangUp();
		var olderLink = new PasswordResetRequested(UUID.randomUUID() + "/reset", clock.instant(), renewed.accountId(),
				renewed.username(), "María", "Okafor", renewed.address(), "PORTAL", encrypted("token"),
				clock.instant().plusSeconds(3600));
		CredentialsIssued toTheRight;
		CredentialsIssued newer;
		try {
			publish(toTheWrong, toTheGone, older);
			publisher.publish(List.of(events.of(link, null), events.of(olderLink, null)));
			await().until(() -> ledger(toTheWrong.eventId()).size() + ledger(toTheGone.eventId()).size()
					+ ledger(link.eventId()).size() + ledger(older.eventId()).size()
					+ ledger(olderLink.eventId()).size() == 14);
			clock.advance(Duration.ofSeconds(10));
			toTheRight = issued(right);
			newer = issued(renewed);
			publisher.publish(List.of(
					events.of(new UserEvent.CredentialsRenewed(renewed.accountId() + "/credentials-renewed",
							newer.occurredAt(), renewed.accountId(), 2, ORIGIN, account(renewed, "active")), null),
					events.of(new UserEvent.EmailChanged(right.accountId() + "/email-changed", toTheRight.occurredAt(),
							right.accountId(), 2, ORIGIN, mistyped.address(), account(right, "active")), null),
					events.of(new UserEvent.UserDeactivated(gone.accountId() + "/deactivated", clock.instant(),
							gone.accountId(), 2, ORIGIN, account(gone, "deactivated")), null)));
			publish(toTheRight, newer);
			await().until(() -> ledger(toTheRight.eventId()).size() + ledger(newer.eventId()).size() == 8
					&& ledger(right.accountId() + "/email-changed").size() == 2
					&& ledger(gone.accountId() + "/deactivated").size() == 1);
		} finally {
			WIRE.up();
		}
		clock.advance(Duration.ofSeconds(31));

		for (String superseded : List.of(toTheWrong.eventId(), toTheGone.eventId(), link.eventId(), older.eventId(),
				olderLink.eventId())) {
			assertThat(outcomes(superseded, ledger(superseded).size())).allSatisfy(
					outcome -> assertThat(outcome).isInstanceOfSatisfying(EmailFailed.class,
							failed -> assertThat(failed.reason()).isEqualTo("superseded")));
		}
		assertThat(outcomes(toTheRight.eventId(), 4)).hasSize(4).allMatch(EmailSent.class::isInstance);
		assertThat(outcomes(newer.eventId(), 4)).hasSize(4).allMatch(EmailSent.class::isInstance);
		allIsDone();
		assertThat(received(renewed.address())).hasSize(4);
		assertThat(received(right.address())).hasSize(5);
		assertThat(received(mistyped.address())).extracting(Mail::subject)
				.containsExactly("Your email address has been changed");
		assertThat(received(gone.address())).extracting(Mail::subject)
				.containsExactly("Your user account has been deactivated");
	}

	@Test
	void credentialsOfAnImportAreHeldBackAndAnUndoInTimeSendsNothing() {
		Person kept = Person.any();
		Person undone = Person.any();
		Person byForm = Person.any();
		Person told = Person.any();
		CredentialsIssued toTheKept = imported(kept);
		CredentialsIssued toTheUndone = imported(undone);
		publish(toTheKept, toTheUndone, toTheKept, issued(byForm));
		mails(byForm, 4);
		clock.advance(Duration.ofSeconds(1));
		publisher.publish(List.of(events.of(new UserEvent.UserDeactivated(undone.accountId() + "/undone",
				clock.instant(), undone.accountId(), 2, BY_IMPORT, account(undone, "deactivated")), null),
				events.of(new UserEvent.UserDeactivated(told.accountId() + "/undone", clock.instant(),
						told.accountId(), 2, BY_IMPORT, account(told, "deactivated")), null)));
		await().until(() -> endings.latest(undone.accountId()).isPresent());
		assertThat(mails(told, 1)).as("whoever has heard of the account hears of its end").extracting(Mail::subject)
				.containsExactly("Your user account has been deactivated");
		assertThat(received(kept.address())).isEmpty();

		clock.advance(HELD);
		assertInOrder(kept, mails(kept, 4));
		assertThat(outcomes(toTheUndone.eventId(), 4)).hasSize(4).allSatisfy(
				outcome -> assertThat(outcome).isInstanceOfSatisfying(EmailFailed.class,
						failed -> assertThat(failed.reason()).isEqualTo("superseded")));
		allIsDone();
		assertThat(received(undone.address())).isEmpty();
		assertThat(received(kept.address())).hasSize(4);
	}

	private CredentialsIssued imported(Person person) {
		CredentialsIssued it = issued(person);
		return new CredentialsIssued(it.eventId(), it.occurredAt(), it.accountId(), it.username(), it.firstName(),
				it.lastName(), it.email(), it.sites(), it.secrets(), it.expiresAt(), 1L, BY_IMPORT, null);
	}

	private static final UserEvent.Origin ORIGIN = new UserEvent.Origin("form", UUID.randomUUID(), null, null, null);
	private static final UserEvent.Origin BY_IMPORT = new UserEvent.Origin("import", UUID.randomUUID(),
			UUID.randomUUID(), 1, null);

	private static UserEvent.Account account(Person person, String status) {
		return new UserEvent.Account(person.username(), "María", "Okafor", person.address(), "TA",
				List.of("00050000-00050303"), List.of(), null, null, null, status);
	}

	@Test
	void whatWaitedTenMinutesForTheMailServerArrivesInOrderAndTheServiceStayedReady() {
		WIRE.down();
		List<Person> people = java.util.stream.Stream.generate(Person::any).limit(20).toList();
		try {
			people.forEach(person -> publish(issued(person)));
			await().until(() -> collection("mails").stream().filter(mail -> mail.getString("status").equals("pending"))
					.count() == 80);
			await().until(() -> health.health().getStatus().getCode().equals("DEGRADED"));
			for (int i = 0; i < 60; i++)
				clock.advance(Duration.ofSeconds(10));
			assertThat(collection("mails").stream().filter(mail -> mail.getString("status").equals("pending")))
					.hasSize(80);
		} finally {
			WIRE.up();
		}
		clock.advance(Duration.ofSeconds(31));
		// The clock's jumps end the claim on these mails; one that was just going out may go again, the same to the byte.
		for (Person person : people) {
			await().until(() -> firstOfEach(received(person.address())).size() == 4);
			assertInOrder(person, firstOfEach(received(person.address())));
		}
		await().until(() -> health.health().getStatus().getCode().equals("UP"));
		allIsDone();
	}

	@Test
	void aDomainThatTakesLittleHoldsUpNobodyElse() {
		List<Person> slow = java.util.stream.Stream.generate(() -> Person.at(SLOW)).limit(15).toList();
		List<Person> others = java.util.stream.Stream.generate(Person::any).limit(5).toList();
		slow.forEach(person -> publish(issued(person)));
		others.forEach(person -> publish(issued(person)));

		others.forEach(person -> assertInOrder(person, mails(person, 4)));
		await().until(() -> collection("mailings").stream().anyMatch(open -> open.containsKey("notBefore")));
		assertThat(slow.stream().mapToInt(person -> received(person.address()).size()).sum())
				.as("a mail a second, a mailing at a time").isLessThan(30);

		await().until(() -> {
			clock.advance(Duration.ofSeconds(2));
			return slow.stream().allMatch(person -> received(person.address()).size() >= 4);
		});
		slow.forEach(person -> assertInOrder(person, received(person.address())));
		allIsDone();
	}

	@Test
	void theFirstOutcomeOfAMailStaysAndIsTheOneThatIsTold() {
		Mailing mailing = mailing(Person.any());
		ledger.record(List.of(mailing), "somebody#1");
		var mail = mailing.mails().getFirst();
		var sent = new Outcome.Sent(clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
		assertThat(ledger.finish(mail, sent)).isEqualTo(sent);
		assertThat(ledger.finish(mail, new Outcome.Failed(clock.instant(), Outcome.Reason.REJECTED, 550)))
				.isEqualTo(sent);
		outcomes(mailing.cause(), 4);
		allIsDone();
		assertThat(outcomes(mailing.cause(), 4).stream().map(OfMail::eventId).distinct()).hasSize(4);
	}

	@Test
	void aMailThatIsTooLateIsNotSent() {
		Person person = Person.any();
		WIRE.script(person.address(), new Fault.AtEnd("451 later"), new Fault.AtEnd("451 later"));
		CredentialsIssued event = issued(person, UUID.randomUUID() + "/1/credentials",
				encrypted(json.writeValueAsString(person.passwords())), clock.instant().plus(Duration.ofHours(1)));
		publish(event);
		awaitAttempts(event.eventId(), 1);

		clock.advance(Duration.ofHours(1));
		assertThat(outcomes(event.eventId(), 4)).allSatisfy(outcome -> assertThat(outcome)
				.isInstanceOfSatisfying(EmailFailed.class, failed -> assertThat(failed.reason()).isEqualTo("expired")));
		assertThat(received(person.address())).isEmpty();
	}

	@Test
	void aSecretThatDoesNotOpenFailsItsMailsAlone() {
		Person person = Person.any();
		String sealed = encrypted("{\"PORTAL\":\"x\",\"TRAINING\":\"y\"}");
		String tampered = sealed.substring(0, sealed.length() - 4)
				+ (sealed.endsWith("AAAA") ? "BBBB" : "AAAA");
		CredentialsIssued event = issued(person, UUID.randomUUID() + "/1/credentials", tampered,
				clock.instant().plusSeconds(3600));
		publish(event);

		List<OfMail> outcomes = outcomes(event.eventId(), 4);
		assertThat(outcomes).extracting(OfMail::getClass).asString().isNotEmpty();
		assertThat(List.of(outcomes.get(1), outcomes.get(3))).allSatisfy(outcome -> assertThat(outcome)
				.isInstanceOfSatisfying(EmailFailed.class,
						failed -> assertThat(failed.reason()).isEqualTo("unreadable-secret")));
		assertThat(mails(person, 2)).hasSize(2);
	}

	@Test
	void aRecordThatCannotBeReadIsADeadLetterAndItsNeighboursAreHandled() {
		Person before = Person.any();
		Person after = Person.any();
		UUID account = UUID.randomUUID();
		var template = producers.createProducer();
		publish(issued(before));
		template.send(new org.apache.kafka.clients.producer.ProducerRecord<>(Topics.CREDENTIAL_EVENTS,
				account.toString(),
				("{\"type\":\"CredentialsIssued\",\"eventId\":\"" + account + "\",").getBytes(UTF_8)));
		var unknownSite = new CredentialsIssued(account + "/unknown-site", clock.instant(), account, "u", "A", "B",
				before.address(), List.of("MOON"), "x", clock.instant(), null, null, null);
		publish(unknownSite);
		publish(issued(after));

		mails(before, 4);
		mails(after, 4);
		await().untilAsserted(() -> assertThat(
				records(Topics.deadLetters(Topics.CREDENTIAL_EVENTS, "notification-service")))
				.filteredOn(record -> account.toString().equals(record.key())).hasSize(2));
	}

	@Test
	void anAddressThatIsNoneGetsNothingAndSomebodyHearsOfIt() {
		Person person = Person.any();
		var event = new CredentialsIssued(UUID.randomUUID() + "/1/credentials", clock.instant(), person.accountId(),
				person.username(), "A", "B", "victim@agawam.example>\r\nRCPT TO:<other@agawam.example",
				List.of("PORTAL"), encrypted("{\"PORTAL\":\"x\"}"), clock.instant().plusSeconds(3600), null,
				null, null);
		publish(event);

		assertThat(outcomes(event.eventId(), 2)).allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(
				EmailFailed.class, failed -> assertThat(failed.reason()).isEqualTo("invalid-address")));
		assertThat(received("other@agawam.example")).isEmpty();
		assertThat(received("victim@agawam.example")).isEmpty();
	}

	@Test
	void aCrashBetweenTheAnswerAndTheMarkDoublesOneMailByteForByte() {
		Person person = Person.any();
		var died = new CountDownLatch(1);
		var first = dispatcher(new DyingLedger(ledger, 2, died), dyingWith(died), "crashing", clock, 1000);
		first.start();
		try {
			await().until(() -> isSender("crashing"));
			Mailing mailing = mailing(person);
			first.dispatch(List.of(mailing));
			await().until(() -> died.getCount() == 0);
			assertThat(received(person.address())).hasSize(2); // username, password: sent, the second not marked

			var second = dispatcher(ledger, "crashing");
			second.start();
			try {
				List<Mail> mails = mails(person, 5);
				outcomes(mailing.cause(), 4);
				assertThat(source(mails.get(2))).isEqualTo(source(mails.get(1)));
				assertThat(mails).hasSize(5);
				assertInOrder(person, List.of(mails.get(0), mails.get(2), mails.get(3), mails.get(4)));
			} finally {
				second.stop();
			}
		} finally {
			first.stop();
		}
	}

	@Test
	void reportsThatACrashLeftAreRelayed() {
		Person person = Person.any();
		Mailing mailing = mailing(person);
		// as a process leaves it that dies after its last mail, before anybody is told
		var gone = new Lease(senders, "gone", settings.lease(), System::nanoTime);
		gone.seize();
		ledger.record(List.of(mailing), gone.holder());
		mailing.mails().forEach(mail -> ledger.finish(mail, new Outcome.Sent(clock.instant())));
		gone.release();

		assertThat(outcomes(mailing.cause(), 4)).allMatch(EmailSent.class::isInstance);
		allIsDone();
		assertThat(received(person.address())).isEmpty();
	}

	@Test
	void instancesShareTheWorkAndSendNothingTwice() {
		var other = dispatcher(ledger, "other");
		other.start();
		try {
			List<Person> people = java.util.stream.Stream.generate(Person::any).limit(40).toList();
			// recorded for nobody: both sweep
			ledger.record(people.stream().map(this::mailing).toList(), null);
			people.forEach(person -> assertInOrder(person, mails(person, 4)));
			allIsDone();
			people.forEach(person -> assertThat(received(person.address())).hasSize(4));
		} finally {
			other.stop();
		}
	}

	@Test
	void whatFindsNoRoomWaitsInTheStoreAndIsNotForgotten() {
		var small = dispatcher(ledger, "small", 3);
		small.start();
		try {
			List<Person> people = java.util.stream.Stream.generate(Person::any).limit(10).toList();
			people.forEach(person -> small.dispatch(List.of(mailing(person))));
			people.forEach(person -> assertInOrder(person, mails(person, 4)));
		} finally {
			small.stop();
		}
		allIsDone();
		assertThat(isSender("small")).isFalse();
	}

	private boolean isSender(String name) {
		return collection("senders").stream().anyMatch(sender -> sender.getString("_id").startsWith(name));
	}

	@ParameterizedTest
	@ValueSource(ints = {30, -30})
	void anInstanceWhoseClockIsWrongTakesNothingFromOneThatLivesNorLosesAnything(int secondsAhead) {
		Person mine = Person.any();
		WIRE.script(mine.address(), new Fault.AtEnd("451 4.3.0 try again later"));
		publish(issued(mine));
		var wrong = new MutableClock();
		wrong.advance(Duration.ofSeconds(secondsAhead));
		var looks = new CountDownLatch(20);
		var other = dispatcher(looking(looks), "wrong", wrong);
		other.start();
		try {
			await().until(() -> looks.getCount() == 0);
			Person theirs = Person.any();
			WIRE.script(theirs.address(), new Fault.AtEnd("451 4.3.0 try again later"));
			other.dispatch(List.of(mailing(theirs)));
			clock.advance(Duration.ofSeconds(6));
			wrong.advance(Duration.ofSeconds(6));
			assertInOrder(mine, mails(mine, 4));
			assertInOrder(theirs, mails(theirs, 4));
			allIsDone();
			assertThat(received(mine.address())).hasSize(4);
			assertThat(received(theirs.address())).hasSize(4);
		} finally {
			other.stop();
		}
	}

	/** The same ledger, counting how often somebody looks for what nobody sends. */
	private MailLedger looking(CountDownLatch looks) {
		return (MailLedger) Proxy.newProxyInstance(MailLedger.class.getClassLoader(), new Class<?>[]{MailLedger.class},
				(_, method, arguments) -> {
					if (method.getName().equals("claim")) looks.countDown();
					return method.invoke(ledger, arguments);
				});
	}

	private Dispatcher dispatcher(MailLedger ledger, String name) {
		return dispatcher(ledger, name, 1000);
	}

	private Dispatcher dispatcher(MailLedger ledger, String name, Clock clock) {
		return dispatcher(ledger, name, clock, 1000);
	}

	private Dispatcher dispatcher(MailLedger ledger, String name, int capacity, Limit... limits) {
		return dispatcher(ledger, name, clock, capacity, limits);
	}

	private Dispatcher dispatcher(MailLedger ledger, String name, Clock clock, int capacity, Limit... limits) {
		return dispatcher(ledger, senders, name, clock, capacity, limits);
	}

	/** What a process gives no signs of life by any more when it is dead. */
	private Leases dyingWith(CountDownLatch died) {
		return new Leases(database.getCollection("senders"), "owner", () -> {
			if (died.getCount() == 0) throw new IllegalStateException("dead");
			return new Document("aliveUntil", Date.from(clock.instant()));
		});
	}

	private Dispatcher dispatcher(MailLedger ledger, Leases senders, String name, Clock clock, int capacity,
			Limit... limits) {
		return new Dispatcher(ledger, endings, writer, opener, carrier, reports, senders, sending, clock,
				new DeliverySettings(name, 1, 2, 1, capacity, settings.lease(), Duration.ofMillis(50), settings.retry(),
						settings.reconnect(), settings.idle(), List.of(limits)));
	}

	private Mailing mailing(Person person) {
		return mailings.credentials(
				new Mailings.Cause(UUID.randomUUID() + "/1/credentials", clock.instant(), person.accountId(),
						new Addressee(person.username(), "María", "Okafor", person.address()), null),
				List.of(Site.PORTAL, Site.TRAINING), encrypted(json.writeValueAsString(person.passwords())),
				clock.instant().plus(Duration.ofHours(72)), false, null);
	}

	private static void assertInOrder(Person person, List<Mail> mails) {
		assertThat(mails).as(person.username()).extracting(Mail::subject).containsExactly(
				"Your username for the MCAS Portal", "Your password for the MCAS Portal",
				"Your username for the MCAS Training Site", "Your password for the MCAS Training Site");
	}

	private void awaitAttempts(String cause, int attempts) {
		await().until(() -> attempts(cause) == attempts);
	}

	private int attempts(String cause) {
		return collection("mailings").stream().filter(open -> open.getString("_id").equals(cause))
				.map(open -> open.getInteger("attempts", 0)).findAny().orElse(0);
	}

	/** The process that uses it dies when it is about to mark a mail: nothing it writes from then on arrives. */
	private record DyingLedger(MailLedger ledger, int deadlyMark, CountDownLatch died,
			java.util.concurrent.atomic.AtomicInteger marks) implements MailLedger {
		DyingLedger(MailLedger ledger, int deadlyMark, CountDownLatch died) {
			this(ledger, deadlyMark, died, new java.util.concurrent.atomic.AtomicInteger());
		}

		private MailLedger alive() {
			if (died.getCount() == 0) throw new IllegalStateException("dead");
			return ledger;
		}

		@Override
		public Outcome finish(io.rollcall.notification.Mail mail, Outcome outcome) {
			if (marks.incrementAndGet() == deadlyMark) died.countDown();
			return alive().finish(mail, outcome);
		}

		@Override
		public void defer(String cause, Instant notBefore) {
			alive().defer(cause, notBefore);
		}

		@Override
		public Set<UUID> heldBack(java.util.Collection<UUID> accounts, Instant now) {
			return alive().heldBack(accounts, now);
		}

		@Override
		public long open() {
			return alive().open();
		}

		@Override
		public List<Open> record(List<Mailing> mailings, @Nullable String owner) {
			return alive().record(mailings, owner);
		}

		@Override
		public List<Open> claim(String owner, Set<String> living, Instant now, int limit) {
			return alive().claim(owner, living, now, limit);
		}

		@Override
		public void postpone(String cause, int attempts, Instant dueAt) {
			alive().postpone(cause, attempts, dueAt);
		}

		@Override
		public void close(java.util.Collection<String> causes) {
			alive().close(causes);
		}

		@Override
		public void release(String owner) {
			alive().release(owner);
		}
	}
}
