package io.rollcall.platform.web;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.web.Problems.FieldError;

/** The header under which a request may be sent again and happens once. */
public final class IdempotencyKey {
	public static final String HEADER = "Idempotency-Key";
	private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7E]{1,255}");

	private IdempotencyKey() {}

	/** What is wrong with a key, if there is one. */
	public static List<FieldError> errors(@Nullable String key) {
		return key == null || SHAPE.matcher(key).matches()
				? List.of()
				: List.of(new FieldError(HEADER, "invalid",
						"An Idempotency-Key is 1 to 255 visible ASCII characters."));
	}
}
