package io.rollcall.notification.letters;

import java.util.List;
import java.util.Map;

/**
 * Text with places for values. Parts at even positions are text, at odd ones names of values. The mark of a place is a
 * character for private use, which {@link PlainLine} takes from everything that comes from outside.
 */
record Form(List<String> parts) {
	private static final String MARK = "\uE000";

	static String mark(String name) {
		return MARK + name + MARK;
	}

	static Form of(String marked) {
		return new Form(List.of(marked.split(MARK, -1)));
	}

	String fill(Map<String, String> values) {
		var filled = new StringBuilder(4096);
		for (int i = 0; i < parts.size(); i++) {
			String part = parts.get(i);
			filled.append(i % 2 == 0 ? part : values.getOrDefault(part, ""));
		}
		return filled.toString();
	}
}
