package io.rollcall.imports.file.csv;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.platform.Blanks;

/** The line that names the columns. Those it keeps are the first of the file; a trailing {@code Notes} is not one of them. */
record Header(List<String> names) {
	/** What an error file has more than an upload. */
	static final String NOTES = "Notes";
	private static final int SHOWN_NAMES = 5;
	private static final int SHOWN_LENGTH = 40;

	private static final String NAMELESS = "(without a name)";

	/** The header without surrounding blanks, trailing nameless cells and trailing notes. */
	static Header of(String[] cells) {
		List<String> names = new ArrayList<>(cells.length);
		for (String cell : cells)
			names.add(Blanks.stripped(cell));
		while (!names.isEmpty() && names.getLast().isEmpty())
			names.removeLast();
		return new Header(Collections.unmodifiableList(names));
	}

	Header withoutNotes() {
		return !names.isEmpty() && names.getLast().equalsIgnoreCase(NOTES)
				? new Header(names.subList(0, names.size() - 1))
				: this;
	}

	/** {@code sep=,} tells Excel by what the cells are separated. */
	static boolean isSeparator(String[] cells) {
		return of(cells).names.size() == 1 && String.join(",", cells).toLowerCase(Locale.ROOT).startsWith("sep=,");
	}

	/** Files that were put together have it once for each. */
	boolean isRepeatedBy(String[] cells) {
		List<String> others = of(cells).names;
		return others.size() == names.size()
				&& IntStream.range(0, names.size()).allMatch(i -> names.get(i).equalsIgnoreCase(others.get(i)));
	}

	/** One cell that names no column: prose, or a list that something else than commas separates. */
	boolean isNoList() {
		return names.size() == 1 && Column.titled(names.getFirst()).isEmpty();
	}

	Optional<FileRefusal> refusal() {
		Set<Column> seen = EnumSet.noneOf(Column.class);
		Set<Column> twice = EnumSet.noneOf(Column.class);
		List<String> unknown = new ArrayList<>();
		for (String name : names) {
			Optional<Column> column = Column.titled(name);
			if (column.isEmpty()) {
				unknown.add(name);
			} else if (!seen.add(column.get())) {
				twice.add(column.get());
			}
		}
		if (seen.isEmpty()) return Optional.of(new FileRefusal.NoHeader());
		List<String> missing = Column.REQUIRED.stream().filter(column -> !seen.contains(column)).map(Column::title)
				.toList();
		if (missing.isEmpty() && twice.isEmpty() && unknown.isEmpty()) return Optional.empty();
		return Optional.of(new FileRefusal.WrongColumns(missing, twice.stream().map(Column::title).toList(),
				unknown.stream().limit(SHOWN_NAMES).map(Header::shown).toList()));
	}

	static String shown(String[] line) {
		return shown(String.join(",", line));
	}

	/** A name that somebody else chose, fit for a message: short, and nothing in it that turns text around. */
	private static String shown(String name) {
		StringBuilder shown = new StringBuilder();
		name.codePoints().filter(c -> switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		}).limit(SHOWN_LENGTH).forEach(shown::appendCodePoint);
		return shown.isEmpty() ? NAMELESS : shown.toString();
	}
}
