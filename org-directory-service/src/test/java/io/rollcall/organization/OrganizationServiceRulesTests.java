package io.rollcall.organization;

import org.junit.jupiter.api.Test;

import io.rollcall.testing.ServiceRules;

class OrganizationServiceRulesTests {
	@Test
	void theServiceKeepsTheRulesOfAllServices() {
		ServiceRules.check("io.rollcall.organization", "csv", "messaging", "persistence", "web");
	}
}
