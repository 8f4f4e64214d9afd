package io.rollcall.imports;

import java.util.Map;
import java.util.UUID;

/**
 * An import with its file and what has become of the rows.
 *
 * @param outcomes by record number; a row that has not ended is absent
 */
public record ImportedRows(UUID id, Submission submission, UserFile file, Map<Integer, Outcome> outcomes) {}
