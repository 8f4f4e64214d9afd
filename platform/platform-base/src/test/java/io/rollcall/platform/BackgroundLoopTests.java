package io.rollcall.platform;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class BackgroundLoopTests {
	private interface Round {
		Duration run() throws Exception;
	}

	private static BackgroundLoop loop(Round round) {
		return new BackgroundLoop("counter", Duration.ofMillis(1), "The counter fails") {
			@Override
			protected Duration round() throws Exception {
				return round.run();
			}
		};
	}

	@Test
	void aFailureEndsNothingAndIsToldOfOnceInARowWithoutItsText(CapturedOutput output) {
		var times = new AtomicInteger();
		BackgroundLoop loop = loop(() -> switch (times.incrementAndGet()) {
			case 1, 2, 5 -> throw new IllegalStateException("maria.okafor");
			case 4 -> throw new AssertionError("maria.okafor");
			default -> Duration.ofMillis(1);
		});
		loop.start();
		await().atMost(Duration.ofSeconds(90)).until(() -> times.get() > 6);
		loop.stop();
		assertThat(output.toString().split("The counter fails", -1)).as("of 1 and 2, of 4 and 5").hasSize(3);
		assertThat(output).contains("IllegalStateException", "AssertionError").doesNotContain("maria");
	}

	@Test
	void stoppingInterruptsAndWaitsAndIsNoFailure(CapturedOutput output) throws Exception {
		var under = new CountDownLatch(1);
		var ended = new CountDownLatch(1);
		BackgroundLoop loop = loop(() -> {
			try {
				under.countDown();
				new CountDownLatch(1).await();
			} catch (InterruptedException e) {
				throw new IllegalStateException(e); // as a driver does
			} finally {
				ended.countDown();
			}
			return Duration.ZERO;
		});
		loop.start();
		loop.start();
		assertThat(under.await(90, TimeUnit.SECONDS)).isTrue();
		assertThat(loop.isRunning()).isTrue();
		loop.stop();
		assertThat(loop.isRunning()).isFalse();
		assertThat(ended.getCount()).isZero();
		assertThat(output).doesNotContain("fails");
	}
}
