package io.rollcall.gateway;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.gateway.testing.Gateway;

import static io.rollcall.gateway.testing.Gateway.assertProblem;
import static io.rollcall.gateway.testing.Gateway.request;
import static io.rollcall.gateway.testing.Gateway.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "ROLLCALL_SERVICE_CENTER_CONTACT=help@assessments.example")
class PortalIT {
	/** On the test class path, beside the portal's own files. */
	private static final String SCRIPT = "/assets/gateway-test.js";

	@DynamicPropertySource
	static void services(DynamicPropertyRegistry properties) {
		Gateway.register(properties);
	}

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = {"/", "/index.html", "/users", "/users/7/edit", "/signed-out", "/imports/new?dry=1"})
	void everyAddressOfTheAppIsItsPage(String path) throws Exception {
		HttpResponse<String> page = send(request(port, path).header("Accept", "text/html,*/*;q=0.8"));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
		assertThat(page.body()).startsWith("<!doctype html>");
		assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
		assertThat(page.headers().allValues("Content-Security-Policy")).singleElement().asString()
				.contains("default-src 'self'", "connect-src 'self'", "img-src 'self' data:", "frame-ancestors 'none'")
				.doesNotContain("unsafe");
		assertThat(page.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(page.headers().allValues("Referrer-Policy")).containsExactly("same-origin");
		assertThat(page.headers().allValues("Cross-Origin-Opener-Policy")).containsExactly("same-origin");
		assertThat(page.headers().firstValue("Permissions-Policy")).isPresent();
		assertThat(page.headers().firstValue("Strict-Transport-Security")).isEmpty(); // plain loopback
	}

	@ParameterizedTest
	@ValueSource(strings = {"/operations", "/operations/"})
	void operationsAreAPageOfThePortal(String path) throws Exception {
		HttpResponse<String> page = send(request(port, path).header("Accept", "text/html"));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<portal-shell>");
	}

	@ParameterizedTest
	@ValueSource(strings = {"/api/nothing", "/auth/nothing", "/actuator/env", "/assets/none.js", "/login/other",
			"/webjars/none/none.js", "/error"})
	void aPageIsNotPutWhereProgramsAsk(String path) throws Exception {
		assertProblem(send(request(port, path).header("Accept", "text/html")), 404, "not-found");
	}

	@Test
	void whatAsksForNoPageGetsNone() throws Exception {
		assertProblem(send(request(port, "/users").header("Accept", "*/*")), 404, "not-found");
		assertProblem(send(request(port, "/favicon.png").header("Accept", "image/*")), 404, "not-found");
	}

	@Test
	void aFileIsSentAgainOnlyWhenItHasChanged() throws Exception {
		HttpResponse<String> first = send(request(port, SCRIPT));
		assertThat(first.statusCode()).isEqualTo(200);
		assertThat(first.headers().firstValue("Content-Type")).contains("text/javascript;charset=UTF-8");
		assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
		String etag = first.headers().firstValue("ETag").orElseThrow();

		HttpResponse<String> again = send(request(port, SCRIPT).header("If-None-Match", etag));
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(again.headers().firstValue("ETag")).contains(etag);
		assertThat(send(request(port, SCRIPT).header("If-None-Match", "\"other\"")).statusCode()).isEqualTo(200);
		HttpResponse<String> head = send(
				request(port, SCRIPT).method("HEAD", BodyPublishers.noBody()));
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.headers().firstValue("ETag")).contains(etag);
	}

	@Test
	void aBrowserGetsItSmaller() throws Exception {
		String plain = send(request(port, SCRIPT)).body();
		HttpResponse<byte[]> compressed = Gateway.HTTP.send(
				request(port, SCRIPT).header("Accept-Encoding", "br, gzip;q=0.8").build(), BodyHandlers.ofByteArray());
		assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
		assertThat(compressed.headers().allValues("Vary")).contains("Accept-Encoding");
		assertThat(compressed.body().length).isLessThan(plain.length() / 2);
		assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes(), UTF_8))
				.isEqualTo(plain);
		assertThat(send(request(port, SCRIPT).header("Accept-Encoding", "gzip;q=0")).headers()
				.firstValue("Content-Encoding")).isEmpty();
	}

	@Test
	void aFileWithItsHashInItsNameIsKeptForAYear() throws Exception {
		assertThat(send(request(port, "/assets/gateway-test.0f3a9c01.css")).headers().firstValue("Cache-Control"))
				.contains("public, max-age=31536000, immutable");
	}

	@Test
	void theAppIsToldAboutItsSite() throws Exception {
		HttpResponse<String> response = send(request(port, "/portal/config"));
		JsonNode config = new JsonMapper().readTree(response.body());
		assertThat(response.headers().firstValue("Cache-Control")).contains("no-store, no-transform");
		assertThat(config.path("site").asString()).isEqualTo("PORTAL");
		assertThat(config.path("siteName").asString()).isEqualTo("MCAS Portal");
		assertThat(config.path("otherSiteUrl").asString()).isEqualTo("http://localhost:8090");
		assertThat(config.path("contactEmail").asString()).isEqualTo("help@assessments.example");
		assertThat(config.has("administrationUrl")).isTrue();
		assertThat(config.path("signedIn").asBoolean(true)).isFalse();
	}
}
