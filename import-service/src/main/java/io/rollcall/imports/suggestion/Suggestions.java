package io.rollcall.imports.suggestion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.platform.Blanks;
import io.rollcall.platform.Recurring;
import io.rollcall.platform.messaging.TemporarilyUnavailable;

/**
 * Suggests what rejected cells were meant to be: a code with the leading zeros that a spreadsheet ate, the one code that is
 * nearest, the code of a role that was written out. Made when somebody looks, not while the import runs; when the services
 * that know do not answer there are none.
 */
@Service
public class Suggestions {
	private static final Logger LOG = LoggerFactory.getLogger(Suggestions.class);
	private static final Recurring MISSING = new Recurring();
	private static final String ROLE_UNKNOWN = "role-unknown";
	private static final String ORGANIZATION_UNKNOWN = "organization-unknown";
	/** More codes than this are not looked at for one page. */
	private static final int MOST_CODES = 200;

	private final ReferenceData reference;

	Suggestions(ReferenceData reference) {
		this.reference = reference;
	}

	/**
	 * @param records their numbers
	 * @param bearer the access token of whoever looks
	 * @return by record number; a row without any is absent
	 */
	public Map<Integer, List<Suggestion>> of(ImportedRows rows, Collection<Integer> records, String bearer) {
		List<Faulty> faulty = records.stream().flatMap(record -> faulty(rows, record)).toList();
		Map<Integer, List<Suggestion>> suggestions = new HashMap<>();
		List<Faulty> roles = faulty.stream().filter(it -> it.note().code().equals(ROLE_UNKNOWN)).toList();
		if (!roles.isEmpty()) {
			Map<String, String> codes = known(() -> reference.roleCodes(bearer));
			roles.forEach(it -> add(suggestions, it, role(it, codes)));
		}
		List<Faulty> organizations = faulty.stream().filter(it -> it.note().code().equals(ORGANIZATION_UNKNOWN))
				.toList();
		Set<String> codes = new LinkedHashSet<>();
		organizations.forEach(it -> codes(it.cell()).stream().filter(code -> !code.isEmpty()).forEach(codes::add));
		if (!codes.isEmpty()) {
			Map<String, ReferenceData.Organization> meant = known(
					() -> reference.organizationsMeant(codes.stream().limit(MOST_CODES).toList(), bearer));
			organizations.forEach(it -> add(suggestions, it, organizations(it, meant)));
		}
		return suggestions;
	}

	private record Faulty(int record, Note note, String cell) {}

	private static Stream<Faulty> faulty(ImportedRows rows, int record) {
		if (!(rows.outcomes().get(record) instanceof Outcome.Rejected(List<Note> notes))) return Stream.empty();
		Map<Column, String> cells = rows.file().cells(record);
		return notes.stream().flatMap(note -> switch (note.code()) {
			case ROLE_UNKNOWN -> Stream.of(new Faulty(record, note, cells.getOrDefault(Column.ROLE, "")));
			case ORGANIZATION_UNKNOWN -> Stream.of(new Faulty(record, note, cells.getOrDefault(Column.ORG, "")));
			default -> Stream.<Faulty>empty();
		});
	}

	private static void add(Map<Integer, List<Suggestion>> suggestions, Faulty faulty, @Nullable Suggestion one) {
		if (one != null) suggestions.computeIfAbsent(faulty.record(), _ -> new ArrayList<>()).add(one);
	}

	private static @Nullable Suggestion role(Faulty faulty, Map<String, String> codes) {
		String name = folded(faulty.cell());
		return codes.entrySet().stream().filter(role -> folded(role.getKey()).equals(name)).findFirst()
				.map(role -> new Suggestion(faulty.note().field(), role.getValue(), "The code of " + role.getKey()))
				.orElse(null);
	}

	/** Only when every code of the cell has a meaning. */
	private static @Nullable Suggestion organizations(Faulty faulty, Map<String, ReferenceData.Organization> meant) {
		List<String> values = new ArrayList<>();
		List<String> names = new ArrayList<>();
		for (String code : codes(faulty.cell())) {
			ReferenceData.Organization organization = meant.get(code);
			if (organization == null) return null;
			values.add(organization.code());
			if (!organization.code().equals(code)) names.add(organization.name());
		}
		return names.isEmpty()
				? null
				: new Suggestion(faulty.note().field(), String.join("|", values),
						"The code of " + String.join(" and ", names));
	}

	/** Several are separated by a pipe, blanks around it are ignored (guide, Table 4). */
	private static List<String> codes(String cell) {
		return Stream.of(cell.split("\\|")).map(Blanks::stripped).toList();
	}

	private static String folded(String text) {
		return Blanks.stripped(text).replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
	}

	private static <K, V> Map<K, V> known(Supplier<Map<K, V>> answer) {
		try {
			return answer.get();
		} catch (TemporarilyUnavailable e) {
			MISSING.log("", LOG.atInfo(), "No suggestions: " + e.getMessage());
			return Map.of();
		}
	}
}
