package io.rollcall.imports.file;

import java.text.Normalizer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.rollcall.platform.Typed;

/**
 * A file that was taken: its columns, and its records with a cell for each of them, raw, in the order of the file.
 *
 * @param header the columns' names as the file spelled them; never a column twice, never an unknown one
 */
public record UserFile(List<String> header, List<List<String>> records) {
	private static final int LONGEST_PERSON = 200;

	/** @param recordNumber from 1; the header and blank lines are not counted */
	public Map<Column, String> cells(int recordNumber) {
		List<String> cells = records.get(recordNumber - 1);
		Map<Column, String> named = new EnumMap<>(Column.class);
		for (int i = 0; i < header.size(); i++) {
			named.put(Column.titled(header.get(i)).orElseThrow(), cells.get(i));
		}
		return named;
	}

	/**
	 * Whose row it is, in a spelling in which rows of one username never differ (two usernames may share it: what makes them
	 * the same is user-service's to say); empty for a row without a username. Orders the commands of a person, and finds
	 * the rows of a file that may be for the same one.
	 */
	public String person(int recordNumber) {
		String username = cells(recordNumber).getOrDefault(Column.USERNAME, "");
		String normal = Normalizer.normalize(Typed.identifier(username), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
		return normal.length() > LONGEST_PERSON ? normal.substring(0, LONGEST_PERSON) : normal;
	}

	/** The columns in the order of the file. */
	public List<Column> columns() {
		return header.stream().map(name -> Column.titled(name).orElseThrow()).toList();
	}
}
