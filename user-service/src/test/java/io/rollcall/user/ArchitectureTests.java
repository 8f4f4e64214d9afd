package io.rollcall.user;

import org.junit.jupiter.api.Test;

import io.rollcall.platform.testing.ServiceRules;

class ArchitectureTests {
	@Test
	void domainStandsAlone() {
		ServiceRules.check("io.rollcall.user", "web", "messaging", "persistence", "orgdirectory", "authorization");
	}
}
