package io.rollcall.acceptance.system;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/operations} through the gateway, for the API client of the operations' account. */
public final class Operations {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	public static final List<String> PARTS = List.of("users", "imports", "mails", "organizations");

	private final GatewayClient gateway;
	private final String secret;

	Operations(URI gateway, String secret) {
		this.gateway = new GatewayClient(gateway);
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

	public HttpResponse<byte[]> send(String method, String path, @Nullable String body) {
		var request = HttpRequest.newBuilder().header("Authorization", "Bearer " + gateway.token("operations", secret));
		if (body != null) request.header("Content-Type", "application/json");
		return gateway.exchange(path,
				request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
	}
}
