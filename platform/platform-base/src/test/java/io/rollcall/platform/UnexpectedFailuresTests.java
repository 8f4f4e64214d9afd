package io.rollcall.platform;

import java.time.Duration;
import java.time.Instant;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.rollcall.testing.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

class UnexpectedFailuresTests {
	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
	private final ManualClock clock = new ManualClock(Instant.parse("2026-11-30T08:00:00Z"));
	private UnexpectedFailures failures;

	@BeforeEach
	void aLog() {
		Logger log = new LoggerContext().getLogger("failures");
		log.addAppender(logged);
		logged.start();
		failures = new UnexpectedFailures(log, clock);
	}

	@Test
	void theFirstOfAKindStandsThereWhole() {
		deep(60, "a name");
		assertThat(text(0)).contains("IllegalStateException").doesNotContain("a name");
		assertThat(text(0).lines().count()).isGreaterThan(60);
	}

	@Test
	void ofAFloodOneAMinuteIsLoggedInShortAndNoneForgotten() {
		for (int i = 0; i < 1000; i++)
			deep(60, "a name");
		assertThat(logged.list).hasSize(1);
		clock.advance(Duration.ofMinutes(1));
		for (int i = 0; i < 1000; i++)
			deep(60, "a name");
		assertThat(logged.list).hasSize(2);
		assertThat(logged.list.getLast().getKeyValuePairs()).hasToString("[times=\"999\"]");
		assertThat(text(1)).contains("IllegalStateException").doesNotContain("a name");
		assertThat(text(1).lines().count()).isLessThan(20);
	}

	@Test
	void anotherKindIsNotSilencedByIt() {
		deep(3, "");
		failures.add(new IllegalArgumentException());
		failures.add(new IllegalStateException("elsewhere"));
		assertThat(logged.list).hasSize(3);
	}

	@Test
	void howManyKindsThereAreHasAnEnd() {
		for (int i = 0; i < 10_000; i++) {
			var failure = new IllegalStateException();
			failure.setStackTrace(new StackTraceElement[]{new StackTraceElement("C", "m", "C.java", i)});
			failures.add(failure);
		}
		assertThat(logged.list).hasSizeLessThan(300);
	}

	private String text(int line) {
		return ThrowableProxyUtil.asString(logged.list.get(line).getThrowableProxy());
	}

	private void deep(int depth, String text) {
		if (depth > 0) {
			deep(depth - 1, text);
		} else {
			failures.add(new IllegalStateException(text));
		}
	}
}
