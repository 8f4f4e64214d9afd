package io.rollcall.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.rollcall.gateway.testing.Gateway;
import io.rollcall.gateway.testing.RawClient;
import io.rollcall.gateway.testing.Service;

import static io.rollcall.gateway.testing.Gateway.IMPORTS;
import static io.rollcall.gateway.testing.Gateway.USERS;
import static io.rollcall.gateway.testing.Gateway.assertProblem;
import static io.rollcall.gateway.testing.Gateway.send;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class UploadIT {
	private static final int KB = 1024;
	private static final int MB = 1024 * KB;

	@DynamicPropertySource
	static void services(DynamicPropertyRegistry properties) {
		Gateway.register(properties);
	}

	@LocalServerPort
	private int port;

	@BeforeEach
	void allServicesAnswer() {
		List.of(USERS, IMPORTS).forEach(Service::answersOk);
	}

	@Test
	void anUploadPassesByteForByte() throws Exception {
		byte[] body = multipart(noise(5 * MB));
		for (var publisher : List.of(BodyPublishers.ofByteArray(body),
				BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))) {
			IMPORTS.answersOk();
			HttpResponse<String> response = send(upload(publisher));

			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(IMPORTS.seen().body()).isEqualTo(body);
			assertThat(IMPORTS.seen().headers().get("Content-Type"))
					.containsExactly("multipart/form-data; boundary=b0undary");
			assertThat(IMPORTS.seen().headers().get("Idempotency-Key")).containsExactly("k1");
		}
	}

	@Test
	void anUploadIsPassedOnWhileItComes() throws Exception {
		var firstBytes = new CompletableFuture<String>();
		IMPORTS.answersUnread(exchange -> {
			InputStream in = exchange.getRequestBody();
			firstBytes.complete(new String(in.readNBytes(5), UTF_8));
			in.readAllBytes();
			Service.write(exchange, 202, "application/json", "{}");
		});
		try (var raw = new RawClient(port)) {
			raw.send(
					"POST /api/imports HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
			raw.send("10000\r\nfirst" + "x".repeat(0x10000 - 5) + "\r\n"); // more than the buffers on the way hold
			assertThat(firstBytes.get(90, TimeUnit.SECONDS)).isEqualTo("first");
			raw.send("4\r\nlast\r\n0\r\n\r\n");
			assertThat(raw.readAll()).startsWith("HTTP/1.1 202 ");
		}
	}

	@Test
	void theLimitItselfPassesAndAByteMoreDoesNot() throws Exception {
		assertThat(send(upload(BodyPublishers.ofByteArray(new byte[6 * MB]))).statusCode()).isEqualTo(200);
		assertThat(send(chunked(new byte[6 * MB])).statusCode()).isEqualTo(200);

		IMPORTS.answersOk();
		assertProblem(send(upload(BodyPublishers.ofByteArray(new byte[6 * MB + 1]))), 413, "request-too-large");
		assertThat(IMPORTS.hasSeenNothing()).isTrue();
		var ended = howTheNextUploadEnds();
		assertProblem(send(chunked(new byte[6 * MB + 1])), 413, "request-too-large");
		assertThat(ended.get(90, TimeUnit.SECONDS)).isEqualTo("broke off");
	}

	@Test
	void thirtyMegabytesAreRefusedSoThatTheSenderSeesIt() throws Exception {
		byte[] noise = noise(30 * MB);
		assertProblem(send(upload(BodyPublishers.ofByteArray(noise))), 413, "request-too-large");
		assertProblem(send(chunked(noise)), 413, "request-too-large");

		try (var raw = new RawClient(port)) {
			raw.send(
					"POST /api/imports HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
			for (int sent = 0; sent < noise.length; sent += MB) {
				raw.send("100000\r\n");
				raw.send(Arrays.copyOfRange(noise, sent, sent + MB));
				raw.send("\r\n");
			}
			raw.send("0\r\n\r\n");
			assertThat(raw.readAll()).startsWith("HTTP/1.1 413 ").contains("\"code\":\"request-too-large\"");
		}
		assertThat(IMPORTS.hasSeenNothing()).isTrue();
	}

	@Test
	void whoAsksBeforeSendingIsToldAtOnce() throws Exception {
		String head = "POST /api/imports HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: ";
		try (var raw = new RawClient(port)) {
			raw.send(head + 900L * MB + "\r\n\r\n");
			assertThat(raw.readAll()).startsWith("HTTP/1.1 413 ").contains("\"code\":\"request-too-large\"");
		}
		try (var raw = new RawClient(port)) {
			raw.send(head + "5\r\n\r\n");
			assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
			raw.send("whole");
			assertThat(raw.readAll()).startsWith("HTTP/1.1 200 ");
		}
		assertThat(IMPORTS.seen().body()).isEqualTo("whole".getBytes(UTF_8));
	}

	@Test
	void whatIsReadAsAWholeMustBeSmaller() throws Exception {
		for (String path : List.of("/auth/oauth2/token", "/api/password-resets", "/api/users",
				"/api/imports/x/commit")) {
			HttpResponse<String> response = send(form(path, 128 * KB + 1));
			assertProblem(response, 413, "request-too-large");
			assertThat(response.body()).contains("The limit is 128 KB.");
		}
		assertThat(send(form("/auth/oauth2/token", 128 * KB)).statusCode()).isEqualTo(200);
		assertThat(USERS.seen().body()).isEqualTo(new byte[128 * KB]);
		for (String larger : List.of("/api/users/exports", "/api/users/row-validations", "/api/users/comparisons")) {
			assertThat(send(form(larger, 512 * KB)).statusCode()).isEqualTo(200);
			assertProblem(send(form(larger, 512 * KB + 1)), 413, "request-too-large");
		}
		for (String upload : List.of("/api/imports/tables", "/api/comparisons"))
			assertThat(send(form(upload, 6 * MB)).statusCode()).isEqualTo(200);
	}

	private HttpRequest.Builder form(String path, int bytes) {
		return Gateway.request(port, path).header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofByteArray(new byte[bytes]));
	}

	@Test
	void anUploadThatBreaksOffIsNoRequest() throws Exception {
		String half = "x".repeat(0x10000); // more than the buffers on the way hold
		for (String start : List.of("Content-Length: 200000\r\n\r\n" + half,
				"Transfer-Encoding: chunked\r\n\r\n10000\r\n" + half + "\r\n")) {
			var ended = howTheNextUploadEnds();
			try (var raw = new RawClient(port)) {
				raw.send("POST /api/imports HTTP/1.1\r\nHost: localhost\r\n" + start);
			}
			assertThat(ended.get(90, TimeUnit.SECONDS)).isEqualTo("broke off");
		}
	}

	@Test
	void aBodyThatDripsIsGivenUpAndHoldsNoConnectionToTheService() throws Exception {
		var ended = howTheNextUploadEnds();
		try (var raw = new RawClient(port)) {
			raw.send("POST /api/imports HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
			raw.send("10000\r\n" + "x".repeat(0x10000) + "\r\n"); // more than the buffers on the way hold
			await().pollInterval(Duration.ofMillis(200)).until(() -> {
				raw.send("1\r\nx\r\n");
				return raw.hasAnswer();
			});
			assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 408 ");
		}
		assertThat(ended.get(90, TimeUnit.SECONDS)).isEqualTo("broke off");
	}

	private static CompletableFuture<String> howTheNextUploadEnds() {
		var ended = new CompletableFuture<String>();
		IMPORTS.answersUnread(exchange -> {
			try {
				int came = exchange.getRequestBody().readAllBytes().length;
				String announced = exchange.getRequestHeaders().getFirst("Content-Length");
				boolean whole = announced == null || came == Integer.parseInt(announced);
				ended.complete(whole ? "came whole" : "broke off");
			} catch (IOException e) {
				ended.complete("broke off");
			}
		});
		return ended;
	}

	private HttpRequest.Builder upload(HttpRequest.BodyPublisher body) {
		return Gateway.request(port, "/api/imports").header("Content-Type", "multipart/form-data; boundary=b0undary")
				.header("Idempotency-Key", "k1").POST(body);
	}

	private HttpRequest.Builder chunked(byte[] body) {
		return upload(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
	}

	private static byte[] noise(int length) {
		byte[] noise = new byte[length];
		new Random(7).nextBytes(noise);
		return noise;
	}

	private static byte[] multipart(byte[] file) {
		byte[] head = ("--b0undary\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\nadd\r\n"
				+ "--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"é.csv\"\r\n"
				+ "Content-Type: text/csv\r\n\r\n").getBytes(UTF_8);
		byte[] tail = "\r\n--b0undary--\r\n".getBytes(UTF_8);
		byte[] body = new byte[head.length + file.length + tail.length];
		System.arraycopy(head, 0, body, 0, head.length);
		System.arraycopy(file, 0, body, head.length, file.length);
		System.arraycopy(tail, 0, body, head.length + file.length, tail.length);
		return body;
	}
}
