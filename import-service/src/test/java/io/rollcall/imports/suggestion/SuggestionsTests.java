package io.rollcall.imports.suggestion;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.meaning.OrganizationCell.Organization;
import io.rollcall.imports.meaning.ProgramWords.Program;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.platform.TemporarilyUnavailable;

import static org.assertj.core.api.Assertions.assertThat;

class SuggestionsTests {
	private static final List<String> HEADER = List.of("Username", "Email", "Role", "Org", "Program", "Phone", "Fax");
	private static final Map<String, Note> NOTES = Map.of("Username", new Note("username", "username-format", ""),
			"Email",
			new Note("email", "email-format", ""), "Role", new Note("role", "role-unknown", ""), "Org",
			new Note("organizations", "organization-unknown", ""), "Program",
			new Note("programs", "program-not-allowed", ""), "Phone", new Note("phone", "phone-format", ""), "Fax",
			new Note("fax", "fax-format", ""));

	private boolean away;
	private int asked;
	private final Suggestions suggestions = new Suggestions(new ReferenceData() {
		@Override
		public Map<String, Organization> organizationsMeant(Collection<String> texts, String bearer) {
			if (away) throw new TemporarilyUnavailable("away");
			asked += texts.size();
			Map<String, Organization> meant = new HashMap<>();
			for (String text : texts)
				if (text.equals("50000") || text.equals("Agawam"))
					meant.put(text, new Organization("00050000", "Agawam"));
			return meant;
		}

		@Override
		public List<Program> programs(String bearer) {
			if (away) throw new TemporarilyUnavailable("away");
			return List.of(new Program("1030", "MCAS Grades 3-8"));
		}
	});

	/** All cells of these records are faulty that are not {@code ok}. */
	private Map<Integer, List<Suggestion>> of(List<List<String>> records) {
		Map<Integer, Outcome> outcomes = new HashMap<>();
		for (int i = 0; i < records.size(); i++) {
			List<String> cells = records.get(i);
			outcomes.put(i + 1, new Outcome.Rejected(IntStream.range(0, HEADER.size())
					.filter(column -> !cells.get(column).equals("ok")).mapToObj(column -> NOTES.get(HEADER.get(column)))
					.toList()));
		}
		var rows = new ImportedRows(UUID.randomUUID(), submission(), new UserFile(HEADER, records), outcomes, Map.of());
		return suggestions.of(rows, outcomes.keySet(), "token");
	}

	@Test
	void eachFaultyCellHasItsOwn() {
		assertThat(of(List.of(List.of("n/a", "<m@a.example>", "Teacher", "50000", "3-8", "5085550101", "none"))).get(1))
				.containsExactly(
						new Suggestion("email", "m@a.example", "The address alone"),
						new Suggestion("role", "TA", "Probably Test Administrator"),
						new Suggestion("organizations", "00050000", "The code of Agawam"),
						new Suggestion("programs", "1030", "The ID of MCAS Grades 3-8"),
						new Suggestion("phone", "508-555-0101", "The same number in the format xxx-xxx-xxxx"),
						new Suggestion("fax", "", "Blank"));
	}

	@Test
	void equalFaultsHaveEqualSuggestions() {
		var all = of(List.of(List.of("ok", "ok", "Teacher", "Agawam", "ok", "ok", "ok"),
				List.of("ok", "ok", "ok", "ok", "ok", "ok", "ok"),
				List.of("ok", "ok", " teacher", "Agawam ", "ok", "ok", "ok")));
		assertThat(all).containsOnlyKeys(1, 3);
		assertThat(all.get(1)).isEqualTo(all.get(3)).hasSize(2);
	}

	@Test
	void whatOnlyAnotherServiceKnowsIsLeftOutWhileItIsAway() {
		away = true;
		assertThat(of(List.of(List.of("ok", "ok", "Teacher", "Agawam", "3-8", "ok", "ok"))).get(1))
				.containsExactly(new Suggestion("role", "TA", "Probably Test Administrator"));
	}

	@Test
	void pageOfNamesAsksForSoManyAtMost() {
		of(IntStream.range(0, 400).mapToObj(i -> List.of("ok", "ok", "ok", "School " + i + " / Town", "ok", "ok", "ok"))
				.toList());
		assertThat(asked).isEqualTo(200);
	}

	private static Submission submission() {
		return new Submission(Action.ADD, true, "staff.csv", "", 1,
				new Submitter(UUID.randomUUID(), null, "DTC", Set.of(), Set.of(), Set.of()), Instant.EPOCH, "", null,
				null,
				null, null, null);
	}
}
