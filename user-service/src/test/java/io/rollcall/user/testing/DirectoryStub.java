package io.rollcall.user.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.user.directory.Organization;

/** Answers as org-directory-service does, for the organizations of the fixtures; can be away. */
public final class DirectoryStub {
	/** As org-directory-service has it. */
	private static final int LARGEST_QUESTION = 262_144;

	private final HttpServer server;
	private final AtomicInteger refused = new AtomicInteger();
	private volatile boolean away;

	private DirectoryStub(HttpServer server) {
		this.server = server;
	}

	public static DirectoryStub start() {
		try {
			var stub = new DirectoryStub(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			stub.server.createContext("/api/organizations/validations", stub::answer);
			stub.server.start();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> stub.server.stop(0)));
			return stub;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public String url() {
		return "http://localhost:" + server.getAddress().getPort();
	}

	public void stopAnswering() {
		refused.set(0);
		away = true;
	}

	public void answerAgain() {
		away = false;
	}

	/** How often it was asked while away. */
	public int refused() {
		return refused.get();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] asked = exchange.getRequestBody().readAllBytes();
			if (asked.length > LARGEST_QUESTION) {
				exchange.sendResponseHeaders(413, -1);
				return;
			}
			var question = JsonMapper.shared().readTree(asked);
			if (away) {
				refused.incrementAndGet();
				exchange.sendResponseHeaders(503, -1);
				return;
			}
			List<Map<String, Object>> results = new ArrayList<>();
			question.get("codes").forEach(code -> results.add(result(code.asString())));
			byte[] body = JsonMapper.shared().writeValueAsBytes(Map.of("results", results));
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private static Map<String, Object> result(String code) {
		Organization known = Fixtures.DIRECTORY.get(code);
		Map<String, Object> result = new HashMap<>(Map.of("code", code, "valid", known != null));
		if (known != null) {
			result.put("level", known.level().name().toLowerCase(Locale.ROOT));
			if (!known.district().equals(code)) result.put("parent", known.district());
		}
		return result;
	}
}
