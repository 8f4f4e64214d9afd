package io.rollcall.user;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.Topics;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Browser;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.SigningIn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What another e-mail address takes from the mailbox of before, and from whom it cannot come. */
class AddressChangeIT extends SigningIn {
	private static final List<String> BOTH = List.of("PORTAL", "TRAINING");

	/** Somebody who is signed in to a site. */
	private record Session(Person person, Flow flow, String access, String refresh) {}

	private Session session(Person person, String site) {
		Flow flow = flow(site);
		Answer tokens = firstSignIn(new Browser(base()), flow, person.username(),
				site.equals("portal") ? person.portal() : person.training(), OWN);
		return new Session(person, flow, tokens.text("access_token"), tokens.text("refresh_token"));
	}

	private String serviceCenterToken() {
		return token(BOOTSTRAP_SECRET).get("access_token").asString();
	}

	private String etag(String path, String token) {
		return http().get().uri(path).headers(it -> it.setBearerAuth(token))
				.exchange((_, response) -> response.getHeaders().getETag());
	}

	private Answer patch(String token, Map<String, Object> changes, String... headers) {
		List<String> all = new ArrayList<>(List.of(headers));
		all.addAll(List.of("If-Match", etag("/api/me", token)));
		return call(HttpMethod.PATCH, "/api/me", token, changes, all.toArray(String[]::new));
	}

	private Answer put(String token, Person person, Object... changes) {
		Map<String, Object> form = new HashMap<>(Map.of("username", person.username(), "firstName", "María",
				"lastName", "Okafor", "email", "maria@agawam.example", "role", "STC", "organizations",
				List.of(Fixtures.DOERING.code()), "programs", List.of()));
		for (int i = 0; i < changes.length; i += 2)
			form.put((String) changes[i], changes[i + 1]);
		String path = "/api/users/" + person.id();
		return call(HttpMethod.PUT, path, token, form, "If-Match", etag(path, token));
	}

	private static String fault(Answer answer) {
		assertThat(answer.status()).isEqualTo(422);
		JsonNode error = answer.body().get("errors").get(0);
		return error.get("field").asString() + " " + error.get("code").asString();
	}

	private String email(Person person) {
		return call(HttpMethod.GET, "/api/users/" + person.id(), serviceCenterToken(), null).text("email");
	}

	private List<String> sent(Answer changed) {
		assertThat(changed.status()).isEqualTo(200);
		List<String> sites = new ArrayList<>();
		changed.body().path("credentialsSent").forEach(it -> sites.add(it.asString()));
		return sites;
	}

	// What was mailed to the address of before

	@Test
	void passwordsInTheMailboxOfBeforeEndAndNewOnesGoToTheNewAddress() throws Exception {
		Person person = newPerson();
		var inTheWrongHands = new Browser(base());
		inTheWrongHands.open(authorize(flow("training")));
		assertThat(inTheWrongHands.submit("username", person.username(), "password", person.training()).title())
				.isEqualTo("Set a New Password");
		JsonNode issued;
		try (var events = fromNow(Topics.CREDENTIAL_EVENTS)) {
			assertThat(sent(put(serviceCenterToken(), person, "email", "right@agawam.example"))).isEqualTo(BOTH);
			issued = json.readTree(events.await(1, SOON).getFirst().value());
		}

		assertThat(issued.get("type").asString()).isEqualTo("CredentialsIssued");
		assertThat(issued.get("email").asString()).isEqualTo("right@agawam.example");
		var stranger = new Browser(base());
		stranger.open(authorize(flow("portal")));
		assertThat(stranger.submit("username", person.username(), "password", person.portal()).title())
				.isEqualTo("Sign In");
		assertThat(inTheWrongHands.submit("newPassword", OWN, "repeated", OWN).title()).as("the page before")
				.isEqualTo("Sign In");
		JsonNode secrets = KEY.decrypt(issued.get("secrets").asString());
		var rightful = new Person(person.id(), person.username(), secrets.get("PORTAL").asString(),
				secrets.get("TRAINING").asString());
		assertThat(session(rightful, "portal").access()).isNotEmpty();
		assertThat(session(rightful, "training").access()).isNotEmpty();

		Answer card = call(HttpMethod.GET, "/api/users/" + person.id(), serviceCenterToken(), null);
		assertThat(card.body().path("credentialsSent").isMissingNode() || card.body().get("credentialsSent").isNull())
				.as("of the answer to the change alone").isTrue();
	}

	@Test
	void passwordOfOnesOwnStaysAndTheOtherSiteGetsANewOne() throws Exception {
		Session me = session(newPerson(), "portal");
		try (var events = fromNow(Topics.CREDENTIAL_EVENTS)) {
			assertThat(sent(put(serviceCenterToken(), me.person(), "email", "right@agawam.example")))
					.containsExactly("TRAINING");
			JsonNode issued = json.readTree(events.await(1, SOON).getFirst().value());
			assertThat(issued.get("sites")).hasSize(1);
			assertThat(KEY.decrypt(issued.get("secrets").asString()).propertyNames()).containsExactly("TRAINING");
		}
		assertThat(refresh(me.flow(), me.refresh()).status()).isEqualTo(200);
		Answer card = call(HttpMethod.GET, "/api/users/" + me.person().id(), serviceCenterToken(), null);
		assertThat(card.body().path("credentials").path("portal").path("state").asString()).isEqualTo("set");
		JsonNode training = card.body().path("credentials").path("training");
		assertThat(training.path("state").asString() + " " + training.path("delivery").asString())
				.isEqualTo("issued queued");
	}

	@Test
	void historySaysThatNewCredentialsWereSent() {
		Person person = newPerson();
		put(serviceCenterToken(), person, "email", "right@agawam.example");
		String path = "/api/users/" + person.id() + "/history";
		await().atMost(SOON).untilAsserted(() -> {
			List<String> entries = new ArrayList<>();
			call(HttpMethod.GET, path, serviceCenterToken(), null).body().get("items")
					.forEach(it -> entries.add(it.get("what").asString()));
			assertThat(entries).containsExactlyInAnyOrder("credentials-sent", "updated", "credentials-sent",
					"created");
		});
	}

	// From whom it cannot come

	@Test
	void trainingPasswordIsNoWayToTheAddress() {
		Session practising = session(newPerson(), "training");
		Answer refused = patch(practising.access(), Map.of("email", "attacker@evil.example", "currentPassword", OWN));
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.text("code")).isEqualTo("sign-in-required");
		assertThat(email(practising.person())).isEqualTo("maria@agawam.example");
		assertThat(patch(practising.access(), Map.of("email", "maria@agawam.example", "phone", "413-555-0100"))
				.status()).as("the address that it is").isEqualTo(200);
	}

	@Test
	void programIsNoWayToTheAddress() {
		Session me = session(newPerson(), "portal");
		Answer made = call(HttpMethod.POST, "/api/api-clients", me.access(),
				Map.of("name", "Staff sync", "currentPassword", OWN));
		String program = clientToken(made.text("clientId"), made.text("clientSecret")).text("access_token");
		assertThat(patch(program, Map.of("email", "attacker@evil.example", "currentPassword", OWN)).text("code"))
				.isEqualTo("sign-in-required");
		assertThat(fault(put(program, me.person(), "email", "attacker@evil.example")))
				.isEqualTo("email own-email-not-allowed");
		assertThat(email(me.person())).isEqualTo("maria@agawam.example");
		assertThat(put(program, me.person(), "phone", "413-555-0100").status()).isEqualTo(200);
	}

	private Answer clientToken(String clientId, String secret) {
		return http().post().uri("/oauth2/token").headers(it -> it.setBasicAuth(clientId, secret))
				.contentType(MediaType.APPLICATION_FORM_URLENCODED).body("grant_type=client_credentials")
				.exchange((_, response) -> {
					HttpStatusCode status = response.getStatusCode();
					return new Answer(status.value(), json.readTree(response.getBody().readAllBytes()));
				});
	}

	@Test
	void sessionOfThePortalNeedsTheCurrentPasswordForTheAddressAlone() {
		Session me = session(newPerson(), "portal");
		assertThat(fault(patch(me.access(), Map.of("email", "lee@agawam.example"))))
				.isEqualTo("currentPassword required");
		assertThat(fault(patch(me.access(), Map.of("email", "lee@agawam.example", "currentPassword", OTHER))))
				.isEqualTo("currentPassword current-password-wrong");
		assertThat(fault(patch(me.access(), Map.of("email", "none", "currentPassword", OTHER))))
				.isEqualTo("email email-format");
		assertThat(patch(me.access(), Map.of("email", "maria@agawam.example", "currentPassword", OTHER)).status())
				.isEqualTo(200);
		Answer changed = patch(me.access(), Map.of("email", "lee@agawam.example", "currentPassword", OWN));
		assertThat(sent(changed)).containsExactly("TRAINING");
		assertThat(changed.text("email")).isEqualTo("lee@agawam.example");
	}

	@Test
	void guessesAtTheCurrentPasswordHaveTheBudgetOfEverySession() {
		Session me = session(newPerson(), "portal");
		Answer last = null;
		for (int i = 0; i < 6; i++) {
			last = patch(me.access(), Map.of("email", "lee@agawam.example", "currentPassword", OTHER + i));
		}
		assertThat(last.status()).isEqualTo(429);
		assertThat(last.text("code")).isEqualTo("too-many-attempts");
		assertThat(patch(me.access(), Map.of("email", "lee@agawam.example", "currentPassword", OWN)).status())
				.isEqualTo(429);
	}

	@Test
	void formAboutOneselfChangesNeitherAddressNorPrograms() {
		Session me = session(newPerson(), "portal");
		assertThat(fault(put(me.access(), me.person(), "email", "lee@agawam.example")))
				.isEqualTo("email own-email-not-allowed");
		assertThat(fault(put(me.access(), me.person(), "programs", List.of("1030"))))
				.isEqualTo("programs own-programs-not-allowed");
		assertThat(put(me.access(), me.person(), "lastName", "Lee").status()).isEqualTo(200);
		assertThat(put(serviceCenterToken(), me.person(), "programs", List.of("1030")).status()).isEqualTo(200);
		assertThat(fault(put(me.access(), me.person()))).as("to all programs")
				.isEqualTo("programs own-programs-not-allowed");
	}

	@Test
	void passwordIsNoPartOfWhatAnIdempotencyKeyStandsFor() {
		Session me = session(newPerson(), "portal");
		String key = UUID.randomUUID().toString();
		String etag = etag("/api/me", me.access());
		var first = Map.of("email", "lee@agawam.example", "currentPassword", OWN);
		assertThat(call(HttpMethod.PATCH, "/api/me", me.access(), first, "If-Match", etag, "Idempotency-Key", key)
				.status()).isEqualTo(200);
		Answer again = call(HttpMethod.PATCH, "/api/me", me.access(), Map.of("email", "lee@agawam.example"),
				"If-Match", etag, "Idempotency-Key", key);
		assertThat(sent(again)).as("answered as before").containsExactly("TRAINING");
	}

	@Test
	void idempotencyKeyOfTheTrainingSiteIsNoneOfThePortal() {
		Person person = newPerson();
		Session practising = session(person, "training");
		Session me = session(person, "portal");
		String key = UUID.randomUUID().toString();
		assertThat(patch(practising.access(), Map.of("firstName", "Ann"), "Idempotency-Key", key).status())
				.isEqualTo(200);
		assertThat(patch(me.access(), Map.of("firstName", "Bea"), "Idempotency-Key", key).status()).isEqualTo(200);
		assertThat(patch(me.access(), Map.of("firstName", "Cy"), "Idempotency-Key", key).text("code"))
				.isEqualTo("idempotency-key-reused");
		assertThat(patch(practising.access(), Map.of("firstName", "Dee"), "Idempotency-Key", key).text("code"))
				.isEqualTo("idempotency-key-reused");
	}

	@Test
	void addressChangesFiveTimesADayButTheServiceCenterPutsItRight() throws Exception {
		Session me = session(newPerson(), "portal");
		String coordinator = coordinator();
		for (int i = 0; i < 2; i++) {
			assertThat(patch(me.access(), Map.of("email", "a" + i + "@agawam.example", "currentPassword", OWN))
					.status()).isEqualTo(200);
		}
		for (int i = 2; i < 5; i++) {
			assertThat(put(coordinator, me.person(), "email", "a" + i + "@agawam.example").status()).isEqualTo(200);
		}
		assertThat(fault(put(coordinator, me.person(), "email", "a5@agawam.example")))
				.isEqualTo("email email-changed-too-often");
		assertThat(fault(patch(me.access(), Map.of("email", "a5@agawam.example", "currentPassword", OWN))))
				.isEqualTo("email email-changed-too-often");
		assertThat(put(coordinator, me.person(), "email", "a4@agawam.example", "lastName", "Lee").status())
				.as("anything else").isEqualTo(200);
		try (var events = fromNow(Topics.USER_EVENTS)) {
			put(coordinator, me.person(), "email", "a4@agawam.example", "lastName", "Ng");
			assertThat(events.await(1, SOON)).hasSize(1);
		}
		assertThat(put(coordinator, me.person()).status()).as("back to what it was").isEqualTo(200);
		assertThat(fault(put(coordinator, me.person(), "email", "a4@agawam.example"))).as("but not away again")
				.isEqualTo("email email-changed-too-often");
		assertThat(put(serviceCenterToken(), me.person(), "email", "right@agawam.example").status()).isEqualTo(200);
	}

	/** Of the district whose school the person is at. */
	private String coordinator() {
		String username = "coordinator." + UUID.randomUUID().toString().substring(0, 12);
		Answer created = call(HttpMethod.POST, "/api/users", serviceCenterToken(),
				Map.of("username", username, "firstName", "Thị", "lastName", "Nguyễn", "email",
						username + "@agawam.example", "role", "DTC", "organizations", List.of(Fixtures.AGAWAM.code())));
		return tokenFor(UUID.fromString(created.text("id")), Role.DTC);
	}
}
