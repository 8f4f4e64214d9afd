package io.rollcall.imports.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Submission;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.Undone;

/**
 * One row on its way to user-service.
 *
 * @param person see {@link UserFile#person}
 * @param handedInAt when it was asked for
 * @param undone what it takes back; absent in all imports but an undo
 * @param earlier in a dry run, the first rows before it that may be for the same person, but for those that come to nothing; 20 at most
 */
public record RowCommand(UUID importId, int recordNumber, Submission submission, String person,
		Instant handedInAt, Map<Column, String> cells, List<Map<Column, String>> earlier, @Nullable Undone undone) {
	/** As user-service has it for rows that are corrected: else a file of one username would be sent as often as it has rows. */
	private static final int MOST_EARLIER = 20;

	/**
	 * Of the rows that have no outcome yet: what has ended, as from the start what the file itself decides, is asked of nobody.
	 *
	 * @param records their numbers
	 */
	static List<RowCommand> of(ImportedRows rows, IntStream records) {
		UserFile file = rows.file();
		// No account is twice among what an import created and updated.
		Map<String, List<Integer>> byPerson = rows.submission().dryRun() && rows.undone().isEmpty()
				? IntStream.rangeClosed(1, file.records().size()).boxed().collect(Collectors.groupingBy(file::person))
				: Map.of();
		return records.filter(record -> !rows.outcomes().containsKey(record)).mapToObj(record -> {
			String person = file.person(record);
			List<Integer> same = person.isEmpty() ? List.of() : byPerson.getOrDefault(person, List.of());
			return new RowCommand(rows.id(), record, rows.submission(), person, rows.handedInAt(record),
					file.cells(record), same.stream()
							.takeWhile(other -> other < record).filter(other -> !isRejected(rows, other))
							.limit(MOST_EARLIER)
							.map(file::cells).toList(),
					rows.undone().get(record));
		}).toList();
	}

	private static boolean isRejected(ImportedRows rows, int record) {
		return rows.outcomes().get(record) instanceof Outcome.Rejected;
	}
}
