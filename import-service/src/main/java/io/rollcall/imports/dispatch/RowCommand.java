package io.rollcall.imports.dispatch;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Submission;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.UserFile;

/**
 * One row on its way to user-service.
 *
 * @param person see {@link UserFile#person}
 * @param earlier in a dry run, the rows before it that may be for the same person
 */
public record RowCommand(UUID importId, int recordNumber, Submission submission, String person,
		Map<Column, String> cells, List<Map<Column, String>> earlier) {
	/** @param records their numbers */
	static List<RowCommand> of(ImportedRows rows, IntStream records) {
		UserFile file = rows.file();
		Map<String, List<Integer>> byPerson = rows.submission().dryRun()
				? IntStream.rangeClosed(1, file.records().size()).boxed().collect(Collectors.groupingBy(file::person))
				: Map.of();
		return records.mapToObj(record -> {
			String person = file.person(record);
			List<Integer> same = person.isEmpty() ? List.of() : byPerson.getOrDefault(person, List.of());
			return new RowCommand(rows.id(), record, rows.submission(), person, file.cells(record),
					same.stream().filter(other -> other < record).map(file::cells).toList());
		}).toList();
	}
}
