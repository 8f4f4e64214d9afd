package io.rollcall.imports.web;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.draft.Draft;
import io.rollcall.imports.file.Correction;

/** What is corrected of an import's records and not sent yet, and what was sent. */
record DraftResponse(UUID importId, List<CorrectedRecord> corrections, List<Sent> sent) {
	/** @param cells by the template's column names */
	record CorrectedRecord(int recordNumber, Map<String, String> cells, String by, Instant at) {
		static CorrectedRecord of(int recordNumber, Correction correction) {
			Map<String, String> cells = new LinkedHashMap<>();
			correction.cells().forEach((column, cell) -> cells.put(column.title(), cell));
			return new CorrectedRecord(recordNumber, cells, correction.by(), correction.at());
		}
	}

	/**
	 * @param importId the import that was made of it; absent when it is out of the caller's sight
	 * @param recordNumbers the corrected ones among its records, here; of a follow-up, its own first record is the first of these
	 */
	record Sent(@Nullable UUID importId, List<Integer> recordNumbers, Instant at) {}

	/** @param seen of the imports that it refers to, those that may be named */
	static DraftResponse of(Draft draft, Set<UUID> seen) {
		return new DraftResponse(draft.importId(),
				draft.corrections().entrySet().stream().map(it -> CorrectedRecord.of(it.getKey(), it.getValue()))
						.toList(),
				draft.sendings().stream().map(it -> new Sent(seen.contains(it.importId()) ? it.importId() : null,
						List.copyOf(it.corrections().keySet()), it.at())).toList());
	}
}
