package io.rollcall.organization.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.testing.Backends;
import io.rollcall.testing.OpenApi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class OrganizationHttpIT extends OrganizationsOverHttp {
	private static final String AGAWAM = "00050000";
	private static final String DOERING = "00050000-00050303";

	@Autowired
	private JsonMapper json;

	private final HttpClient http = HttpClient.newHttpClient();
	private final String serviceCenter = Backends.issuer().serviceCenter();
	private final String agawamCoordinator = Backends.issuer().districtCoordinator(UUID.randomUUID(), AGAWAM);
	private final String schoolCoordinator = Backends.issuer().token(UUID.randomUUID(), "STC", List.of(DOERING),
			List.of(AGAWAM), List.of("manage-users"));

	@Test
	void anOrganizationIsReadByItsCodeByAnyoneSignedIn() throws Exception {
		JsonNode school = get("/api/organizations/" + DOERING, schoolCoordinator, 200);

		assertThat(json.writeValueAsString(school)).isEqualTo("{\"code\":\"00050000-00050303\","
				+ "\"name\":\"Roberta G. Doering School\",\"level\":\"school\",\"type\":\"Public School\","
				+ "\"town\":\"Agawam\",\"parent\":\"00050000\",\"parentName\":\"Agawam\",\"closed\":false}");
		assertThat(get("/api/organizations/00350000", schoolCoordinator, 200).get("name").asString())
				.isEqualTo("Boston");
		assertThat(get("/api/organizations/00-771777-001", serviceCenter, 200).get("parentName").asString())
				.isEqualTo("Cyber Falls");
	}

	@Test
	void anUnknownCodeIsNotFound() throws Exception {
		assertThat(code(get("/api/organizations/00050303", serviceCenter, 404))).isEqualTo("organization-not-found");
	}

	@Test
	void checkedInOpenApiDocumentIsWhatTheCodeSaysAndWhatIsServed() throws Exception {
		OpenApi.assertCurrent("organizations", text("/v3/api-docs.yaml"));
		OpenApi.of("organizations").checkExamples();
		OpenApi.of("organizations").checkCodes("org-directory-service/src/main", "gateway/src/main",
				"platform/platform-web/src/main");
		assertThat(text("/api/docs/organizations")).contains("openapi: 3.1").contains("/api/organizations/{code}");
	}

	private String text(String path) throws IOException, InterruptedException {
		return http.send(HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + serviceCenter).build(),
				BodyHandlers.ofString()).body();
	}

	/** Clocks may differ by a little, and not by a token's whole life of a minute. */
	@Test
	void aTokenIsGoodForNoMinuteAfterItsEnd() throws Exception {
		get("/api/organizations/" + AGAWAM, Backends.issuer().over(Duration.ofMillis(100)), 200);
		assertThat(code(get("/api/organizations/" + AGAWAM, Backends.issuer().over(Duration.ofSeconds(11)), 401)))
				.isEqualTo("unauthenticated");
	}

	@Test
	void nobodyReadsUnsigned() throws Exception {
		for (String path : List.of("/api/organizations", "/api/organizations/" + AGAWAM, "/actuator/env", "/nothing")) {
			assertThat(code(get(path, null, 401))).isEqualTo("unauthenticated");
		}
		assertThat(code(post("{\"codes\":[]}", null, 401))).isEqualTo("unauthenticated");
		assertThat(code(get("/api/organizations", "no.token.really", 401))).isEqualTo("unauthenticated");
	}

	@Test
	void theSearchStaysWithinOnesOwnOrganizations() throws Exception {
		assertThat(codes(get("/api/organizations?size=200", agawamCoordinator, 200))).hasSize(9).startsWith(AGAWAM)
				.allMatch(code -> code.startsWith(AGAWAM));
		assertThat(codes(get("/api/organizations", schoolCoordinator, 200))).containsExactly(DOERING);
		assertThat(get("/api/organizations", serviceCenter, 200).get("totalItems").asInt()).isEqualTo(2_865);
		assertThat(get("/api/organizations", Backends.issuer().service("user-service"), 200).get("totalItems").asInt())
				.isEqualTo(2_865);
		String operations = Backends.issuer().token(UUID.randomUUID(), "OPS", List.of(), List.of(), List.of());
		assertThat(get("/api/organizations", operations, 200).get("totalItems").asInt()).isEqualTo(2_865);
	}

	@Test
	void theSearchIsPagedAndLimited() throws Exception {
		JsonNode second = get("/api/organizations?search=boston&page=1&size=10", serviceCenter, 200);
		assertThat(second.get("items")).hasSize(10);
		assertThat(second.get("page").asInt()).isEqualTo(1);
		assertThat(second.get("totalPages").asInt()).isEqualTo(Math.ceilDiv(second.get("totalItems").asInt(), 10));
		assertThat(get("/api/organizations?page=1000000&size=200", serviceCenter, 200).get("items")).isEmpty();
		assertThat(codes(get("/api/organizations?search=doering&parent=" + AGAWAM, serviceCenter, 200)))
				.containsExactly(DOERING);

		assertThat(codes(get("/api/organizations?level=district&search=agawam", serviceCenter, 200)))
				.containsExactly(AGAWAM);
		JsonNode charters = get("/api/organizations?level=school&assignable=true&search=charter", serviceCenter, 200);
		assertThat(charters.get("totalItems").asInt()).as("all of them on pages of schools").isGreaterThan(70);
		assertThat(charters.get("items").valueStream().map(it -> it.get("level").asString())).hasSize(50)
				.containsOnly("school");

		for (String wrong : List.of("level=state", "level=", "assignable=perhaps", "page=-1", "page=1000001", "size=0",
				"size=201", "search=" + "x".repeat(101))) {
			assertThat(code(get("/api/organizations?" + wrong, serviceCenter, 400))).isEqualTo("invalid-request");
		}
		assertThat(code(get("/api/organizations?page=one", serviceCenter, 400))).isEqualTo("invalid-request");
	}

	@Test
	void codesAreValidatedInTheOrderAsked() throws Exception {
		JsonNode results = post(
				"{\"codes\":[\"00050000-00050303\",\"00000000\",\"00050303\",\"00000000-00010815\",\"\","
						+ "\"00050000-00050303\"]}",
				agawamCoordinator, 200).get("results");

		assertThat(json.writeValueAsString(results.get(0)))
				.isEqualTo("{\"code\":\"00050000-00050303\",\"valid\":true,\"level\":\"school\","
						+ "\"name\":\"Roberta G. Doering School\",\"parent\":\"00050000\",\"closed\":false}");
		assertThat(json.writeValueAsString(results.get(2))).isEqualTo("{\"code\":\"00050303\",\"valid\":false,"
				+ "\"level\":null,\"name\":null,\"parent\":null,\"closed\":false}");
		assertThat(results.get(1).get("valid").asBoolean()).isFalse(); // the placeholder
		assertThat(results.get(3).get("valid").asBoolean()).isTrue();
		assertThat(results.get(3).get("parent").asString()).isEqualTo("00000000");
		assertThat(results.get(4).get("valid").asBoolean()).isFalse();
		assertThat(results.get(5)).isEqualTo(results.get(0));
	}

	@Test
	void mistypedCodesAreAnsweredWithWhatWasMeantWithinOnesOwn() throws Exception {
		String question = "{\"codes\":[\"50000\",\"350000\",\"nothing\"]}";
		JsonNode own = post("/api/organizations/suggestions", question, agawamCoordinator, 200).get("results");
		assertThat(json.writeValueAsString(own)).isEqualTo(
				"[{\"code\":\"50000\",\"suggestion\":\"00050000\",\"name\":\"Agawam\"},"
						+ "{\"code\":\"350000\",\"suggestion\":null,\"name\":null},"
						+ "{\"code\":\"nothing\",\"suggestion\":null,\"name\":null}]");
		JsonNode all = post("/api/organizations/suggestions", question, serviceCenter, 200).get("results");
		assertThat(all.get(1).get("suggestion").asString()).isEqualTo("00350000");
		assertThat(code(post("/api/organizations/suggestions", codesBody(201), serviceCenter, 422)))
				.isEqualTo("too-many-codes");
		assertThat(code(post("/api/organizations/suggestions", question, null, 401))).isEqualTo("unauthenticated");
	}

	@Test
	void athousandCodesAreValidatedMoreAreRefused() throws Exception {
		assertThat(post(codesBody(1_000), serviceCenter, 200).get("results")).hasSize(1_000);
		assertThat(code(post(codesBody(1_001), serviceCenter, 422))).isEqualTo("too-many-codes");
	}

	@Test
	void aBodyThatIsNotAsAskedIsRefused() throws Exception {
		assertThat(code(post("{}", serviceCenter, 422))).isEqualTo("codes-required");
		assertThat(code(post("{\"codes\":[null]}", serviceCenter, 422))).isEqualTo("codes-required");
		assertThat(code(post("{\"codes\":", serviceCenter, 400))).isEqualTo("malformed-request");
		assertThat(code(post("{\"codes\":[\"" + "0".repeat(300_000) + "\"]}", serviceCenter, 400)))
				.isEqualTo("malformed-request");
	}

	@Test
	void theServiceIsReadyWithItsDirectory() throws Exception {
		assertThat(get("/actuator/health/readiness", null, 200).get("status").asString()).isEqualTo("UP");
	}

	private static String codesBody(int count) {
		return "{\"codes\":[" + String.join(",", Collections.nCopies(count, "\"" + DOERING + "\"")) + "]}";
	}

	private static String code(JsonNode problem) {
		return problem.get("code").asString();
	}

	private static List<String> codes(JsonNode page) {
		return page.get("items").valueStream().map(item -> item.get("code").asString()).toList();
	}

	private JsonNode get(String path, @Nullable String token, int status) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(path)), token, status);
	}

	private JsonNode post(String body, @Nullable String token, int status) throws IOException, InterruptedException {
		return post("/api/organizations/validations", body, token, status);
	}

	private JsonNode post(String path, String body, @Nullable String token, int status)
			throws IOException, InterruptedException {
		return send(
				HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/json")
						.POST(BodyPublishers.ofString(body)),
				token, status);
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + port + path);
	}

	private JsonNode send(HttpRequest.Builder request, @Nullable String token, int status)
			throws IOException, InterruptedException {
		if (token != null) request.header("Authorization", "Bearer " + token);
		HttpRequest sent = request.build();
		HttpResponse<String> response = http.send(sent, BodyHandlers.ofString());
		if (sent.uri().getPath().startsWith("/api/")) {
			OpenApi.of("organizations").check(sent.method(), sent.uri().getPath(), response.statusCode(),
					response.headers().firstValue("Content-Type").orElse(null), response.body().getBytes(UTF_8));
		}
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		if (status >= 400) {
			assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
		}
		return json.readTree(response.body());
	}
}
