package io.rollcall.platform;

import java.time.InstantSource;

import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ErrorHandler;

/**
 * What is done from time to time and fails is done again, and told of without texts, which Spring's own handler would log. And
 * virtual threads have carriers enough.
 */
@AutoConfiguration
class SchedulingAutoConfiguration {
	private final UnexpectedFailures failures = new UnexpectedFailures(
			LoggerFactory.getLogger(SchedulingAutoConfiguration.class), InstantSource.system());
	private final ErrorHandler handler = failures::add;

	SchedulingAutoConfiguration() {
		Carriers.allowMost();
	}

	@Bean
	SimpleAsyncTaskSchedulerCustomizer failuresOnVirtualThreads() {
		return scheduler -> scheduler.setErrorHandler(handler);
	}

	@Bean
	ThreadPoolTaskSchedulerCustomizer failuresOnPlatformThreads() {
		return scheduler -> scheduler.setErrorHandler(handler);
	}
}
