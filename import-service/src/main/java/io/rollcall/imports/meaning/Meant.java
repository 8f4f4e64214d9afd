package io.rollcall.imports.meaning;

/**
 * What a cell was probably meant to be.
 *
 * @param value the whole cell
 * @param reason for the screen
 */
public record Meant(String value, String reason) {}
