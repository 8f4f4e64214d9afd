package io.rollcall.organization;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the directory of districts and schools. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class OrgDirectoryApplication {
	public static void main(String[] args) {
		SpringApplication.run(OrgDirectoryApplication.class, args);
	}
}
