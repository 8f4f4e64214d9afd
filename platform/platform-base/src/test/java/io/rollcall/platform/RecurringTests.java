package io.rollcall.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.rollcall.testing.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

class RecurringTests {
	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
	private final Logger log = new LoggerContext().getLogger("recurring");
	private final ManualClock clock = new ManualClock(Instant.parse("2026-11-30T08:00:00Z"));
	private final Recurring recurring = new Recurring(Duration.ofSeconds(5), clock);

	@BeforeEach
	void listen() {
		log.addAppender(logged);
		logged.start();
	}

	private void comes(String kind) {
		recurring.log(kind, log.atInfo(), kind);
	}

	private List<String> lines() {
		return logged.list.stream().map(
				it -> it.getFormattedMessage() + (it.getKeyValuePairs() == null ? "" : " " + it.getKeyValuePairs()))
				.toList();
	}

	@Test
	void ofAFloodThereIsALineNowAndThenAndNoneIsForgotten() {
		for (int second = 0; second < 10; second++) {
			for (int i = 0; i < 100; i++)
				comes("refused");
			clock.advance(Duration.ofSeconds(1));
		}
		comes("another");
		assertThat(lines()).containsExactly("refused", "refused [times=\"499\"]", "refused [times=\"500\"]", "another");
	}

	@Test
	void whatComesSeldomStandsThereEachTime() {
		for (int i = 0; i < 3; i++) {
			comes("refused");
			clock.advance(Duration.ofSeconds(5));
		}
		assertThat(lines()).containsExactly("refused", "refused", "refused");
	}

	@Test
	void oneKindDoesNotSilenceAnother() {
		for (int i = 0; i < 3; i++) {
			comes("refused");
			comes("failed");
		}
		assertThat(lines()).containsExactly("refused", "failed");
	}

	@Test
	void whoeverThinksOfNewKindsHasNotALineForEach() {
		for (int i = 0; i < 10_000; i++)
			comes("kind " + i);
		assertThat(lines()).hasSizeLessThan(300);
		clock.advance(Duration.ofSeconds(5));
		comes("another");
		assertThat(lines()).anySatisfy(line -> assertThat(line).contains("times=\"9799\""));
	}
}
