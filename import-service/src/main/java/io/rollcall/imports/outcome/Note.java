package io.rollcall.imports.outcome;

/** One fault of a row: the field, a stable code, and the text of the guide's Table 6. */
public record Note(String field, String code, String message) {}
