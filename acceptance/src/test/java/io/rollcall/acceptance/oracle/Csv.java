package io.rollcall.acceptance.oracle;

import java.util.ArrayList;
import java.util.List;

/** RFC 4180, read by the letter: quotes doubled inside quotes, line ends of any kind outside them. */
public final class Csv {
	private Csv() {}

	/** All lines but the empty ones. A byte order mark at the start is dropped. */
	public static List<List<String>> read(String file) {
		var lines = new ArrayList<List<String>>();
		var line = new ArrayList<String>();
		var cell = new StringBuilder();
		boolean quoted = false;
		int i = file.startsWith("\uFEFF") ? 1 : 0;
		while (i < file.length()) {
			char c = file.charAt(i++);
			if (quoted) {
				if (c != '"') {
					cell.append(c);
				} else if (i < file.length() && file.charAt(i) == '"') {
					cell.append('"');
					i++;
				} else {
					quoted = false;
				}
			} else if (c == '"') {
				quoted = true;
			} else if (c == ',') {
				line.add(cell.toString());
				cell.setLength(0);
			} else if (c == '\r' || c == '\n') {
				if (c == '\r' && i < file.length() && file.charAt(i) == '\n') {
					i++;
				}
				line.add(cell.toString());
				cell.setLength(0);
				if (line.size() > 1 || !line.getFirst().isEmpty()) {
					lines.add(List.copyOf(line));
				}
				line.clear();
			} else {
				cell.append(c);
			}
		}
		if (cell.length() > 0 || !line.isEmpty()) {
			line.add(cell.toString());
			lines.add(List.copyOf(line));
		}
		return lines;
	}

	/** One cell, quoted when it must be or when asked. */
	public static String cell(String text, boolean alwaysQuoted) {
		boolean needed = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
		return needed || alwaysQuoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
	}
}
