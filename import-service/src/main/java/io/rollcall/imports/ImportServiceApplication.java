package io.rollcall.imports;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the import service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ImportServiceApplication {
	public static void main(String[] args) {
		SpringApplication.run(ImportServiceApplication.class, args);
	}
}
