package io.rollcall.user;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import io.rollcall.testing.OpenApi;
import io.rollcall.user.testing.UsersOverHttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The service's OpenAPI document. */
class OpenApiIT extends UsersOverHttp {
	private String text(String path) {
		byte[] yaml = http().get().uri(path).headers(it -> it.setBearerAuth(serviceCenterToken)).retrieve()
				.body(byte[].class);
		return new String(yaml, UTF_8); // as YAML is; of its media type a client would take Latin-1
	}

	@Test
	void checkedInDocumentIsWhatTheCodeSays() throws IOException {
		OpenApi.assertCurrent("users", text("/v3/api-docs.yaml"));
	}

	@Test
	void examplesAreAsTheDocumentSays() throws Exception {
		OpenApi.of("users").checkExamples();
		OpenApi.of("users").checkCodes("user-service/src/main", "gateway/src/main", "platform/platform-web/src/main");
	}

	@Test
	void documentIsServed() {
		assertThat(text("/api/docs/users")).contains("openapi: 3.1").contains("/api/users/{id}/history");
	}
}
