package io.rollcall.imports.file;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.rollcall.platform.Typed;
import io.rollcall.platform.csv.FileCell;

/**
 * A file that was taken: its columns, and its records with the cells of the first of them, raw, in the order of the file. A record
 * never has more cells than there are columns; one with fewer ends before the last of them.
 *
 * @param header the columns' names as the file spelled them; never a column twice, never an unknown one
 * @param surplus the records that had more cells than columns: what was too much is joined to the last cell
 * @param corrections of its records, by record number
 */
public record UserFile(List<String> header, List<List<String>> records, Set<Integer> surplus,
		Map<Integer, Correction> corrections) {
	private static final int LONGEST_PERSON = 200;

	/** One in which no record has more cells than columns. */
	public UserFile(List<String> header, List<List<String>> records) {
		this(header, records, Set.of());
	}

	/** One that nobody has corrected. */
	public UserFile(List<String> header, List<List<String>> records, Set<Integer> surplus) {
		this(header, records, surplus, Map.of());
	}

	/** The cells that the record has, as they are to be judged: with its correction. Those of a short one that it lacks are absent. */
	public Map<Column, String> cells(int recordNumber) {
		Map<Column, String> cells = uploaded(recordNumber);
		Correction correction = corrections.get(recordNumber);
		if (correction != null) cells.putAll(correction.cells());
		cells.values().removeIf(FileCell::isAbsent);
		return cells;
	}

	/**
	 * The cells that the record has in the file.
	 *
	 * @param recordNumber from 1; the header and blank lines are not counted
	 */
	public Map<Column, String> uploaded(int recordNumber) {
		List<String> cells = records.get(recordNumber - 1);
		Map<Column, String> named = new EnumMap<>(Column.class);
		for (int i = 0; i < cells.size(); i++)
			named.put(Column.titled(header.get(i)).orElseThrow(), cells.get(i));
		return named;
	}

	/** Whether some record lacks cells. */
	public boolean lacksCells() {
		return IntStream.rangeClosed(1, records.size()).anyMatch(record -> cells(record).size() < header.size());
	}

	/**
	 * Whose row it is, in a spelling in which rows of one username never differ (two usernames may share it: what makes them
	 * the same is user-service's to say); empty for a row without a username. Orders the commands of a person, and finds
	 * the rows of a file that may be for the same one.
	 */
	public String person(int recordNumber) {
		String normal = Normalizer.normalize(username(recordNumber), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
		return normal.length() > LONGEST_PERSON ? normal.substring(0, LONGEST_PERSON) : normal;
	}

	/** The numbers of the records for each username, whatever the case of its letters; records without one are left out. */
	public Map<String, List<Integer>> byUsername() {
		Map<String, List<Integer>> byUsername = new LinkedHashMap<>();
		for (int record = 1; record <= records.size(); record++) {
			String username = Ascii.lowerCase(username(record));
			if (!username.isEmpty()) byUsername.computeIfAbsent(username, _ -> new ArrayList<>()).add(record);
		}
		return byUsername;
	}

	/** As it is kept, whether it is one or not; empty where there is none. */
	private String username(int recordNumber) {
		return Typed.identifier(cells(recordNumber).getOrDefault(Column.USERNAME, ""));
	}

	/** The columns in the order of the file, and those that only corrections have. */
	public List<Column> columns() {
		Set<Column> columns = new LinkedHashSet<>();
		header.forEach(name -> columns.add(Column.titled(name).orElseThrow()));
		corrections.values().stream().flatMap(it -> it.cells().keySet().stream()).sorted().forEach(columns::add);
		return List.copyOf(columns);
	}

	/** The columns' names as the file spelled them, and those that only corrections have. */
	public List<String> titles() {
		List<String> titles = new ArrayList<>(header);
		columns().stream().skip(header.size()).map(Column::title).forEach(titles::add);
		return titles;
	}

	/**
	 * The record as a line under {@link #titles}, maybe a short one.
	 *
	 * @param lacking what stands for a cell that the record lacks, with others behind it
	 */
	public List<String> line(int recordNumber, String lacking) {
		if (!corrections.containsKey(recordNumber)) return records.get(recordNumber - 1);
		Map<Column, String> cells = cells(recordNumber);
		List<String> line = new ArrayList<>();
		int end = 0;
		for (Column column : columns()) {
			line.add(cells.getOrDefault(column, lacking));
			if (cells.containsKey(column)) end = line.size();
		}
		return line.subList(0, end);
	}

	/** The same file with these corrections upon those that it has. What was too much in a record is settled with its correction. */
	public UserFile corrected(Map<Integer, Correction> corrections) {
		Map<Integer, Correction> all = new TreeMap<>(this.corrections);
		corrections.forEach((record, correction) -> all.merge(record, correction, Correction::then));
		Set<Integer> left = new TreeSet<>(surplus);
		left.removeAll(all.keySet());
		return new UserFile(header, records, left, all);
	}

	/** The records that these corrections are for, with them, numbered anew in their order. */
	public UserFile only(SortedMap<Integer, Correction> corrections) {
		return corrected(corrections).part(corrections.keySet());
	}

	/**
	 * These records, numbered anew in their order.
	 *
	 * @param numbers of records in which nothing is too much
	 */
	public UserFile part(Collection<Integer> numbers) {
		List<List<String>> part = new ArrayList<>();
		Map<Integer, Correction> renumbered = new TreeMap<>();
		for (int record : numbers) {
			part.add(records.get(record - 1));
			Correction correction = corrections.get(record);
			if (correction != null) renumbered.put(part.size(), correction);
		}
		return new UserFile(header, List.copyOf(part), Set.of(), renumbered);
	}
}
