package io.rollcall.imports.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

import io.rollcall.imports.comparison.Comparison;
import io.rollcall.imports.comparison.Comparisons.Compared;
import io.rollcall.imports.comparison.StaffAccounts.Answer;
import io.rollcall.imports.comparison.StaffAccounts.Change;
import io.rollcall.imports.comparison.StaffAccounts.ComparedRow;
import io.rollcall.imports.comparison.StaffAccounts.Kept;
import io.rollcall.imports.comparison.StaffAccounts.Person;
import io.rollcall.imports.comparison.StaffAccounts.Remark;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.UserFile;

/** A list of all the staff of some organizations, and what it says of the accounts at this moment. */
record ComparisonResponse(UUID id, String fileName, List<String> organizations, Instant createdAt, Instant keptUntil,
		int people, int affected, boolean held, List<RecordResponse> records, List<Person> left, List<Kept> kept) {
	/** {@code cells} by the columns' titles; absent of a record that says the same as its account. */
	record RecordResponse(int recordNumber, String group,
			@JsonInclude(Include.NON_NULL) @Nullable Map<String, String> cells,
			@JsonInclude(Include.NON_NULL) @Nullable Person account,
			@JsonInclude(Include.NON_NULL) @Nullable String likeness, List<Change> changes, List<Remark> notes,
			List<Remark> warnings) {
		static RecordResponse of(int record, ComparedRow row, UserFile file) {
			return new RecordResponse(record, row.group(),
					row.isSame() ? null : Column.byTitle(file.cells(record)), row.account(),
					row.likeness(), row.changes(), row.notes(), row.warnings());
		}
	}

	static ComparisonResponse of(Compared it) {
		Comparison list = it.list();
		Answer.Compared answer = it.answer();
		return new ComparisonResponse(list.id(), list.fileName(), list.organizations(), list.createdAt(),
				list.keptUntil(), answer.people(), answer.affected(), answer.held(),
				IntStream.rangeClosed(1, answer.records().size()).mapToObj(
						record -> RecordResponse.of(record, answer.records().get(record - 1), it.file())).toList(),
				answer.left(), answer.kept());
	}
}
