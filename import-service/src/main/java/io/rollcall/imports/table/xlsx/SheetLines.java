package io.rollcall.imports.table.xlsx;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler.SheetContentsHandler;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.jspecify.annotations.Nullable;

import io.rollcall.imports.table.Grid;

/** Takes the cells of a sheet as they come, as far as they matter. */
final class SheetLines implements SheetContentsHandler {
	/** There are more lines than anybody wants. */
	static final class Enough extends RuntimeException {
		Enough() {
			super(null, null, false, false);
		}
	}

	/** A cell far to the right, or more text than a list has. */
	static final class TooMuch extends RuntimeException {
		TooMuch(String what) {
			super(what, null, false, false);
		}
	}

	private static final int MOST_COLUMNS = 200;
	/** As Excel allows. */
	private static final int LAST_ROW = 1 << 20;
	/** Written as _x0000_ or _xD800_; no file of text may have it. */
	private static final Pattern NO_TEXT = Pattern.compile("[\\x00\\p{Cs}]");
	private static final String ERROR = "ERROR:";

	private final int mostLines;
	private final List<Grid.Line> lines = new ArrayList<>();
	private List<String> cells = new ArrayList<>();
	private final Budget budget;
	private boolean isHidden;
	private int hidden;
	/** From 1, of the latest row. */
	private int number;
	/** The latest reference in this row, and how many cells have begun since. */
	private @Nullable String latest;
	private int after;

	SheetLines(int mostLines, Budget budget) {
		this.mostLines = mostLines;
		this.budget = budget;
	}

	/** What all sheets of a workbook may hold together: so many characters, of which a cell takes some by itself. */
	static final class Budget {
		private static final int OF_A_CELL = 8;
		private int left = 3_000_000;
		/** Also of those with nothing in them, which cost time alone. */
		private int cells = 2_000_000;

		private void begin() {
			if (--cells < 0) throw new TooMuch("cells");
		}

		private void take(int characters) {
			left -= characters;
			if (left < 0) throw new TooMuch("cells");
		}
	}

	/** Of rows that are hidden, as by a filter: who filtered a list means what is left of it. */
	int hidden() {
		return hidden;
	}

	/** The row that comes is hidden. */
	void hide(boolean hidden) {
		isHidden = hidden;
	}

	List<Grid.Line> lines() {
		return lines;
	}

	@Override
	public void startRow(int row) {
		cells = new ArrayList<>();
		latest = null;
		after = 0;
	}

	/**
	 * A cell begins, of which the library tells no more if nothing is in it.
	 *
	 * @param reference as {@code C7}; absent where a program left it out, and the cell follows on the one before
	 */
	void begin(@Nullable String reference) {
		budget.begin();
		if (reference == null) {
			after++;
		} else {
			latest = reference;
			after = 0;
		}
	}

	/** Of the cell that has begun. Not sooner, for a sheet may have a million cells with nothing in them. */
	private int column() {
		int column = latest == null
				? after - 1
				: CellReference.convertColStringToIndex(new CellReference(latest).getCellRefParts()[2]) + after;
		if (column < 0 || column >= MOST_COLUMNS) throw new TooMuch("columns");
		return column;
	}

	/**
	 * A row ends, also one with nothing in it.
	 *
	 * @param row from 0, as the file says. A number that no row can have there, as -5 or one that was before, counts as one that a
	 * program left out: the row follows on the one before
	 */
	@Override
	public void endRow(int row) {
		number = row >= number && row < LAST_ROW ? row + 1 : number + 1;
		if (cells.stream().allMatch(String::isBlank)) return;
		if (isHidden) {
			hidden++;
			return;
		}
		budget.take(cells.size());
		if (lines.size() == mostLines) throw new Enough();
		lines.add(new Grid.Line(number, cells));
	}

	@Override
	public void cell(@Nullable String reference, @Nullable String read, @Nullable XSSFComment comment) {
		if (read == null) return;
		String text = NO_TEXT.matcher(read).replaceAll("");
		if (text.isBlank()) return;
		int column = column();
		budget.take(text.length() + Budget.OF_A_CELL);
		while (cells.size() <= column)
			cells.add("");
		cells.set(column, text.startsWith(ERROR + "#") ? text.substring(ERROR.length()) : text);
	}
}
