package io.rollcall.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.sun.net.httpserver.HttpExchange;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.rollcall.gateway.testing.Gateway;
import io.rollcall.gateway.testing.RawClient;

import static io.rollcall.gateway.testing.Gateway.IMPORTS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class StreamingIT {
	private static final String REQUEST = "GET /api/imports/7/progress HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";

	@DynamicPropertySource
	static void services(DynamicPropertyRegistry properties) {
		Gateway.register(properties);
	}

	@LocalServerPort
	private int port;

	@Test
	void anEventArrivesBeforeTheNextIsSent() throws Exception {
		var firstArrived = new CountDownLatch(1);
		IMPORTS.answers(exchange -> {
			OutputStream out = openStream(exchange);
			event(out, "one");
			await(firstArrived);
			event(out, "two");
		});
		try (var raw = new RawClient(port)) {
			raw.send(REQUEST);
			assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200").contains("text/event-stream");
			assertThat(raw.readUntil("data: one\n\n")).endsWith("data: one\n\n");
			firstArrived.countDown();
			assertThat(raw.readUntil("data: two\n\n")).endsWith("data: two\n\n");
			assertThat(raw.readUntil("0\r\n\r\n")).endsWith("0\r\n\r\n"); // the end is the stream's own
		}
	}

	@Test
	void theHeadersArriveBeforeTheFirstEvent() throws Exception {
		var headersArrived = new CountDownLatch(1);
		IMPORTS.answers(exchange -> {
			OutputStream out = openStream(exchange);
			out.flush();
			await(headersArrived);
			event(out, "one");
		});
		try (var raw = new RawClient(port)) {
			raw.send(REQUEST);
			assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200").contains("\r\nX-Accel-Buffering: no\r\n",
					"\r\nCache-Control: no-store, no-transform\r\n"); // what a proxy in front goes by
			headersArrived.countDown();
			assertThat(raw.readUntil("data: one\n\n")).endsWith("data: one\n\n");
		}
	}

	@Test
	void aStreamMayLastLongerThanTheResponseTimeout() throws Exception {
		long start = System.nanoTime();
		IMPORTS.answers(exchange -> {
			OutputStream out = openStream(exchange);
			for (int i = 0; i < 10; i++) {
				event(out, "beat");
				pause();
			}
			event(out, "last");
		});
		try (var raw = new RawClient(port)) {
			raw.send(REQUEST);
			assertThat(raw.readUntil("data: last\n\n")).endsWith("data: last\n\n");
		}
		assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(2_500)); // the tests' timeout is 2 s
	}

	@Test
	void aServiceLearnsThatNobodyListensAnyMore() throws Exception {
		var noticed = new CompletableFuture<Boolean>();
		IMPORTS.answers(exchange -> {
			OutputStream out = openStream(exchange);
			try {
				for (int i = 0; i < 100; i++) {
					event(out, "beat");
					pause();
				}
				noticed.complete(false);
			} catch (IOException e) {
				noticed.complete(true);
			}
		});
		try (var raw = new RawClient(port)) {
			raw.send(REQUEST);
			raw.readUntil("data: beat\n\n");
		}
		assertThat(noticed.get(90, TimeUnit.SECONDS)).isTrue();
	}

	/** A session's stream ends with the session; of a token that came by itself nobody knows more than its end. */
	@Test
	void aStreamEndsWithTheTokenThatItWasAskedForBy() throws Exception {
		IMPORTS.answers(exchange -> {
			OutputStream out = openStream(exchange);
			try (out) {
				while (true) {
					event(out, "beat");
					pause();
				}
			} catch (IOException e) {
				// nobody listens any more
			}
		});
		Date end = Date.from(Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS)); // as fine as a token says it
		String token = new PlainJWT(new JWTClaimsSet.Builder().expirationTime(end).build()).serialize();
		try (var raw = new RawClient(port)) {
			raw.send(REQUEST.replace("\r\n\r\n", "\r\nAuthorization: Bearer " + token + "\r\n\r\n"));
			assertThat(raw.readUntil("data: beat\n\n")).contains("data: beat");
			assertThat(raw.readUntil("0\r\n\r\n")).endsWith("0\r\n\r\n");
		}
		assertThat(new Date()).isAfterOrEqualTo(end);
	}

	private static OutputStream openStream(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=UTF-8");
		exchange.sendResponseHeaders(200, 0);
		return exchange.getResponseBody();
	}

	private static void event(OutputStream out, String data) throws IOException {
		out.write(("data: " + data + "\n\n").getBytes(UTF_8));
		out.flush();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(90, TimeUnit.SECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/** The pace of a service that sends events; nothing is waited for by it. */
	private static void pause() {
		try {
			Thread.sleep(300);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
