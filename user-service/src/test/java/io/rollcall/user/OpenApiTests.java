package io.rollcall.user;

import org.junit.jupiter.api.Test;

import io.rollcall.testing.OpenApi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That an answer which is not as the document says is noticed. */
class OpenApiTests {
	private final OpenApi users = OpenApi.of("users");

	private void check(String path, int status, String contentType, String body) {
		users.check("GET", path, status, contentType, body.getBytes(UTF_8));
	}

	@Test
	void answerThatTheDocumentDoesNotKnowIsNoticed() {
		String problem = "{\"status\":404,\"code\":\"not-found\"}";
		assertThatCode(() -> check("/api/users/1", 404, "application/problem+json", problem))
				.doesNotThrowAnyException();
		assertThatThrownBy(() -> check("/api/nowhere", 404, "application/problem+json", problem))
				.hasMessageContaining("does not know");
		assertThatThrownBy(() -> check("/api/users/1", 418, "application/problem+json", problem))
				.hasMessageContaining("no such answer");
		assertThatThrownBy(() -> check("/api/users/1", 404, "text/html", problem)).hasMessageContaining("text/html");
		assertThatThrownBy(() -> check("/api/users/1", 404, "application/problem+json", "{\"status\":404}"))
				.hasMessageContaining("code");
		assertThatThrownBy(() -> check("/api/users/1", 404, "application/problem+json",
				"{\"status\":404,\"code\":\"x\",\"secret\":\"y\"}")).hasMessageContaining("secret");
		assertThatThrownBy(() -> check("/api/users?page=1", 200, "application/json", "{\"items\":[{\"id\":1}]}"))
				.hasMessageContaining("totalItems");
	}
}
