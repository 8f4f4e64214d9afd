package io.rollcall.user.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import io.rollcall.testing.OpenApi;
import io.rollcall.user.permission.Role;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls of {@code /api/users} for tests, by callers of any role. */
public abstract class UsersOverHttp extends RunningUserService {
	protected String serviceCenterToken;

	private static final class Document {
		static final OpenApi USERS = OpenApi.of("users");

		/** The pages have no document, and the topics one of their own. */
		static boolean has(String path) {
			return path.startsWith("/api/") && !path.equals("/api/docs/events");
		}
	}

	public record Answer(int status, JsonNode body, String etag, String location, String contentType) {}

	@BeforeEach
	void signIn() {
		serviceCenterToken = token(BOOTSTRAP_SECRET).get("access_token").asString();
	}

	protected Answer call(HttpMethod method, String path, String token, Object body, String... headers) {
		return request(method, path, token, body, headers).exchange((_, response) -> {
			byte[] bytes = response.getBody().readAllBytes();
			Document.USERS.check(method.name(), path, response.getStatusCode().value(),
					response.getHeaders().getFirst("Content-Type"), bytes);
			return new Answer(response.getStatusCode().value(),
					bytes.length == 0 ? json.nullNode() : json.readTree(bytes), response.getHeaders().getETag(),
					response.getHeaders().getFirst("Location"),
					String.valueOf(response.getHeaders().getContentType()));
		});
	}

	/** An answer that need not be JSON. */
	public record RawAnswer(int status, String text) {}

	protected RawAnswer raw(HttpMethod method, String path, String token, Object body) {
		return request(method, path, token, body).exchange((_, response) -> {
			byte[] bytes = response.getBody().readAllBytes();
			if (Document.has(path)) {
				Document.USERS.check(method.name(), path, response.getStatusCode().value(),
						response.getHeaders().getFirst("Content-Type"), bytes);
			}
			return new RawAnswer(response.getStatusCode().value(), new String(bytes, StandardCharsets.UTF_8));
		});
	}

	protected static Map<String, Object> form(String username, Object... changes) {
		Map<String, Object> form = new HashMap<>(Map.of("username", username, "firstName", "Thị", "lastName", "Nguyễn",
				"email", username + "@agawam.example", "role", "TA", "organizations",
				List.of(Fixtures.DOERING.code()), "programs", List.of()));
		for (int i = 0; i < changes.length; i += 2)
			form.put((String) changes[i], changes[i + 1]);
		return form;
	}

	protected static String username(String prefix) {
		return prefix + "." + UUID.randomUUID().toString().substring(0, 12);
	}

	protected Answer create(String token, Map<String, Object> form) {
		return call(HttpMethod.POST, "/api/users", token, form);
	}

	/** A coordinator that exists, with a token. */
	protected String coordinator(Role role, String... organizations) {
		Answer created = create(serviceCenterToken,
				form(username("coordinator"), "role", role.name(), "organizations", List.of(organizations)));
		assertThat(created.status()).isEqualTo(201);
		return tokenFor(UUID.fromString(created.body().get("id").asString()), role);
	}

	protected static String id(Answer created) {
		assertThat(created.status()).isEqualTo(201);
		return created.body().get("id").asString();
	}

	protected static List<String> outcomes(Answer answer) {
		List<String> outcomes = new ArrayList<>();
		answer.body().get("results").forEach(
				it -> outcomes.add(it.get("outcome").asString() + " " + (it.get("code").isNull()
						? null
						: it.get("code").asString())));
		return outcomes;
	}

}
