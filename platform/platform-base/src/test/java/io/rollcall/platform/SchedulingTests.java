package io.rollcall.platform;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class SchedulingTests {
	@EnableScheduling
	static class Work {
		final AtomicInteger times = new AtomicInteger();

		@Scheduled(fixedDelay = 1)
		void fail() {
			times.incrementAndGet();
			throw new IllegalStateException("maria.okafor");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void whatFailsIsDoneAgainAndToldOfWithoutItsText(boolean virtual, CapturedOutput output) {
		new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(TaskSchedulingAutoConfiguration.class,
						SchedulingAutoConfiguration.class))
				.withUserConfiguration(Work.class).withPropertyValues("spring.threads.virtual.enabled=" + virtual)
				.run(service -> await().atMost(Duration.ofSeconds(90))
						.until(() -> service.getBean(Work.class).times.get() > 2));
		assertThat(output).contains("IllegalStateException").doesNotContain("maria");
	}
}
