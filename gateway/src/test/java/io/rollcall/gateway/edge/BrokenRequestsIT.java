package io.rollcall.gateway.edge;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.rollcall.gateway.testing.Gateway;
import io.rollcall.gateway.testing.RawClient;
import io.rollcall.testing.BrokenHttp;

import static io.rollcall.gateway.testing.Gateway.IMPORTS;
import static io.rollcall.gateway.testing.Gateway.USERS;
import static org.assertj.core.api.Assertions.assertThat;

/** What is no HTTP is answered by the gateway and never by its container, and is not written into the log. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BrokenRequestsIT {
	@DynamicPropertySource
	static void services(DynamicPropertyRegistry properties) {
		Gateway.register(properties);
		properties.add("server.tomcat.connection-timeout", () -> "1s");
	}

	@LocalServerPort
	private int port;

	@BeforeEach
	void servicesAnswer() {
		USERS.answersOk();
		IMPORTS.answersOk();
	}

	@Test
	void whatCannotBeReadIsRefusedAndNotLogged() {
		BrokenHttp.assertTakenCalmly(port, "/api/users");
		BrokenHttp.assertTakenCalmly(port, "/auth/reset-password");
		BrokenHttp.assertTakenCalmly(port, "/login");
	}

	@Test
	void typesAndBodiesThatAreNoneAreMalformed() {
		for (String path : List.of("/actuator/health", "/users", "/portal/config", "/login", "/assets/app.js",
				"/nothing")) {
			for (String header : List.of("Content-Type: */*", "Content-Type: multipart/form-data; boundary=",
					"Content-Type: ;",
					"Content-Type: application/json;charset=none-such", "Content-Type: text/xml", "Accept: ///",
					"Accept: a/b;q=9",
					"Accept: text/css", "Content-Type: application/json")) {
				for (String method : List.of("GET", "POST")) {
					String answer = BrokenHttp.answer(port,
							method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header
									+ "\r\nConnection: close\r\nContent-Length: 3\r\n\r\n{-}");
					assertThat(BrokenHttp.isCalm(answer)).as(method + " " + path + " " + header + ": " + answer)
							.isTrue();
				}
			}
		}
	}

	@Test
	void aMethodThatNobodyTakesIsNotImplemented() {
		for (String method : List.of("FOO", "TRACE", "PROPFIND", "get")) {
			for (String path : List.of("/", "/api/users", "/auth/sign-in", "/nothing")) {
				String answer = BrokenHttp.answer(port,
						method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
				assertThat(answer).as(method + " " + path).startsWith("HTTP/1.1 501 ")
						.contains("\"code\":\"not-implemented\"").doesNotContain("Allow");
			}
		}
		assertThat(USERS.hasSeenNothing()).isTrue();
	}

	@Test
	void anAddressThatIsAskedByAnotherMethodSaysWhichItHas() {
		Map<String, String> methods = Map.of("/", "GET, HEAD", "/assets/api.js", "GET, HEAD", "/portal/config",
				"GET, HEAD", "/actuator/health", "GET, HEAD", "/login", "GET", "/logout", "POST");
		methods.forEach((path, allowed) -> {
			for (String method : List.of("GET", "HEAD", "POST", "DELETE")) {
				String answer = BrokenHttp.answer(port,
						method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
				if (List.of(allowed.split(", ")).contains(method)) {
					assertThat(answer).as(method + " " + path).matches("(?s)HTTP/1.1 [23].*");
				} else {
					assertThat(answer).as(method + " " + path).startsWith("HTTP/1.1 405 ")
							.contains("\r\nAllow: " + allowed + "\r\n");
				}
			}
		});
	}

	@Test
	void aLineWithoutAVersionHasNoAnswer() {
		assertThat(BrokenHttp.answer(port, "GET /api/users\r\n")).isEmpty();
		assertThat(USERS.hasSeenNothing()).isTrue();
	}

	@Test
	void aBodyThatFallsSilentHasNotArrived() throws Exception {
		for (String path : new String[]{"/api/imports", "/api/users", "/auth/sign-in"}) {
			try (var raw = new RawClient(port)) {
				raw.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\n{\"half\":");
				assertThat(raw.readAll()).startsWith("HTTP/1.1 408 ")
						.contains("\r\nContent-Type: application/problem+json", "\"code\":\"upload-broken-off\"");
			}
		}
		assertThat(USERS.hasSeenNothing()).isTrue();
	}

	@Test
	void chunksThatAreNoneAreMalformed() throws Exception {
		try (var raw = new RawClient(port)) {
			raw.send("POST /api/users HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n");
			assertThat(raw.readAll()).startsWith("HTTP/1.1 400 ").contains("\"code\":\"malformed-request\"");
		}
		assertThat(USERS.hasSeenNothing()).isTrue();
	}
}
