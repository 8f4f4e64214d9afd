package io.rollcall.imports;

import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubmitterTests {
	private static Submitter of(Set<String> organizations, Set<String> districts) {
		return new Submitter(new UUID(0, 1), "pat", "STC", organizations, districts, Set.of());
	}

	@Test
	void turnIsTheFirstDistrictsAndOfASchoolWithoutOneItsOwn() {
		assertThat(of(Set.of("00050000-00050303", "00350000-00350302"), Set.of("00350000", "00050000")).district())
				.contains("00050000");
		assertThat(of(Set.of("00000000-03420805"), Set.of("00000000")).district()).contains("00000000-03420805");
		assertThat(of(Set.of("00000000-03420805", "00000000-02810805", "00050000-00050303"),
				Set.of("00050000", "00000000")).district()).contains("00050000");
		assertThat(of(Set.of(), Set.of()).district()).as("of the whole state").isEmpty();
	}
}
