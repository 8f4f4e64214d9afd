package io.rollcall.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.Topics;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Browser;
import io.rollcall.user.testing.SigningIn;

import static org.assertj.core.api.Assertions.assertThat;

/** Nobody has the same mails sent to one account again and again, not even the service center. */
class MailBudgetIT extends SigningIn {
	private JsonNode act(String what, Person person) {
		return act(what, person, token(BOOTSTRAP_SECRET).get("access_token").asString());
	}

	private JsonNode act(String what, Person person, String token) {
		Answer answer = call(HttpMethod.POST, "/api/users/" + what, token, Map.of("userIds", List.of(person.id())));
		assertThat(answer.status()).isEqualTo(200);
		return answer.body().get("results").get(0);
	}

	private void isDone(String what, Person person) {
		assertThat(act(what, person).get("outcome").asString()).as(what).isEqualTo("done");
	}

	private void isRefused(String what, Person person, String message) {
		JsonNode result = act(what, person);
		assertThat(result.get("outcome").asString()).isEqualTo("refused");
		assertThat(result.get("code").asString()).isEqualTo("mailed-too-often");
		assertThat(result.get("message").asString()).isEqualTo(message);
	}

	@Test
	void credentialsAreSentFiveTimesADay() {
		Person person = newPerson();
		Person another = newPerson();
		for (int i = 0; i < 5; i++)
			isDone("credentials", person);
		try (var mails = fromNow(Topics.CREDENTIAL_EVENTS)) {
			isRefused("credentials", person,
					"You sent new credentials to this account 5 times within 24 hours. You can send them again in 24 hours.");
			isDone("credentials", another);
			assertThat(mails.await(1, SOON)).singleElement()
					.satisfies(it -> assertThat(it.key()).isEqualTo(another.id().toString()));
		}
	}

	@Test
	void deactivationAlwaysWorksAndReactivationFiveTimesADay() {
		Person person = newPerson();
		for (int i = 0; i < 5; i++) {
			isDone("deactivations", person);
			isDone("reactivations", person);
		}
		assertThat(act("reactivations", person).get("outcome").asString()).as("active").isEqualTo("unchanged");
		isDone("deactivations", person);
		isRefused("reactivations", person,
				"You reactivated this account 5 times within 24 hours. You can reactivate it again in 24 hours.");
	}

	@Test
	void whoHasUsedUpTheirOwnKeepsNobodyElseFromIt() {
		Person person = newPerson();
		String coordinator = tokenFor(newPerson().id(), Role.STC);
		for (int i = 0; i < 5; i++)
			for (String what : List.of("credentials", "deactivations", "reactivations"))
				assertThat(act(what, person, coordinator).get("outcome").asString()).isEqualTo("done");
		assertThat(act("credentials", person, coordinator).get("code").asString()).isEqualTo("mailed-too-often");
		isDone("credentials", person);
		isDone("deactivations", person);
		assertThat(act("reactivations", person, coordinator).get("code").asString()).isEqualTo("mailed-too-often");
		isDone("reactivations", person);
	}

	@Test
	void ownPasswordChangesTenTimesADay() {
		Person person = newPerson();
		Flow session = flow("portal");
		Answer tokens = firstSignIn(new Browser(base()), session, person.username(), person.portal(), OWN);
		List<String> passwords = new ArrayList<>(List.of(OWN));
		for (int i = 0; i < 10; i++) {
			assertThat(change(tokens, passwords).status()).isEqualTo(204);
			passwords.add(next(passwords));
			tokens = refresh(session, tokens.text("refresh_token"));
		}
		Answer refused = change(tokens, passwords);
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.text("code")).isEqualTo("mailed-too-often");
		assertThat(refused.text("detail"))
				.isEqualTo("You changed your password 10 times within 24 hours. You can change it again in 24 hours.");
		var browser = new Browser(base());
		Flow flow = flow("portal");
		browser.open(authorize(flow));
		assertThat(exchange(flow, browser.submit("username", person.username(), "password", passwords.getLast()))
				.status()).as("it is the one before").isEqualTo(200);
		Answer training = firstSignIn(new Browser(base()), flow("training"), person.username(), person.training(), OWN);
		assertThat(change(training, List.of(OWN)).status()).as("each site's are counted by themselves").isEqualTo(204);
	}

	private Answer change(Answer tokens, List<String> passwords) {
		return call(HttpMethod.PUT, "/api/me/password", tokens.text("access_token"),
				Map.of("currentPassword", passwords.getLast(), "newPassword", next(passwords)));
	}

	private static String next(List<String> passwords) {
		return "Correct+Horse+" + (100 + passwords.size());
	}
}
