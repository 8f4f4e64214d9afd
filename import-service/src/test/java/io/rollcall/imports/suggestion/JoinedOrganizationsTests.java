package io.rollcall.imports.suggestion;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.rollcall.imports.file.UserFile;

import static org.assertj.core.api.Assertions.assertThat;

class JoinedOrganizationsTests {
	@SafeVarargs
	private static UserFile file(List<String>... records) {
		return new UserFile(List.of("Username", "Org"), List.of(records));
	}

	@Test
	void schoolsOfAllRecordsForAUsernameAreJoinedInTheFirst() {
		UserFile file = file(List.of("maria", "1-1"), List.of("jo", "2"), List.of("MARIA", " 1-2 |1-1"),
				List.of("maria"),
				List.of("maria", "|1-3"));
		assertThat(JoinedOrganizations.of(file, List.of(3, 4), false)).containsOnlyKeys(3, 4).containsEntry(3,
				new Suggestion(
						"organizations", "1-1|1-2|1-3",
						"The organizations of all 4 records for this username, in record 1",
						1));
		assertThat(JoinedOrganizations.of(file, List.of(), false)).isEmpty();
	}

	@Test
	void whereTheFirstIsAppliedTheyAreJoinedInTheOther() {
		assertThat(JoinedOrganizations.of(file(List.of("maria", "1"), List.of("maria", "2")), List.of(2), true))
				.containsExactly(Map.entry(2, new Suggestion("organizations", "1|2",
						"The organizations of all 2 records for this username")));
	}

	@Test
	void nothingIsSuggestedThatTheFirstHasAlready() {
		assertThat(JoinedOrganizations.of(file(List.of("maria", "1|2"), List.of("maria", "2")), List.of(2), false))
				.isEmpty();
	}
}
