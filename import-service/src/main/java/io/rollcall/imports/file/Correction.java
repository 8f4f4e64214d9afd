package io.rollcall.imports.file;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What somebody put in the place of cells of a record, for the record's own columns or others of the template. The file stays as it
 * was uploaded.
 *
 * @param by whose words they are, to be shown
 * @param at when; the whole record counts as handed in then
 */
public record Correction(Map<Column, String> cells, String by, Instant at) {
	/** This one, and a later one of the same record upon it. */
	Correction then(Correction later) {
		Map<Column, String> both = new EnumMap<>(cells);
		both.putAll(later.cells);
		return new Correction(both, later.by, later.at);
	}
}
