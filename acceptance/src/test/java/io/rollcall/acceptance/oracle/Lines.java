package io.rollcall.acceptance.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a file and their cells, by the letter of RFC 4180, section 2, but for a bare {@code ="text"}.
 *
 * @param brokenLine the line in which the value begins whose quotation marks do not match; 0 when all do
 */
record Lines(List<Line> lines, int brokenLine) {
	record Line(List<String> cells) {}

	/** Quoted, a bare formula that is a text, or plain; what ends it is looked at behind it. */
	private static final Pattern CELL = Pattern.compile("\"([^\"]*+(?:\"\"[^\"]*+)*+)\""
			+ "|[\\p{Z}\\p{Cf}\t]*=\"[^\",\r\n]*\"[\\p{Z}\\p{Cf}\t]*|[^\",\r\n]*+");
	private static final Pattern TEXT = Pattern.compile("=\"((?:[^\"]|\"\")*)\"");

	static Lines of(String file) {
		var lines = new ArrayList<Line>();
		var cells = new ArrayList<String>();
		int at = 0;
		while (at < file.length()) {
			int begin = at;
			Matcher cell = CELL.matcher(file).region(at, file.length());
			boolean sound = cell.lookingAt();
			at = sound ? cell.end() : at;
			boolean ends = at == file.length() || ",\r\n".indexOf(file.charAt(at)) >= 0;
			if (!sound || !ends) return new Lines(lines, lineOf(file, begin));
			cells.add(text(cell));
			if (at == file.length() || file.charAt(at) != ',') {
				if (file.startsWith("\r\n", at)) at++;
				lines.add(new Line(List.copyOf(cells)));
				cells.clear();
			} else if (at + 1 == file.length()) {
				cells.add("");
			}
			at++;
		}
		if (!cells.isEmpty()) lines.add(new Line(List.copyOf(cells)));
		return new Lines(lines, 0);
	}

	private static String text(Matcher cell) {
		String raw = cell.group(1) == null ? cell.group() : cell.group(1).replace("\"\"", "\"");
		Matcher text = TEXT.matcher(Text.code(raw));
		return text.matches() ? text.group(1).replace("\"\"", "\"") : raw;
	}

	private static int lineOf(String file, int at) {
		return 1 + (int) Pattern.compile("\r\n|\r|\n").matcher(file.substring(0, at)).results().count();
	}
}
