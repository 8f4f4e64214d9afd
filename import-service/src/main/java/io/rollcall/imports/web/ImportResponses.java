package io.rollcall.imports.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.Imports;
import io.rollcall.imports.draft.Standing;
import io.rollcall.imports.draft.Standings;
import io.rollcall.imports.undo.Undos;
import io.rollcall.platform.security.Caller;

/** Imports as a caller is shown them. */
@Component
class ImportResponses {
	private final Imports imports;
	private final Standings standings;
	private final Undos undos;

	ImportResponses(Imports imports, Standings standings, Undos undos) {
		this.imports = imports;
		this.standings = standings;
		this.undos = undos;
	}

	ImportResponse of(ImportSummary found, Caller caller) {
		return of(List.of(found), caller).getFirst();
	}

	List<ImportResponse> of(List<ImportSummary> found, Caller caller) {
		Set<UUID> seen = imports.seen(found, caller);
		Map<UUID, Standing> standing = standings.of(found, caller);
		Map<UUID, Instant> undone = undos.undoneAt(found);
		return found.stream().map(it -> ImportResponse.of(it, Objects.requireNonNull(standing.get(it.id())), seen,
				undos.until(it).orElse(null), undone.get(it.id()))).toList();
	}

	ResponseEntity<ImportResponse> accepted(ImportSummary stored, Caller caller) {
		return ResponseEntity.accepted().location(URI.create("/api/imports/" + stored.id())).body(of(stored, caller));
	}
}
