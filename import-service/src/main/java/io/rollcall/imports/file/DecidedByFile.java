package io.rollcall.imports.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;

/**
 * What a file alone decides of its records, whatever accounts there are (rules, "Import files"): such a record is rejected from the
 * start and never sent on.
 */
public final class DecidedByFile {
	/** The code of the note on a record that is not the first for its username. */
	public static final String USERNAME_REPEATED = "username-repeated";

	private static final String RECORD_SURPLUS = "record-surplus";

	private static final Note SURPLUS = new Note("record", RECORD_SURPLUS,
			"Record has more values than the file has columns");
	private static final Note REPEATED = new Note("username", USERNAME_REPEATED,
			"Username appears more than once in this file");

	private DecidedByFile() {}

	/** By record number; a record of which user-service decides is absent. */
	public static SortedMap<Integer, Outcome> of(UserFile file, Action action) {
		SortedMap<Integer, Outcome> decided = new TreeMap<>();
		Set<Integer> repeated = action == Action.UPDATE ? repeated(file) : Set.of();
		for (int record = 1; record <= file.records().size(); record++) {
			List<Note> notes = new ArrayList<>();
			if (file.surplus().contains(record)) notes.add(SURPLUS);
			if (repeated.contains(record)) notes.add(REPEATED);
			if (!notes.isEmpty()) decided.put(record, new Outcome.Rejected(List.copyOf(notes)));
		}
		return decided;
	}

	/** What the file decides of them whatever becomes of the others: that they have more values than it has columns. */
	public static SortedMap<Integer, Outcome> alone(UserFile file) {
		return of(file, Action.ADD);
	}

	/** Whether a note is of the file alone: then the record is corrected there, since written anew it would be another one. */
	public static boolean isOfTheFile(String code) {
		return code.equals(USERNAME_REPEATED) || code.equals(RECORD_SURPLUS);
	}

	/** In an update the first record for a username stands, whatever becomes of it. */
	private static Set<Integer> repeated(UserFile file) {
		return file.byUsername().values().stream().flatMap(records -> records.stream().skip(1))
				.collect(Collectors.toSet());
	}
}
