package io.rollcall.imports.draft;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.stereotype.Service;

import io.rollcall.imports.FollowUp;
import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSummary;
import io.rollcall.platform.security.Caller;

/** Tells of imports what is corrected, and what is open with all that followed on them. */
@Service
public class Standings {
	private final DraftRepository drafts;
	private final ImportRepository imports;

	Standings(DraftRepository drafts, ImportRepository imports) {
		this.drafts = drafts;
		this.imports = imports;
	}

	/** By id. What followed out of the caller's sight has nothing open. */
	public Map<UUID, Standing> of(Collection<ImportSummary> found, Caller caller) {
		Map<UUID, ImportSummary> known = new HashMap<>();
		Collection<ImportSummary> latest = found;
		while (!latest.isEmpty()) {
			latest.forEach(each -> known.put(each.id(), each));
			Set<UUID> next = latest.stream().flatMap(ImportSummary::takenOverBy).filter(id -> !known.containsKey(id))
					.collect(Collectors.toSet());
			latest = next.isEmpty() ? Set.of() : imports.summaries(imports.seen(next, caller));
		}
		Map<UUID, Integer> corrected = drafts.corrected(found.stream().map(ImportSummary::id).toList());
		Map<UUID, Standing> standings = new LinkedHashMap<>();
		for (ImportSummary each : found)
			standings.put(each.id(), new Standing(corrected.getOrDefault(each.id(), 0), open(each, known)));
		return standings;
	}

	/** Of it and of all that followed; {@link Drafts} says how far that goes. */
	private static int open(ImportSummary of, Map<UUID, ImportSummary> known) {
		int open = 0;
		Deque<ImportSummary> left = new ArrayDeque<>(List.of(of));
		while (!left.isEmpty()) {
			ImportSummary each = left.removeLast();
			open += ownOpen(each);
			each.takenOverBy().flatMap(id -> Stream.ofNullable(known.get(id))).forEach(left::add);
		}
		return open;
	}

	private static int ownOpen(ImportSummary it) {
		return it.committedAs() != null || it.submission().undoOf() != null
				? 0
				: it.counts().rejected() - it.followUps().stream().mapToInt(FollowUp::records).sum();
	}
}
