package io.rollcall.user;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommand;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.CompressingProxy;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.UsersOverHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code /api/users} over HTTP, for callers of several roles and organizations. */
class UsersIT extends UsersOverHttp {
	@Autowired
	private AcknowledgedPublisher publisher;
	@Autowired
	private CloudEvents events;

	@Test
	void formBecomesAnAccountThatIsFoundAtOnce() {
		String username = username("Thi");
		Answer created = create(serviceCenterToken, form(username));
		assertThat(created.status()).isEqualTo(201);
		assertThat(created.etag()).matches("\"[0-9a-f]{16}\\.[0-9a-f]{8}\"");
		assertThat(created.body().get("credentials").get("portal").get("state").asString()).isEqualTo("issued");
		Answer read = call(HttpMethod.GET, created.location(), serviceCenterToken, null);
		assertThat(read.body()).isEqualTo(created.body());
		Answer list = call(HttpMethod.GET, "/api/users?search=" + username.toUpperCase(), serviceCenterToken, null);
		assertThat(list.body().get("items")).hasSize(1);
		assertThat(list.body().get("totalItems").asInt()).isEqualTo(1);
	}

	@Test
	void allFaultsOfAFormComeBackAtOnce() {
		Answer refused = create(serviceCenterToken, form("x", "lastName", "", "role", "IT", "phone", "1"));
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.contentType()).isEqualTo("application/problem+json");
		List<String> errors = new ArrayList<>();
		refused.body().get("errors").forEach(it -> errors.add(it.get("field").asString() + ": "
				+ it.get("code").asString() + ": " + it.get("message").asString()));
		assertThat(errors).containsExactly(
				"username: username-format: Username must be 4-50 alpha-numeric characters",
				"lastName: last-name-length: Last names must be 2-25 characters long",
				"role: role-unknown: Invalid role",
				"phone: phone-format: Phone number must be in xxx-xxx-xxxx format");
	}

	@Test
	void sameIdempotencyKeyCreatesOnce() {
		String username = username("once");
		try (var issued = fromNow(Topics.CREDENTIAL_EVENTS)) {
			Answer first = call(HttpMethod.POST, "/api/users", serviceCenterToken, form(username), "Idempotency-Key",
					username);
			Answer second = call(HttpMethod.POST, "/api/users", serviceCenterToken, form(username), "Idempotency-Key",
					username);
			assertThat(second.status()).isEqualTo(201);
			assertThat(second.body()).isEqualTo(first.body());
			assertThat(issued.await(1, SOON)).hasSize(1);
			assertThat(issued.drain()).isEmpty();
			assertThat(create(serviceCenterToken, form(username)).body().get("errors").get(0).get("code").asString())
					.isEqualTo("username-taken");
		}
	}

	@Test
	void fiftyAtOnceByFormProgramAndImportCreateOneAccount() throws Exception {
		String username = username("race");
		String coordinator = coordinator(Role.DTC, Fixtures.AGAWAM.code());
		UUID importId = UUID.randomUUID();
		List<CloudEvent> rows = IntStream.rangeClosed(1, 16)
				.mapToObj(number -> events.of(new UserCommand.AddUser(UserCommand.commandId(importId, number), importId,
						number, Fixtures.cells("Username", username.toUpperCase(Locale.ROOT)), serviceCenter(), false),
						username, Instant.now(), null))
				.toList();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor();
				var results = fromNow(Topics.USER_COMMAND_RESULTS);
				var facts = fromNow(Topics.USER_EVENTS)) {
			List<Callable<Boolean>> calls = new ArrayList<>();
			for (int i = 0; i < 34; i++) {
				String token = i % 2 == 0 ? serviceCenterToken : coordinator; // a program, a form
				calls.add(() -> {
					Answer answer = create(token, form(username));
					assertThat(answer.status()).isIn(201, 422);
					return answer.status() == 201;
				});
			}
			calls.add(() -> {
				publisher.publish(rows);
				return false;
			});
			long created = 0;
			for (var call : threads.invokeAll(calls))
				if (call.get()) created++;
			created += results.await(16, SOON).stream()
					.filter(it -> json.readTree(it.value()).get("type").asString().equals("RowCreated")).count();
			assertThat(created).isEqualTo(1);
			assertThat(accounts().countDocuments(new Document("_id", username.toLowerCase(Locale.ROOT)))).isEqualTo(1);
			assertThat(facts.await(1, SOON)).hasSize(1);
			assertThat(facts.drain()).isEmpty();
		}
	}

	@Test
	void twoHundredAreDeactivatedInOneCallAndGoneFromTheListAtOnce() {
		String mark = username("all");
		UUID importId = UUID.randomUUID();
		try (var results = fromNow(Topics.USER_COMMAND_RESULTS)) {
			publisher.publish(IntStream.rangeClosed(1, 200)
					.mapToObj(number -> events.of(new UserCommand.AddUser(UserCommand.commandId(importId, number),
							importId, number, Fixtures.cells("Username", mark + number), serviceCenter(), false),
							mark + number, Instant.now(), null))
					.toList());
			results.await(200, SOON);
		}
		List<String> ids = new ArrayList<>();
		call(HttpMethod.GET, "/api/users?size=200&search=" + mark, serviceCenterToken, null).body().get("items")
				.forEach(it -> ids.add(it.get("id").asString()));
		assertThat(ids).hasSize(200);
		List<String> tokens = ids.stream().map(id -> tokenFor(UUID.fromString(id), Role.TA)).toList();
		assertThat(statuses(tokens)).containsOnly(200);
		try (var facts = fromNow(Topics.USER_EVENTS)) {
			Map<String, Object> all = Map.of("userIds", ids);
			assertThat(outcomes(call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, all)))
					.hasSize(200).containsOnly("done null");
			assertThat(call(HttpMethod.GET, "/api/users?search=" + mark, serviceCenterToken, null).body()
					.get("totalItems").asInt()).isZero();
			assertThat(call(HttpMethod.GET, "/api/users?status=deactivated&search=" + mark, serviceCenterToken, null)
					.body().get("totalItems").asInt()).isEqualTo(200);
			assertThat(statuses(tokens)).containsOnly(401);
			List<ConsumerRecord<String, byte[]>> told = facts.await(200, SOON);
			assertThat(told).extracting(ConsumerRecord::key).containsExactlyInAnyOrderElementsOf(ids);
			assertThat(told).extracting(it -> json.readTree(it.value()).get("type").asString())
					.containsOnly("UserDeactivated");
			assertThat(outcomes(call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, all)))
					.hasSize(200).containsOnly("unchanged null");
			assertThat(facts.drain()).isEmpty();
		}
	}

	/** Undo of a deactivation. */
	@Test
	void reactivationIsRefusedWhereSomebodyElseHasChangedTheAccount() {
		List<String> ids = new ArrayList<>();
		Map<String, String> tags = new HashMap<>();
		for (int i = 0; i < 2; i++)
			ids.add(id(create(serviceCenterToken, form(username("undone")))));
		call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, Map.of("userIds", ids)).body()
				.get("results").forEach(it -> tags.put(it.get("userId").asString(), it.get("etag").asString()));
		assertThat(tags).hasSize(2);
		Map<String, Object> second = Map.of("userIds", List.of(ids.getLast()));
		call(HttpMethod.POST, "/api/users/reactivations", serviceCenterToken, second);
		call(HttpMethod.PUT, "/api/users/" + ids.getLast(), serviceCenterToken,
				form(text(ids.getLast(), "username"), "lastName", "Meanwhile"), "If-Match", tag(ids.getLast()));
		call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, second);

		Map<String, Object> undo = Map.of("userIds", ids, "ifMatch", tags);
		assertThat(outcomes(call(HttpMethod.POST, "/api/users/reactivations", serviceCenterToken, undo)))
				.containsExactly("done null", "refused changed-meanwhile");
		assertThat(text(ids.getFirst(), "status")).isEqualTo("active");
		assertThat(text(ids.getLast(), "status")).isEqualTo("deactivated");
		assertThat(call(HttpMethod.POST, "/api/users/reactivations", serviceCenterToken,
				Map.of("userIds", ids, "ifMatch", Map.of(ids.getLast(), "*"))).status()).isEqualTo(422);
		assertThat(call(HttpMethod.POST, "/api/users/reactivations", serviceCenterToken,
				Map.of("userIds", ids, "ifMatch", Map.of("another", tags.get(ids.getFirst())))).status())
				.isEqualTo(422);
	}

	private String text(String id, String field) {
		return call(HttpMethod.GET, "/api/users/" + id, serviceCenterToken, null).body().get(field).asString();
	}

	private String tag(String id) {
		return call(HttpMethod.GET, "/api/users/" + id, serviceCenterToken, null).etag();
	}

	private List<Integer> statuses(List<String> tokens) {
		return tokens.stream().map(token -> call(HttpMethod.GET, "/api/me", token, null).status()).toList();
	}

	@Test
	void keyUsedForSomethingElseIsRefused() {
		String username = username("key");
		String key = UUID.randomUUID().toString();
		assertThat(call(HttpMethod.POST, "/api/users", serviceCenterToken, form("x"), "Idempotency-Key", key).status())
				.isEqualTo(422);
		Answer corrected = call(HttpMethod.POST, "/api/users", serviceCenterToken, form(username), "Idempotency-Key",
				key);
		assertThat(corrected.status()).isEqualTo(201);
		for (String path : List.of("/api/users", "/api/users/deactivations")) {
			Object body = path.equals("/api/users") ? form(username + "2") : Map.of("userIds", List.of(id(corrected)));
			Answer other = call(HttpMethod.POST, path, serviceCenterToken, body, "Idempotency-Key", key);
			assertThat(other.status()).isEqualTo(422);
			assertThat(other.body().get("code").asString()).isEqualTo("idempotency-key-reused");
		}
		assertThat(call(HttpMethod.POST, "/api/users", serviceCenterToken, form(username), "Idempotency-Key", "a b")
				.status()).isEqualTo(400);
	}

	@Test
	void changeWithAKeyThatStandsForSomethingElseIsRefusedAndNotTakenForDone() {
		String username = username("keyed");
		Answer created = call(HttpMethod.POST, "/api/users", serviceCenterToken, form(username), "Idempotency-Key",
				username);
		Answer other = call(HttpMethod.PUT, created.location(), serviceCenterToken, form(username, "lastName", "Lee"),
				"If-Match", created.etag(), "Idempotency-Key", username);
		assertThat(other.status()).isEqualTo(422);
		assertThat(other.body().get("code").asString()).isEqualTo("idempotency-key-reused");

		Map<String, Object> lee = form(username, "lastName", "Lee");
		for (int i = 0; i < 2; i++) {
			Answer changed = call(HttpMethod.PUT, created.location(), serviceCenterToken, lee, "If-Match",
					created.etag(), "Idempotency-Key", username + "2");
			assertThat(changed.status()).isEqualTo(200);
			assertThat(changed.etag()).isNotEqualTo(created.etag());
		}
		assertThat(call(HttpMethod.PUT, created.location(), serviceCenterToken, form(username, "lastName", "Ng"),
				"If-Match", created.etag(), "Idempotency-Key", username + "2").status()).isEqualTo(422);
		assertThat(call(HttpMethod.GET, created.location(), serviceCenterToken, null).body().get("lastName").asString())
				.isEqualTo("Lee");
	}

	@Test
	void requestThatIsSentAgainIsNotSaidToBeDoneWhenItIsSoNoLonger() {
		String username = username("again");
		Answer created = call(HttpMethod.POST, "/api/users", serviceCenterToken, form(username), "Idempotency-Key",
				username);
		String path = created.location();
		Map<String, Object> lee = form(username, "lastName", "Lee");
		String etag = call(HttpMethod.PUT, path, serviceCenterToken, lee, "If-Match", created.etag(),
				"Idempotency-Key", username + "2").etag();
		assertThat(call(HttpMethod.PUT, path, serviceCenterToken, form(username, "lastName", "Ng"), "If-Match", etag)
				.status()).isEqualTo(200);
		for (Answer again : List.of(
				call(HttpMethod.POST, "/api/users", serviceCenterToken, form(username), "Idempotency-Key", username),
				call(HttpMethod.PUT, path, serviceCenterToken, lee, "If-Match", created.etag(), "Idempotency-Key",
						username + "2"))) {
			assertThat(again.status()).isEqualTo(409);
			assertThat(again.body().get("code").asString()).isEqualTo("done-before");
		}
		Map<String, Object> ids = Map.of("userIds", List.of(id(created)));
		assertThat(outcomes(call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, ids,
				"Idempotency-Key", username + "3"))).containsExactly("done null");
		call(HttpMethod.POST, "/api/users/reactivations", serviceCenterToken, ids);
		assertThat(outcomes(call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, ids,
				"Idempotency-Key", username + "3"))).containsExactly("refused answered-before");
	}

	/** It may have been refused, or have been done and undone: it is not said to have been carried out. */
	@Test
	void whatWasRefusedIsNotSaidToBeDoneWhenItIsAskedForAgain() {
		String username = username("refused");
		Map<String, Object> ids = Map.of("userIds", List.of(id(create(serviceCenterToken, form(username)))));
		call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, ids);
		assertThat(outcomes(call(HttpMethod.POST, "/api/users/credentials", serviceCenterToken, ids, "Idempotency-Key",
				username))).containsExactly("refused deactivated");
		Answer again = call(HttpMethod.POST, "/api/users/credentials", serviceCenterToken, ids, "Idempotency-Key",
				username);
		assertThat(outcomes(again)).containsExactly("refused answered-before");
		assertThat(again.body().at("/results/0/message").asString()).contains("nothing more was done")
				.doesNotContain("carried out before");
	}

	@ParameterizedTest
	@ValueSource(strings = {"W/\"$1\"", "\"$1-gzip\"", "\"$1--gzip\"", "\"$1;gzip\"", "W/\"$1-br\""})
	void behindAProxyThatCompressesAFormIsSavedOnceAndAStaleOneIsNot(String tag) throws Exception {
		String username = username("proxied");
		String path = create(serviceCenterToken, form(username)).location();
		try (var proxy = new CompressingProxy(base(), etag -> etag.replaceFirst("^\"(.*)\"$", tag));
				var http = HttpClient.newHttpClient()) {
			var address = URI.create(proxy.address() + path);
			HttpResponse<byte[]> shown = http.send(asServiceCenter(address).GET().build(), BodyHandlers.ofByteArray());
			assertThat(shown.headers().firstValue("Content-Encoding")).contains("gzip");
			String etag = shown.headers().firstValue("ETag").orElseThrow();
			assertThat(etag).matches(Pattern.quote(tag).replace("$1", "\\E[0-9a-f]{16}\\.[0-9a-f]{8}\\Q"));
			for (int status : new int[]{200, 412, 412}) {
				var save = asServiceCenter(address).header("Content-Type", "application/json").header("If-Match", etag)
						.PUT(BodyPublishers
								.ofString(json.writeValueAsString(form(username, "lastName", "Lee" + status))));
				assertThat(http.send(save.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(status);
			}
			var without = asServiceCenter(address).header("Content-Type", "application/json")
					.PUT(BodyPublishers.ofString(json.writeValueAsString(form(username))));
			assertThat(http.send(without.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(428);
		}
	}

	private HttpRequest.Builder asServiceCenter(URI address) {
		return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + serviceCenterToken);
	}

	@Test
	void ifMatchThatIsNoETagOfAnAccountIsNotTakenForAStaleOne() {
		String username = username("tagged");
		Answer created = create(serviceCenterToken, form(username));
		for (String tag : List.of("*", "1", "\"0\", \"1\"", "\"one\"")) {
			Answer answer = call(HttpMethod.PUT, created.location(), serviceCenterToken, form(username), "If-Match",
					tag);
			assertThat(answer.status()).as(tag).isEqualTo(428);
			assertThat(answer.body().get("code").asString()).isEqualTo("if-match-required");
		}
	}

	@Test
	void bodyThatIsNotOfTheFormIsRefusedNamingTheField() {
		for (var wrong : Map.of("username", Map.of("a", 1), "organizations", "00050000", "firstName", List.of())
				.entrySet()) {
			Answer answer = create(serviceCenterToken, form(username("kind"), wrong.getKey(), wrong.getValue()));
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.body().get("code").asString()).isEqualTo("malformed-request");
			assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo(wrong.getKey());
		}
		Answer ids = call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken,
				Map.of("userIds", List.of(UUID.randomUUID(), "secret")));
		assertThat(ids.status()).isEqualTo(400);
		assertThat(ids.body().get("errors").get(0).get("field").asString()).isEqualTo("userIds[1]");
		assertThat(ids.body().toString()).doesNotContain("secret");
		Answer page = call(HttpMethod.GET, "/api/users?page=first", serviceCenterToken, null);
		assertThat(page.status()).isEqualTo(400);
		assertThat(page.body().get("errors").get(0).get("field").asString()).isEqualTo("page");
	}

	@Test
	void whatWouldBeLeftOutOrReadOtherwiseIsRefusedWithWhereItIs() {
		Map<String, Object> form = form(username("strict"));
		assertThat(refused(form, "status", "deactivated")).isEqualTo("status unknown-field");
		assertThat(refused(form, "lastname", "Lee")).isEqualTo("lastname unknown-field");
		assertThat(refused(form, "firstName", true)).isEqualTo("firstName wrong-kind");
		assertThat(refused(form, "programs", List.of(1030))).isEqualTo("programs[0] wrong-kind");
		assertThat(refused(form, "firstName", "Ann\u0000")).isEqualTo("firstName not-text");
		assertThat(refused(form, "programs", List.of("1030|1034"))).isEqualTo("programs program-not-allowed");
		assertThat(refused(form, "organizations", List.of(Fixtures.DOERING.code() + "|" + Fixtures.ROBINSON.code())))
				.isEqualTo("organizations organization-unknown");
		assertThat(create(serviceCenterToken, form).status()).isEqualTo(201);
	}

	@Test
	void linkForASiteThatIsNoneIsRefused() {
		Answer refused = call(HttpMethod.POST, "/api/password-resets", null,
				Map.of("username", "no.such.person", "site", "protal"));
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.body().get("errors").get(0).get("field").asString()).isEqualTo("site");
		assertThat(call(HttpMethod.POST, "/api/password-resets", null,
				Map.of("username", "no.such.person", "site", "training")).status()).isEqualTo(202);
	}

	@Test
	void whatALinkCannotBeWithoutIsRequired() {
		for (var missing : Map.of("/api/password-resets", "username", "/api/password-resets/confirm", "token")
				.entrySet()) {
			Answer refused = call(HttpMethod.POST, missing.getKey(), null, Map.of());
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.body().get("errors").get(0).get("field").asString()).isEqualTo(missing.getValue());
			assertThat(refused.body().get("errors").get(0).get("code").asString()).isEqualTo("required");
		}
	}

	private String refused(Map<String, Object> form, String field, Object value) {
		Map<String, Object> changed = new HashMap<>(form);
		changed.put(field, value);
		Answer answer = create(serviceCenterToken, changed);
		assertThat(answer.status()).isIn(400, 422);
		assertThat(answer.body().get("errors")).hasSize(1);
		return answer.body().get("errors").get(0).get("field").asString() + " "
				+ answer.body().get("errors").get(0).get("code").asString();
	}

	@Test
	void organizationsThatTheDirectoryCannotEvenBeAskedForAreUnknown() {
		for (Object codes : List.of(List.of("漢".repeat(90_000)), List.of("\uE000"), List.of("\u0007"),
				IntStream.range(0, 500).mapToObj(i -> "\u0001".repeat(96) + i).toList())) {
			Answer refused = create(serviceCenterToken, form(username("long"), "organizations", codes));
			assertThat(refused.status()).isEqualTo(422);
			assertThat(refused.body().get("errors")).hasSize(1);
			assertThat(refused.body().get("errors").get(0).get("code").asString()).isEqualTo("organization-unknown");
		}
	}

	@Test
	void rowsWithOrganizationsOfAnyLengthAreDecidedLikeOthers() {
		UUID importId = UUID.randomUUID();
		List<String> cells = List.of("漢".repeat(90_000), "x".repeat(99_000), "y|".repeat(49_000),
				Fixtures.DOERING.code());
		try (var results = fromNow(Topics.USER_COMMAND_RESULTS)) {
			publisher.publish(IntStream.range(0, cells.size())
					.mapToObj(i -> events.of(new UserCommand.AddUser(UserCommand.commandId(importId, i + 1), importId,
							i + 1, Fixtures.cells("Username", username("long"), "Org", cells.get(i)), serviceCenter(),
							false), "the same partition", Instant.now(), null))
					.toList());
			assertThat(results.await(cells.size(), SOON).stream()
					.map(it -> json.readTree(it.value()).get("type").asString())).containsExactlyInAnyOrder(
							"RowRejected", "RowRejected", "RowRejected", "RowCreated");
		}
	}

	@Test
	void coordinatorGrantsNoRoleThatRunsTheSystem() {
		String dtc = coordinator(Role.DTC, Fixtures.AGAWAM.code());
		for (String role : List.of("SC", "OPS")) {
			assertThat(create(dtc, form(username("operations"), "role", role, "organizations", List.of())).body()
					.get("errors").get(0).get("code").asString()).isEqualTo("role-unknown");
		}
	}

	@Test
	void accountOutOfSightLooksLikeNone() {
		String boston = create(serviceCenterToken,
				form(username("boston"), "organizations", List.of(Fixtures.BOSTON_LATIN.code()))).location();
		String agawam = coordinator(Role.DTC, Fixtures.AGAWAM.code());
		Answer hidden = call(HttpMethod.GET, boston, agawam, null);
		Answer absent = call(HttpMethod.GET, "/api/users/" + UUID.randomUUID(), agawam, null);
		assertThat(hidden.status()).isEqualTo(404);
		assertThat(withoutInstance(hidden)).isEqualTo(withoutInstance(absent));
		assertThat(call(HttpMethod.PUT, boston, agawam, form("x"), "If-Match", "\"1\"").status()).isEqualTo(404);
		assertThat(call(HttpMethod.GET, "/api/users?size=200", agawam, null).body().get("items").toString())
				.doesNotContain("boston.");
	}

	private static String withoutInstance(Answer answer) {
		return answer.body().get("code").asString() + answer.body().get("detail").asString();
	}

	@Test
	void schoolOutsideOnesOwnIsNotRemovedAndTheFormIsToldWhere() {
		String agawam = coordinator(Role.DTC, Fixtures.AGAWAM.code());
		String username = username("shared");
		Answer created = create(serviceCenterToken, form(username, "organizations",
				List.of(Fixtures.DOERING.code(), Fixtures.BOSTON_LATIN.code())));
		Answer refused = call(HttpMethod.PUT, created.location(), agawam,
				form(username, "organizations", List.of(Fixtures.DOERING.code())), "If-Match", created.etag());
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.body().get("errors")).hasSize(1);
		assertThat(refused.body().get("errors").get(0).get("field").asString()).isEqualTo("organizations");
		assertThat(refused.body().get("errors").get(0).get("code").asString())
				.isEqualTo("organization-removal-not-allowed");
		assertThat(call(HttpMethod.PUT, created.location(), agawam,
				form(username, "organizations", List.of(Fixtures.BOSTON_LATIN.code())), "If-Match", created.etag())
				.status()).as("one's own school").isEqualTo(200);
	}

	@Test
	void editorsDoNotOverwriteEachOther() {
		String username = username("edited");
		Answer created = create(serviceCenterToken, form(username));
		String location = created.location();
		assertThat(call(HttpMethod.PUT, location, serviceCenterToken, form(username, "lastName", "Lee")).status())
				.isEqualTo(428);
		Answer first = call(HttpMethod.PUT, location, serviceCenterToken, form(username, "lastName", "Lee"), "If-Match",
				created.etag());
		assertThat(first.status()).isEqualTo(200);
		assertThat(first.body().get("lastName").asString()).isEqualTo("Lee");
		Answer second = call(HttpMethod.PUT, location, serviceCenterToken, form(username, "lastName", "Ng"), "If-Match",
				created.etag());
		assertThat(second.status()).isEqualTo(412);
		assertThat(second.body().get("code").asString()).isEqualTo("stale");
		assertThat(call(HttpMethod.GET, location, serviceCenterToken, null).body().get("lastName").asString())
				.isEqualTo("Lee");
	}

	@Test
	void whatWasReadIsSentBackWithAFieldChanged() {
		String username = username("whole");
		Answer created = create(serviceCenterToken, form(username, "phone", "413-555-0100"));
		ObjectNode account = (ObjectNode) created.body();
		account.put("lastName", "Lee").putArray("credentialsSent").add("PORTAL");
		Answer changed = call(HttpMethod.PUT, created.location(), serviceCenterToken, account, "If-Match",
				created.etag());
		assertThat(changed.status()).isEqualTo(200);
		assertThat(changed.body().get("lastName").asString()).isEqualTo("Lee");
		assertThat(changed.body().get("phone").asString()).isEqualTo("413-555-0100");

		ObjectNode read = (ObjectNode) changed.body();
		assertThat(refusal(created.location(), changed.etag(), read.deepCopy().put("status", "deactivated")))
				.containsExactly("status not-changeable");
		assertThat(refusal(created.location(), changed.etag(),
				read.deepCopy().put("id", UUID.randomUUID().toString()).put("status", "gone")))
				.containsExactly("id not-changeable", "status not-changeable");
		assertThat(refusal(created.location(), changed.etag(), read.deepCopy().put("nickname", "Lee")))
				.containsExactly("nickname unknown-field");
		call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken,
				Map.of("userIds", List.of(id(created))));
		assertThat(call(HttpMethod.PUT, created.location(), serviceCenterToken, read, "If-Match", changed.etag())
				.status()).as("its status is that of before").isEqualTo(412);
	}

	private List<String> refusal(String path, String etag, ObjectNode body) {
		List<String> errors = new ArrayList<>();
		Answer answer = call(HttpMethod.PUT, path, serviceCenterToken, body, "If-Match", etag);
		assertThat(answer.status()).isIn(400, 422);
		answer.body().get("errors")
				.forEach(it -> errors.add(it.get("field").asString() + " " + it.get("code").asString()));
		return errors;
	}

	@Test
	void whatNoFormShowsMakesNoFormStale() {
		String username = username("asked");
		Answer created = create(serviceCenterToken, form(username));
		assertThat(call(HttpMethod.POST, "/api/password-resets", null, Map.of("username", username)).status())
				.isEqualTo(202);
		await().atMost(SOON).until(() -> accounts().find(new Document("_id", username)).first()
				.getList("resets", Document.class), it -> !it.isEmpty());
		assertThat(outcomes(call(HttpMethod.POST, "/api/users/credentials", serviceCenterToken,
				Map.of("userIds", List.of(id(created)))))).containsExactly("done null");
		assertThat(call(HttpMethod.GET, created.location(), serviceCenterToken, null, "If-None-Match", created.etag())
				.status()).as("credentials were sent since").isEqualTo(200);
		assertThat(call(HttpMethod.PUT, created.location(), serviceCenterToken, form(username, "lastName", "Lee"),
				"If-Match", created.etag()).status()).isEqualTo(200);
		assertThat(call(HttpMethod.PUT, created.location(), serviceCenterToken, form(username, "lastName", "Ng"),
				"If-Match", created.etag()).status()).isEqualTo(412);
	}

	@Test
	void deactivationHasAnOutcomeForEach() {
		String agawam = coordinator(Role.DTC, Fixtures.AGAWAM.code());
		String own = id(create(agawam, form(username("own"))));
		String shared = id(create(serviceCenterToken, form(username("shared"), "organizations",
				List.of(Fixtures.DOERING.code(), Fixtures.BOSTON_LATIN.code()))));
		String foreign = id(create(serviceCenterToken,
				form(username("foreign"), "organizations", List.of(Fixtures.BOSTON_LATIN.code()))));
		String absent = UUID.randomUUID().toString();
		String self = json.readTree(new String(Base64.getUrlDecoder().decode(agawam.split("\\.")[1])))
				.get("sub").asString();
		try (var events = fromNow(Topics.USER_EVENTS)) {
			Map<String, Object> all = Map.of("userIds", List.of(own, shared, foreign, absent, self));
			Answer outcomes = call(HttpMethod.POST, "/api/users/deactivations", agawam, all);
			assertThat(outcomes(outcomes)).containsExactly("done null", "refused organizations-outside",
					"refused not-found", "refused not-found", "refused not-allowed");
			assertThat(outcomes.body().get("results").get(1).get("message").asString())
					.contains(Fixtures.BOSTON_LATIN.code()).doesNotContain(Fixtures.DOERING.code());
			assertThat(outcomes(call(HttpMethod.POST, "/api/users/deactivations", agawam, all)).getFirst())
					.isEqualTo("unchanged null");
			assertThat(events.await(1, SOON)).hasSize(1);
			assertThat(events.drain()).isEmpty();
		}
		assertThat(call(HttpMethod.GET, "/api/users/" + own, agawam, null).body().get("status").asString())
				.isEqualTo("deactivated");
		assertThat(outcomes(call(HttpMethod.POST, "/api/users/credentials", agawam, Map.of("userIds", List.of(own)))))
				.containsExactly("refused deactivated");
		assertThat(outcomes(call(HttpMethod.POST, "/api/users/reactivations", agawam, Map.of("userIds", List.of(own)))))
				.containsExactly("done null");
	}

	@Test
	void bulkActionTellsEachAccountInAnEventOfItsOwn() {
		List<String> ids = IntStream.range(0, 20).mapToObj(_ -> id(create(serviceCenterToken, form(username("bulk")))))
				.toList();
		try (var events = fromNow(Topics.USER_EVENTS)) {
			call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, Map.of("userIds", ids));
			assertThat(events.await(20, SOON).stream()
					.map(it -> json.readTree(it.value()).get("eventId").asString()).distinct()).hasSize(20);
		}
	}

	@Test
	void listIsSearchedFilteredSortedAndPaged() {
		String mark = UUID.randomUUID().toString().substring(0, 8);
		for (String last : List.of("Zoë" + mark, "Ångström" + mark, "Nguyễn" + mark)) {
			create(serviceCenterToken, form(username("list"), "lastName", last));
		}
		create(serviceCenterToken, form(username("list"), "lastName", "Mill" + mark, "role", "STC", "organizations",
				List.of(Fixtures.ROBINSON.code())));
		assertThat(lastNames("search=" + mark)).containsExactly("Ångström" + mark, "Mill" + mark, "Nguyễn" + mark,
				"Zoë" + mark);
		assertThat(lastNames("search=" + mark + "&sort=lastName,desc&size=1&page=1")).containsExactly("Nguyễn" + mark);
		assertThat(lastNames("search=nguyen" + mark)).containsExactly("Nguyễn" + mark);
		assertThat(lastNames("search=" + mark + "&role=STC")).containsExactly("Mill" + mark);
		assertThat(lastNames("search=" + mark + "&organization=" + Fixtures.ROBINSON.code()))
				.containsExactly("Mill" + mark);
		assertThat(lastNames("search=" + mark + "&organization=" + Fixtures.AGAWAM.code())).hasSize(4);
		assertThat(lastNames("search=" + mark + "&status=deactivated")).isEmpty();
		for (String query : List.of("sort=shoeSize", "search=" + "x".repeat(101), "search=a&search=b",
				"sort=role&sort=desc"))
			assertThat(call(HttpMethod.GET, "/api/users?" + query, serviceCenterToken, null).status()).as(query)
					.isEqualTo(400);
		assertThat(call(HttpMethod.POST, "/api/users/exports", serviceCenterToken, Map.of("search", "x".repeat(101)))
				.status()).isEqualTo(400);
	}

	private List<String> lastNames(String query) {
		List<String> names = new ArrayList<>();
		call(HttpMethod.GET, "/api/users?" + query, serviceCenterToken, null).body().get("items")
				.forEach(it -> names.add(it.get("lastName").asString()));
		return names;
	}

	@Test
	void tokenOfADeactivatedAccountIsWorthNothing() {
		Answer created = create(serviceCenterToken,
				form(username("leaving"), "role", "DTC", "organizations", List.of(Fixtures.AGAWAM.code())));
		String token = tokenFor(UUID.fromString(id(created)), Role.DTC);
		assertThat(call(HttpMethod.GET, "/api/me", token, null).status()).isEqualTo(200);
		call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, Map.of("userIds", List.of(id(created))));
		assertThat(call(HttpMethod.GET, "/api/me", token, null).status()).isEqualTo(401);
		assertThat(call(HttpMethod.GET, "/api/users", token, null).status()).isEqualTo(401);
	}

	@Test
	void whoMayNotManageUsersIsForbidden() {
		String administrator = coordinator(Role.TA, Fixtures.DOERING.code());
		Answer refused = call(HttpMethod.GET, "/api/users", administrator, null);
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.body().get("code").asString()).isEqualTo("forbidden");
		assertThat(call(HttpMethod.GET, "/api/me", administrator, null).body().get("permissions")).hasSize(2);
	}

	@Test
	void referenceHasTheTablesOfTheGuide() {
		JsonNode reference = call(HttpMethod.GET, "/api/reference", serviceCenterToken, null).body();
		assertThat(reference.get("permissions")).hasSize(16);
		assertThat(reference.get("roles")).hasSize(7);
		assertThat(reference.get("fields")).hasSize(10);
		assertThat(reference.get("programs")).hasSize(3);
		assertThat(reference.get("importLimits").get("records").asInt()).isEqualTo(200);
		assertThat(reference.get("importLimits").get("bytes").asLong()).isEqualTo(5 * 1024 * 1024);
	}
}
