package io.rollcall.user;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Browser;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.SigningIn;

import static org.assertj.core.api.Assertions.assertThat;

/** Figures of a district, as they become others. That they are what the list counts, RosterTests says of all of them. */
class ReadinessIT extends SigningIn {
	private static final String SCHOOL = Fixtures.DOERING.code();
	private static final List<String> PASSWORDS = List.of("set", "issued", "expiring", "expired");
	private String serviceCenter;

	@BeforeEach
	void signIn() {
		serviceCenter = token(BOOTSTRAP_SECRET).get("access_token").asString();
	}

	private JsonNode places(String token, String organization) {
		Answer answer = call(HttpMethod.GET, "/api/users/readiness?organization=" + organization, token, null);
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
		return answer.body().get("places");
	}

	private List<String> codes(String token, String organization) {
		return places(token, organization).valueStream().map(it -> it.get("code").asString()).toList();
	}

	/** Accounts, school test coordinators, and what they sign in with. */
	private List<Integer> figures() {
		JsonNode school = places(serviceCenter, Fixtures.AGAWAM.code()).valueStream()
				.filter(it -> it.get("code").asString().equals(SCHOOL)).findFirst().orElseThrow();
		for (String password : PASSWORDS)
			assertThat(school.at("/credentials/" + password).asInt(0)).as(password)
					.isEqualTo(listed("credentials=" + password));
		assertThat(school.get("undelivered").asInt()).isEqualTo(listed("delivery=failed"));
		return List.of(school.get("accounts").asInt(), school.at("/roles/STC").asInt(),
				school.at("/credentials/issued").asInt(0), school.at("/credentials/set").asInt(0));
	}

	private int listed(String filter) {
		return call(HttpMethod.GET, "/api/users?size=1&organization=" + SCHOOL + "&" + filter, serviceCenter, null)
				.body()
				.get("totalItems").asInt();
	}

	private static List<Integer> plus(List<Integer> figures, int... more) {
		return List.of(figures.get(0) + more[0], figures.get(1) + more[1], figures.get(2) + more[2],
				figures.get(3) + more[3]);
	}

	@Test
	void personCountsFromCreationToDeactivation() {
		newPerson();
		List<Integer> before = figures();
		Person person = newPerson();
		assertThat(figures()).isEqualTo(plus(before, 1, 1, 1, 0));
		firstSignIn(new Browser(base()), flow("training"), person.username(), person.training(), OWN);
		assertThat(figures()).as("the other site does not count").isEqualTo(plus(before, 1, 1, 1, 0));
		firstSignIn(new Browser(base()), flow("portal"), person.username(), person.portal(), OWN);
		assertThat(figures()).isEqualTo(plus(before, 1, 1, 0, 1));
		call(HttpMethod.POST, "/api/users/credentials", serviceCenter, Map.of("userIds", List.of(person.id())));
		assertThat(figures()).as("a mailed password takes the place of the own one")
				.isEqualTo(plus(before, 1, 1, 1, 0));
		call(HttpMethod.POST, "/api/users/deactivations", serviceCenter, Map.of("userIds", List.of(person.id())));
		assertThat(figures()).isEqualTo(before);
	}

	@Test
	void nothingIsToldOfPlacesOutOfSight() {
		String here = tokenFor(newPerson().id(), Role.STC);
		assertThat(codes(here, Fixtures.AGAWAM.code())).containsExactly(SCHOOL);
		assertThat(codes(here, SCHOOL)).containsExactly(SCHOOL);
		UUID boston = UUID.fromString(call(HttpMethod.POST, "/api/users", serviceCenter,
				Map.of("username", "boston." + UUID.randomUUID().toString().substring(0, 12), "firstName", "Ana",
						"lastName",
						"Silva", "email", "ana@boston.example", "role", "DTC", "organizations",
						List.of(Fixtures.BOSTON.code())))
				.text("id"));
		String elsewhere = tokenFor(boston, Role.DTC);
		for (String organization : List.of(Fixtures.AGAWAM.code(), SCHOOL, "nowhere"))
			assertThat(codes(elsewhere, organization)).as(organization).isEmpty();
	}

	@Test
	void organizationIsAskedFor() {
		Answer answer = call(HttpMethod.GET, "/api/users/readiness", serviceCenter, null);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("organization");
		assertThat(call(HttpMethod.GET, "/api/users?credentials=yes", serviceCenter, null).status()).isEqualTo(400);
	}

	@Test
	void codeIsTakenAsTheListTakesIt() {
		newPerson();
		for (String blanks : List.of("", " ", "  ")) {
			Answer readiness = call(HttpMethod.GET, "/api/users/readiness?organization=" + blanks + SCHOOL + blanks,
					serviceCenter, null);
			assertThat(readiness.body().at("/organization").asString()).isEqualTo(SCHOOL);
			Answer list = call(HttpMethod.GET, "/api/users?size=1&organization=" + blanks + SCHOOL + blanks,
					serviceCenter, null);
			assertThat(list.body().get("totalItems").asInt()).as("[" + blanks + "]").isPositive()
					.isEqualTo(readiness.body().at("/people/accounts").asInt());
		}
		for (String path : List.of("/api/users", "/api/users/readiness")) {
			Answer answer = call(HttpMethod.GET, path + "?organization=" + "x".repeat(5_000), serviceCenter, null);
			assertThat(answer.status()).as(path).isEqualTo(400);
			assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo("organization");
			assertThat(call(HttpMethod.GET, path + "?organization=nowhere", serviceCenter, null).status())
					.isEqualTo(200);
		}
	}
}
