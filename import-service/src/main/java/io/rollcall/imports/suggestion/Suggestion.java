package io.rollcall.imports.suggestion;

import org.jspecify.annotations.Nullable;

/**
 * A cell that the field's fault would be gone with.
 *
 * @param field as in a note
 * @param value the whole cell
 * @param reason for the screen, as {@code The code of Agawam}
 * @param recordNumber whose cell it is when it is another record's
 */
public record Suggestion(String field, String value, String reason, @Nullable Integer recordNumber) {
	/** A cell of the record itself. */
	public Suggestion(String field, String value, String reason) {
		this(field, value, reason, null);
	}
}
