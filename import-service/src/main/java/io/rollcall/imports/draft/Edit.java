package io.rollcall.imports.draft;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.Column;

/**
 * What is wanted of a record's correction.
 *
 * @param cells what they are to be, null to take a cell's correction back; those that are absent stay as they are
 */
public record Edit(int recordNumber, Map<Column, @Nullable String> cells) {}
