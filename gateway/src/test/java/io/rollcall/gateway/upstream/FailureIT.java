package io.rollcall.gateway.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.unit.DataSize;

import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.signin.SessionTokens;
import io.rollcall.gateway.testing.Gateway;
import io.rollcall.gateway.testing.RawClient;
import io.rollcall.gateway.testing.RawService;
import io.rollcall.gateway.testing.Service;
import io.rollcall.standalone.ports.FreePorts;

import static io.rollcall.gateway.testing.Gateway.assertProblem;
import static io.rollcall.gateway.testing.Gateway.request;
import static io.rollcall.gateway.testing.Gateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class FailureIT {
	private static final Service SILENT = Service.start();
	private static final RawService BROKEN = RawService.start();
	private static final List<AutoCloseable> OPEN = new ArrayList<>();

	@DynamicPropertySource
	static void services(DynamicPropertyRegistry properties) {
		Gateway.register(properties);
		properties.add("rollcall.gateway.services.users", () -> "http://localhost:" + FreePorts.one());
		properties.add("rollcall.gateway.services.imports", SILENT::address);
		properties.add("rollcall.gateway.services.organizations", BROKEN::address);
		properties.add("rollcall.gateway.response-timeout", () -> "1s");
		properties.add("rollcall.gateway.larger-requests.[/api/organizations]", () -> "6MB");
	}

	@AfterAll
	static void closeAll() throws Exception {
		for (AutoCloseable open : OPEN)
			open.close();
	}

	@LocalServerPort
	private int port;
	@Autowired
	private SessionTokens sessions;

	@Test
	void aServiceThatIsDownIsSaidToBeAway() throws Exception {
		for (var request : List.of(request(port, "/api/users"),
				request(port, "/auth/oauth2/token").POST(BodyPublishers.ofString("grant_type=client_credentials")),
				request(port, "/api/users").POST(BodyPublishers.ofByteArray(new byte[100_000])))) {
			HttpResponse<String> response = send(request);
			assertProblem(response, 503, "service-unavailable");
			assertThat(response.headers().firstValue("Retry-After")).contains("5");
		}
	}

	@Test
	void aServiceThatTakesNoConnectionIsNotWaitedForLong() throws Exception {
		// Nobody accepts, and the queue of those who wait is full: the next one's packets are dropped.
		var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		OPEN.add(full);
		for (int i = 0; i < 3; i++) {
			var waiting = new Socket();
			OPEN.add(waiting);
			try {
				waiting.connect(full.getLocalSocketAddress(), 200);
			} catch (IOException e) {
				break;
			}
		}
		var address = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");
		var settings = new GatewaySettings(GatewaySettings.Site.PORTAL, address, address, DataSize.ofMegabytes(6),
				Map.of(),
				Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(1), List.of(),
				new GatewaySettings.Services(address, address, address, address));
		var exchange = new UpstreamExchange(settings, sessions);
		OPEN.add(exchange::destroy);
		long start = System.nanoTime();
		assertThatThrownBy(() -> exchange.open(new HttpUriRequestBase("GET", address)))
				.isInstanceOf(Refusal.Refused.class)
				.hasMessage("service-unavailable");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
	}

	@Test
	void aServiceThatDoesNotAnswerIsNotWaitedForLong() throws Exception {
		var done = new CountDownLatch(1);
		SILENT.answers(exchange -> {
			try {
				done.await();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		});
		long start = System.nanoTime();
		HttpResponse<String> response = send(request(port, "/api/imports").POST(BodyPublishers.ofString("x")));
		done.countDown();

		assertProblem(response, 503, "service-no-answer");
		assertThat(response.headers().firstValue("Retry-After")).contains("5");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900),
				Duration.ofSeconds(15));
	}

	@Test
	void aServiceThatDiesBeforeItsAnswerHasNotAnswered() throws Exception {
		BROKEN.answers("");
		assertProblem(send(request(port, "/api/organizations")), 503, "service-no-answer");
	}

	@Test
	void aServiceThatDiesWhileABodyComesHasNotAnswered() throws Exception {
		BROKEN.answers("");
		for (int attempt = 0; attempt < 5; attempt++) {
			try (var raw = new RawClient(port)) {
				raw.send("POST /api/organizations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6000000\r\n\r\n");
				// As a browser does: it goes on until there is an answer. What the gateway has passed on before the service was gone
				// lies in buffers, and only with what comes next it learns that.
				for (int sent = 0; sent < 5_900_000 && !raw.hasAnswer(); sent += 100_000)
					raw.send(new byte[100_000]);
				assertThat(raw.readUntil("}")).startsWith("HTTP/1.1 503").contains("service-no-answer");
			}
		}
	}

	@Test
	void anAnswerThatIsNoHttpIsBroken() throws Exception {
		BROKEN.answers("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n");
		assertProblem(send(request(port, "/api/organizations")), 502, "service-broken-answer");
	}

	@Test
	void anAnswerThatBreaksOffEarlyIsBroken() throws Exception {
		BROKEN.answers("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"half\":");
		assertProblem(send(request(port, "/api/organizations")), 502, "service-broken-answer");
		BROKEN.answers(
				"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"half\":\r\n");
		assertProblem(send(request(port, "/api/organizations")), 502, "service-broken-answer");
	}

	@Test
	void anAnswerThatBreaksOffLateDoesNotLookComplete() throws Exception {
		String much = "x".repeat(100_000);
		BROKEN.answers("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n" + much
				+ "\r\n");
		assertThatThrownBy(() -> send(request(port, "/api/organizations"))).isInstanceOf(IOException.class);
		try (var raw = new RawClient(port)) {
			raw.send("GET /api/organizations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			String answer = raw.readAll();
			assertThat(answer).startsWith("HTTP/1.1 200").doesNotContain("\r\n0\r\n\r\n").doesNotContain("problem",
					"<html");
		}

		BROKEN.answers("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 200000\r\n\r\n" + much);
		assertThatThrownBy(() -> send(request(port, "/api/organizations"))).isInstanceOf(IOException.class);
		BROKEN.answers(
				"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\n");
		assertThatThrownBy(() -> send(request(port, "/api/organizations"))).isInstanceOf(IOException.class);
	}

	@Test
	void aDeadServiceTakesNothingElseDown() throws Exception {
		assertThat(send(request(port, "/actuator/health/readiness")).statusCode()).isEqualTo(200);
		assertThat(send(request(port, "/actuator/health")).statusCode()).isEqualTo(200);
		BROKEN.answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
		assertThat(send(request(port, "/api/organizations")).body()).isEqualTo("ok");
	}
}
