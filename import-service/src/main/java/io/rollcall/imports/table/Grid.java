package io.rollcall.imports.table;

import java.util.List;

/**
 * A sheet, or a text, as lines of cells as they are displayed.
 *
 * @param name of the sheet; empty for a text
 * @param lines those with something in them
 * @param isCut there are more lines, which nobody read
 * @param hidden how many lines were left out since they are hidden
 */
public record Grid(String name, List<Line> lines, boolean isCut, int hidden) {
	/** @param number from 1, of all lines */
	public record Line(int number, List<String> cells) {
		public Line {
			cells = List.copyOf(cells);
		}

		/** Empty where the line has no such cell. */
		String cell(int index) {
			return index < cells.size() ? cells.get(index) : "";
		}

		long filled() {
			return cells.stream().filter(cell -> !cell.isBlank()).count();
		}

		String text() {
			return String.join(" ", cells.stream().map(String::strip).filter(cell -> !cell.isEmpty()).toList());
		}
	}

	int width() {
		return lines.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
	}

	/** What stands under a line. */
	List<Line> below(int number) {
		return lines.stream().filter(line -> line.number() > number).toList();
	}
}
