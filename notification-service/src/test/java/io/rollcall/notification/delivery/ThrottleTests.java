package io.rollcall.notification.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.delivery.Throttle.Turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ThrottleTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

	private static List<Mail> mails(int count, String address) {
		return Stream.generate(() -> new Mail("cause", MailKind.DEACTIVATED, null, new UUID(1, 2),
				new Addressee("u", "A", "B", address), NOW, NOW, null, Map.of(), null)).limit(count).toList();
	}

	@Test
	void whereNothingIsSaidNobodyWaits() {
		var throttle = new Throttle(List.of(Limit.valueOf("slow.example=60")));
		for (int i = 0; i < 1000; i++)
			assertThat(throttle.turn(mails(4, "a@quick.example"), NOW)).isEqualTo(new Turn.Reserved(NOW));
	}

	@Test
	void mailingsOfADomainFollowEachOtherAsItsLimitAllows() {
		var throttle = new Throttle(List.of(Limit.valueOf("slow.example=60")));
		assertThat(throttle.turn(mails(4, "a@slow.example"), NOW)).isEqualTo(new Turn.Reserved(NOW));
		assertThat(throttle.turn(mails(2, "b@SLOW.example"), NOW)).isEqualTo(new Turn.Reserved(NOW.plusSeconds(4)));
		assertThat(throttle.turn(mails(1, "c@slow.example"), NOW)).isEqualTo(new Turn.Reserved(NOW.plusSeconds(6)));
		assertThat(throttle.turn(mails(1, "d@slow.example"), NOW.plusSeconds(60)))
				.as("what was not used is not saved up").isEqualTo(new Turn.Reserved(NOW.plusSeconds(60)));
	}

	@Test
	void whoHasToWaitLongComesAgainOneAfterTheOther() {
		var throttle = new Throttle(List.of(Limit.valueOf("slow.example=60")));
		List<Turn> turns = new ArrayList<>();
		for (int i = 0; i < 20; i++)
			turns.add(throttle.turn(mails(4, "a@slow.example"), NOW));
		assertThat(turns.stream().filter(Turn.Reserved.class::isInstance)).hasSize(8);
		List<Instant> again = turns.stream().filter(Turn.ComeAgain.class::isInstance).map(Turn::at).toList();
		assertThat(again).hasSize(12).isSorted().doesNotHaveDuplicates();
		assertThat(again.getFirst()).isEqualTo(NOW.plusSeconds(32));
		// and when they come, it is about their turn
		for (Instant at : again)
			assertThat(throttle.turn(mails(4, "a@slow.example"), at)).isInstanceOf(Turn.Reserved.class);
	}

	@Test
	void instancesShareWhatADomainTakes() {
		var throttle = new Throttle(List.of(Limit.valueOf("slow.example=60/4")));
		throttle.sharedBy(2);
		throttle.turn(mails(1, "a@slow.example"), NOW);
		assertThat(throttle.turn(mails(1, "a@slow.example"), NOW)).isEqualTo(new Turn.Reserved(NOW.plusSeconds(2)));
		assertThat(throttle.lanes(mails(1, "a@slow.example"), 8)).isEqualTo(2);
		assertThat(throttle.lanes(mails(1, "a@quick.example"), 8)).isEqualTo(8);
	}

	@Test
	void eachOtherDomainHasTheLimitOfTheStarForItself() {
		var throttle = new Throttle(List.of(Limit.valueOf("*=60"), Limit.valueOf("own.example=600/1")));
		throttle.turn(mails(10, "a@one.example"), NOW);
		assertThat(throttle.turn(mails(1, "a@two.example"), NOW)).isEqualTo(new Turn.Reserved(NOW));
		assertThat(throttle.turn(mails(1, "a@one.example"), NOW)).isEqualTo(new Turn.Reserved(NOW.plusSeconds(10)));
		throttle.turn(mails(10, "a@own.example"), NOW);
		assertThat(throttle.turn(mails(1, "a@own.example"), NOW)).isEqualTo(new Turn.Reserved(NOW.plusSeconds(1)));
	}

	@Test
	void limitsAreReadAsTheyAreWritten() {
		assertThat(Limit.valueOf("Example.org = 120 / 2")).isEqualTo(new Limit("example.org", 120, 2));
		assertThat(Limit.valueOf("*=600")).isEqualTo(new Limit("*", 600, 0));
		for (String wrong : List.of("example.org", "=12", "example.org=", "example.org=1/", "example.org=-1", "a b=1"))
			assertThatThrownBy(() -> Limit.valueOf(wrong)).hasMessageContaining("is no limit");
	}
}
