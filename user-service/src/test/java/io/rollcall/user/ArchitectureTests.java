package io.rollcall.user;

import org.junit.jupiter.api.Test;

import io.rollcall.testing.ServiceRules;

class ArchitectureTests {
	@Test
	void domainStandsAlone() {
		ServiceRules.check("io.rollcall.user", "api", "web", "messaging", "persistence", "orgdirectory",
				"authorization");
	}
}
