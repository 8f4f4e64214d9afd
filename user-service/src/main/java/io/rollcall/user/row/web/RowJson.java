package io.rollcall.user.row.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.row.Warning;

/** Rows in JSON: as they are asked about, and what is said of them. */
final class RowJson {
	private RowJson() {}

	/** What is to be said of a field. */
	record RowNote(String field, String code, String message) {}

	/** One field, before and after, as the CSV template spells it. */
	record RowChange(String field, String before, String after) {}

	/**
	 * The cells of each row; fewer where some have errors.
	 *
	 * @param most rows at once
	 */
	static <T> List<Cells> cells(@Nullable List<@Nullable T> rows, Function<T, @Nullable Cells> cells, int most,
			List<FieldError> errors) {
		if (rows == null || rows.isEmpty() || rows.size() > most) {
			errors.add(new FieldError("rows", "rows-count", "rows needs 1 to %,d rows.".formatted(most)));
			return List.of();
		}
		List<Cells> all = new ArrayList<>(rows.size());
		for (int i = 0; i < rows.size(); i++) {
			T row = rows.get(i);
			Cells its = row == null ? null : cells.apply(row);
			String field = "rows[" + i + "].cells";
			if (its == null) {
				errors.add(new FieldError(field, "required", "Each row needs its cells."));
			} else {
				errors.addAll(its.errors(field));
				all.add(its);
			}
		}
		return all;
	}

	static List<RowNote> faults(Collection<Fault> faults) {
		return faults.stream().map(it -> new RowNote(it.field().id(), it.code(), it.message())).toList();
	}

	static List<RowNote> warnings(Collection<Warning> warnings) {
		return warnings.stream().map(it -> new RowNote(it.field().id(), it.code(), it.message())).toList();
	}

	static List<RowChange> changes(Collection<Profile.Change> changes) {
		return changes.stream().map(it -> new RowChange(it.field().id(), it.before(), it.after())).toList();
	}
}
