package io.rollcall.user.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A proxy that compresses what passes and says so in the entity tag, as nginx, Apache and Jetty do each in a way of its own. */
public final class CompressingProxy implements AutoCloseable {
	private static final List<String> PASSED_ON = List.of("Authorization", "Content-Type", "If-Match", "If-None-Match");

	private final HttpServer server;
	private final String service;
	private final UnaryOperator<String> tag;
	private final HttpClient http = HttpClient.newHttpClient();

	/** @param tag what becomes of the tag of an answer */
	public CompressingProxy(String service, UnaryOperator<String> tag) {
		this.service = service;
		this.tag = tag;
		try {
			server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		server.createContext("/", this::pass);
		server.start();
	}

	public String address() {
		return "http://localhost:" + server.getAddress().getPort();
	}

	private void pass(HttpExchange exchange) throws IOException {
		try (exchange) {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + exchange.getRequestURI())).method(
					exchange.getRequestMethod(), BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
			for (String name : PASSED_ON)
				exchange.getRequestHeaders().getOrDefault(name, List.of())
						.forEach(value -> request.header(name, value));
			HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
			answer.headers().firstValue("Content-Type")
					.ifPresent(it -> exchange.getResponseHeaders().set("Content-Type", it));
			answer.headers().firstValue("ETag").map(tag).ifPresent(it -> exchange.getResponseHeaders().set("ETag", it));
			exchange.getResponseHeaders().set("Content-Encoding", "gzip");
			byte[] body = compressed(answer.body());
			exchange.sendResponseHeaders(answer.statusCode(), body.length);
			exchange.getResponseBody().write(body);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static byte[] compressed(byte[] body) throws IOException {
		var bytes = new ByteArrayOutputStream();
		try (var gzip = new GZIPOutputStream(bytes)) {
			gzip.write(body);
		}
		return bytes.toByteArray();
	}

	@Override
	public void close() {
		server.stop(0);
	}
}
