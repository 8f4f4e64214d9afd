package io.rollcall.user.confirmation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.platform.persistence.Lease;
import io.rollcall.testing.ManualClock;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.confirmation.ConfirmationService.Change;
import io.rollcall.user.confirmation.ConfirmationService.Saved;
import io.rollcall.user.confirmation.Deciding.Asked;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.roster.RosterLag;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.Repositories;

import static io.rollcall.user.testing.Fixtures.AGAWAM;
import static io.rollcall.user.testing.Fixtures.BOSTON;
import static io.rollcall.user.testing.Fixtures.BOSTON_LATIN;
import static io.rollcall.user.testing.Fixtures.DOERING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who is reminded when, as the days go by; a day of the state begins at five in the morning of the clocks here. */
class RemindersTests {
	private static final Instant MONDAY = Instant.parse("2026-11-23T15:00:00Z");
	private static final LocalDate THURSDAY = LocalDate.of(2026, 11, 26);
	private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 27);
	private static final CredentialIssuer ISSUER = new CredentialIssuer(
			new CredentialIssuer.Settings(Duration.ofHours(72)));
	private static final UUID SERVICE_CENTER = new UUID(9, 9);

	private final ManualClock clock = new ManualClock(MONDAY);
	private final Repositories repositories = Repositories.at(MONDAY);
	private final AccountRepository accounts = repositories.get(AccountRepository.class);
	private final ConfirmationRepository confirmations = repositories.get(ConfirmationRepository.class);
	private final DecisionRepository decisions = repositories.get(DecisionRepository.class);
	private final Roster roster = new Roster(Fixtures.noDeliveries(), clock);
	private final List<Fact.Reminder> sent = new ArrayList<>();
	private final FactRelay relay = new FactRelay() {
		@Override
		public void soon(Collection<? extends Fact> stored) {}

		@Override
		public void publish(Collection<? extends Fact> facts) {
			facts.forEach(it -> sent.add((Fact.Reminder) it));
			if (broken) throw new TemporarilyUnavailable("the broker has not said that it has them");
		}
	};
	private final ConfirmationService service = new ConfirmationService(confirmations, accounts,
			codes -> Stream.of(AGAWAM, DOERING).filter(it -> codes.contains(it.code()))
					.collect(Collectors.toMap(Organization::code, Function.identity())),
			roster, relay, Repositories.CONFIRMATIONS, clock);
	private final Deciding deciding = new Deciding(accounts, decisions, relay, clock);
	private final Worklists worklists = new Worklists(roster, decisions, clock);
	private boolean broken;
	private boolean full = true;
	private final Reminders reminders = reminders();

	private final Account dtc = account("dtc", Role.DTC, AGAWAM);
	private final Account stc = account("stc", Role.STC, DOERING);
	private final Account teacher = account("teacher", Role.TA, DOERING);

	@AfterEach
	void close() {
		repositories.close();
	}

	private Reminders reminders() {
		return new Reminders(confirmations, worklists, new RosterLag() {
			@Override
			public long events() {
				return 0;
			}

			@Override
			public boolean isFull() {
				return full;
			}
		}, relay, Repositories.CONFIRMATIONS, repositories.get(Lease.class), clock);
	}

	private Account account(String name, Role role, Organization place) {
		var profile = new Profile(new Username(name + ".x"), new FirstName("A"), new LastName("Name"),
				new EmailAddress(name + "@agawam.example"), role, List.of(place), List.of(), Map.of());
		Account account = Account.create(profile, ISSUER.issue(MONDAY), new Origin.System("made/" + name), MONDAY);
		accounts.save(List.of(account));
		roster.put(account);
		return account;
	}

	private Confirmation opened(LocalDate... days) {
		return done(service.open(new Plan("Spring", Set.of(AGAWAM.code()), FRIDAY, List.of(days)),
				new Origin.Request("open", SERVICE_CENTER, null, null)));
	}

	private static Confirmation done(Saved saved) {
		assertThat(saved).isInstanceOf(Saved.Done.class);
		return ((Saved.Done) saved).confirmation();
	}

	private List<String> at(String time) {
		clock.set(Instant.parse(time));
		sent.clear();
		reminders.sweep();
		return sent.stream().map(it -> (it.coordinator().equals(dtc.id()) ? "dtc" : "stc") + " " + it.day() + " "
				+ it.open()).toList();
	}

	@Test
	void coordinatorsAreRemindedAtTheOpeningAndInTheMorningOfEachChosenDay() {
		opened(THURSDAY, FRIDAY);
		assertThat(at("2026-11-23T15:00:01Z")).as("of the STC and the teacher, and the STC of the DTC")
				.containsExactly("dtc 2026-11-23 2");
		assertThat(at("2026-11-23T16:00:00Z")).isEmpty();
		assertThat(at("2026-11-26T10:59:59Z")).as("before six").isEmpty();
		assertThat(at("2026-11-26T11:00:00Z")).containsExactly("dtc 2026-11-26 2");
		assertThat(at("2026-11-26T11:01:00Z")).isEmpty();
		assertThat(at("2026-11-27T20:00:00Z")).as("late").containsExactly("dtc 2026-11-27 2");
		assertThat(at("2026-11-28T11:00:00Z")).isEmpty();
	}

	@Test
	void whoIsDoneIsNotReminded() {
		Confirmation spring = opened(THURSDAY);
		deciding.decide(dtc.asActor(), spring, List.of(new Asked(stc.id(), Verdict.STAYS, 0),
				new Asked(teacher.id(), Verdict.LEFT, 0)), new Origin.Request("r", dtc.id(), null, null),
				new Attempt.First());
		assertThat(at("2026-11-26T12:00:00Z")).isEmpty();
		assertThat(at("2026-11-26T13:00:00Z")).isEmpty();
	}

	@Test
	void schoolThatWasHandedOverIsRemindedOfItself() {
		Confirmation spring = opened(THURSDAY);
		at("2026-11-23T15:00:01Z");
		done(service.handOver(dtc.asActor(), spring, Map.of(DOERING.code(), Optional.of(stc.id())),
				new Origin.Request("h", dtc.id(), null, null)));
		assertThat(at("2026-11-26T12:00:00Z")).containsExactlyInAnyOrder("dtc 2026-11-26 1", "stc 2026-11-26 1");
	}

	/** Even when both looked at the confirmation at the same moment. */
	@Test
	void whatOneDistrictHandsOverLeavesWhatAnotherHas() {
		Account boston = account("boston", Role.DTC, BOSTON);
		Account latin = account("latin", Role.STC, BOSTON_LATIN);
		Confirmation state = done(service.open(new Plan("State", Set.of(), FRIDAY, List.of()),
				new Origin.Request("state", SERVICE_CENTER, null, null)));
		done(service.handOver(dtc.asActor(), state, Map.of(DOERING.code(), Optional.of(stc.id())),
				new Origin.Request("h1", dtc.id(), null, null)));
		Confirmation both = done(
				service.handOver(boston.asActor(), state, Map.of(BOSTON_LATIN.code(), Optional.of(latin.id())),
						new Origin.Request("h2", boston.id(), null, null)));
		assertThat(both.handOvers()).containsOnlyKeys(DOERING.code(), BOSTON_LATIN.code());
		assertThat(done(service.handOver(dtc.asActor(), both, Map.of(DOERING.code(), Optional.empty()),
				new Origin.Request("h3", dtc.id(), null, null))).handOvers()).containsOnlyKeys(BOSTON_LATIN.code());
	}

	@Test
	void onlyWhoseASchoolIsTakesItBack() {
		Account boston = account("boston", Role.DTC, BOSTON);
		Confirmation state = done(service.open(new Plan("State", Set.of(), FRIDAY, List.of()),
				new Origin.Request("state", SERVICE_CENTER, null, null)));
		assertThat(takenBack(dtc, state, DOERING.code())).as("with nobody, but one's own")
				.isInstanceOf(Saved.Done.class);
		for (String notBostons : List.of(DOERING.code(), "99990001"))
			assertThat(takenBack(boston, state, notBostons)).isInstanceOf(Saved.Invalid.class);
		Confirmation given = done(service.handOver(dtc.asActor(), state,
				Map.of(DOERING.code(), Optional.of(stc.id())), new Origin.Request("h1", dtc.id(), null, null)));
		assertThat(takenBack(boston, given, DOERING.code())).isInstanceOfSatisfying(Saved.Invalid.class,
				it -> assertThat(it.faults()).extracting(Plan.Fault::code).containsExactly("not-a-school-of-yours"));
		assertThat(confirmations.find(state.id()).orElseThrow().handOvers()).containsOnlyKeys(DOERING.code());
	}

	private Saved takenBack(Account by, Confirmation confirmation, String school) {
		return service.handOver(by.asActor(), confirmation, Map.of(school, Optional.empty()),
				new Origin.Request("back", by.id(), null, null));
	}

	@Test
	void whoWasAwayForSeveralDaysSendsOne() {
		opened(LocalDate.of(2026, 11, 24), LocalDate.of(2026, 11, 25), THURSDAY);
		at("2026-11-23T15:00:01Z");
		assertThat(at("2026-11-26T15:00:00Z")).containsExactly("dtc 2026-11-26 2");
		assertThat(at("2026-11-26T15:01:00Z")).isEmpty();
	}

	/** The mail of the opening and that of the day would come within a minute. */
	@Test
	void whoWasAwaySinceTheOpeningSendsOne() {
		opened(LocalDate.of(2026, 11, 24), THURSDAY);
		assertThat(at("2026-11-24T15:00:00Z")).containsExactly("dtc 2026-11-24 2");
		assertThat(at("2026-11-24T15:01:00Z")).isEmpty();
		assertThat(at("2026-11-26T12:00:00Z")).containsExactly("dtc 2026-11-26 2");
	}

	/** Whoever is still there has to be confirmed, too. */
	@Test
	void districtThatTheDirectoryHasClosedIsOneAsLongAsSomebodyIsThere() {
		account("last", Role.TA, BOSTON_LATIN);
		assertThat(service.open(new Plan("Closed", Set.of(BOSTON.code()), FRIDAY, List.of()),
				new Origin.Request("closed", SERVICE_CENTER, null, null))).isInstanceOf(Saved.Done.class);
		for (String none : List.of(BOSTON_LATIN.code(), "99990000"))
			assertThat(service.open(new Plan("None", Set.of(none), FRIDAY, List.of()),
					new Origin.Request("none", SERVICE_CENTER, null, null))).isInstanceOf(Saved.Invalid.class);
	}

	@Test
	void districtWhereAllAreDeactivatedIsNone() {
		Account last = account("last", Role.TA, BOSTON_LATIN);
		last.deactivate(new Origin.System("gone"), MONDAY);
		roster.put(last);
		assertThat(service.open(new Plan("Empty", Set.of(BOSTON.code()), FRIDAY, List.of()),
				new Origin.Request("empty", SERVICE_CENTER, null, null))).isInstanceOf(Saved.Invalid.class);
	}

	/** It is found out again, and readers know each by its id. */
	@Test
	void whatTheBrokerMayNotHaveIsSentAgainByTheSameIds() {
		opened();
		broken = true;
		assertThatThrownBy(reminders::sweep).isInstanceOf(TemporarilyUnavailable.class);
		List<String> first = sent.stream().map(Fact::id).toList();
		broken = false;
		at("2026-11-23T15:05:00Z");
		assertThat(sent).extracting(Fact::id).isEqualTo(first).hasSize(1);
		assertThat(at("2026-11-23T15:06:00Z")).isEmpty();
	}

	@Test
	void nobodyIsRemindedBeforeAllAccountsAreKnown() {
		opened();
		full = false;
		assertThat(at("2026-11-23T15:00:01Z")).isEmpty();
		full = true;
		assertThat(at("2026-11-23T15:00:02Z")).hasSize(1);
	}

	@Test
	void aClosedConfirmationRemindsNobody() {
		Confirmation spring = opened(THURSDAY);
		at("2026-11-23T15:00:01Z");
		done(service.change(spring, new Change(null, null, true), Set.of(1L),
				new Origin.Request("c", SERVICE_CENTER, null, null)));
		assertThat(at("2026-11-26T12:00:00Z")).isEmpty();
	}

	@Test
	void aDayThatIsChosenLaterCounts() {
		Confirmation spring = opened();
		at("2026-11-23T15:00:01Z");
		clock.set(Instant.parse("2026-11-24T15:00:00Z"));
		done(service.change(spring, new Change(null, List.of(THURSDAY), false), Set.of(1L),
				new Origin.Request("c", SERVICE_CENTER, null, null)));
		assertThat(at("2026-11-25T12:00:00Z")).isEmpty();
		assertThat(at("2026-11-26T12:00:00Z")).hasSize(1);
	}

	@Test
	void decisionThatIsSentAgainAfterTheDeadlineIsToldWhatItDidAndDoesNoMore() {
		Confirmation spring = opened();
		var request = new Origin.Request("answer lost", dtc.id(), null, null);
		var stays = new Asked(teacher.id(), Verdict.STAYS, 0);
		deciding.decide(dtc.asActor(), spring, List.of(stays), request, new Attempt.First());
		clock.set(Instant.parse("2026-11-28T05:00:00Z"));
		assertThat(deciding.decide(dtc.asActor(), spring, List.of(stays, new Asked(stc.id(), Verdict.STAYS, 0)),
				request, new Attempt.Unanswered(MONDAY)).orElseThrow()).hasEntrySatisfying(teacher.id(),
						it -> assertThat(it).isInstanceOf(Deciding.Outcome.Done.class))
				.hasEntrySatisfying(stc.id(),
						it -> assertThat(it).isInstanceOf(Deciding.Outcome.Over.class));
		assertThat(deciding.decide(dtc.asActor(), spring, List.of(stays),
				new Origin.Request("another", dtc.id(), null, null), new Attempt.First())).isEmpty();
	}

	@Test
	void openingThatIsSentAgainAfterItsDaysFindsWhatItHasOpened() {
		Confirmation spring = opened(THURSDAY);
		clock.set(Instant.parse("2026-11-30T15:00:00Z"));
		assertThat(opened(THURSDAY).id()).isEqualTo(spring.id());
		assertThat(confirmations.all()).hasSize(1);
	}

	/** The end of the deadline's day in the state is five in the morning of the next by these clocks. */
	@Test
	void deadlineIsTheEndOfItsDayInTheState() {
		Confirmation spring = opened();
		assertThat(spring.phase(Instant.parse("2026-11-28T04:59:59Z"))).isEqualTo(Phase.OPEN);
		assertThat(spring.phase(Instant.parse("2026-11-28T05:00:00Z"))).isEqualTo(Phase.OVER);
		Instant over = Instant.parse("2026-11-28T05:00:00Z");
		assertThat(spring.takesDecisionsOf(dtc.asActor(), over)).isFalse();
		assertThat(spring.takesDecisionsOf(Actor.SYSTEM, over)).isTrue();
	}
}
