package io.rollcall.acceptance.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A proxy as stands before some schools' networks: it passes an answer on when it has all of it. */
final class BufferingProxy implements AutoCloseable {
	/** What concerns one hop alone, and what the client writes itself. */
	private static final Set<String> OF_A_HOP = Set.of("connection", "proxy-connection", "keep-alive",
			"transfer-encoding",
			"upgrade", "expect", "te", "host", "content-length");

	private final HttpServer server;
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER).build();
	private final AtomicInteger streams = new AtomicInteger();

	private BufferingProxy(HttpServer server) {
		this.server = server;
	}

	static BufferingProxy start() {
		try {
			var proxy = new BufferingProxy(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			proxy.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
			proxy.server.createContext("/", proxy::pass);
			proxy.server.start();
			return proxy;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	String address() {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	/** Whether it holds a stream of events back, until it is over. */
	boolean holdsAStream() {
		return streams.get() > 0;
	}

	private void pass(HttpExchange exchange) throws IOException {
		boolean stream = "text/event-stream".equals(exchange.getRequestHeaders().getFirst("Accept"));
		if (stream) streams.incrementAndGet();
		try (exchange) {
			HttpResponse<byte[]> answer = client.send(asked(exchange), BodyHandlers.ofByteArray());
			answer.headers().map().forEach((name, values) -> {
				if (isPassed(name)) exchange.getResponseHeaders().put(name, values);
			});
			byte[] body = answer.body();
			exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
			if (body.length > 0) exchange.getResponseBody().write(body);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} finally {
			if (stream) streams.decrementAndGet();
		}
	}

	private static HttpRequest asked(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		var request = HttpRequest.newBuilder(exchange.getRequestURI()).method(exchange.getRequestMethod(),
				body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
		exchange.getRequestHeaders().forEach((name, values) -> {
			if (isPassed(name)) values.forEach(value -> request.header(name, value));
		});
		return request.build();
	}

	private static boolean isPassed(String header) {
		String name = header.toLowerCase(Locale.ROOT);
		return !OF_A_HOP.contains(name) && !name.startsWith(":");
	}

	@Override
	public void close() {
		server.stop(0);
		client.shutdownNow();
	}
}
