package io.rollcall.organization.web;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.rollcall.platform.testing.OpenApiGeneration;
import io.rollcall.testing.Backends;

/** The whole service, started once for all tests that extend this. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(OpenApiGeneration.class)
abstract class OrganizationsOverHttp {
	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void backends(DynamicPropertyRegistry properties) {
		Backends.register(properties);
		OpenApiGeneration.register(properties);
		properties.add("spring.mongodb.database", () -> "organization-http");
	}
}
