package io.rollcall.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Inbox;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/** Two hundred people leave at once (guide, section V.C). */
@Tag("long")
class DeactivationIT {
	private static final int LEAVING = 200;
	/** Of a service each. */
	private static final List<String> CALLS = List.of("/api/me", "/api/organizations/00050000");

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void twoHundredInOneCallAreGoneAtOnceUnusableInSecondsAndToldOnce() {
		List<Row> people = People.of("leaving", LEAVING);
		String added = system.imports().run("leaving.csv", People.file(people), "add").id();
		system.awaitRest();
		List<JsonNode> accounts = items("/api/users?size=200&search=leaving.");
		assertThat(accounts).as("accounts of import %s", added).hasSize(LEAVING);
		Map<String, Object> all = Map.of("userIds", accounts.stream().map(it -> it.path("id").asString()).toList());
		Tokens signed = system.tokens();
		List<String> tokens = accounts.stream().map(account -> signed.of(subject(account))).toList();
		assertThat(uses(tokens)).extracting(Use::status).containsOnly(200);
		long newest = system.inbox().newest();

		assertThat(outcomes(all)).hasSize(LEAVING).containsOnly("done");
		Instant deactivated = Instant.now();

		assertThat(total("")).isZero();
		assertThat(total("&status=deactivated")).isEqualTo(LEAVING);
		Duration usable = usable(tokens, deactivated);
		System.out.printf(
				"Deactivated: %d accounts in one call; a token of theirs was last good for something %d ms later%n",
				LEAVING, usable.toMillis());
		assertThat(usable).isLessThan(Duration.ofSeconds(5));
		system.awaitMails(newest, LEAVING);

		assertThat(outcomes(all)).as("once more").hasSize(LEAVING).containsOnly("unchanged");

		system.awaitRest();
		assertThat(system.inbox().linesAfter(newest)).extracting(Inbox.Line::recipient).containsExactlyInAnyOrder(
				people.stream().map(person -> person.cell(Column.EMAIL)).toArray(String[]::new));
	}

	private List<String> outcomes(Map<String, Object> all) {
		return Imports.json(system.imports().post("/api/users/deactivations", all)).path("results").valueStream()
				.map(result -> result.path("outcome").asString()).toList();
	}

	private int total(String filter) {
		return Imports.json(system.imports().get("/api/users?size=1&search=leaving." + filter)).path("totalItems")
				.asInt();
	}

	private List<JsonNode> items(String path) {
		return Imports.json(system.imports().get(path)).path("items").valueStream().toList();
	}

	/** Made of the account's first version, by a sign-in before all this. */
	private static Tokens.Subject subject(JsonNode account) {
		List<String> organizations = account.path("organizations").valueStream().map(JsonNode::asString).toList();
		return new Tokens.Subject(account.path("id").asString(), account.path("username").asString(),
				account.path("role").asString(), organizations, List.of("00050000"), List.of(), "PORTAL", 1);
	}

	private record Use(Instant at, int status) {}

	private List<Use> uses(List<String> tokens) {
		var uses = new ArrayList<Use>();
		for (String token : tokens) {
			for (String path : CALLS) {
				Instant at = Instant.now();
				uses.add(new Use(at, system.imports().call("GET", path, token, null).statusCode()));
			}
		}
		return uses;
	}

	/** Until when after that a call could be made with any of them that was not refused. */
	private Duration usable(List<String> tokens, Instant since) {
		Duration usable = Duration.ZERO;
		while (true) {
			List<Instant> good = uses(tokens).stream().filter(use -> use.status() != 401).map(Use::at).toList();
			if (good.isEmpty()) return usable;
			usable = Duration.between(since, good.getLast());
			assertThat(usable).isLessThan(Duration.ofSeconds(60));
		}
	}
}
