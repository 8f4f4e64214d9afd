package io.rollcall.imports.suggestion;

/**
 * A cell that the field's fault would be gone with.
 *
 * @param field as in a note
 * @param value the whole cell
 * @param reason for the screen, as {@code The code of Agawam}
 */
public record Suggestion(String field, String value, String reason) {}
