package io.rollcall.user;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import io.rollcall.user.credential.PasswordHashing;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Browser;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.SigningIn;

import static org.assertj.core.api.Assertions.assertThat;

/** What it takes to give somebody a role that runs the system, or to be let into the account of one who has it. */
class RoleGrantIT extends SigningIn {
	@Autowired
	private PasswordHashing hashing;

	/** Somebody of the service center, in a session of a site. */
	private String session(String site) {
		Person person = newPerson();
		accounts().updateOne(new Document("accountId", person.id()), new Document("$set",
				new Document("role", Role.SC.name()).append("organizations", List.of())));
		return firstSignIn(new Browser(base()), flow(site), person.username(),
				site.equals("portal") ? person.portal() : person.training(), OWN).text("access_token");
	}

	private static Map<String, Object> form(String role, Object... more) {
		Map<String, Object> form = new HashMap<>(Map.of("username", role + "." + UUID.randomUUID(), "firstName", "Lee",
				"lastName", "Granted", "email", "lee@agawam.example", "role", role, "organizations",
				role.equals("TA") ? List.of(Fixtures.DOERING.code()) : List.of(), "programs", List.of()));
		for (int i = 0; i < more.length; i += 2)
			form.put((String) more[i], more[i + 1]);
		return form;
	}

	private Answer create(String token, Map<String, Object> form, String... headers) {
		return call(HttpMethod.POST, "/api/users", token, form, headers);
	}

	private Answer put(String token, String id, Map<String, Object> form) {
		String path = "/api/users/" + id;
		String etag = http().get().uri(path).headers(it -> it.setBearerAuth(token))
				.exchange((_, response) -> response.getHeaders().getETag());
		return call(HttpMethod.PUT, path, token, form, "If-Match", etag);
	}

	private static String fault(Answer answer) {
		assertThat(answer.status()).isEqualTo(422);
		JsonNode error = answer.body().get("errors").get(0);
		return error.get("field").asString() + " " + error.get("code").asString();
	}

	@Test
	void newAccountThatRunsTheSystemTakesASessionOfThePortalAndItsPassword() {
		String center = session("portal");
		for (String role : List.of("SC", "OPS")) {
			assertThat(fault(create(center, form(role)))).isEqualTo("currentPassword required");
			assertThat(fault(create(center, form(role, "currentPassword", OTHER))))
					.isEqualTo("currentPassword current-password-wrong");
			Answer created = create(center, form(role, "currentPassword", OWN));
			assertThat(created.status()).isEqualTo(201);
			assertThat(created.text("role")).isEqualTo(role);
		}
		assertThat(create(center, form("TA")).status()).as("any other role").isEqualTo(201);
	}

	@Test
	void roleThatRunsTheSystemIsGivenInASessionOfThePortalWithItsPassword() {
		String center = session("portal");
		Map<String, Object> lee = form("TA");
		String id = create(center, lee).text("id");
		lee.putAll(Map.of("role", "OPS", "organizations", List.of()));
		assertThat(fault(put(center, id, lee))).isEqualTo("currentPassword required");
		lee.put("currentPassword", OWN);
		assertThat(put(center, id, lee).text("role")).isEqualTo("OPS");
		lee.remove("currentPassword");
		lee.put("role", "SC");
		assertThat(fault(put(center, id, lee))).isEqualTo("currentPassword required");
	}

	@Test
	void programsGiveNobodySuchARole() {
		String program = token(BOOTSTRAP_SECRET).get("access_token").asString();
		Map<String, Object> lee = form("TA");
		String id = create(program, lee).text("id");
		lee.putAll(Map.of("role", "SC", "organizations", List.of(), "currentPassword", OWN));
		for (Answer refused : List.of(create(program, form("OPS", "currentPassword", OWN)), put(program, id, lee))) {
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.text("code")).isEqualTo("sign-in-required");
		}
		assertThat(call(HttpMethod.GET, "/api/users/" + id, program, null).text("role")).isEqualTo("TA");
		assertThat(create(session("training"), form("SC", "currentPassword", OWN)).status()).isEqualTo(403);
	}

	private String bulk(String token, String what, String id, String... password) {
		Map<String, Object> request = new HashMap<>(Map.of("userIds", List.of(id)));
		if (password.length > 0) request.put("currentPassword", password[0]);
		Answer answer = call(HttpMethod.POST, "/api/users/" + what, token, request);
		if (answer.status() != 200) return fault(answer);
		JsonNode result = answer.body().get("results").get(0);
		return result.get("outcome").asString() + " " + result.get("code").asString("");
	}

	@Test
	void whatLetsSomebodyIntoAnAccountThatRunsTheSystemTakesTheSame() {
		String program = token(BOOTSTRAP_SECRET).get("access_token").asString();
		String center = session("portal");
		for (String role : List.of("SC", "OPS")) {
			Map<String, Object> lee = form(role, "currentPassword", OWN);
			String id = create(center, lee).text("id");
			lee.put("email", "somebody.else@agawam.example");
			assertThat(put(program, id, lee).text("code")).isEqualTo("sign-in-required");
			assertThat(bulk(program, "credentials", id)).isEqualTo("refused sign-in-required");
			assertThat(bulk(program, "credentials", id, OWN)).isEqualTo("refused sign-in-required");
			assertThat(bulk(program, "deactivations", id)).as("security does not wait").isEqualTo("done ");
			assertThat(bulk(program, "reactivations", id, OWN)).isEqualTo("refused sign-in-required");

			assertThat(bulk(center, "reactivations", id)).isEqualTo("refused sign-in-required");
			assertThat(bulk(center, "reactivations", id, OTHER)).isEqualTo("currentPassword current-password-wrong");
			assertThat(bulk(center, "reactivations", id, OWN)).isEqualTo("done ");
			assertThat(bulk(center, "credentials", id)).isEqualTo("refused sign-in-required");
			assertThat(bulk(center, "credentials", id, OWN)).isEqualTo("done ");
			lee.put("currentPassword", OTHER);
			assertThat(fault(put(center, id, lee))).isEqualTo("currentPassword current-password-wrong");
			lee.put("currentPassword", OWN);
			assertThat(put(center, id, lee).text("email")).isEqualTo("somebody.else@agawam.example");
		}
	}

	@Test
	void passwordIsEvaluatedOnlyForTheSakeOfWhoRunsTheSystem() {
		String center = session("portal");
		String id = create(center, form("TA")).text("id");
		long before = hashing.evaluations();
		for (String password : List.of(OWN, OTHER))
			assertThat(bulk(center, "credentials", id, password)).isEqualTo("done ");
		assertThat(hashing.evaluations()).isEqualTo(before);
	}

	@Test
	void passwordIsNoPartOfWhatAnIdempotencyKeyStandsFor() {
		String center = session("portal");
		String key = UUID.randomUUID().toString();
		Map<String, Object> form = form("SC", "currentPassword", OWN);
		Answer created = create(center, form, "Idempotency-Key", key);
		assertThat(created.status()).isEqualTo(201);
		form.put("currentPassword", " " + OWN);
		assertThat(create(center, form, "Idempotency-Key", key).body()).isEqualTo(created.body());
	}
}
