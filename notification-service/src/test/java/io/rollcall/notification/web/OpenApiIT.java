package io.rollcall.notification.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.rollcall.notification.RunningService;
import io.rollcall.testing.Backends;
import io.rollcall.testing.OpenApi;

import static org.assertj.core.api.Assertions.assertThat;

/** The service's OpenAPI document; {@link MailOperationsIT} holds every answer against it. */
class OpenApiIT extends RunningService {
	@LocalServerPort
	private int port;

	@Test
	void checkedInDocumentIsWhatTheCodeSaysAndWhatIsServed() throws Exception {
		OpenApi.assertCurrent("mails", text("/v3/api-docs.yaml"));
		OpenApi.of("mails").checkExamples();
		OpenApi.of("mails").checkCodes("notification-service/src/main", "gateway/src/main",
				"platform/platform-web/src/main");
		assertThat(text("/api/docs/mails")).contains("openapi: 3.1").contains("/api/operations/mails/pause");
	}

	private String text(String path) throws IOException, InterruptedException {
		return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
				.header("Authorization", "Bearer " + Backends.issuer().serviceCenter()).build(),
				BodyHandlers.ofString())
				.body();
	}
}
