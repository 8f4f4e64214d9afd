package io.rollcall.imports.table;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How somebody wants a table to be read.
 *
 * @param sheet null for the only one, or a text
 * @param headerLine the line that names the columns, from 1; 0 for none
 * @param columns by index from 0; what is absent is ignored
 */
public record TableChoice(@Nullable String sheet, int headerLine, Map<Integer, Target> columns) {}
