package io.rollcall.imports.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class TurnsTests {
	private static final int SMALL = 50_000;
	private static final int LARGE = 5 << 20;

	private final Turns turns = new Turns(4, Duration.ofMinutes(1));

	@Test
	void smallOnesAreSoManyAtATime() throws Exception {
		assertThat(atOnce(SMALL, 4)).isEqualTo(4);
	}

	@Test
	void largeOnesAreFewer() throws Exception {
		assertThat(atOnce(LARGE, 3)).isEqualTo(3);
	}

	/** How many of ten are at it when nobody finishes; then all do. */
	private int atOnce(int bytes, int expected) throws Exception {
		var inside = new AtomicInteger();
		var most = new AtomicInteger();
		var finish = new CountDownLatch(1);
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> all = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				all.add(threads.submit(() -> turns.take(bytes, () -> {
					most.accumulateAndGet(inside.incrementAndGet(), Math::max);
					finish.await();
					return inside.decrementAndGet();
				})));
			}
			Awaitility.await().until(() -> inside.get() >= expected);
			finish.countDown();
			for (Future<Integer> one : all)
				one.get();
		}
		return most.get();
	}

	@Test
	void aTurnIsGivenBackByOneThatFails() {
		for (int i = 0; i < 10; i++)
			assertThatThrownBy(() -> turns.take(LARGE, () -> {
				throw new IllegalArgumentException("no file");
			})).hasMessage("no file");
	}

	@Test
	void whoseTurnDoesNotComeIsToldToComeAgain() {
		var impatient = new Turns(1, Duration.ofMillis(1));
		impatient.take(SMALL, () -> {
			assertThatThrownBy(() -> impatient.take(SMALL, () -> "in")).asInstanceOf(type(ErrorResponseException.class))
					.satisfies(refusal -> {
						assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
						assertThat(refusal.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotNull();
						assertThat(refusal.getBody().getProperties()).containsEntry("code", "busy");
					});
			return true;
		});
		assertThat(impatient.take(SMALL, () -> "in")).isEqualTo("in");
	}
}
