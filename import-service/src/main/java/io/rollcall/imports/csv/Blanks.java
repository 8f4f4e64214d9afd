package io.rollcall.imports.csv;

/** Blanks of any kind: a spreadsheet's no-break space is as empty to the eye as any other. */
final class Blanks {
	private Blanks() {}

	static String stripped(String cell) {
		int from = 0;
		int to = cell.length();
		while (from < to && isBlank(cell.charAt(from)))
			from++;
		while (to > from && isBlank(cell.charAt(to - 1)))
			to--;
		return cell.substring(from, to);
	}

	static boolean isBlank(String cell) {
		return cell.chars().allMatch(c -> isBlank((char) c));
	}

	private static boolean isBlank(char c) {
		return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
	}
}
