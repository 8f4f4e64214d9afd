package io.rollcall.imports.draft;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.Correction;
import io.rollcall.imports.file.UserFile;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The corrections of an import's records, and what was sent of them. Correcting and sending change one document under its version,
 * so that of two who do so at once the second sees what the first did.
 *
 * @param version 0 while nobody has corrected or sent anything
 * @param corrections that are not sent, by record number
 * @param sendings oldest first; of a dry run one at most, after which nothing is corrected any more
 * @param owedSince when the last sending was decided of which it is not certain that it is carried out
 */
public record Draft(UUID importId, long version, SortedMap<Integer, Correction> corrections, List<Sending> sendings,
		@Nullable Instant owedSince) {
	/** In bytes of UTF-8. */
	private static final int LARGEST = 1_000_000;
	/** A document has 16 MiB at most; the rest of it is short. */
	private static final long LARGEST_DOCUMENT = 16_600_000;
	/** In bytes, beside its text: its type, length, and number or title. */
	private static final int OF_A_CELL = 16;
	/** In bytes, beside its cells: a record's number, or who corrected it and when. */
	private static final int OF_A_RECORD = 120;
	/** Beside what was uploaded, by which the day's quota counts. */
	private static final int BESIDE_THE_FILE = 100_000;

	static Draft none(UUID importId) {
		return new Draft(importId, 0, Collections.emptySortedMap(), List.of(), null);
	}

	/** The records that are sent; their corrections are the new import's. */
	public Set<Integer> sent() {
		return sendings.stream().flatMap(it -> it.corrections().keySet().stream()).collect(Collectors.toSet());
	}

	/** With these edits. A record counts as corrected when it last became another; what says the same as before changes nothing. */
	Draft edited(Collection<Edit> edits, String by, Instant now) {
		SortedMap<Integer, Correction> edited = new TreeMap<>(corrections);
		for (Edit edit : edits) {
			Correction before = edited.get(edit.recordNumber());
			Map<Column, String> cells = new EnumMap<>(Column.class);
			if (before != null) cells.putAll(before.cells());
			edit.cells().forEach((column, cell) -> {
				if (cell == null) {
					cells.remove(column);
				} else {
					cells.put(column, cell);
				}
			});
			if (cells.isEmpty()) {
				edited.remove(edit.recordNumber());
			} else if (before == null || !cells.equals(before.cells())) {
				edited.put(edit.recordNumber(), new Correction(cells, by, now));
			}
		}
		return edited.equals(corrections) ? this : new Draft(importId, version + 1, edited, sendings, owedSince);
	}

	/**
	 * @param bytes of the uploaded file
	 * @param file what was read of it, and corrected before: what is applied is stored in one document with all corrections
	 */
	boolean isTooLargeFor(int bytes, UserFile file) {
		List<Correction> all = Stream.concat(Stream.of(corrections), sendings.stream().map(Sending::corrections))
				.flatMap(it -> it.values().stream()).toList();
		if (bytes(all) > Math.min(LARGEST, bytes + BESIDE_THE_FILE)) return true;
		List<Correction> stored = Stream.concat(all.stream(), file.corrections().values().stream()).toList();
		Stream<String> cells = Stream.concat(file.records().stream().flatMap(List::stream),
				stored.stream().flatMap(it -> it.cells().values().stream()));
		return cells.mapToLong(cell -> bytes(cell) + OF_A_CELL).sum()
				+ (file.records().size() + stored.size()) * (long) OF_A_RECORD > LARGEST_DOCUMENT;
	}

	/** Of what is not sent: what only becomes less is never refused. */
	boolean isLargerThan(Draft before) {
		return bytes(corrections.values()) > bytes(before.corrections.values());
	}

	private static long bytes(Collection<Correction> corrections) {
		return corrections.stream().flatMap(it -> it.cells().values().stream()).mapToLong(Draft::bytes).sum();
	}

	private static long bytes(String text) {
		return text.getBytes(UTF_8).length;
	}

	/** Sends all corrections that there are. */
	Draft sent(UUID as, Submitter submitter, Instant now, String traceparent) {
		List<Sending> all = new ArrayList<>(sendings);
		all.add(new Sending(as, version, corrections, submitter, now, traceparent));
		return new Draft(importId, version + 1, Collections.emptySortedMap(), List.copyOf(all), now);
	}

	Optional<Sending> latest() {
		return sendings.isEmpty() ? Optional.empty() : Optional.of(sendings.getLast());
	}

	/** What was sent of one of these versions. */
	Optional<Sending> sentOf(Set<Long> versions) {
		return sendings.reversed().stream().filter(it -> versions.contains(it.ofVersion())).findFirst();
	}
}
