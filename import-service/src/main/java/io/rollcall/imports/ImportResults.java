package io.rollcall.imports;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

import io.rollcall.imports.Import.Recording;
import io.rollcall.imports.outcome.RowOutcome;
import io.rollcall.platform.TemporarilyUnavailable;

/** Folds what became of rows into their imports: many rows, one write an import. */
@Service
public class ImportResults {
	private static final Logger LOG = LoggerFactory.getLogger(ImportResults.class);
	/** Each conflict means that another instance got on; so many in a row mean that something else is wrong. */
	private static final int ATTEMPTS = 30;

	private final ImportRepository repository;
	private final DispatchSignal dispatch;
	private final Clock clock;

	public ImportResults(ImportRepository repository, DispatchSignal dispatch, Clock clock) {
		this.repository = repository;
		this.dispatch = dispatch;
		this.clock = clock;
	}

	/** How many outcomes were not needed: of rows that had ended before, and of rows or imports that nobody knows. */
	public record Folded(int duplicates, int unknown) {}

	/**
	 * Records outcomes; given again, they change nothing.
	 *
	 * @throws TemporarilyUnavailable when other writers are in the way for too long; some may have been recorded
	 */
	public Folded fold(Collection<RowOutcome> outcomes) {
		Map<UUID, List<RowOutcome>> byImport = new LinkedHashMap<>();
		for (RowOutcome outcome : outcomes)
			byImport.computeIfAbsent(outcome.importId(), _ -> new ArrayList<>()).add(outcome);
		Set<UUID> completed = new HashSet<>();
		Folded first = null;
		for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
			List<Import> imports = repository.forRecording(byImport.keySet());
			Folded folded = record(imports, byImport, completed);
			if (first == null) first = folded; // later ones would count what the first attempt itself recorded
			if (repository.replace(imports.stream().filter(Import::isChanged).toList())) {
				dispatch.changed(imports.stream().map(Import::progress).toList());
				completed.forEach(ImportResults::logCompleted);
				return first;
			}
		}
		throw new TemporarilyUnavailable("other writers keep changing the imports");
	}

	private Folded record(List<Import> imports, Map<UUID, List<RowOutcome>> byImport, Set<UUID> completed) {
		Instant now = clock.instant();
		int known = 0;
		int duplicates = 0;
		int unknown = 0;
		for (Import each : imports) {
			List<RowOutcome> outcomes = byImport.getOrDefault(each.id(), List.of());
			known += outcomes.size();
			for (RowOutcome outcome : outcomes) {
				Recording recording = each.record(outcome.recordNumber(), outcome.outcome(), now);
				if (recording == Recording.DUPLICATE) duplicates++;
				if (recording == Recording.NO_SUCH_ROW) unknown++;
			}
			if (each.isChanged() && each.completedAt() != null) completed.add(each.id());
		}
		int all = byImport.values().stream().mapToInt(List::size).sum();
		return new Folded(duplicates, unknown + all - known);
	}

	private static void logCompleted(UUID id) {
		try (var _ = MDC.putCloseable("importId", id.toString())) {
			LOG.info("Import completed");
		}
	}
}
