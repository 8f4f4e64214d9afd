package io.rollcall.platform.operations;

import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.rollcall.contracts.Words;

/**
 * Shows the shape of a text without the text: an upper-case letter as {@code X}, a lower-case one as {@code x}, a digit as
 * {@code 9}, anything beyond ASCII as {@code ?}. What is wrong with a record is mostly its shape; whom it concerns is not
 * operations' matter. Ids, times and the words of the contracts stay.
 */
final class Mask {
	/** Enough to see a shape. */
	private static final int LONGEST = 80;
	private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
	/** An id made of ids and steps; a district's or school's code. A telephone number is neither. */
	private static final Pattern ID = Pattern
			.compile(UUID + "(?:/(?:" + UUID + "|[0-9]{1,9}|[a-z-]{1,24}|PORTAL|TRAINING)){0,6}"
					+ "|[0-9]{8}(?:-[0-9]{8})?|[0-9]{2}-[0-9]{6}(?:-[0-9]{3})?");
	private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,20}Z");
	private static final Set<String> NUMBERS = Set.of("recordNumber", "version", "accountVersion", "smtpStatus");
	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");

	private Mask() {}

	static String unlessId(String text) {
		return ID.matcher(text).matches() || TIME.matcher(text).matches() ? text : mask(text);
	}

	static String mask(String text) {
		var shape = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
		text.codePoints().limit(LONGEST).forEach(c -> shape.append(shape(c)));
		return text.codePointCount(0, text.length()) > LONGEST ? shape.append('…').toString() : shape.toString();
	}

	private static char shape(int c) {
		if (c >= 'A' && c <= 'Z') return 'X';
		if (c >= 'a' && c <= 'z') return 'x';
		if (c >= '0' && c <= '9') return '9';
		return c >= ' ' && c < 0x7f ? (char) c : '?';
	}

	/** A body with all of its texts masked; null when it is no JSON. */
	static @Nullable JsonNode body(byte @Nullable [] body, JsonMapper json) {
		if (body == null) return null;
		try {
			return masked("", json.readTree(body));
		} catch (JacksonException e) {
			return null;
		}
	}

	private static JsonNode masked(String field, JsonNode node) {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		if (node.isObject()) {
			ObjectNode object = nodes.objectNode();
			node.properties()
					.forEach(it -> object.set(NAME.matcher(it.getKey()).matches() ? it.getKey() : mask(it.getKey()),
							masked(it.getKey(), it.getValue())));
			return object;
		}
		if (node.isArray()) {
			ArrayNode array = nodes.arrayNode();
			node.forEach(it -> array.add(masked(field, it)));
			return array;
		}
		// A number may be a telephone's: only those of the contracts' own fields stay.
		if (node.isNumber()) return NUMBERS.contains(field) ? node : nodes.stringNode(mask(node.asString()));
		if (!node.isString()) return node;
		String text = node.asString();
		// What else stands in the fields of the contracts' words is masked: a file's columns shift.
		boolean word = Words.ALL.contains(text) || field.equals("type") && NAME.matcher(text).matches();
		return word ? node : nodes.stringNode(unlessId(text));
	}
}
