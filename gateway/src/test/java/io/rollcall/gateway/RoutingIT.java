package io.rollcall.gateway;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.rollcall.gateway.testing.Gateway;
import io.rollcall.gateway.testing.RawClient;
import io.rollcall.gateway.testing.Service;
import io.rollcall.testing.AuthorizationMatrix;

import static io.rollcall.gateway.testing.Gateway.IMPORTS;
import static io.rollcall.gateway.testing.Gateway.ORGANIZATIONS;
import static io.rollcall.gateway.testing.Gateway.USERS;
import static io.rollcall.gateway.testing.Gateway.assertProblem;
import static io.rollcall.gateway.testing.Gateway.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RoutingIT {
	@DynamicPropertySource
	static void services(DynamicPropertyRegistry properties) {
		Gateway.register(properties);
	}

	@LocalServerPort
	private int port;

	@BeforeEach
	void allServicesAnswer() {
		List.of(USERS, IMPORTS, ORGANIZATIONS).forEach(Service::answersOk);
	}

	@ParameterizedTest
	@ValueSource(strings = {"/api/users", "/api/users/7/history?page=1", "/api/me", "/api/me/password",
			"/api/password-resets", "/api/password-resets/confirm", "/api/reference", "/api/api-clients/7",
			"/api/confirmations", "/api/confirmations/7/accounts?state=open"})
	void theUserServiceGetsItsPaths(String path) throws Exception {
		assertThat(get(path).statusCode()).isEqualTo(200);
		assertThat(USERS.seen().uri()).hasToString(path);
	}

	@ParameterizedTest
	@ValueSource(strings = {"/api/imports", "/api/imports/template", "/api/imports/7/rows?outcome=rejected",
			"/api/comparisons/7"})
	void theImportServiceGetsItsPaths(String path) throws Exception {
		assertThat(get(path).statusCode()).isEqualTo(200);
		assertThat(IMPORTS.seen().uri()).hasToString(path);
	}

	@Test
	void theDirectoryGetsItsPathsWithTheQueryAsItWas() throws Exception {
		String path = "/api/organizations/00050000-00050303?search=o%27brien%20%C3%A9%2B%26x&search=b&empty=";
		assertThat(get(path).statusCode()).isEqualTo(200);
		assertThat(ORGANIZATIONS.seen().uri()).hasToString(path);
	}

	/** Each sign that an address may have in its query (RFC 3986, 3.4), raw; whether it goes on so or encoded is the same. */
	@Test
	void aQueryPassesWhateverStandsInIt() throws Exception {
		for (String sign : "abc123-._~!$'()*+,;=:@/?%20%3D".split("(?<!%)(?<!%.)")) {
			for (String path : List.of("/api/me", "/auth/sign-in", "/auth/oauth2/authorize")) {
				String asked = path + "?a=b" + sign + "c&d" + sign;
				assertThat(get(asked).statusCode()).as(asked).isEqualTo(200);
				URI seen = USERS.seen().uri();
				assertThat(seen.getPath()).isEqualTo(path.replaceFirst("^/auth", ""));
				// A plus sign is a blank, as forms write it, and may go on as one.
				assertThat(seen.getQuery().replace('+', ' '))
						.isEqualTo(URI.create(asked).getQuery().replace('+', ' '));
			}
		}
	}

	@Test
	void aBodyOfOptionsIsNobodysFault() throws Exception {
		try (var raw = new RawClient(port)) {
			raw.send("OPTIONS /api/me HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
			assertThat(raw.readAll()).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void theAuthorizationServerStandsBelowAuth() throws Exception {
		HttpResponse<String> response = send(request("/auth/oauth2/token")
				.header("Content-Type", "application/x-www-form-urlencoded")
				.header("Authorization", "Basic Ym9vdDpzdHJhcA==")
				.POST(BodyPublishers.ofString("grant_type=client_credentials&scope=a+b%2Bc&x")));

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(USERS.seen().uri()).hasToString("/oauth2/token");
		assertThat(new String(USERS.seen().body(), UTF_8)).isEqualTo("grant_type=client_credentials&scope=a+b%2Bc&x");
		assertThat(USERS.seen().headers().get("Authorization")).containsExactly("Basic Ym9vdDpzdHJhcA==");
		assertThat(USERS.seen().headers().get("X-Forwarded-Prefix")).containsExactly("/auth");

		get("/auth/.well-known/openid-configuration");
		assertThat(USERS.seen().uri()).hasToString("/.well-known/openid-configuration");
	}

	@ParameterizedTest
	@ValueSource(strings = {"/api", "/api/user", "/api/reference/more", "/api/operations/lag", "/oauth2/token",
			"/auth", "/auth/api/users", "/auth/actuator/health", "/actuator", "/actuator/env",
			"/actuator/gateway/routes",
			"/error", "/login/oauth2/code/other", "/static/index.html", "/assets/none.js"})
	void nothingElseIsPublic(String path) throws Exception {
		assertProblem(get(path), 404, "not-found");
		assertProblem(send(request(path).POST(BodyPublishers.ofString("x"))), 404, "not-found");
		assertThat(USERS.hasSeenNothing()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {"/api/users/../../actuator/health", "/api/users/..;/..;/actuator/health",
			"/api/users/%2e%2e/%2E%2E/actuator", "/api/users//x", "/api/users/x%20", "/api/users/%20x",
			"/api/users%20/x", "/api/users/x;a=b", "/auth/oauth2/..%2f..%2factuator",
			"/api/users/%252e%252e/x", "/api/users/%0d%0aX:y", "/api/users/./x", "/api/users/[x]", "/api/users/]"})
	void aPathThatCanBeReadInTwoWaysIsRefused(String path) throws Exception {
		try (var raw = new RawClient(port)) {
			raw.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			assertThat(raw.readAll()).startsWith("HTTP/1.1 400 ");
		}
		assertThat(USERS.hasSeenNothing()).isTrue();
	}

	/** The table has every route, as {@code AuthorizationIT} sees to. */
	@Test
	void aPathWithALetterEncodedIsRefusedWhateverItLeadsTo() throws Exception {
		List<String> paths = AuthorizationMatrix.ofTheEdge().calls("calls").stream()
				.map(call -> AuthorizationMatrix.path(call).replace("/**", "/none-of_them~")).distinct().toList();
		int tried = 0;
		for (String path : paths) {
			for (int at = 1; at < path.length(); at++) {
				if (path.charAt(at) == '/') continue;
				String encoded = path.substring(0, at)
						+ (at % 2 == 0 ? "%%%02x" : "%%%02X").formatted((int) path.charAt(at)) + path.substring(at + 1);
				assertProblem(send(request(encoded).POST(BodyPublishers.ofString("{}"))), 400, "invalid-path");
				assertProblem(get(encoded), 400, "invalid-path");
				tried++;
			}
		}
		assertThat(tried).isGreaterThan(600);
		assertThat(List.of(USERS, IMPORTS, ORGANIZATIONS)).allMatch(Service::hasSeenNothing);
	}

	@Test
	void whatNeedsToBeEncodedPasses() throws Exception {
		String path = "/api/users/a%20b%40c%C3%A9%7C%5B%5D";
		assertThat(get(path).statusCode()).isEqualTo(200);
		assertThat(USERS.seen().uri()).hasToString(path);
	}

	@Test
	void whereARequestEndsIsReadInOneWay() throws Exception {
		String second = "GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
		try (var raw = new RawClient(port)) {
			raw.send(
					"POST /api/users HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde"
							+ second);
			assertThat(raw.readAll()).startsWith("HTTP/1.1 400 ").doesNotContain("HTTP/1.1 200 ");
		}
		assertThat(USERS.hasSeenNothing()).isTrue();

		List<String> came = new CopyOnWriteArrayList<>();
		USERS.answers(exchange -> {
			came.add(USERS.seen().method() + " " + new String(USERS.seen().body(), UTF_8));
			Service.write(exchange, 200, "application/json", "{}");
		});
		try (var raw = new RawClient(port)) {
			raw.send(
					"POST /api/users HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
							+ "3\r\nabc\r\n0\r\n\r\n" + second);
			raw.readAll();
		}
		assertThat(came.getFirst()).isEqualTo("POST abc");
	}

	@Test
	void aRequestIsNotEchoed() throws Exception {
		assertThat(send(request("/api/users").method("TRACE", BodyPublishers.noBody())).statusCode()).isEqualTo(501);
		assertThat(USERS.hasSeenNothing()).isTrue();
	}

	@Test
	void methodsAndBodiesPassAsTheyAre() throws Exception {
		for (String method : List.of("PUT", "PATCH", "DELETE", "POST")) {
			send(request("/api/users/7").header("Content-Type", "application/x-www-form-urlencoded")
					.header("If-Match", "\"3\"")
					.method(method, BodyPublishers.ofString("{\"a\":1}")));
			assertThat(USERS.seen().method()).isEqualTo(method);
			assertThat(new String(USERS.seen().body(), UTF_8)).isEqualTo("{\"a\":1}");
			assertThat(USERS.seen().headers().get("If-Match")).containsExactly("\"3\"");
			assertThat(USERS.seen().headers().get("Content-Length")).containsExactly("7");
		}
		HttpResponse<String> head = send(request("/api/users").method("HEAD", BodyPublishers.noBody()));
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(USERS.seen().method()).isEqualTo("HEAD");
		send(request("/api/users").POST(BodyPublishers.noBody()));
		assertThat(USERS.seen().headers().get("Content-Length")).containsExactly("0");
	}

	@Test
	void theAnswerOfAServicePassesUnchanged() throws Exception {
		String problem = "{\"type\":\"about:blank\",\"status\":422,\"code\":\"import-not-csv\",\"detail\":\"é\"}";
		IMPORTS.answers(422, "application/problem+json", problem);
		HttpResponse<String> refused = send(request("/api/imports").POST(BodyPublishers.ofString("x")));
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).isEqualTo(problem);
		assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");

		for (int status : new int[]{204, 301, 302, 401, 429, 500, 503}) {
			USERS.answers(exchange -> {
				exchange.getResponseHeaders().set("Location", "/elsewhere");
				exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
				exchange.getResponseHeaders().set("Retry-After", "17");
				exchange.getResponseHeaders().add("Set-Cookie", "a=1; HttpOnly");
				exchange.getResponseHeaders().add("Set-Cookie", "b=2");
				exchange.sendResponseHeaders(status, -1);
			});
			HttpResponse<String> response = get("/api/users");
			assertThat(response.statusCode()).isEqualTo(status);
			assertThat(response.headers().allValues("Location")).containsExactly("/elsewhere");
			assertThat(response.headers().allValues("WWW-Authenticate")).hasSize(1);
			assertThat(response.headers().allValues("Retry-After")).containsExactly("17");
			assertThat(response.headers().allValues("Set-Cookie")).containsExactly("a=1; HttpOnly", "b=2");
		}
	}

	@Test
	void aConditionalRequestIsTheServicesToAnswer() throws Exception {
		USERS.answers(exchange -> {
			exchange.getResponseHeaders().set("ETag", "\"7\"");
			Service.write(exchange, 200, "application/json", "{\"id\":7}");
		});
		for (int i = 0; i < 20; i++) {
			HttpResponse<String> response = send(request("/api/users/7").header("If-None-Match", "\"7\""));
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("{\"id\":7}");
		}
	}

	@Test
	void bearerTokensPassAndForgedOrHopByHopHeadersDoNot() throws Exception {
		try (var raw = new RawClient(port)) {
			raw.send("GET /api/users HTTP/1.1\r\nHost: portal.example:8443\r\nAuthorization: Bearer abc.def.ghi\r\n"
					+ "Connection: close, X-Secret-Hop\r\nX-Secret-Hop: 1\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\n"
					+ "Proxy-Connection: close\r\nProxy-Authorization: Basic eA==\r\nUpgrade: h2c\r\n"
					+ "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: gopher\r\n"
					+ "X-Forwarded-Prefix: /evil\r\nX-Forwarded-User: root\r\nForwarded: for=6.6.6.6\r\nX-Real-IP: 6.6.6.6\r\n"
					+ "X-Original-URL: /admin\r\nX-HTTP-Method-Override: DELETE\r\nX-Custom: kept\r\n\r\n");
			assertThat(raw.readAll()).startsWith("HTTP/1.1 200 ");
		}
		var headers = USERS.seen().headers();
		assertThat(headers.get("Authorization")).containsExactly("Bearer abc.def.ghi");
		assertThat(headers.get("X-Custom")).containsExactly("kept");
		assertThat(headers.get("X-Forwarded-For")).containsExactly("127.0.0.1");
		assertThat(headers.get("X-Forwarded-Host")).containsExactly("portal.example");
		assertThat(headers.get("X-Forwarded-Port")).containsExactly("8443");
		assertThat(headers.get("X-Forwarded-Proto")).containsExactly("http");
		assertThat(headers).doesNotContainKeys("X-Secret-Hop", "Keep-Alive", "Te", "Proxy-Connection",
				"Proxy-Authorization", "Upgrade", "X-Forwarded-Prefix", "X-Forwarded-User", "Forwarded", "X-Real-ip",
				"X-Original-url", "X-Http-method-override");
		assertThat(headers.getOrDefault("Connection", List.of())).doesNotContain("close, X-Secret-Hop");
	}

	@Test
	void browsersAreToldThatAnAnswerIsDataAndNobodysToKeep() throws Exception {
		USERS.answers(exchange -> {
			exchange.getResponseHeaders().set("Cache-Control", "max-age=600");
			exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
			exchange.getResponseHeaders().set("Keep-Alive", "timeout=5");
			Service.write(exchange, 200, "application/json", "{}");
		});
		var api = get("/api/users").headers();
		assertThat(api.allValues("X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(api.allValues("Cache-Control")).containsExactly("no-store, no-transform");
		assertThat(api.allValues("Content-Security-Policy"))
				.containsExactly("default-src 'none'; frame-ancestors 'none'");
		assertThat(api.firstValue("Keep-Alive")).isEmpty();

		var keys = get("/auth/oauth2/jwks").headers(); // its own caching stays
		assertThat(keys.allValues("X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(keys.allValues("Cache-Control")).containsExactly("max-age=600");
	}

	@Test
	void aTraceIsContinuedOrBegun() throws Exception {
		String sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
		var continued = send(request("/api/users").header("traceparent", sent).header("tracestate", "a=b"));
		assertThat(USERS.seen().headers().get("traceparent")).containsExactly(sent);
		assertThat(USERS.seen().headers().get("tracestate")).containsExactly("a=b");
		assertThat(continued.headers().firstValue("X-Request-Id")).contains("4bf92f3577b34da6a3ce929d0e0e4736");

		var begun = send(request("/api/users").header("traceparent", "00-0-0-00").header("tracestate", "a=b"));
		String made = USERS.seen().headers().getFirst("traceparent");
		assertThat(made).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
		assertThat(USERS.seen().headers()).doesNotContainKey("Tracestate");
		assertThat(begun.headers().firstValue("X-Request-Id")).contains(made.substring(3, 35));
	}

	@Test
	void healthIsTheGatewaysOwn() throws Exception {
		for (String path : List.of("/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness")) {
			assertThat(get(path).statusCode()).isEqualTo(200);
		}
		assertThat(USERS.hasSeenNothing()).isTrue();
	}

	@Test
	void healthIsDataWhoeverAsks() throws Exception {
		for (String accept : List.of("text/html,application/xhtml+xml", "application/xml", "zz", "///", "*/*")) {
			HttpResponse<String> health = send(request("/actuator/health").header("Accept", accept));
			assertThat(health.statusCode()).as(accept + ": " + health.body()).isEqualTo(200);
			assertThat(health.body()).contains("\"status\":\"UP\"");
			assertThat(health.headers().firstValue("Content-Type")).contains("application/json");
			assertThat(health.headers().firstValue("Cache-Control")).contains("no-store, no-transform");
			assertThat(health.headers().firstValue("Content-Security-Policy"))
					.contains("default-src 'none'; frame-ancestors 'none'");
		}
		for (String path : List.of("/actuator/health/mongo", "/actuator/health/readiness/mongo", "/actuator/healthy"))
			assertProblem(get(path), 404, "not-found");
	}

	private HttpResponse<String> get(String path) throws Exception {
		return send(request(path));
	}

	private HttpRequest.Builder request(String path) {
		return Gateway.request(port, path);
	}
}
