package io.rollcall.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/operations} through the gateway, for the API client of the operations' account. */
public final class Operations {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	public static final List<String> PARTS = List.of("users", "imports", "mails", "organizations");

	private final URI gateway;
	private final String secret;
	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofSeconds(5)).build();

	Operations(URI gateway, String secret) {
		this.gateway = gateway;
		this.secret = secret;
	}

	/** The codes of all alerts there are, as the page shows them; {@code PART-away} for a service that does not answer. */
	public List<String> alerts() {
		var alerts = new ArrayList<String>();
		for (String part : PARTS) {
			HttpResponse<byte[]> answer = send("GET", "/api/operations/" + part + "/pipeline", null);
			if (answer.statusCode() == 200)
				JSON.readTree(answer.body()).path("alerts").forEach(it -> alerts.add(it.path("code").asString()));
			else
				alerts.add(part + "-away");
		}
		return alerts;
	}

	/** The open dead letters of a part. */
	public List<JsonNode> deadLetters(String part) {
		var letters = new ArrayList<JsonNode>();
		for (int page = 0, pages = 1; page < pages; page++) {
			JsonNode list = get("/api/operations/" + part + "/dead-letters?size=1000&page=" + page);
			pages = list.path("totalPages").asInt();
			list.path("items").forEach(letters::add);
		}
		return letters;
	}

	/** @param what {@code replays} or {@code discards}; returns how often each outcome */
	public Map<String, Integer> settle(String part, String what, List<String> ids) {
		var outcomes = new TreeMap<String, Integer>();
		for (int from = 0; from < ids.size(); from += 1000) {
			String body = JSON.writeValueAsString(Map.of("ids", ids.subList(from, Math.min(ids.size(), from + 1000))));
			HttpResponse<byte[]> answer = send("POST", "/api/operations/" + part + "/dead-letters/" + what, body);
			if (answer.statusCode() != 200) throw new AssertionError(what + ": " + answer.statusCode());
			JSON.readTree(answer.body()).path("results")
					.forEach(it -> outcomes.merge(it.path("outcome").asString(), 1, Integer::sum));
		}
		return outcomes;
	}

	/** An answer that must be a good one. */
	public JsonNode get(String path) {
		HttpResponse<byte[]> answer = send("GET", path, null);
		if (answer.statusCode() != 200) throw new AssertionError(path + ": " + answer.statusCode());
		return JSON.readTree(answer.body());
	}

	public HttpResponse<byte[]> send(String method, String path, @org.jspecify.annotations.Nullable String body) {
		var request = HttpRequest.newBuilder().header("Authorization", "Bearer " + token());
		if (body != null) request.header("Content-Type", "application/json");
		return exchange(path,
				request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
	}

	private String token() {
		String client = Base64.getEncoder().encodeToString(
				("operations:" + URLEncoder.encode(secret, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
		HttpResponse<byte[]> answer = exchange("/auth/oauth2/token",
				HttpRequest.newBuilder().header("Authorization", "Basic " + client)
						.header("Content-Type", "application/x-www-form-urlencoded")
						.POST(BodyPublishers.ofString("grant_type=client_credentials")));
		if (answer.statusCode() != 200) throw new AssertionError("No token for operations: " + answer.statusCode());
		return JSON.readTree(answer.body()).path("access_token").asString();
	}

	private HttpResponse<byte[]> exchange(String path, HttpRequest.Builder request) {
		try {
			return http.send(request.uri(gateway.resolve(path)).timeout(Duration.ofSeconds(30)).build(),
					BodyHandlers.ofByteArray());
		} catch (IOException e) {
			throw new UncheckedIOException(path, e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
