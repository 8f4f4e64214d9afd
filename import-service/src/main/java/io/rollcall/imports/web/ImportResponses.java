package io.rollcall.imports.web;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.Imports;
import io.rollcall.imports.Imports.Receipt;
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
	private final Clock clock;

	ImportResponses(Imports imports, Standings standings, Undos undos, Clock clock) {
		this.imports = imports;
		this.standings = standings;
		this.undos = undos;
		this.clock = clock;
	}

	ImportResponse of(ImportSummary found, Caller caller) {
		return of(List.of(found), caller).getFirst();
	}

	List<ImportResponse> of(List<ImportSummary> found, Caller caller) {
		Map<UUID, List<ImportSummary>> undone = undos.of(found);
		Set<UUID> seen = imports.seen(
				Stream.concat(found.stream().flatMap(ImportSummary::others),
						undone.values().stream().flatMap(List::stream).map(ImportSummary::id))
						.collect(Collectors.toSet()),
				caller);
		Map<UUID, Standing> standing = standings.of(found, caller);
		return found.stream().map(it -> ImportResponse.of(it, Objects.requireNonNull(standing.get(it.id())), seen,
				undos.until(it).orElse(null), undone.getOrDefault(it.id(), List.of()))).toList();
	}

	/** 202 with the import, or why there is none. */
	ResponseEntity<ImportResponse> received(Receipt receipt, Caller caller) {
		return switch (receipt) {
			case Receipt.Accepted(ImportSummary stored) -> accepted(stored, caller);
			case Receipt.Refused(var reason) -> throw Refusals.of(reason);
			case Receipt.OverQuota(var spent) -> throw Refusals.overQuota(spent, clock.instant());
			case Receipt.KeyReused _ -> throw Refusals.keyReused();
		};
	}

	ResponseEntity<ImportResponse> accepted(ImportSummary stored, Caller caller) {
		return ResponseEntity.accepted().location(URI.create("/api/imports/" + stored.id())).body(of(stored, caller));
	}
}
