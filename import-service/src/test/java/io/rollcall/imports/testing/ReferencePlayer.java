package io.rollcall.imports.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers as org-directory-service and user-service do when they are asked what was meant; can be away. */
public final class ReferencePlayer {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final Map<String, Map<String, String>> MEANT = Map.of(
			"50000", Map.of("code", "50000", "suggestion", "00050000", "name", "Agawam"),
			"00050000-00050303",
			Map.of("code", "00050000-00050303", "suggestion", "00050000-00050303", "name", "Doering"));
	private static final ReferencePlayer INSTANCE = new ReferencePlayer();

	private final HttpServer server;
	private volatile boolean away;
	private volatile Function<JsonNode, Compared> comparing = _ -> new Compared(503, Map.of());

	/** An answer to the question what a list says of the accounts. */
	public record Compared(int status, Object body) {}

	private ReferencePlayer() {
		try {
			server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		server.createContext("/api/organizations/suggestions", exchange -> {
			List<Object> results = new ArrayList<>();
			JSON.readTree(exchange.getRequestBody()).path("codes").forEach(
					code -> results.add(MEANT.getOrDefault(code.asString(), Map.of("code", code.asString()))));
			answer(exchange, Map.of("results", results));
		});
		server.createContext("/api/reference", exchange -> answer(exchange,
				Map.of("programs", List.of(program("1030", "MCAS Grades 3-8"), program("1034", "MCAS High School"),
						Map.of("id", "1036", "name", "Demonstration", "districts", List.of("00-771777"))))));
		server.createContext("/api/users/comparisons", exchange -> {
			Compared compared = comparing.apply(JSON.readTree(exchange.getRequestBody()));
			answer(exchange, compared.status(), compared.body());
		});
		server.start();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
	}

	private static Map<String, Object> program(String id, String name) {
		return Map.of("id", id, "name", name, "districts", List.of());
	}

	public static ReferencePlayer playing() {
		return INSTANCE;
	}

	public String url() {
		return "http://localhost:" + server.getAddress().getPort();
	}

	public void setAway(boolean away) {
		this.away = away;
	}

	/** What is said of a list where nobody has an account. */
	public static Compared allNew(JsonNode question) {
		Object row = Map.of("group", "new", "changes", List.of(), "notes", List.of(), "warnings", List.of());
		return new Compared(200, Map.of("people", 0, "affected", 0, "held", false, "records",
				Collections.nCopies(question.path("rows").size(), row), "left", List.of(), "kept", List.of()));
	}

	/** How user-service compares from now on. */
	public void compares(Function<JsonNode, Compared> comparing) {
		this.comparing = comparing;
	}

	private void answer(HttpExchange exchange, Object body) throws IOException {
		answer(exchange, 200, body);
	}

	private void answer(HttpExchange exchange, int status, Object body) throws IOException {
		try (exchange) {
			boolean signed = exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer ey");
			byte[] bytes = JSON.writeValueAsBytes(body);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(away ? 503 : signed ? status : 401, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}
}
