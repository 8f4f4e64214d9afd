package io.rollcall.gateway.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.springframework.test.context.DynamicPropertyRegistry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.testing.Backends;

import static org.assertj.core.api.Assertions.assertThat;

/** The gateway of the tests, and the services behind it. */
public final class Gateway {
	public static final Service USERS = Service.start();
	public static final Service IMPORTS = Service.start();
	public static final Service ORGANIZATIONS = Service.start();
	public static final Service MAILS = Service.start();
	public static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofSeconds(5)).build();

	private static final JsonMapper JSON = new JsonMapper();

	private Gateway() {}

	public static void register(DynamicPropertyRegistry properties) {
		properties().forEach(properties::add);
	}

	/** Of every instance of the gateway. */
	public static Map<String, Supplier<Object>> properties() {
		Map<String, Supplier<Object>> properties = new HashMap<>();
		properties.put("rollcall.gateway.services.users", USERS::address);
		properties.put("rollcall.gateway.services.imports", IMPORTS::address);
		properties.put("rollcall.gateway.services.organizations", ORGANIZATIONS::address);
		properties.put("rollcall.gateway.services.notifications", MAILS::address);
		properties.put("rollcall.gateway.response-timeout", () -> "2s");
		properties.put("rollcall.slowest-request.grace", () -> "3s");
		properties.put("rollcall.slowest-request.per-second", () -> "1MB");
		properties.put("spring.mongodb.uri", Backends.mongo()::connectionString);
		properties.put("rollcall.gateway.sign-in.portal-client-secret", () -> AuthorizationServerStub.SECRET);
		return properties;
	}

	public static HttpRequest.Builder request(int port, String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(Duration.ofSeconds(30));
	}

	public static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return HTTP.send(request.build(), BodyHandlers.ofString());
	}

	public static void assertProblem(HttpResponse<String> response, int status, String code) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
		assertThat(response.headers().firstValue("Cache-Control")).contains("no-store, no-transform");
		JsonNode problem = JSON.readTree(response.body());
		assertThat(problem.get("code").asString()).isEqualTo(code);
		assertThat(problem.get("status").asInt()).isEqualTo(status);
		assertThat(problem.get("detail").asString()).isNotBlank();
	}
}
