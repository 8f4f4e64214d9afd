package io.rollcall.imports.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.UserCommandResult;
import io.rollcall.contracts.UserEvent;
import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.testing.Backends;

import static io.rollcall.imports.testing.Client.file;
import static org.assertj.core.api.Assertions.assertThat;

class ProgressIT extends WholeService {
	private static final HttpClient HTTP = HttpClient.newHttpClient();

	@LocalServerPort
	int port;

	@Autowired
	private AcknowledgedPublisher publisher;
	@Autowired
	private CloudEvents events;

	private Client client;
	private final List<Stream> streams = new ArrayList<>();

	@BeforeEach
	void prepare() {
		UserServicePlayer.playing();
		client = new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "D" + UUID.randomUUID()));
	}

	private JsonNode openImport(int rows) {
		return client.upload("add", file("silentProgress", rows)).json();
	}

	private void end(JsonNode of, int from, int to) {
		UUID id = UUID.fromString(of.path("id").asString());
		UserServicePlayer.playing().publish(IntStream.rangeClosed(from, to).mapToObj(
				record -> new UserCommandResult.Created(id + "/" + record, id, record, UUID.randomUUID())).toList());
	}

	private static String path(JsonNode imported) {
		return "/api/imports/" + imported.path("id").asString() + "/progress";
	}

	/** One event, or a heartbeat, which has none of the three. */
	private record Event(String id, String name, String data) {
		static Event of(String text) {
			return new Event(field(text, "id"), field(text, "event"), field(text, "data"));
		}

		private static String field(String text, String name) {
			return Arrays.stream(text.split("\n")).filter(line -> line.startsWith(name + ":"))
					.map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
		}

		JsonNode json() {
			return JsonMapper.shared().readTree(data);
		}
	}

	private final class Stream implements AutoCloseable {
		private final HttpResponse<InputStream> response;

		Stream(JsonNode imported, String lastEventId) throws IOException, InterruptedException {
			HttpRequest.Builder request = client.request(path(imported)).header("Accept", "text/event-stream");
			if (!lastEventId.isEmpty()) request.header("Last-Event-ID", lastEventId);
			response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
			streams.add(this);
		}

		/** The next event or heartbeat; null at the end. */
		Event next() throws IOException {
			var text = new StringBuilder();
			for (int c = response.body().read(); c >= 0; c = response.body().read()) {
				text.append((char) c);
				if (text.toString().endsWith("\n\n")) return Event.of(text.toString());
			}
			return null;
		}

		Event nextEvent() throws IOException {
			Event event = next();
			while (event != null && event.name().isEmpty())
				event = next();
			return event;
		}

		Event eventWithDone(int done) throws IOException {
			Event event = nextEvent();
			while (event.json().path("done").asInt() < done)
				event = nextEvent();
			return event;
		}

		@Override
		public void close() throws IOException {
			response.body().close();
		}
	}

	@Test
	void streamTellsEachStepAndEndsWithTheImport() throws Exception {
		JsonNode imported = openImport(10);
		try (var stream = new Stream(imported, "")) {
			assertThat(stream.response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
			Event first = stream.nextEvent();
			assertThat(first.name()).isEqualTo("progress");
			assertThat(first.json().propertyNames()).contains("id", "status", "total", "done", "rejected", "dispatched",
					"rate", "secondsLeft", "importsAhead", "rowsAhead", "message");
			assertThat(first.json().path("total").asInt()).isEqualTo(10);
			end(imported, 1, 4);
			Event fourth = stream.eventWithDone(4);
			assertThat(fourth.json().path("done").asInt()).isEqualTo(4);
			assertThat(fourth.json().path("rate").asDouble()).isPositive();
			assertThat(fourth.json().path("secondsLeft").asLong()).isPositive();
			end(imported, 5, 10);
			Event last = stream.eventWithDone(10);
			assertThat(last.name()).isEqualTo("completed");
			assertThat(last.id()).isEqualTo("completed");
			assertThat(last.json().path("message").asString()).contains("10 user(s)");
			assertThat(stream.next()).as("the end of the stream").isNull();
		}
		try (var again = new Stream(imported, "completed")) {
			assertThat(again.response.statusCode()).as("a browser stops at this").isEqualTo(204);
		}
		try (var late = new Stream(imported, "")) {
			assertThat(late.nextEvent().name()).isEqualTo("completed");
			assertThat(late.next()).isNull();
		}
	}

	@Test
	void whoComesBackHearsOnlyWhatIsNewAndSignsOfLifeMeanwhile() throws Exception {
		JsonNode imported = openImport(4);
		end(imported, 1, 2);
		String known = "2.4.0"; // that the other two are dispatched would be news, too
		try (var stream = new Stream(imported, "")) {
			for (Event event = stream.eventWithDone(2); !event.id().equals(known);)
				event = stream.nextEvent();
		}
		try (var resumed = new Stream(imported, known)) {
			for (int i = 0; i < 3; i++)
				assertThat(resumed.next()).as("a heartbeat").isEqualTo(new Event("", "", ""));
			end(imported, 3, 4);
			assertThat(resumed.nextEvent().name()).isEqualTo("completed");
		}
	}

	@Test
	void streamEndsWithTheRightsThatItWasOpenedBy() throws Exception {
		UUID account = UUID.randomUUID();
		client = new Client(port, Backends.issuer().districtCoordinator(account, "D" + account));
		JsonNode imported = openImport(2);
		try (var stream = new Stream(imported, "")) {
			assertThat(stream.nextEvent().name()).isEqualTo("progress");
			publisher.publish(List.of(events.of(new UserEvent.UserDeactivated(account + "/deactivated", Instant.now(),
					account, 2, new UserEvent.Origin("form", UUID.randomUUID(), null, null, null),
					new UserEvent.Account("gone", "Pat", "Gone", "gone@agawam.example", "DTC", List.of("D" + account),
							List.of(), null, null, null, "deactivated")),
					null)));
			Awaitility.await().untilAsserted(() -> assertThat(stream.next()).as("the end of the stream").isNull());
		}
		end(imported, 1, 2);
	}

	@Test
	void pollingSaysTheSame() {
		JsonNode imported = openImport(4);
		end(imported, 1, 1);
		JsonNode polled = Awaitility.await().until(() -> client.get(path(imported)).json(),
				json -> json.path("done").asInt() == 1);
		assertThat(polled.path("status").asString()).isEqualTo("processing");
		assertThat(polled.path("total").asInt()).isEqualTo(4);
		assertThat(polled.path("secondsLeft").isNumber()).isTrue();
		end(imported, 2, 4);
		client.completed(imported);
		assertThat(client.get(path(imported)).json().path("secondsLeft").asInt()).isZero();
		new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "other")).get(path(imported))
				.isProblem(404, "not-found");
	}

	@Test
	void oneAccountHasOnlySoManyStreamsAtOnce() throws Exception {
		JsonNode imported = openImport(1);
		for (int i = 0; i < 3; i++)
			assertThat(new Stream(imported, "").response.statusCode()).isEqualTo(200);
		var fourth = new Stream(imported, "");
		assertThat(fourth.response.statusCode()).isEqualTo(503);
		assertThat(new String(fourth.response.body().readAllBytes())).contains("too-many-streams");
		for (Stream stream : streams)
			stream.close();
		Awaitility.await().untilAsserted(() -> {
			try (var next = new Stream(imported, "")) {
				assertThat(next.response.statusCode()).isEqualTo(200);
			}
		});
		end(imported, 1, 1);
		client.completed(imported);
	}
}
