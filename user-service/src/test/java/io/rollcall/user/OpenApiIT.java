package io.rollcall.user;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import io.rollcall.platform.testing.OpenApi;
import io.rollcall.user.testing.UsersOverHttp;

import static org.assertj.core.api.Assertions.assertThat;

/** The service's OpenAPI document. */
class OpenApiIT extends UsersOverHttp {
	private String text(String path) {
		return http().get().uri(path).headers(it -> it.setBearerAuth(serviceCenterToken)).retrieve()
				.body(String.class);
	}

	@Test
	void checkedInDocumentIsWhatTheCodeSays() throws IOException {
		OpenApi.assertCurrent("users", text("/v3/api-docs.yaml"));
	}

	@Test
	void examplesAreAsTheDocumentSays() {
		OpenApi.of("users").checkExamples();
	}

	@Test
	void documentIsServed() {
		assertThat(text("/api/docs/users")).contains("openapi: 3.1").contains("/api/users/{id}/history");
	}
}
