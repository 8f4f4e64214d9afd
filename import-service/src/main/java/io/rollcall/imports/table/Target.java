package io.rollcall.imports.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.rollcall.imports.file.Column;

/** What a column of a table may be: one column of the template, or two of them. */
public enum Target {
	USERNAME(Column.USERNAME),
	FNAME(Column.FNAME),
	LNAME(Column.LNAME),
	EMAIL(Column.EMAIL),
	ROLE(Column.ROLE),
	ORG(
			Column.ORG),
	PROGRAM(Column.PROGRAM),
	PHONE(Column.PHONE),
	FAX(Column.FAX),
	ADDRESS(Column.ADDRESS), //
	/** {@code Jane Doe} */
	FULL_NAME(Column.FNAME, Column.LNAME), //
	/** {@code Doe, Jane} */
	FULL_NAME_REVERSED(Column.LNAME, Column.FNAME), //
	/** In places that sign in with their e-mail addresses. */
	EMAIL_AS_USERNAME(Column.USERNAME, Column.EMAIL);

	private final List<Column> columns;

	Target(Column... columns) {
		this.columns = List.of(columns);
	}

	public List<Column> columns() {
		return columns;
	}

	/** As {@code Fname} or {@code Fname+Lname}. */
	public String title() {
		return columns.stream().map(Column::title).collect(Collectors.joining("+"));
	}

	public static Optional<Target> titled(String title) {
		return Arrays.stream(values()).filter(target -> target.title().equals(title)).findFirst();
	}

	/** What becomes of a cell, in the order of {@link #columns}. */
	List<String> split(String cell) {
		return switch (this) {
			case FULL_NAME -> {
				FullName name = FullName.of(cell, false);
				yield List.of(name.first(), name.last());
			}
			case FULL_NAME_REVERSED -> {
				FullName name = FullName.of(cell, true);
				yield List.of(name.last(), name.first());
			}
			case EMAIL_AS_USERNAME -> List.of(cell, cell);
			default -> List.of(cell);
		};
	}
}
