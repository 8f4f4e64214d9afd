package io.rollcall.notification;

import org.junit.jupiter.api.Test;

import io.rollcall.testing.ServiceRules;

class ServiceRulesTests {
	@Test
	void theDomainKnowsNoOutsideWorld() {
		ServiceRules.check("io.rollcall.notification", "messaging", "persistence", "secrets", "letters", "smtp", "web");
	}
}
