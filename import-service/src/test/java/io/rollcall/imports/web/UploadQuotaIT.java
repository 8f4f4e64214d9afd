package io.rollcall.imports.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.Client.Answer;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.testing.Backends;

import static io.rollcall.imports.testing.Client.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What is stored of a day's uploads has an end. */
@TestPropertySource(properties = {"rollcall.imports.quota.bytes=8KB", "rollcall.imports.quota.imports=5",
		"rollcall.imports.quota.district-bytes=20KB"})
class UploadQuotaIT extends WholeService {
	/** About 3.6 KB: two of them are within what an account has, and five within a district's. */
	private static final String LARGE = file("large", 60);

	@LocalServerPort
	int port;
	@Autowired
	MongoDatabase database;
	@Autowired
	Retention retention;

	private final String district = "D" + UUID.randomUUID();
	private final UUID account = UUID.randomUUID();
	private Client client;

	@BeforeEach
	void prepare() {
		UserServicePlayer.playing();
		client = coordinator(account);
	}

	private Client coordinator(UUID account) {
		return new Client(port, Backends.issuer().districtCoordinator(account, district));
	}

	private static Answer upload(Client client, String content, boolean dryRun, Map<String, String> headers) {
		return client.upload(Map.of("action", "add", "dryRun", String.valueOf(dryRun)), "x.csv",
				content.getBytes(UTF_8), headers);
	}

	private static void isOverQuota(Answer answer, String... inDetail) {
		answer.isProblem(429, "upload-quota", inDetail);
		long wait = Long.parseLong(answer.header("Retry-After"));
		Instant midnight = LocalDate.now(ZoneOffset.UTC).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
		assertThat(wait).isBetween(1L, Duration.between(Instant.now(), midnight).toSeconds() + 60);
	}

	@Test
	void bytesOfAnAccountAreBoundedAndDryRunsCount() {
		assertThat(upload(client, LARGE, true, Map.of()).status()).isEqualTo(202);
		assertThat(upload(client, LARGE, false, Map.of()).status()).isEqualTo(202);
		isOverQuota(upload(client, LARGE, true, Map.of()), "You have uploaded", "Nothing was stored", "hour");
		assertThat(upload(client, file("small"), false, Map.of()).status()).as("there is room for that").isEqualTo(202);
		assertThat(upload(coordinator(UUID.randomUUID()), LARGE, false, Map.of()).status()).as("somebody else")
				.isEqualTo(202);
		assertThat(client.get("/api/imports").json().path("totalItems").asInt()).isEqualTo(4);
	}

	@Test
	void aFileThatIsRefusedCountsNothing() {
		for (int i = 0; i < 6; i++)
			upload(client, "Username\n" + "x".repeat(3_000), false, Map.of()).isProblem(422, "missing-column");
		assertThat(upload(client, LARGE, false, Map.of()).status()).isEqualTo(202);
	}

	@Test
	void importsOfAnAccountAreCountedOneByOneHoweverManyComeAtOnce() throws Exception {
		List<Callable<Integer>> uploads = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			String content = file("one" + i);
			uploads.add(() -> upload(client, content, false, Map.of()).status());
		}
		List<Integer> statuses = new ArrayList<>();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<Integer> answer : threads.invokeAll(uploads))
				statuses.add(answer.get());
		}
		assertThat(statuses).filteredOn(status -> status == 202).hasSize(5);
		assertThat(statuses).filteredOn(status -> status == 429).hasSize(15);
	}

	@Test
	void theSameUploadAgainIsNoOtherOne() {
		Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		JsonNode first = upload(client, LARGE, false, key).json();
		for (int i = 0; i < 6; i++) {
			assertThat(upload(client, LARGE, false, key).json().path("id")).isEqualTo(first.path("id"));
		}
		assertThat(upload(client, LARGE, false, Map.of()).status()).isEqualTo(202);
	}

	@Test
	void aDistrictIsBoundedAndWhatItRefusesCountsNothingForTheAccount() {
		for (int i = 0; i < 5; i++)
			assertThat(upload(coordinator(UUID.randomUUID()), LARGE, false, Map.of()).status()).isEqualTo(202);
		Client last = coordinator(UUID.randomUUID());
		for (int i = 0; i < 6; i++)
			isOverQuota(upload(last, LARGE, false, Map.of()), "Your district or school has uploaded");
		assertThat(upload(last, file("small"), false, Map.of()).status()).isEqualTo(202);
	}

	@Test
	void committingStoresAnotherOneAndIsBoundedToo() {
		JsonNode dryRun = client.completed(upload(client, LARGE, true, Map.of()).json());
		assertThat(upload(client, LARGE, true, Map.of()).status()).isEqualTo(202);
		String path = "/api/imports/" + dryRun.path("id").asString() + "/commit";
		isOverQuota(client.send(client.request(path).POST(BodyPublishers.noBody())), "You have uploaded");
	}

	@Test
	void manyCommitsAtOnceAreOneImportAndTakeOnce() throws Exception {
		JsonNode dryRun = client.completed(upload(client, file("many"), true, Map.of()).json());
		String path = "/api/imports/" + dryRun.path("id").asString() + "/commit";
		List<Callable<String>> commits = Collections.nCopies(20,
				() -> client.send(client.request(path).POST(BodyPublishers.noBody())).json().path("id").asString());
		Set<String> made = new HashSet<>();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<String> id : threads.invokeAll(commits))
				made.add(id.get());
		}
		assertThat(made).hasSize(1);
		for (int i = 0; i < 3; i++)
			assertThat(upload(client, file("rest" + i), false, Map.of()).status()).isEqualTo(202);
		isOverQuota(upload(client, file("more"), false, Map.of()), "You have uploaded");
	}

	@Test
	void yesterdaysCountsAreDeleted() {
		upload(client, LARGE, false, Map.of());
		String mine = "account/" + account;
		assertThat(database.getCollection("upload-quotas").countDocuments(Filters.regex("_id", mine))).isOne();
		retention.sweep(Instant.now().plus(Duration.ofDays(2)));
		assertThat(database.getCollection("upload-quotas").countDocuments(Filters.regex("_id", mine))).isZero();
	}
}
