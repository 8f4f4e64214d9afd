package io.rollcall.user;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
class UserServiceApplication {
	static void main(String[] arguments) {
		SpringApplication.run(UserServiceApplication.class, arguments);
	}
}
