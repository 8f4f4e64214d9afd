package io.rollcall.user;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.rollcall.contracts.Topics;
import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.PasswordHashing;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.SignInService;
import io.rollcall.user.signin.Source;
import io.rollcall.user.testing.Browser;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.SigningIn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One's own profile and password, and when what one had is over. */
class OwnAccountIT extends SigningIn {
	@Autowired
	private SignInService signIns;
	@Autowired
	private PasswordHashing hashing;

	/** Somebody who is signed in to the Portal. */
	private record Session(Person person, Browser browser, Flow flow, String access, String refresh) {}

	private Session session() {
		return session(newPerson());
	}

	private Session session(Person person) {
		var browser = new Browser(base());
		Flow flow = flow("portal");
		Answer tokens = firstSignIn(browser, flow, person.username(), person.portal(), OWN);
		return new Session(person, browser, flow, tokens.text("access_token"), tokens.text("refresh_token"));
	}

	/** The same person again, elsewhere. */
	private Session another(Session first) {
		var browser = new Browser(base());
		Flow flow = flow("portal");
		browser.open(authorize(flow));
		Answer tokens = exchange(flow, browser.submit("username", first.person().username(), "password", OWN));
		return new Session(first.person(), browser, flow, tokens.text("access_token"), tokens.text("refresh_token"));
	}

	private String etag(String token) {
		return http().get().uri("/api/me").headers(it -> it.setBearerAuth(token))
				.exchange((_, response) -> response.getHeaders().getETag());
	}

	private int reference(String token) {
		return call(HttpMethod.GET, "/api/reference", token, null).status();
	}

	private String serviceCenterToken() {
		return token(BOOTSTRAP_SECRET).get("access_token").asString();
	}

	@Test
	void answerToFieldsThatNobodyHasIsNotManyTimesTheRequest() {
		Session me = session();
		Map<String, Object> fields = new HashMap<>();
		for (int i = 0; i < 1_000; i++)
			fields.put("f" + i, 1);
		Answer answer = call(HttpMethod.PATCH, "/api/me", me.access(), fields, "If-Match", etag(me.access()));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().toString().length()).isLessThan(1_000);
	}

	@Test
	void profileIsChangedByTheRulesOfEveryForm() {
		Session me = session();
		assertThat(call(HttpMethod.PATCH, "/api/me", me.access(), Map.of("lastName", "Lee")).status()).isEqualTo(428);
		Answer changed = call(HttpMethod.PATCH, "/api/me", me.access(),
				Map.of("lastName", "Lee", "phone", "413-555-0100"), "If-Match", etag(me.access()));
		assertThat(changed.status()).isEqualTo(200);
		assertThat(changed.text("lastName")).isEqualTo("Lee");
		assertThat(changed.text("firstName")).isEqualTo("María");
		assertThat(Instant.parse(changed.text("passwordExpiresAt"))).isAfter(Instant.now().plusSeconds(364 * 86_400L));
		assertThat(call(HttpMethod.PATCH, "/api/me", me.access(), Map.of("lastName", "Ng"), "If-Match", "*").status())
				.isEqualTo(428);
		String key = UUID.randomUUID().toString();
		assertThat(call(HttpMethod.PATCH, "/api/me", me.access(), Map.of("lastName", "Ng"), "If-Match",
				etag(me.access()), "Idempotency-Key", key).text("lastName")).isEqualTo("Ng");
		assertThat(call(HttpMethod.PATCH, "/api/me", me.access(), Map.of("lastName", "Lee"), "If-Match",
				etag(me.access()), "Idempotency-Key", key).text("code")).isEqualTo("idempotency-key-reused");
		Answer faulty = call(HttpMethod.PATCH, "/api/me", me.access(), Map.of("lastName", "", "phone", "1"),
				"If-Match", etag(me.access()));
		assertThat(faulty.status()).isEqualTo(422);
		assertThat(faulty.body().get("errors")).hasSize(2);
		assertThat(call(HttpMethod.PATCH, "/api/me", me.access(), Map.of("role", "SC"), "If-Match",
				etag(me.access())).body().get("errors").get(0).get("code").asString()).isEqualTo("not-changeable");
	}

	@Test
	void changeInASessionOfTheTrainingSiteSaysSoInTheHistory() {
		Person person = newPerson();
		String access = firstSignIn(new Browser(base()), flow("training"), person.username(), person.training(), OWN)
				.text("access_token");
		assertThat(call(HttpMethod.PATCH, "/api/me", access, Map.of("lastName", "Lee"), "If-Match", etag(access))
				.status()).isEqualTo(200);
		JsonNode entry = await().atMost(SOON)
				.until(() -> call(HttpMethod.GET, "/api/users/" + person.id() + "/history", serviceCenterToken(), null)
						.body().get("items").path(0), it -> it.path("what").asString("").equals("updated"));
		assertThat(entry.get("way").asString()).isEqualTo("training-form");
		assertThat(entry.get("by").get("username").asString()).isEqualTo(person.username());
		assertThat(entry.get("clientId").isNull()).isTrue();
	}

	@Test
	void whatWasReadOfOneselfIsSentBackWithAFieldChanged() {
		Session me = session();
		ObjectNode read = (ObjectNode) call(HttpMethod.GET, "/api/me", me.access(), null).body();
		String tag = etag(me.access());
		for (String field : List.of("id", "username", "role", "roleTitle", "site")) {
			Answer refused = call(HttpMethod.PATCH, "/api/me", me.access(), read.deepCopy().put(field, "other"),
					"If-Match", tag);
			assertThat(refused.status()).isEqualTo(422);
			assertThat(refused.body().get("errors")).hasSize(1);
			assertThat(refused.body().get("errors").get(0).get("field").asString()).isEqualTo(field);
		}
		for (String field : List.of("organizations", "permissions")) {
			ObjectNode more = read.deepCopy();
			more.withArray(field).add("other");
			assertThat(call(HttpMethod.PATCH, "/api/me", me.access(), more, "If-Match", tag).body().get("errors").get(0)
					.get("field").asString()).isEqualTo(field);
		}
		Answer misspelled = call(HttpMethod.PATCH, "/api/me", me.access(), Map.of("lastname", "Lee"), "If-Match", tag);
		assertThat(misspelled.status()).isEqualTo(400);
		assertThat(misspelled.body().get("errors").get(0).get("message").asString())
				.isEqualTo("There is no field 'lastname' here.");
		Answer changed = call(HttpMethod.PATCH, "/api/me", me.access(), read.put("lastName", "Lee"), "If-Match", tag);
		assertThat(changed.status()).isEqualTo(200);
		assertThat(changed.text("lastName")).isEqualTo("Lee");
		assertThat(call(HttpMethod.PATCH, "/api/me", me.access(), read.put("role", "SC"), "If-Match", tag).status())
				.as("read before").isEqualTo(412);
	}

	@Test
	void changedPasswordEndsTheOtherSessionsOfTheSiteAndKeepsThisOne() {
		Session me = session();
		Session other = another(me);
		assertThat(change(me, "Wrong+Horse+42", OTHER).body().get("errors").get(0).get("code").asString())
				.isEqualTo("current-password-wrong");
		assertThat(change(me, OWN, "short").body().get("errors").size()).isGreaterThan(3);
		assertThat(change(me, OWN, OWN).body().get("errors").get(0).get("code").asString())
				.isEqualTo("password-reused");
		try (var events = fromNow(Topics.USER_EVENTS)) {
			assertThat(change(me, OWN, OTHER).status()).isEqualTo(204);
			assertThat(json.readTree(events.await(1, SOON).getFirst().value()).get("type").asString())
					.isEqualTo("PasswordChanged");
		}
		assertThat(refresh(other.flow(), other.refresh()).text("error")).isEqualTo("invalid_grant");
		assertThat(refresh(me.flow(), me.refresh()).status()).isEqualTo(200);
		await().until(() -> reference(other.access()) == 401);
	}

	@Test
	void changedPasswordEndsWhateverElseCameOfTheSameSignIn() {
		Session me = session();
		Flow sibling = flow("portal");
		Answer tokens = exchange(sibling, me.browser().open(authorize(sibling)));
		assertThat(tokens.status()).as("the sign-in pages remember who signed in").isEqualTo(200);
		Flow late = flow("portal");
		Browser.Page code = me.browser().open(authorize(late));

		assertThat(change(me, OWN, OTHER).status()).isEqualTo(204);
		assertThat(refresh(sibling, tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
		assertThat(exchange(late, code).text("error")).as("a code of before").isEqualTo("invalid_grant");
		Flow after = flow("portal");
		assertThat(me.browser().open(authorize(after)).title()).as("the cookie of the pages").isEqualTo("Sign In");
		assertThat(refresh(me.flow(), me.refresh()).status()).as("who made the change").isEqualTo(200);
		await().until(() -> reference(tokens.text("access_token")) == 401);
	}

	@Test
	void newCredentialsEndSessionsAndTheirTokens() {
		Session me = session();
		assertThat(reference(me.access())).isEqualTo(200);
		assertThat(call(HttpMethod.POST, "/api/users/credentials", serviceCenterToken(),
				Map.of("userIds", List.of(me.person().id()))).status()).isEqualTo(200);
		assertThat(refresh(me.flow(), me.refresh()).text("error")).isEqualTo("invalid_grant");
		await().until(() -> reference(me.access()) == 401);
	}

	@Test
	void wrongGuessesFromStolenSessionsDoNotKeepTheOwnersDeviceFromSigningIn() {
		Session me = session();
		Session stolen = another(me);
		for (int i = 0; i < 10; i++) {
			change(stolen, "Guess+Number+" + i, OTHER);
			change(me, "Guess-Number-" + i, OTHER);
		}
		assertThat(change(stolen, OWN, OTHER).text("code")).isEqualTo("too-many-attempts");
		Flow flow = flow("portal");
		me.browser().forgetSignIn();
		me.browser().open(authorize(flow));
		assertThat(exchange(flow, me.browser().submit("username", me.person().username(), "password", OWN)).status())
				.isEqualTo(200);
	}

	@Test
	void aPasswordThatWasForgottenInTheRequestIsNoGuess() {
		Session me = session();
		for (Map<String, String> body : List.of(Map.<String, String>of(), Map.of("newPassword", OTHER),
				Map.of("currentPassword", "", "newPassword", OTHER),
				Map.of("currentPassword", " \u200b", "newPassword", OTHER))) {
			assertIsMissing(call(HttpMethod.PUT, "/api/me/password", me.access(), body));
			assertIsMissing(call(HttpMethod.PATCH, "/api/me", me.access(), Map.of("email", "moved@agawam.example"),
					"If-Match", etag(me.access())));
		}
		assertThat(change(me, OWN, OTHER).status()).isEqualTo(204);
	}

	private static void assertIsMissing(Answer answer) {
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.text("code")).isEqualTo("invalid");
		assertThat(answer.body().get("errors")).hasSize(1);
		assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo("currentPassword");
		assertThat(answer.body().get("errors").get(0).get("code").asString()).isEqualTo("required");
	}

	@Test
	void tooManyAttemptsSayWhenThereIsOneAgain() {
		Session me = session();
		for (int i = 0; i < 3; i++)
			change(me, "Guess+Number+" + i, OTHER);
		String wait = http().put().uri("/api/me/password").headers(it -> it.setBearerAuth(me.access()))
				.contentType(MediaType.APPLICATION_JSON)
				.body(json.writeValueAsString(Map.of("currentPassword", OWN, "newPassword", OTHER)))
				.exchange((_, response) -> response.getHeaders().getFirst("Retry-After"));
		assertThat(wait).isEqualTo("3601");
	}

	@Test
	void newPasswordThatBreaksARuleCostsOneEvaluation() {
		Session me = session();
		long before = hashing.evaluations();
		assertThat(change(me, OWN, "x").status()).isEqualTo(422);
		assertThat(hashing.evaluations() - before).isEqualTo(1);
		assertThat(change(me, OWN, OWN).body().get("errors").get(0).get("code").asString())
				.isEqualTo("password-reused");
	}

	private Answer change(Session session, String current, String password) {
		return call(HttpMethod.PUT, "/api/me/password", session.access(),
				Map.of("currentPassword", current, "newPassword", password));
	}

	@Test
	void tokenOfADeactivatedAccountIsRefusedWhereNobodyLooksAtTheAccount() {
		Session me = session();
		assertThat(reference(me.access())).isEqualTo(200);
		call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken(),
				Map.of("userIds", List.of(me.person().id())));
		await().until(() -> reference(me.access()) == 401);
		assertThat(call(HttpMethod.GET, "/api/me", me.access(), null).status()).isEqualTo(401);
	}

	@Test
	void tokenOfAnEarlierRoleIsRefused() {
		Session me = session();
		String location = "/api/users/" + me.person().id();
		String token = serviceCenterToken();
		String tag = http().get().uri(location).headers(it -> it.setBearerAuth(token))
				.exchange((_, response) -> response.getHeaders().getETag());
		assertThat(call(HttpMethod.PUT, location, token,
				Map.of("username", me.person().username(), "firstName", "María", "lastName", "Okafor", "email",
						"maria@agawam.example", "role", "TA", "organizations", List.of(Fixtures.DOERING.code())),
				"If-Match", tag).status()).isEqualTo(200);
		await().until(() -> reference(me.access()) == 401);
		Answer refreshed = refresh(me.flow(), me.refresh());
		assertThat(claims(refreshed.text("access_token")).getClaim("role")).isEqualTo("TA");
		assertThat(reference(refreshed.text("access_token"))).isEqualTo(200);
	}

	@Test
	void tenThousandGuessesAreEvaluatedTwentyTimesAtMostWhileTheOwnerSignsIn() {
		Session me = session();
		long before = hashing.evaluations();
		int refused = 0;
		for (int i = 0; i < 10_000; i++) {
			var from = Source.of("203.0.113." + i % 250, "guesser-" + i);
			var outcome = signIns.signIn(Site.PORTAL, me.person().username(), new Password("Guess+Number+" + i), from);
			if (outcome instanceof SignInService.Outcome.TooMany) refused++;
			assertThat(outcome).isNotInstanceOf(SignInService.Outcome.SignedIn.class);
		}
		assertThat(hashing.evaluations() - before).isLessThanOrEqualTo(20).isEqualTo(10_000 - refused);
		Flow flow = flow("portal");
		me.browser().forgetSignIn();
		assertThat(me.browser().open(authorize(flow)).title()).isEqualTo("Sign In");
		assertThat(exchange(flow, me.browser().submit("username", me.person().username(), "password", OWN)).status())
				.isEqualTo(200);
	}

	@Test
	void strangersDoNotKeepANewColleagueFromTheFirstSignIn() {
		Person person = newPerson();
		for (int i = 0; i < 100; i++) {
			signIns.signIn(Site.PORTAL, person.username(), new Password("Guess+Number+" + i),
					Source.of("203.0.113." + i, null));
		}
		assertThat(session(person).access()).isNotEmpty();
	}

	@Test
	void guessesAtANameThatNobodyHasAreCountedJustTheSame() {
		String nobody = "nobody." + UUID.randomUUID().toString().substring(0, 12);
		long evaluated = 0;
		for (int i = 0; i < 100; i++) {
			if (signIns.signIn(Site.PORTAL, nobody, new Password("Guess+Number+" + i),
					Source.of("203.0.113." + i, null)) instanceof SignInService.Outcome.Refused) {
				evaluated++;
			}
		}
		assertThat(evaluated).isEqualTo(6);
	}
}
