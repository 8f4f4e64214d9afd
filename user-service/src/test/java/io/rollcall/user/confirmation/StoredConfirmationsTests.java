package io.rollcall.user.confirmation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.testing.StoredDocuments;
import io.rollcall.user.account.Origin;
import io.rollcall.user.confirmation.Confirmation.Schedule;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.Repositories;

import static org.assertj.core.api.Assertions.assertThat;

/** Confirmations and decisions in the database are read, and written again to the byte. */
class StoredConfirmationsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
	private static final UUID ACCOUNT = UUID.fromString("0190aaaa-0000-7000-8000-000000000001");
	private static final UUID ACTOR = UUID.fromString("0190aaaa-0000-7000-8000-000000000002");
	private static final UUID ID = UUID.fromString("0190aaaa-0000-7000-8000-000000000005");
	private static final Schedule SCHEDULE = new Schedule(LocalDate.of(2026, 12, 18),
			Instant.parse("2026-12-19T05:00:00Z"), List.of(LocalDate.of(2026, 12, 7), LocalDate.of(2026, 12, 16)));
	private static final Origin.Request FORM = new Origin.Request("request/1", ACTOR, null, null);
	private static final Origin.Request PROGRAM = new Origin.Request("request/2", ACTOR, "program.1", null);

	private final Repositories repositories = Repositories.at(NOW);
	private final StoredDocuments stored = repositories.stored();
	private final ConfirmationRepository confirmations = repositories.get(ConfirmationRepository.class);
	private final DecisionRepository decisions = repositories.get(DecisionRepository.class);

	@AfterEach
	void close() {
		repositories.close();
	}

	private static Confirmation opened() {
		return Confirmation.open(ID, "Spring 2027", Set.of("00350000", "00050000"), SCHEDULE, ACTOR, NOW);
	}

	@Test
	void confirmationAsItIsOpenedHandedOverRemindedOfAndClosed() {
		Confirmation opened = opened();
		assertThat(confirmations.add(opened, opened.fact(FORM, NOW, Fact.Kind.OPENED))).isTrue();
		assertThat(confirmations.add(opened, opened.fact(FORM, NOW, Fact.Kind.OPENED))).as("twice").isFalse();
		stored.assertHolds("confirmations", "opened");
		assertThat(confirmations.find(ID)).contains(opened);

		Confirmation handedOver = opened
				.handedOver(Map.of(Fixtures.DOERING.code(), new HandOver(Fixtures.DOERING, ACCOUNT)));
		Fact given = new Fact.HandedOver(handedOver, Map.of(), FORM, NOW);
		assertThat(confirmations.replace(handedOver, given)).isTrue();
		assertThat(confirmations.replace(handedOver, given)).as("somebody else was quicker").isFalse();
		confirmations.noteReminded(ID, LocalDate.of(2026, 12, 7));
		confirmations.noteReminded(ID, LocalDate.of(2026, 11, 23));
		Confirmation closed = confirmations.find(ID).orElseThrow().closed(NOW);
		assertThat(confirmations.replace(closed, closed.fact(FORM, NOW, Fact.Kind.CLOSED))).isTrue();
		stored.assertHolds("confirmations", "closed");
		assertThat(confirmations.all()).containsExactly(closed).first().extracting(Confirmation::remindedOn)
				.isEqualTo(LocalDate.of(2026, 12, 7));
	}

	@Test
	void decisionAndAnotherInItsPlace() {
		var stays = new Decision(ID, ACCOUNT, 1, Verdict.STAYS, NOW, PROGRAM, 7);
		var first = new Fact.Decided(opened(), stays, null);
		assertThat(decisions.store(List.of(first))).isEmpty();
		assertThat(decisions.store(List.of(first))).as("somebody else was quicker").containsExactly(ACCOUNT);
		stored.assertHolds("confirmation-decisions", "decided");
		assertThat(decisions.find(ID, Set.of(ACCOUNT, ACTOR))).isEqualTo(Map.of(ACCOUNT, stays));

		var left = new Decision(ID, ACCOUNT, 2, Verdict.LEFT, NOW.plusSeconds(1), FORM, 8);
		assertThat(decisions.store(List.of(new Fact.Decided(opened(), left, Verdict.STAYS)))).isEmpty();
		assertThat(decisions.store(List.of(new Fact.Decided(opened(), left, Verdict.STAYS)))).containsExactly(ACCOUNT);
		stored.assertHolds("confirmation-decisions", "changed");
		assertThat(decisions.find(ID, Set.of(ACCOUNT))).isEqualTo(Map.of(ACCOUNT, left));
		assertThat(decisions.verdicts(ID, Set.of(ACCOUNT, ACTOR))).isEqualTo(Map.of(ACCOUNT, Verdict.LEFT));
	}
}
