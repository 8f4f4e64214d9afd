package io.rollcall.platform.csv;

import io.rollcall.platform.Blanks;

/** What a cell of a file means, wherever one is written: in a file, in a correction, in a row that is asked about. */
public final class FileCell {
	/** What stands in an error file for a cell that its short record lacks; such a cell is absent again when it comes back. */
	public static final String ABSENT = "(unchanged)";

	private FileCell() {}

	public static boolean isAbsent(String cell) {
		return Blanks.stripped(cell).equals(ABSENT);
	}

	/** The cell as it was meant: without what keeps it from being run or rounded in a spreadsheet. */
	public static String read(String cell) {
		return FormulaMark.removed(shown(cell));
	}

	/** Of {@code ="00050000"} what a spreadsheet shows, and so keeps with its zeros: the text between the quotation marks. */
	public static String shown(String cell) {
		if (!cell.contains("=\"")) return cell;
		String formula = Blanks.stripped(cell);
		if (formula.length() < 3 || !formula.startsWith("=\"") || !formula.endsWith("\"")) return cell;
		String text = formula.substring(2, formula.length() - 1);
		return text.replace("\"\"", "").indexOf('"') < 0 ? text.replace("\"\"", "\"") : cell;
	}
}
