package io.rollcall.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A service behind the gateway: a real HTTP server that keeps what it was sent and answers what the test says. */
public final class Service {
	/** @param body empty when the handler of the test has read it itself, or could not */
	public record Seen(String method, URI uri, Headers headers, byte[] body) {}

	private final HttpServer server;
	private final AtomicReference<HttpHandler> handler = new AtomicReference<>(Service::ok);
	private final AtomicReference<@Nullable Seen> seen = new AtomicReference<>();

	private Service(HttpServer server) {
		this.server = server;
	}

	public static Service start() {
		try {
			var service = new Service(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			service.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
			service.server.createContext("/", exchange -> {
				try (exchange) {
					service.handler.get().handle(exchange);
				}
			});
			service.server.start();
			return service;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public String address() {
		return "http://localhost:" + server.getAddress().getPort();
	}

	/** Answers every request so, after its body has been kept. */
	public void answers(HttpHandler answer) {
		seen.set(null);
		handler.set(exchange -> {
			seen.set(new Seen(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(),
					exchange.getRequestBody().readAllBytes()));
			answer.handle(exchange);
		});
	}

	/** As {@link #answers(HttpHandler)}, but the test reads the body itself. */
	public void answersUnread(HttpHandler answer) {
		seen.set(null);
		handler.set(answer);
	}

	public void answersOk() {
		answers(Service::ok);
	}

	public void answers(int status, String type, String body) {
		answers(exchange -> write(exchange, status, type, body));
	}

	/** The last request that came whole since the answer was set. */
	public Seen seen() {
		return Objects.requireNonNull(seen.get(), "no request came whole");
	}

	public boolean hasSeenNothing() {
		return seen.get() == null;
	}

	public static void write(HttpExchange exchange, int status, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	private static void ok(HttpExchange exchange) throws IOException {
		write(exchange, 200, "application/json", "{}");
	}
}
