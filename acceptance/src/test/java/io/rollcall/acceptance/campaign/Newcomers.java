package io.rollcall.acceptance.campaign;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The accounts that files of one test have made, by what the stream of accounts tells. */
final class Newcomers {
	private Newcomers() {}

	/** Of those whose usernames begin with the name and a full stop, exactly these people are there, each under one id. */
	static void areThereOnce(RunningSystem system, String name, List<Row> people) {
		Map<String, Set<String>> ids = new HashMap<>();
		for (JsonNode event : system.topics().values("user-events")) {
			String username = event.path("account").path("username").asString();
			if (username.startsWith(name + "."))
				ids.computeIfAbsent(username, _ -> new HashSet<>()).add(event.path("accountId").asString());
		}
		assertThat(ids.keySet())
				.containsExactlyInAnyOrderElementsOf(people.stream().map(it -> it.cell(Column.USERNAME)).toList());
		assertThat(ids.values()).allSatisfy(it -> assertThat(it).hasSize(1));
	}
}
