package io.rollcall.platform.tomcat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTests {
	private final ApplicationContextRunner service = new ApplicationContextRunner()
			.withUserConfiguration(Settings.class);

	@EnableConfigurationProperties(Pace.class)
	static class Settings {}

	@Test
	void nothingHasToBeSet() {
		service.run(context -> assertThat(context.getBean(Pace.class))
				.isEqualTo(new Pace(Duration.ofSeconds(20), DataSize.ofKilobytes(16))));
	}

	@ParameterizedTest
	@ValueSource(strings = {"grace=0", "grace=-1s", "per-second=0", "per-second=-1KB"})
	void aPaceAtWhichNothingIsInTimeIsRefusedAtStart(String setting) {
		service.withPropertyValues("rollcall.slowest-request." + setting).run(context -> assertThat(context)
				.getFailure().rootCause().hasMessageContaining("rollcall.slowest-request." + setting.split("=")[0]));
	}

	@Test
	void thereIsASecondMoreForSoManyBytes() {
		assertThat(new Pace(Duration.ofSeconds(10), DataSize.ofKilobytes(16)).allowed(6 << 20))
				.isEqualTo(Duration.ofSeconds(10 + 6 * 64));
		assertThat(new Pace(Duration.ofSeconds(10), DataSize.ofGigabytes(2)).allowed(4L << 30))
				.isEqualTo(Duration.ofSeconds(12));
	}
}
