package io.rollcall.imports.web;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.testing.Backends;
import io.rollcall.testing.OpenApi;

import static org.assertj.core.api.Assertions.assertThat;

/** The service's OpenAPI document; {@link Client} holds every answer that the other tests see against it. */
class OpenApiIT extends WholeService {
	@LocalServerPort
	private int port;

	private String text(String path) {
		return new Client(port, Backends.issuer().serviceCenter()).get(path).text();
	}

	@Test
	void checkedInDocumentIsWhatTheCodeSays() throws IOException {
		OpenApi.assertCurrent("imports", text("/v3/api-docs.yaml"));
	}

	@Test
	void examplesAreAsTheDocumentSays() throws Exception {
		OpenApi.of("imports").checkExamples();
		OpenApi.of("imports").checkCodes("import-service/src/main", "gateway/src/main",
				"platform/platform-web/src/main");
	}

	@Test
	void documentIsServed() {
		assertThat(text("/api/docs/imports")).contains("openapi: 3.1").contains("/api/imports/{id}/commit");
	}
}
