package io.rollcall.user;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.UsersOverHttp;

import static org.assertj.core.api.Assertions.assertThat;

/** A list of all staff over HTTP. That each person is said to have become what she has, ComparisonsTests shows. */
class ComparisonsIT extends UsersOverHttp {
	private static final String PATH = "/api/users/comparisons";
	private static final String SCHOOL = Fixtures.ROBINSON.code();

	private final String mark = "cmp" + UUID.randomUUID().toString().substring(0, 8);
	private String coordinator;

	@BeforeEach
	void appoint() {
		UUID account = UUID.fromString(id(create(serviceCenterToken,
				form(mark + ".stc", "role", "STC", "organizations", List.of(SCHOOL)))));
		coordinator = tokenFor(account, Role.STC);
	}

	private String hired(String name, Object... changes) {
		return id(create(serviceCenterToken, form(mark + "." + name, Stream.concat(
				Stream.of("organizations", List.of(SCHOOL), "firstName", mark + name), Arrays.stream(changes))
				.toArray())));
	}

	private Map<String, Object> row(String name, String... cells) {
		Map<String, String> all = Fixtures.cells("Username", mark + "." + name, "Fname", mark + name, "Lname", "Nguyễn",
				"Email", mark + "." + name + "@agawam.example", "Org", SCHOOL);
		for (int i = 0; i < cells.length; i += 2)
			all.put(cells[i], cells[i + 1]);
		return Map.of("cells", all);
	}

	private JsonNode compared(List<?> rows) {
		Answer answer = call(HttpMethod.POST, PATH, coordinator,
				Map.of("organizations", List.of(SCHOOL), "rows", rows));
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
		return answer.body();
	}

	private static List<String> groups(JsonNode compared) {
		return compared.get("records").valueStream().map(it -> it.get("group").asString()).toList();
	}

	@Test
	void listAndAccountsComeToAgree() {
		String jo = hired("jo");
		String ann = hired("ann");
		hired("leaver");
		List<Map<String, Object>> list = new ArrayList<>(List.of(row("stc", "Role", "STC", "Fname", "Thị"), row("jo"),
				row("ann2", "Fname", mark + "ann", "Email", mark + ".ann@agawam.example")));
		JsonNode first = compared(list);
		assertThat(groups(first)).containsExactly("same", "same", "probable");
		assertThat(first.at("/records/2/account/userId").asString()).isEqualTo(ann);
		assertThat(first.at("/records/2/likeness").asString()).isEqualTo("address-and-name");
		assertThat(first.get("left").valueStream().map(it -> it.get("username").asString()))
				.contains(mark + ".leaver").doesNotContain(mark + ".ann", mark + ".jo");

		list.set(1, row("jo", "Phone", "413-555-0142"));
		list.set(2, Map.of("cells", list.get(2).get("cells"), "is", ann));
		JsonNode second = compared(list);
		assertThat(groups(second)).containsExactly("same", "changed", "same");
		assertThat(second.at("/records/1/account/userId").asString()).isEqualTo(jo);
		assertThat(second.at("/records/1/changes/0")).isEqualTo(
				json.valueToTree(Map.of("field", "phone", "before", "", "after", "413-555-0142")));

		list.set(2, Map.of("cells", list.get(2).get("cells"), "isNot", List.of(ann)));
		JsonNode third = compared(list);
		assertThat(groups(third)).containsExactly("same", "changed", "new");
		assertThat(third.get("left").valueStream().map(it -> it.get("userId").asString())).contains(ann);
		assertThat(third.get("affected").asInt()).isEqualTo(1 + third.get("left").size());
	}

	@Test
	void whatIsNoListIsRefused() {
		for (List<String> organizations : List.of(List.of("00050000"), List.of(SCHOOL, "00350000-00350560"),
				List.of("nowhere"))) {
			Answer answer = call(HttpMethod.POST, PATH, coordinator,
					Map.of("organizations", organizations, "rows", List.of(row("jo"))));
			assertThat(answer.status()).isEqualTo(422);
			assertThat(answer.body().at("/errors/0/code").asString()).isEqualTo("organization-not-own");
		}
		Answer nothing = call(HttpMethod.POST, PATH, coordinator, Map.of("organizations", List.of(), "rows",
				Collections.nCopies(10_001, row("jo"))));
		assertThat(nothing.status()).isEqualTo(422);
		assertThat(nothing.body().get("errors").valueStream().map(it -> it.get("code").asString()))
				.containsExactly("organizations-count", "rows-count");
	}

	/** What is asked about somebody out of sight is answered as about nobody. */
	@Test
	void nobodyOutOfSightIsTold() {
		String outside = id(create(serviceCenterToken, form(mark + ".boston", "organizations",
				List.of(Fixtures.BOSTON_LATIN.code()))));
		Map<String, Object> named = Map.of("cells", row("x").get("cells"), "is", outside, "isNot", List.of(outside));
		JsonNode compared = compared(List.of(named, row("boston"), row("boston2", "Email",
				mark + ".boston@agawam.example")));
		assertThat(groups(compared)).containsExactly("new", "rejected", "new");
		assertThat(compared.at("/records/1/notes/0/code").asString()).isEqualTo("username-taken");
		assertThat(compared.toString()).doesNotContain(outside);
	}
}
