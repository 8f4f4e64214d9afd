package io.rollcall.imports;

import org.junit.jupiter.api.Test;

import io.rollcall.testing.ServiceRules;

class ArchitectureTests {
	@Test
	void serviceFollowsTheRules() {
		ServiceRules.check("io.rollcall.imports", "csv", "messaging", "persistence", "reference", "text", "web",
				"xlsx");
	}
}
