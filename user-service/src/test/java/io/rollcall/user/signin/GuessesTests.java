package io.rollcall.user.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.rollcall.platform.testing.ManualClock;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.Guesses.Judged;

import static org.assertj.core.api.Assertions.assertThat;

class GuessesTests {
	private static final Source OWNER = Source.ofSession("the owner's");

	private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T08:00:00Z"));
	private final AtomicInteger evaluated = new AtomicInteger();
	private final Guesses guesses = new Guesses(new InMemory(), clock);

	private final class InMemory implements Attempts {
		private final Map<String, AttemptLog> logs = new HashMap<>();

		@Override
		public boolean take(String username, Site site, Source source) {
			Optional<AttemptLog> next = of(username).attempted(site, source, clock.instant());
			next.ifPresent(it -> logs.put(username, it));
			return next.isPresent();
		}

		@Override
		public void succeeded(String username, Site site, Source source) {
			logs.put(username, of(username).succeeded(site, source));
		}

		private AttemptLog of(String username) {
			return logs.getOrDefault(username, AttemptLog.EMPTY);
		}
	}

	private Judged judge(String username, Source source, boolean right) {
		return guesses.judge(username, Site.PORTAL, source, () -> {
			evaluated.incrementAndGet();
			return right;
		});
	}

	@Test
	void fromWithinSessionsTwentyAMinuteAreEvaluatedBeTheyRight() {
		for (int i = 0; i < 20; i++)
			assertThat(judge("maria", Source.ofSession("session-" + i % 2), true)).isEqualTo(Judged.RIGHT);
		assertThat(judge("maria", OWNER, true)).isEqualTo(Judged.TOO_QUICK);
		assertThat(evaluated).hasValue(20);
		assertThat(judge("maria", Source.of("192.0.2.1", null), true)).as("a sign-in").isEqualTo(Judged.RIGHT);
		assertThat(judge("lee", OWNER, true)).isEqualTo(Judged.RIGHT);
		clock.advance(Duration.ofSeconds(61));
		assertThat(judge("maria", OWNER, true)).isEqualTo(Judged.RIGHT);
	}

	@Test
	void whatIsNotEvaluatedUsesNothingUp() {
		for (int i = 0; i < 100; i++)
			judge("maria", Source.ofSession("stolen"), false);
		assertThat(evaluated).hasValue(3);
		assertThat(judge("maria", OWNER, true)).isEqualTo(Judged.RIGHT);
	}
}
