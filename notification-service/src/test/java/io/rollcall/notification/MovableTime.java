package io.rollcall.notification;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class MovableTime {
	@Bean
	MutableClock clock() {
		return new MutableClock();
	}
}
