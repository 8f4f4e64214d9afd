package io.rollcall.user;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.Topics;
import io.rollcall.platform.testing.Backends;
import io.rollcall.platform.testing.TopicReader;
import io.rollcall.user.permission.Role;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code /api/users} over HTTP, for callers of several roles and organizations. */
class UsersIT extends RunningUserService {
	private String serviceCenterToken;

	record Answer(int status, JsonNode body, String etag, String location, String contentType) {}

	@BeforeEach
	void signIn() {
		serviceCenterToken = token(BOOTSTRAP_SECRET).get("access_token").asString();
	}

	private Answer call(HttpMethod method, String path, String token, Object body, String... headers) {
		var request = http().method(method).uri(path);
		request.headers(it -> {
			if (token != null) it.setBearerAuth(token);
			for (int i = 0; i < headers.length; i += 2)
				it.set(headers[i], headers[i + 1]);
		});
		if (body != null) request.contentType(MediaType.APPLICATION_JSON).body(body);
		return request.exchange((_, response) -> {
			byte[] bytes = response.getBody().readAllBytes();
			return new Answer(response.getStatusCode().value(),
					bytes.length == 0 ? json.nullNode() : json.readTree(bytes), response.getHeaders().getETag(),
					response.getHeaders().getFirst("Location"),
					String.valueOf(response.getHeaders().getContentType()));
		});
	}

	private static Map<String, Object> form(String username, Object... changes) {
		Map<String, Object> form = new HashMap<>(Map.of("username", username, "firstName", "Thị", "lastName", "Nguyễn",
				"email", username + "@agawam.example", "role", "TA", "organizations",
				List.of(Fixtures.DOERING.code()), "programs", List.of()));
		for (int i = 0; i < changes.length; i += 2)
			form.put((String) changes[i], changes[i + 1]);
		return form;
	}

	private static String username(String prefix) {
		return prefix + "." + UUID.randomUUID().toString().substring(0, 12);
	}

	private Answer create(String token, Map<String, Object> form) {
		return call(HttpMethod.POST, "/api/users", token, form);
	}

	/** A coordinator that exists, with a token. */
	private String coordinator(Role role, String... organizations) {
		Answer created = create(serviceCenterToken,
				form(username("coordinator"), "role", role.name(), "organizations", List.of(organizations)));
		assertThat(created.status()).isEqualTo(201);
		return tokenFor(UUID.fromString(created.body().get("id").asString()), role);
	}

	@Test
	void formBecomesAnAccountThatIsFoundAtOnce() {
		String username = username("Thi");
		Answer created = create(serviceCenterToken, form(username));
		assertThat(created.status()).isEqualTo(201);
		assertThat(created.etag()).isEqualTo("\"1\"");
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
		try (var issued = TopicReader.fromNow(Backends.kafka().bootstrapServers(), Topics.CREDENTIAL_EVENTS)) {
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
	void fiftyAtOnceCreateOneAccount() throws Exception {
		String username = username("race");
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<Integer>> calls = IntStream.range(0, 50)
					.<Callable<Integer>>mapToObj(_ -> () -> create(serviceCenterToken, form(username)).status())
					.toList();
			List<Integer> statuses = new ArrayList<>();
			for (var call : threads.invokeAll(calls))
				statuses.add(call.get());
			assertThat(statuses).containsOnlyOnce(201).filteredOn(it -> it != 201).containsOnly(422).hasSize(49);
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
		try (var events = TopicReader.fromNow(Backends.kafka().bootstrapServers(), Topics.USER_EVENTS)) {
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
		try (var events = TopicReader.fromNow(Backends.kafka().bootstrapServers(), Topics.USER_EVENTS)) {
			call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, Map.of("userIds", ids));
			assertThat(events.await(20, SOON).stream()
					.map(it -> json.readTree(it.value()).get("eventId").asString()).distinct()).hasSize(20);
		}
	}

	private static String id(Answer created) {
		assertThat(created.status()).isEqualTo(201);
		return created.body().get("id").asString();
	}

	private static List<String> outcomes(Answer answer) {
		List<String> outcomes = new ArrayList<>();
		answer.body().get("results").forEach(
				it -> outcomes.add(it.get("outcome").asString() + " " + (it.get("code").isNull()
						? null
						: it.get("code").asString())));
		return outcomes;
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
		assertThat(call(HttpMethod.GET, "/api/users?sort=shoeSize", serviceCenterToken, null).status()).isEqualTo(400);
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
	}
}
