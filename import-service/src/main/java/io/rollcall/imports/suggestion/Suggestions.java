package io.rollcall.imports.suggestion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.DecidedByFile;
import io.rollcall.imports.meaning.Addresses;
import io.rollcall.imports.meaning.Meant;
import io.rollcall.imports.meaning.OrganizationCell;
import io.rollcall.imports.meaning.OrganizationCell.Organization;
import io.rollcall.imports.meaning.PhoneNumbers;
import io.rollcall.imports.meaning.Placeholders;
import io.rollcall.imports.meaning.ProgramWords;
import io.rollcall.imports.meaning.RoleWords;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.platform.Recurring;
import io.rollcall.platform.TemporarilyUnavailable;

/**
 * Suggests what rejected cells were meant to be: a code with the leading zeros that a spreadsheet ate, a school by its name, a
 * role that was written out, a telephone number in another format. Equal cells get equal suggestions, so that one decision can
 * mend them all. Made when somebody looks, not while the import runs; what needs a service that does not answer is left out.
 */
@Service
public class Suggestions {
	private static final Logger LOG = LoggerFactory.getLogger(Suggestions.class);
	private static final Recurring MISSING = new Recurring();
	/** More texts than this are not looked up for one page. */
	private static final int MOST_TEXTS = 200;
	/** One cell leaves room for the others. */
	private static final int MOST_OF_A_CELL = 40;

	/** The faults that a cell can be cured of, by the code of their note. */
	private enum Fault {
		USERNAME("username-format", Column.USERNAME),
		EMAIL("email-format", Column.EMAIL),
		ROLE("role-unknown",
				Column.ROLE),
		ORGANIZATION("organization-unknown", Column.ORG),
		PROGRAM("program-not-allowed",
				Column.PROGRAM),
		PHONE("phone-format", Column.PHONE),
		FAX("fax-format", Column.FAX);

		private final String code;
		private final Column column;

		Fault(String code, Column column) {
			this.code = code;
			this.column = column;
		}
	}

	private record Faulty(int record, Fault fault, String field, Map<Column, String> cells) {
		String cell() {
			return cells.getOrDefault(fault.column, "");
		}

		String cell(Column column) {
			return cells.getOrDefault(column, "");
		}
	}

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
		Map<String, OrganizationCell> cells = faulty.stream().filter(it -> it.fault() == Fault.ORGANIZATION)
				.map(Faulty::cell).distinct().collect(Collectors.toMap(cell -> cell, OrganizationCell::of));
		Map<String, Organization> directory = organizations(cells.values(), bearer);
		List<ProgramWords.Program> programs = faulty.stream().anyMatch(it -> it.fault() == Fault.PROGRAM)
				? known(() -> reference.programs(bearer), List.of())
				: List.of();
		Map<Integer, List<Suggestion>> suggestions = new HashMap<>();
		for (Faulty it : faulty) {
			meant(it, cells, directory, programs).filter(meant -> !meant.value().equals(it.cell()))
					.ifPresent(meant -> suggestions.computeIfAbsent(it.record(), _ -> new ArrayList<>())
							.add(new Suggestion(it.field(), meant.value(), meant.reason())));
		}
		JoinedOrganizations.of(rows.file(), records.stream().filter(record -> isRepeated(rows, record)).toList(),
				!rows.submission().dryRun()).forEach(
						(record, joined) -> suggestions.computeIfAbsent(record, _ -> new ArrayList<>()).add(joined));
		return suggestions;
	}

	private static boolean isRepeated(ImportedRows rows, int record) {
		return rows.outcomes().get(record) instanceof Outcome.Rejected(List<Note> notes)
				&& notes.stream().anyMatch(note -> note.code().equals(DecidedByFile.USERNAME_REPEATED));
	}

	private static Stream<Faulty> faulty(ImportedRows rows, int record) {
		if (!(rows.outcomes().get(record) instanceof Outcome.Rejected(List<Note> notes))) return Stream.empty();
		Map<Column, String> cells = rows.file().cells(record);
		return notes.stream().flatMap(note -> Stream.of(Fault.values()).filter(fault -> fault.code.equals(note.code()))
				.map(fault -> new Faulty(record, fault, note.field(), cells)));
	}

	private Map<String, Organization> organizations(Collection<OrganizationCell> cells, String bearer) {
		Set<String> texts = cells.stream().flatMap(cell -> cell.questions().limit(MOST_OF_A_CELL)).distinct()
				.limit(MOST_TEXTS).collect(Collectors.toSet());
		return texts.isEmpty() ? Map.of() : known(() -> reference.organizationsMeant(texts, bearer), Map.of());
	}

	private static Optional<Meant> meant(Faulty it, Map<String, OrganizationCell> cells,
			Map<String, Organization> directory, List<ProgramWords.Program> programs) {
		return switch (it.fault()) {
			case USERNAME -> Addresses.username(it.cell(), it.cell(Column.EMAIL));
			case EMAIL -> Addresses.email(it.cell(), it.cell(Column.USERNAME));
			case ROLE -> RoleWords.meant(it.cell());
			case ORGANIZATION -> cells.getOrDefault(it.cell(), OrganizationCell.NONE)
					.meant(text -> Optional.ofNullable(directory.get(text)));
			case PROGRAM -> blank(it.cell(), "Blank, which means all programs")
					.or(() -> ProgramWords.meant(it.cell(), programs));
			case PHONE, FAX -> blank(it.cell(), "Blank").or(() -> PhoneNumbers.meant(it.cell()));
		};
	}

	private static Optional<Meant> blank(String cell, String reason) {
		return Placeholders.isOne(cell) ? Optional.of(new Meant("", reason)) : Optional.empty();
	}

	private static <T> T known(Supplier<T> answer, T otherwise) {
		try {
			return answer.get();
		} catch (TemporarilyUnavailable e) {
			MISSING.log("", LOG.atInfo(), "Fewer suggestions: " + e.getMessage());
			return otherwise;
		}
	}
}
