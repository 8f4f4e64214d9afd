package io.rollcall.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.Topics;
import io.rollcall.testing.TopicReader;
import io.rollcall.user.account.Origin;
import io.rollcall.user.apiclient.ApiClientService;
import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Site;
import io.rollcall.user.permission.Role;
import io.rollcall.user.signin.CurrentPassword;
import io.rollcall.user.signin.ForgottenPasswords;
import io.rollcall.user.signin.PasswordService;
import io.rollcall.user.signin.Source;
import io.rollcall.user.testing.Browser;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.SigningIn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Programs that act for an account: who makes, sees and revokes them, who is told of it, and what ends them. */
class ApiClientsIT extends SigningIn {
	private static final String CLIENTS = "/api/api-clients";
	/** Within which what is revoked must be unusable. */

	@Autowired
	private ForgottenPasswords forgotten;
	@Autowired
	private PasswordService passwords;
	@Autowired
	private ApiClientService clients;

	/** Somebody who is signed in to the Portal. */
	private record Session(Person person, String access) {}

	/** A program with its secret. */
	private record Program(String clientId, String secret) {}

	private Session session() {
		Person person = newPerson();
		return new Session(person, firstSignIn(new Browser(base()), flow("portal"), person.username(),
				person.portal(), OWN).text("access_token"));
	}

	private Answer make(Session owner, String name, String... headers) {
		return call(HttpMethod.POST, CLIENTS, owner.access(), Map.of("name", name, "currentPassword", OWN), headers);
	}

	private Program program(Session owner) {
		Answer made = make(owner, "Staff sync");
		assertThat(made.status()).isEqualTo(201);
		return new Program(made.text("clientId"), made.text("clientSecret"));
	}

	private Answer token(Program program) {
		return http().post().uri("/oauth2/token")
				.headers(it -> it.setBasicAuth(program.clientId(), program.secret()))
				.contentType(MediaType.APPLICATION_FORM_URLENCODED).body("grant_type=client_credentials")
				.exchange((_, response) -> new Answer(response.getStatusCode().value(),
						json.readTree(response.getBody().readAllBytes())));
	}

	private int revoke(Program program, String token) {
		return call(HttpMethod.DELETE, CLIENTS + "/" + program.clientId(), token, null).status();
	}

	private List<String> statuses(String path, String token) {
		List<String> statuses = new ArrayList<>();
		call(HttpMethod.GET, path, token, null).body().get("items")
				.forEach(it -> statuses.add(it.get("name").asString() + " " + it.get("status").asString()));
		return statuses;
	}

	private String of(Session owner) {
		return CLIENTS + "?account=" + owner.person().id();
	}

	private String serviceCenterToken() {
		return token(BOOTSTRAP_SECRET).get("access_token").asString();
	}

	/** A coordinator that exists, with a token. */
	private String coordinator(Role role, String organization) {
		String username = "coordinator." + UUID.randomUUID().toString().substring(0, 12);
		Answer created = call(HttpMethod.POST, "/api/users", serviceCenterToken(),
				Map.of("username", username, "firstName", "Thị", "lastName", "Nguyễn", "email",
						username + "@agawam.example", "role", role.name(), "organizations", List.of(organization)));
		return tokenFor(UUID.fromString(created.text("id")), role);
	}

	private void act(String what, Session whom) {
		Answer done = call(HttpMethod.POST, "/api/users/" + what, serviceCenterToken(),
				Map.of("userIds", List.of(whom.person().id())));
		assertThat(done.body().get("results").get(0).get("outcome").asString()).isEqualTo("done");
	}

	private List<String> history(Session whom) {
		List<String> entries = new ArrayList<>();
		call(HttpMethod.GET, "/api/users/" + whom.person().id() + "/history", serviceCenterToken(), null).body()
				.get("items").forEach(entry -> {
					List<String> names = new ArrayList<>();
					entry.path("apiClients").forEach(it -> names.add(it.get("name").asString()));
					entries.add(entry.get("what").asString() + names);
				});
		return entries;
	}

	private JsonNode await(TopicReader events, String type) {
		Instant end = Instant.now().plus(SOON);
		while (Instant.now().isBefore(end)) {
			for (var record : events.await(1, SOON)) {
				JsonNode event = json.readTree(record.value());
				if (event.get("type").asString().equals(type)) return event;
			}
		}
		throw new AssertionError("no " + type);
	}

	private TopicReader userEvents() {
		return fromNow(Topics.USER_EVENTS);
	}

	@Test
	void oneActsForItsOwnerUntilItIsRevoked() {
		Session me = session();
		Program program = program(me);
		String token = token(program).text("access_token");
		assertThat(claims(token).getSubject()).isEqualTo(me.person().id().toString());
		assertThat(call(HttpMethod.GET, "/api/users", token, null).status()).isEqualTo(200);
		Answer list = call(HttpMethod.GET, CLIENTS, me.access(), null);
		assertThat(list.body().path("totalItems").asInt()).isEqualTo(1);
		assertThat(list.body().get("items").get(0).get("lastUsedAt").isNull()).isFalse();
		assertThat(list.body().toString()).doesNotContain(program.secret());
		assertThat(token(new Program(program.clientId(), "wrong")).status()).isEqualTo(401);

		assertThat(revoke(program, coordinator(Role.DTC, Fixtures.BOSTON.code()))).isEqualTo(404);
		assertThat(revoke(program, me.access())).isEqualTo(204);
		assertThat(revoke(program, me.access())).as("again").isEqualTo(204);
		assertThat(token(program).status()).isEqualTo(401);
		assertThat(statuses(CLIENTS, me.access())).containsExactly("Staff sync revoked");
	}

	@Test
	void makingOneTakesASessionOfThePortalAndTheCurrentPassword() {
		Session me = session();
		for (Map<String, String> body : List.of(Map.of("name", "Staff sync"),
				Map.of("name", "Staff sync", "currentPassword", OTHER))) {
			Answer refused = call(HttpMethod.POST, CLIENTS, me.access(), body);
			assertThat(refused.status()).isEqualTo(422);
			assertThat(refused.body().get("errors").get(0).get("field").asString()).isEqualTo("currentPassword");
		}
		for (int i = 0; i < 3; i++) {
			Answer missing = call(HttpMethod.POST, CLIENTS, me.access(), Map.of("name", "Staff sync"));
			assertThat(missing.body().get("errors").get(0).get("code").asString()).as("no guess")
					.isEqualTo("required");
		}
		assertThat(statuses(CLIENTS, me.access())).isEmpty();

		String program = token(program(me)).text("access_token");
		assertThat(call(HttpMethod.POST, CLIENTS, program, Map.of("name", "Another", "currentPassword", OWN))
				.text("code")).isEqualTo("sign-in-required");
		Answer training = firstSignIn(new Browser(base()), flow("training"), me.person().username(),
				me.person().training(), OWN);
		assertThat(call(HttpMethod.POST, CLIENTS, training.text("access_token"),
				Map.of("name", "Another", "currentPassword", OWN)).status()).isEqualTo(403);
	}

	@Test
	void makingAndRevokingOneIsToldAndRemembered() {
		Session me = session();
		try (var events = userEvents()) {
			Program program = program(me);
			JsonNode made = await(events, "ApiClientMade");
			assertThat(made.get("accountId").asString()).isEqualTo(me.person().id().toString());
			assertThat(made.get("client").get("clientId").asString()).isEqualTo(program.clientId());
			assertThat(made.get("client").get("name").asString()).isEqualTo("Staff sync");
			assertThat(made.get("account").get("email").asString()).isEqualTo("maria@agawam.example");
			assertThat(made.toString()).doesNotContain(program.secret()).doesNotContain("sha256");
			revoke(program, serviceCenterToken());
			JsonNode revoked = await(events, "ApiClientsRevoked");
			assertThat(revoked.get("clients").get(0).get("name").asString()).isEqualTo("Staff sync");
			assertThat(revoked.get("origin").get("actorId").asString()).isEqualTo(serviceCenter().toString());
		}
		Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(history(me))
				.startsWith("api-client-revoked[Staff sync]", "api-client-made[Staff sync]"));
	}

	@Test
	void twoThatAreRevokedUnderOneKeyAreToldOfTwice() {
		Session me = session();
		List<Program> two = List.of(program(me), program(me));
		try (var events = userEvents()) {
			for (Program program : two) {
				call(HttpMethod.DELETE, CLIENTS + "/" + program.clientId(), me.access(), null, "Idempotency-Key",
						"a-key");
			}
			assertThat(events.await(2, SOON)).extracting(it -> json.readTree(it.value()).get("eventId").asString())
					.doesNotHaveDuplicates().hasSize(2);
		}
	}

	@Test
	void deactivationRevokesThemForGood() {
		Session me = session();
		Program program = program(me);
		act("deactivations", me);
		assertThat(token(program).status()).isIn(400, 401);
		act("reactivations", me);
		assertThat(token(program).status()).isEqualTo(401);
		assertThat(statuses(of(me), serviceCenterToken())).containsExactly("Staff sync revoked");
		Awaitility.await().atMost(SOON).untilAsserted(
				() -> assertThat(history(me)).filteredOn(it -> !it.startsWith("credentials-sent")).startsWith(
						"reactivated[]", "api-client-revoked[Staff sync]", "deactivated[]",
						"api-client-made[Staff sync]"));
	}

	@Test
	void newCredentialsRevokeThem() {
		Session me = session();
		Program program = program(me);
		act("credentials", me);
		assertThat(token(program).status()).isEqualTo(401);
		Awaitility.await().atMost(SOON)
				.untilAsserted(() -> assertThat(history(me)).contains("api-client-revoked[Staff sync]"));
	}

	@Test
	void aPasswordThatTheOwnerChangesLeavesThemButOneSetByALinkRevokesThem() throws Exception {
		Session me = session();
		Program program = program(me);
		assertThat(call(HttpMethod.PUT, "/api/me/password", me.access(),
				Map.of("currentPassword", OWN, "newPassword", OTHER)).status()).isEqualTo(204);
		assertThat(token(program).status()).isEqualTo(200);

		setByLink(Site.TRAINING, me, "Blackboard+1840");
		assertThat(token(program).status()).as("the Training Site, where no program acts").isEqualTo(200);
		setByLink(Site.PORTAL, me, "Blackboard+1841");
		assertThat(token(program).status()).isEqualTo(401);
		Awaitility.await().atMost(SOON)
				.untilAsserted(() -> assertThat(history(me)).contains("api-client-revoked[Staff sync]"));
	}

	private void setByLink(Site site, Session whose, String password) throws Exception {
		assertThat(passwords.reset(link(site, whose), new Password(password), Source.of("203.0.113.9", null)))
				.isInstanceOf(PasswordService.Outcome.Done.class);
	}

	private ResetToken link(Site site, Session whose) throws Exception {
		try (var mails = fromNow(Topics.CREDENTIAL_EVENTS)) {
			forgotten.request(site, whose.person().username());
			return new ResetToken(KEY.decryptText(
					json.readTree(mails.await(1, SOON).getFirst().value()).get("token").asString()));
		}
	}

	@Test
	void thePageOfALinkSaysThatItEndsThem() throws Exception {
		Session me = session();
		String sentence = "This also disconnects the systems";
		assertThat(page(link(Site.PORTAL, me))).doesNotContain(sentence);
		Program program = program(me);
		assertThat(page(link(Site.PORTAL, me))).contains(sentence);
		assertThat(page(link(Site.TRAINING, me))).doesNotContain(sentence);
		revoke(program, me.access());
		assertThat(page(link(Site.PORTAL, me))).doesNotContain(sentence);
	}

	private String page(ResetToken link) {
		return new Browser(base()).open("/reset-password?token=" + link.value()).text();
	}

	@Test
	void tokenOfARevokedOneIsRefusedWhereNobodyLooksAtTheAccount() {
		Session me = session();
		Program program = program(me);
		Program other = program(me);
		String token = token(program).text("access_token");
		String othersToken = token(other).text("access_token");
		assertThat(reference(token)).isEqualTo(200);
		revoke(program, me.access());
		Awaitility.await().until(() -> reference(token) == 401);
		assertThat(reference(othersToken)).isEqualTo(200);
		assertThat(reference(me.access())).isEqualTo(200);
	}

	private int reference(String token) {
		return call(HttpMethod.GET, "/api/reference", token, null).status();
	}

	@Test
	void whoeverManagesTheAccountWhollySeesAndRevokesThem() {
		Session me = session();
		Program program = program(me);
		for (String without : List.of(coordinator(Role.DTC, Fixtures.BOSTON.code()),
				coordinator(Role.TC, Fixtures.AGAWAM.code()), coordinator(Role.STC, Fixtures.ROBINSON.code()))) {
			assertThat(call(HttpMethod.GET, of(me), without, null).status()).isEqualTo(404);
			assertThat(revoke(program, without)).isEqualTo(404);
		}
		assertThat(call(HttpMethod.GET, CLIENTS + "?account=" + UUID.randomUUID(), serviceCenterToken(), null).status())
				.isEqualTo(404);
		assertThat(statuses(of(me), me.access())).as("one's own by one's id").hasSize(1);
		assertThat(statuses(of(me), serviceCenterToken())).containsExactly("Staff sync active");
		String dtc = coordinator(Role.DTC, Fixtures.AGAWAM.code());
		assertThat(statuses(of(me), dtc)).containsExactly("Staff sync active");
		assertThat(revoke(program, dtc)).isEqualTo(204);
		assertThat(token(program).status()).isEqualTo(401);
	}

	@Test
	void aProgramKnowsNothingOfItsOwnersOthersAndEndsItselfAlone() {
		Session me = session();
		Program program = program(me);
		Program other = program(me);
		String token = token(program).text("access_token");
		for (String path : List.of(CLIENTS, of(me)))
			assertThat(call(HttpMethod.GET, path, token, null).text("code")).isEqualTo("sign-in-required");
		String history = "/api/users/" + me.person().id() + "/history";
		Awaitility.await().atMost(SOON).until(() -> call(HttpMethod.GET, history, me.access(), null).body().toString(),
				it -> it.contains(program.clientId()) && it.contains(other.clientId()));
		assertThat(call(HttpMethod.GET, history, token, null).body().toString()).contains(program.clientId())
				.doesNotContain(other.clientId());
		assertThat(revoke(other, token)).isEqualTo(403);
		assertThat(token(other).status()).isEqualTo(200);
		assertThat(revoke(program, token)).isEqualTo(204);
		assertThat(token(program).status()).isEqualTo(401);
	}

	@Test
	void whoseRoleMayHaveNoneAnyMoreMakesNoneBeforeTheTokenIsRefused() throws Exception {
		Session me = session();
		UUID sid = UUID.fromString(claims(me.access()).getStringClaim("sid"));
		accounts().updateOne(new Document("accountId", me.person().id()),
				new Document("$set", new Document("role", Role.TA.name())));
		assertThatThrownBy(() -> clients.make(sid, new Password(OWN), "Staff sync", null,
				new Origin.Request("cause", me.person().id(), null, null)))
				.isInstanceOfSatisfying(CurrentPassword.Refusal.class,
						it -> assertThat(it.refused()).isEqualTo(new CurrentPassword.SessionOver()));
	}

	@Test
	void thereAreFiveAtOnceAndTenADay() {
		Session me = session();
		Program last = null;
		for (int i = 0; i < 5; i++)
			last = program(me);
		assertThat(make(me, "n").text("code")).isEqualTo("too-many-api-clients");
		for (int i = 5; i < 10; i++) {
			revoke(last, me.access());
			last = program(me);
		}
		revoke(last, me.access());
		assertThat(make(me, "n").text("code")).isEqualTo("too-many-api-clients-today");
	}

	@Test
	void ofManyMadeAtOnceThereAreFive() throws Exception {
		Session me = session();
		for (int i = 0; i < 4; i++)
			program(me);
		assertThat(atOnce(3, () -> make(me, "Staff sync").status())).containsExactlyInAnyOrder(201, 409, 409);
		assertThat(statuses(CLIENTS, me.access())).hasSize(5);
	}

	@Test
	void rightPasswordsThatComeAtOnceAreNoGuesses() throws Exception {
		Session me = session();
		assertThat(atOnce(8, () -> make(me, "Staff sync").status())).containsExactlyInAnyOrder(201, 201, 201, 201, 201,
				409, 409, 409);
	}

	@Test
	void ofWrongPasswordsThatComeAtOnceThreeAreEvaluated() throws Exception {
		Session me = session();
		var wrong = Map.of("name", "Staff sync", "currentPassword", OTHER);
		List<Integer> answers = atOnce(12, () -> call(HttpMethod.POST, CLIENTS, me.access(), wrong).status());
		assertThat(answers).filteredOn(it -> it == 422).hasSize(3);
		assertThat(answers).filteredOn(it -> it == 429).hasSize(9);
		assertThat(make(me, "Staff sync").status()).isEqualTo(429);
	}

	private static List<Integer> atOnce(int times, Callable<Integer> call) throws Exception {
		List<Integer> answers = new ArrayList<>();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var answer : threads.invokeAll(Collections.nCopies(times, call)))
				answers.add(answer.get());
		}
		return answers;
	}

	@Test
	void nameThatIsNoneIsRefused() {
		Session me = session();
		for (String name : List.of("", " ", "n".repeat(61), "two\nlines", "Win now http://evil.example",
				"www.evil.example", "see evil．com", "pat@evil.example", "\u200d\u200d", "a\u202eb", "..")) {
			Answer refused = make(me, name);
			assertThat(refused.status()).as(name).isEqualTo(422);
			assertThat(refused.body().get("errors").get(0).get("field").asString()).isEqualTo("name");
		}
		assertThat(make(me, " Staff-Abgleich für St. O'Brien & Söhne (SIS 2) ").text("name"))
				.isEqualTo("Staff-Abgleich für St. O'Brien & Söhne (SIS 2)");
	}

	@Test
	void sameIdempotencyKeyMakesOneAndItsSecretIsShownOnce() {
		Session me = session();
		Answer made = make(me, "Staff sync", "Idempotency-Key", "a-key");
		assertThat(made.status()).isEqualTo(201);
		Answer again = make(me, " Staff sync ", "Idempotency-Key", "a-key");
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.text("code")).isEqualTo("api-client-made-before");
		assertThat(again.text("detail")).contains(made.text("clientId"));
		assertThat(again.body().toString()).doesNotContain(made.text("clientSecret"));
		assertThat(make(me, "Another", "Idempotency-Key", "a-key").text("code")).isEqualTo("idempotency-key-reused");
		assertThat(make(me, "Another", "Idempotency-Key", "a key").status()).isEqualTo(400);
		assertThat(statuses(CLIENTS, me.access())).hasSize(1);
		assertThat(token(new Program(made.text("clientId"), made.text("clientSecret"))).status()).isEqualTo(200);

		Session other = session();
		assertThat(make(other, "Staff sync", "Idempotency-Key", "a-key").status()).as("a key of somebody else")
				.isEqualTo(201);
		assertThat(make(me, "Staff sync", "Idempotency-Key", "another-key").status()).isEqualTo(201);
	}

	@Test
	void whereClientsSendFormsIsSaidWhatIsWrong() {
		for (String path : List.of("/oauth2/token", "/oauth2/revoke")) {
			String challenge = http().post().uri(path).contentType(MediaType.APPLICATION_FORM_URLENCODED)
					.body("grant_type=client_credentials").exchange((_, response) -> {
						assertThat(response.getStatusCode().value()).as(path).isEqualTo(401);
						assertThat(json.readTree(response.getBody().readAllBytes()).path("error").asString())
								.isEqualTo("invalid_client");
						return response.getHeaders().getFirst("WWW-Authenticate");
					});
			assertThat(challenge).startsWith("Basic ");
			String allowed = http().get().uri(path).exchange((_, response) -> {
				assertThat(response.getStatusCode().value()).as(path).isEqualTo(405);
				assertThat(json.readTree(response.getBody().readAllBytes()).path("code").asString())
						.isEqualTo("method-not-allowed");
				return response.getHeaders().getFirst("Allow");
			});
			assertThat(allowed).contains("POST").doesNotContain("GET");
		}
	}

	/** A success means that what was asked for is so, and what is offered is there. */
	@Test
	void accessTokenIsNotSaidToBeRevokedAndNothingIsOfferedThatIsNotThere() {
		String token = token(BOOTSTRAP_SECRET).get("access_token").asString();
		for (String hint : List.of("", "&token_type_hint=access_token", "&token_type_hint=refresh_token")) {
			String error = http().post().uri("/oauth2/revoke")
					.headers(it -> it.setBasicAuth("bootstrap", BOOTSTRAP_SECRET))
					.contentType(MediaType.APPLICATION_FORM_URLENCODED).body("token=" + token + hint)
					.exchange((_, response) -> {
						assertThat(response.getStatusCode().value()).isEqualTo(400);
						return json.readTree(response.getBody().readAllBytes()).path("error").asString();
					});
			assertThat(error).isEqualTo("unsupported_token_type");
		}
		int introspected = http().post().uri("/oauth2/introspect")
				.headers(it -> it.setBasicAuth("bootstrap", BOOTSTRAP_SECRET))
				.contentType(MediaType.APPLICATION_FORM_URLENCODED).body("token=" + token)
				.exchange((_, response) -> response.getStatusCode().value());
		assertThat(introspected).isEqualTo(401);
		for (String path : List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")) {
			JsonNode offered = json.readTree(http().get().uri(path).retrieve().body(String.class));
			assertThat(offered.get("grant_types_supported").valueStream().map(JsonNode::asString))
					.containsExactly("authorization_code", "refresh_token", "client_credentials");
			assertThat(offered.get("token_endpoint_auth_methods_supported").valueStream().map(JsonNode::asString))
					.containsExactly("client_secret_basic", "client_secret_post");
			assertThat(offered.propertyNames()).noneMatch(it -> it.contains("introspection") || it.contains("dpop")
					|| it.contains("tls"));
		}
	}
}
