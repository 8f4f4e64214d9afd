package io.rollcall.imports.file.csv;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import io.rollcall.imports.file.Ascii;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.FileRefusal;
import io.rollcall.platform.Blanks;
import io.rollcall.platform.Graphic;

/** The line that names the columns. Those it keeps are the first of the file; a trailing {@code Notes} is not one of them. */
record Header(List<String> names) {
	/** What an error file has more than an upload. */
	static final String NOTES = "Notes";
	private static final Set<String> SEPARATOR = Set.of("sep=", "sep=,");
	/** So many names of columns are no chance. */
	private static final int TELLING = 3;
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
		return !names.isEmpty() && Ascii.equalIgnoringCase(names.getLast(), NOTES)
				? new Header(names.subList(0, names.size() - 1))
				: this;
	}

	/** {@code sep=,} tells Excel by what the cells are separated, which makes two of it. */
	boolean isSeparator() {
		return names.size() == 1 && SEPARATOR.contains(Ascii.lowerCase(names.getFirst()));
	}

	/** With notes or without: one of the files that were put together may have been an error file. */
	boolean isRepeatedBy(Header other) {
		List<String> own = withoutNotes().names;
		List<String> others = other.withoutNotes().names;
		return own.size() == others.size()
				&& IntStream.range(0, own.size()).allMatch(i -> Ascii.equalIgnoringCase(own.get(i), others.get(i)));
	}

	/** One cell that names no column: prose, or a list that something else than commas separates. */
	private boolean isNoList() {
		return names.size() == 1 && Column.titled(names.getFirst()).isEmpty();
	}

	/** Whether it is meant to name the columns, right or wrong. */
	boolean isMostlyOne() {
		return names.stream().map(Column::titled).flatMap(Optional::stream).distinct().count() >= TELLING;
	}

	/** Why a file with this header is refused; the notes at its end are of no account. */
	Optional<FileRefusal> refusal() {
		if (isNoList()) return Optional.of(new FileRefusal.NotCsv());
		Set<Column> seen = EnumSet.noneOf(Column.class);
		Set<Column> twice = EnumSet.noneOf(Column.class);
		List<String> unknown = new ArrayList<>();
		for (String name : withoutNotes().names) {
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

	/** For a message: it may be anything. */
	String shown() {
		return shown(String.join(",", names));
	}

	/** A name that somebody else chose, fit for a message: short, and nothing in it that turns text around. */
	private static String shown(String name) {
		StringBuilder shown = new StringBuilder();
		name.codePoints().filter(Graphic::is).limit(SHOWN_LENGTH).forEach(shown::appendCodePoint);
		return shown.isEmpty() ? NAMELESS : shown.toString();
	}
}
