package io.rollcall.acceptance;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.oracle.Notes;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.HttpVisitor;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/** An account with as many schools as one can have, in as many districts as there are, can do whatever one with a single school can. */
class ManySchoolsIT {
	private static final int MOST = 500;
	private static final String OWN = "Chalkboard1842!";
	/** Of each service, and what only the gateway answers. */
	private static final List<String> CALLS = List.of("/api/me", "/api/users?size=1", "/api/reference",
			"/api/organizations?size=1", "/api/imports?size=1", "/api/docs/users");

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void whoHasFiveHundredSchoolsUsesEveryServiceAndNobodyHasMore() {
		Row one = People.of("manyschools", 2).getLast().with(Column.ROLE, "STC");
		Row tooMany = one.with(Column.USERNAME, "manyschools.more").with(Column.ORG, schools(MOST + 1));
		var state = system.imports().run("manyschools.csv",
				People.file(List.of(one.with(Column.ORG, schools(MOST)), tooMany)), "add");
		assertThat(state.created()).isEqualTo(1);
		assertThat(new String(system.imports().errors(state.id()), java.nio.charset.StandardCharsets.UTF_8))
				.contains(Notes.ORGANIZATION_COUNT);

		system.secrets().add(OWN);
		HttpVisitor browser = system.visitor();
		browser.signInFirst(system.portal(), one.cell(Column.USERNAME),
				system.inbox().awaitPassword(one.cell(Column.EMAIL), "MCAS Portal"), OWN);
		JsonNode me = HttpVisitor.json(browser.get(system.portal(), "/api/me"));
		assertThat(me.path("organizations")).hasSize(MOST);
		assertThat(CALLS).allSatisfy(
				call -> assertThat(browser.get(system.portal(), call).statusCode()).as(call).isEqualTo(200));

		String token = system.tokens().of(subject(me));
		System.out.printf("A token of %d schools in %d districts has %,d characters%n", MOST, districts(me).size(),
				token.length());
		assertThat(CALLS).as("with the token itself").allSatisfy(
				call -> assertThat(system.imports().call("GET", call, token, null).statusCode()).as(call)
						.isEqualTo(200));
	}

	/** So many, from as many districts as possible. */
	private static String schools(int count) {
		Directory directory = Directory.ofTheState();
		List<String> schools = IntStream.range(0, 20).boxed()
				.flatMap(round -> directory.districts().stream().map(directory::schoolsOf)
						.filter(ofDistrict -> ofDistrict.size() > round).map(ofDistrict -> ofDistrict.get(round)))
				.limit(count).toList();
		assertThat(schools).hasSize(count).doesNotHaveDuplicates();
		return String.join("|", schools);
	}

	private static List<String> districts(JsonNode me) {
		return organizations(me).stream().map(school -> school.substring(0, school.lastIndexOf('-'))).distinct()
				.toList();
	}

	private static List<String> organizations(JsonNode me) {
		return me.path("organizations").valueStream().map(JsonNode::asString).toList();
	}

	private static Tokens.Subject subject(JsonNode me) {
		return new Tokens.Subject(me.path("id").asString(), me.path("username").asString(), me.path("role").asString(),
				organizations(me), districts(me), me.path("permissions").valueStream().map(JsonNode::asString).toList(),
				"PORTAL", 1_000);
	}
}
