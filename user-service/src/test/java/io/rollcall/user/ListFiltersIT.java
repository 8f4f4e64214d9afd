package io.rollcall.user;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.UserCommand;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Browser;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.SigningIn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the list says of an account beside its profile, and how it is narrowed by that. */
class ListFiltersIT extends SigningIn {
	@Autowired
	private AcknowledgedPublisher publisher;
	@Autowired
	private CloudEvents events;
	private String serviceCenter;

	@BeforeEach
	void signIn() {
		serviceCenter = token(BOOTSTRAP_SECRET).get("access_token").asString();
	}

	private JsonNode list(String token, String filter) {
		Answer answer = call(HttpMethod.GET, "/api/users?" + filter, token, null);
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
		return answer.body().get("items");
	}

	private List<String> found(String token, String filter) {
		return list(token, filter).valueStream().map(it -> it.get("username").asString()).toList();
	}

	private JsonNode listed(Person person) {
		return list(serviceCenter, "search=" + person.username()).get(0);
	}

	@Test
	void whoHasNeverSignedInIsFoundUntilSheDoes() {
		Person person = newPerson();
		Person other = newPerson();
		assertThat(listed(person).get("portalPassword").asString()).isEqualTo("issued");
		assertThat(listed(person).get("neverSignedIn").asBoolean()).isTrue();
		assertThat(listed(person).get("lastSignedInAt").isNull()).isTrue();
		String both = "people=" + person.username() + "," + other.username();
		assertThat(found(serviceCenter, both + "&signedIn=never")).hasSize(2);
		Instant before = Instant.now();
		assertThat(found(serviceCenter, both + "&signedInBefore=" + before.plusSeconds(3600))).isEmpty();

		firstSignIn(new Browser(base()), flow("training"), person.username(), person.training(), OWN);

		await().atMost(SOON).until(() -> !listed(person).get("lastSignedInAt").isNull());
		JsonNode signedIn = listed(person);
		assertThat(signedIn.get("neverSignedIn").asBoolean()).isFalse();
		assertThat(Instant.parse(signedIn.get("lastSignedInAt").asString())).isBetween(before, Instant.now());
		assertThat(signedIn.get("portalPassword").asString()).as("of the other site").isEqualTo("issued");
		assertThat(found(serviceCenter, both + "&signedIn=never")).containsExactly(other.username());
		assertThat(found(serviceCenter, both + "&signedInBefore=" + before)).isEmpty();
		assertThat(found(serviceCenter, both + "&signedInBefore=" + Instant.now().plusSeconds(1)))
				.containsExactly(person.username());
	}

	@Test
	void whenAnAccountWasDeactivatedIsToldAsLongAsItIs() {
		Person person = newPerson();
		assertThat(listed(person).get("deactivatedAt").isNull()).isTrue();
		Map<String, ?> one = Map.of("userIds", List.of(person.id()));
		Instant before = Instant.now();
		call(HttpMethod.POST, "/api/users/deactivations", serviceCenter, one);
		JsonNode deactivated = list(serviceCenter, "status=deactivated&people=" + person.username()).get(0);
		assertThat(Instant.parse(deactivated.get("deactivatedAt").asString())).isBetween(before, Instant.now());
		call(HttpMethod.POST, "/api/users/reactivations", serviceCenter, one);
		assertThat(listed(person).get("deactivatedAt").isNull()).isTrue();
	}

	@Test
	void peopleAreFoundByTheirNamesInAnySpellingAndOnlyWithinSight() {
		Person here = newPerson("O'Neil.");
		String there = "there." + UUID.randomUUID().toString().substring(0, 12);
		call(HttpMethod.POST, "/api/users", serviceCenter, Map.of("username", there, "firstName", "Ana", "lastName",
				"Silva", "email", there + "@boston.example", "role", "TA", "organizations",
				List.of(Fixtures.BOSTON_LATIN.code())));
		String people = "people= " + here.username().toUpperCase(Locale.ROOT).replace('\'', '’') + " , " + there
				+ "@Boston.example,,nobody@boston.example";
		assertThat(found(serviceCenter, people)).containsExactlyInAnyOrder(here.username(), there);
		assertThat(found(tokenFor(here.id(), Role.STC), people)).containsExactly(here.username());
	}

	@Test
	void thoseOfAnImportAreFoundAsFarAsTheyAreSeen() {
		UUID importId = UUID.randomUUID();
		String mark = "import." + importId.toString().substring(0, 8) + ".";
		Person importer = newPerson();
		publisher.publish(IntStream.rangeClosed(1, 3)
				.mapToObj(number -> events.of(new UserCommand.AddUser(UserCommand.commandId(importId, number),
						importId, number, Fixtures.cells("Username", mark + number), importer.id(), false),
						mark + number, Instant.now(), null))
				.toList());
		await().atMost(SOON).until(() -> found(serviceCenter, "importId=" + importId).size() == 3);

		assertThat(found(serviceCenter, "importId=" + importId + "&search=" + mark + "2")).containsExactly(mark + "2");
		assertThat(found(serviceCenter, "importId=" + importId + "&organization=" + Fixtures.BOSTON.code())).isEmpty();
		assertThat(found(tokenFor(importer.id(), Role.STC), "importId=" + importId)).hasSize(3);
		assertThat(found(serviceCenter, "importId=" + UUID.randomUUID())).isEmpty();
		UUID boston = UUID.fromString(call(HttpMethod.POST, "/api/users", serviceCenter,
				Map.of("username", mark + "boston", "firstName", "Ana", "lastName", "Silva", "email",
						"ana@boston.example", "role", "DTC", "organizations", List.of(Fixtures.BOSTON.code())))
				.text("id"));
		assertThat(found(tokenFor(boston, Role.DTC), "importId=" + importId)).isEmpty();
	}

	@Test
	void whatIsNoneOfTheseIsNamed() {
		for (Map.Entry<String, String> wrong : Map.of("signedIn", "always", "signedInBefore", "yesterday", "importId",
				"mine", "people", "x,".repeat(201)).entrySet()) {
			for (Answer answer : List.of(
					call(HttpMethod.GET, "/api/users?" + wrong.getKey() + "=" + wrong.getValue(), serviceCenter, null),
					call(HttpMethod.POST, "/api/users/exports", serviceCenter,
							Map.of(wrong.getKey(), wrong.getValue())))) {
				assertThat(answer.status()).as(wrong.getKey()).isEqualTo(400);
				assertThat(answer.body().at("/errors/0/field").asString()).isEqualTo(wrong.getKey());
			}
		}
		assertThat(call(HttpMethod.GET, "/api/users?signedIn=never&signedInBefore=2026-09-01T00:00:00Z", serviceCenter,
				null).status()).isEqualTo(400);
	}
}
