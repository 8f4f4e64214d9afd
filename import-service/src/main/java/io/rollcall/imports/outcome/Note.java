package io.rollcall.imports.outcome;

/** One fault or warning of a row: the field, a stable code, and a text to show; of a fault the one of the guide's Table 6. */
public record Note(String field, String code, String message) {}
