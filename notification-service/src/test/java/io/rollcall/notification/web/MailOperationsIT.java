package io.rollcall.notification.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import io.rollcall.notification.RunningService;
import io.rollcall.platform.persistence.PauseSwitch;
import io.rollcall.testing.Backends;
import io.rollcall.testing.OpenApi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MailOperationsIT extends RunningService {
	private static final HttpClient HTTP = HttpClient.newHttpClient();
	private static final OpenApi DOCUMENT = OpenApi.of("mails");

	@LocalServerPort
	int port;
	@Autowired
	PauseSwitch sending;

	private final UUID operator = UUID.randomUUID();
	private final String operations = Backends.issuer().token(operator, "OPS", List.of(), List.of(), List.of());

	@AfterEach
	void resume() {
		call("POST", "/resume", operations);
	}

	@Test
	void whilePausedNothingGoesOutAndNothingIsLost() {
		JsonNode paused = json(call("POST", "/pause", operations));
		assertThat(paused.path("paused").asBoolean()).isTrue();
		assertThat(paused.path("by").asString()).isEqualTo(operator.toString());

		List<Person> people = java.util.stream.Stream.generate(Person::any).limit(10).toList();
		people.forEach(person -> publish(issued(person)));
		await().until(() -> json(call("GET", "", operations)).path("open").asInt() == 10);
		await().until(() -> json(call("GET", "", operations)).path("heldHere").asInt() == 10);
		assertThat(people).allMatch(person -> received(person.address()).isEmpty());

		JsonNode resumed = json(call("POST", "/resume", operations));
		assertThat(resumed.path("paused").asBoolean()).isFalse();
		people.forEach(person -> assertThat(mails(person, 4)).extracting(mail -> mail.subject()).containsExactly(
				"Your username for the MCAS Portal", "Your password for the MCAS Portal",
				"Your username for the MCAS Training Site", "Your password for the MCAS Training Site"));
		allIsDone();
		people.forEach(person -> assertThat(received(person.address())).hasSize(4));
	}

	@Test
	void whatAnotherInstancePausedAndResumedIsSoHereWithinSeconds() {
		sending.turn(true, operator.toString(), Instant.now());
		await().until(() -> json(call("GET", "", operations)).path("paused").asBoolean());
		Person person = Person.any();
		awaitLook();
		publish(issued(person));
		await().until(() -> json(call("GET", "", operations)).path("heldHere").asInt() == 1);
		assertThat(received(person.address())).isEmpty();

		sending.turn(false, operator.toString(), Instant.now());
		mails(person, 4);
	}

	/** Until this instance has looked at what others decided: it gives a sign of life before each look. */
	private void awaitLook() {
		long before = signsOfLife();
		await().until(() -> signsOfLife() > before + 1);
	}

	private long signsOfLife() {
		return collection("senders").stream().mapToLong(sender -> sender.getLong("count")).sum();
	}

	@Test
	void ofSeveralWhoPauseAtOnceOneDidItAndAllAreToldThatOne() throws Exception {
		for (int round = 0; round < 20; round++) {
			sending.turn(false, operator.toString(), Instant.now());
			Set<String> told = ConcurrentHashMap.newKeySet();
			var together = new CyclicBarrier(8);
			try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
				for (int i = 0; i < 8; i++) {
					String by = "operator-" + i;
					threads.submit(() -> {
						together.await();
						return told.add(String.valueOf(sending.turn(true, by, Instant.now()).by()));
					});
				}
			}
			assertThat(told).hasSize(1).containsExactly(sending.state().by());
		}
	}

	@Test
	void pausingTwiceIsPausingOnce() {
		JsonNode first = json(call("POST", "/pause", operations));
		String other = Backends.issuer().token(UUID.randomUUID(), "OPS", List.of(), List.of(), List.of());
		JsonNode second = json(call("POST", "/pause", other));
		assertThat(second.path("by")).isEqualTo(first.path("by"));
		assertThat(second.path("since")).isEqualTo(first.path("since"));
	}

	@Test
	void onlyOperationsMayAskOrCommand() {
		String coordinator = Backends.issuer().districtCoordinator(UUID.randomUUID(), "00050000");
		for (String token : List.of(coordinator, Backends.issuer().serviceCenter())) {
			assertThat(call("GET", "", token).statusCode()).isEqualTo(403);
			assertThat(call("POST", "/pause", token).statusCode()).isEqualTo(403);
			assertThat(call("POST", "/resume", token).statusCode()).isEqualTo(403);
		}
		assertThat(call("POST", "/pause", "").statusCode()).isEqualTo(401);
		assertThat(json(call("GET", "", operations)).path("paused").asBoolean()).isFalse();
	}

	private JsonNode json(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return json.readTree(answer.body());
	}

	private HttpResponse<String> call(String method, String path, String token) {
		var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/operations/mails" + path))
				.method(method, BodyPublishers.noBody());
		if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
		try {
			HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
			DOCUMENT.check(method, answer.uri().getPath(), answer.statusCode(),
					answer.headers().firstValue("Content-Type").orElse(null), answer.body().getBytes(UTF_8));
			return answer;
		} catch (IOException e) {
			throw new java.io.UncheckedIOException(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
