package io.rollcall.gateway.edge;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Refusal;

import static org.assertj.core.api.Assertions.assertThat;

class EdgeTests {
	@Test
	void whereTheSiteIsEncryptedThereIsNoOtherWayToIt() throws Exception {
		assertThat(answerOf("https://portal.example", "/").getHeader("Strict-Transport-Security"))
				.isEqualTo("max-age=31536000; includeSubDomains");
		assertThat(answerOf("https://portal.example", "/actuator/env").getHeader("Strict-Transport-Security"))
				.as("of an answer of its own").isNotNull();
		assertThat(answerOf("http://localhost:8080", "/").getHeader("Strict-Transport-Security")).isNull();
	}

	@Test
	void aRefusalKeepsTheCookiesThatGoWithIt() throws Exception {
		var response = new MockHttpServletResponse();
		edge("http://localhost:8080").doFilter(new MockHttpServletRequest("GET", "/api/me"), response, (_, answer) -> {
			((MockHttpServletResponse) answer).addHeader("Set-Cookie", "rollcall-portal=; Max-Age=0");
			throw new Refusal.Refused(Refusal.SESSION_ENDED);
		});
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(response.getHeaders("Set-Cookie")).singleElement().asString()
				.startsWith("rollcall-portal=; Max-Age=0");
		assertThat(response.getContentAsString()).contains("\"code\":\"session-ended\"");
	}

	@Test
	void noPageOfAnotherSiteLearnsWhatItCouldAsk() throws Exception {
		for (String path : List.of("/", "/login", "/api/me", "/auth/sign-in", "/nothing")) {
			var request = new MockHttpServletRequest("OPTIONS", path);
			request.addHeader("Origin", "http://evil.example");
			request.addHeader("Access-Control-Request-Method", "PUT");
			var response = new MockHttpServletResponse();
			edge("http://localhost:8080").doFilter(request, response, new MockFilterChain());
			assertThat(response.getStatus()).as(path).isEqualTo(403);
			assertThat(response.getHeaderNames()).noneMatch(it -> it.startsWith("Access-Control"))
					.doesNotContain("Allow").contains("Content-Security-Policy");
		}
	}

	/** As at the sign-in page of a school whose one address has asked too much. */
	@Test
	void whoeverSeesAPageIsRefusedByAPage() throws Exception {
		var page = refused("/auth/sign-in", "text/html,application/xhtml+xml,*/*;q=0.8");
		assertThat(page.getContentType()).startsWith("text/html");
		assertThat(page.getContentAsString()).contains("<p role=\"alert\">Too many requests in a short time.")
				.contains("href=\"/login\"");
		assertThat(page.getHeader("Content-Security-Policy")).contains("default-src 'self'");
		assertThat(page.getHeader("Cache-Control")).contains("no-store");
		assertThat(page.getHeader("Retry-After")).isEqualTo("2");
		assertThat(refused("/auth/sign-in", "*/*").getContentType()).isEqualTo("application/problem+json");
		assertThat(refused("/api/users", "text/html").getContentType()).isEqualTo("application/problem+json");
	}

	private static MockHttpServletResponse refused(String path, String accept) throws Exception {
		var request = new MockHttpServletRequest("POST", path);
		request.addHeader("Accept", accept);
		var response = new MockHttpServletResponse();
		edge("http://localhost:8080").doFilter(request, response, (_, _) -> {
			throw new Refusal.Refused(Refusal.TOO_MANY_REQUESTS, Duration.ofSeconds(2));
		});
		return response;
	}

	private static MockHttpServletResponse answerOf(String site, String path) throws Exception {
		var response = new MockHttpServletResponse();
		edge(site).doFilter(new MockHttpServletRequest("GET", path), response, new MockFilterChain());
		return response;
	}

	private static Edge edge(String site) {
		var address = URI.create(site);
		return new Edge(
				new GatewaySettings(GatewaySettings.Site.PORTAL, address, address, DataSize.ofMegabytes(6), Map.of(),
						Duration.ZERO, Duration.ZERO, Duration.ZERO, List.of(),
						new GatewaySettings.Services(address, address, address, address)),
				JsonMapper.builder().build());
	}
}
