package io.rollcall.platform.web;

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
	private static final int LARGEST = 8 << 20;

	private final Turns turns = new Turns(4, Duration.ofSeconds(10));

	@Test
	void smallOnesAreSoManyAtATime() throws Exception {
		assertThat(atOnce(SMALL, 4, "one", "two", "three")).isEqualTo(4);
	}

	@Test
	void largeOnesAreFewer() throws Exception {
		assertThat(atOnce(LARGE, 3, "one", "two", "three")).isEqualTo(3);
	}

	@Test
	void onePersonHasHalfOfTheRoomAndAnotherDoesNotWaitBehindTheRest() throws Exception {
		assertThat(atOnce(SMALL, 2, "one")).isEqualTo(2);
		assertThat(atOnce(LARGE, 1, "one")).isEqualTo(1);
		assertThat(atOnce(LARGEST, 1, "one")).isEqualTo(1);
	}

	/** How many of ten of each person are at it when nobody finishes; somebody else's gets in meanwhile if there is room. Then all do. */
	private int atOnce(int bytes, int expected, String... people) throws Exception {
		var inside = new AtomicInteger();
		var most = new AtomicInteger();
		var finish = new CountDownLatch(1);
		List<Future<Integer>> all = new ArrayList<>();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor(); AutoCloseable _ = finish::countDown) {
			for (int i = 0; i < 10; i++) {
				for (String person : people) {
					all.add(threads.submit(() -> turns.take(person, bytes, () -> {
						most.accumulateAndGet(inside.incrementAndGet(), Math::max);
						finish.await();
						return inside.decrementAndGet();
					})));
				}
			}
			Awaitility.await().until(() -> inside.get() >= expected);
			if (people.length == 1) assertThat(turns.take("neighbor", LARGEST, () -> "in")).isEqualTo("in");
		}
		for (Future<Integer> one : all)
			one.get();
		return most.get();
	}

	@Test
	void aTurnIsGivenBackByOneThatFails() {
		for (int i = 0; i < 10; i++)
			assertThatThrownBy(() -> turns.take("one", LARGE, () -> {
				throw new IllegalArgumentException("no file");
			})).hasMessage("no file");
	}

	@Test
	void whoseTurnDoesNotComeIsToldToComeAgain() {
		var impatient = new Turns(1, Duration.ofMillis(1));
		impatient.take("one", SMALL, () -> {
			assertThatThrownBy(() -> impatient.take("one", SMALL, () -> "in"))
					.asInstanceOf(type(ErrorResponseException.class))
					.satisfies(refusal -> {
						assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
						assertThat(refusal.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotNull();
						assertThat(refusal.getBody().getProperties()).containsEntry("code", "busy");
					});
			return true;
		});
		assertThat(impatient.take("one", SMALL, () -> "in")).isEqualTo("in");
	}
}
