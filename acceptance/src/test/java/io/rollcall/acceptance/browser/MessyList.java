package io.rollcall.acceptance.browser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A staff list of Agawam as a secretary sends it: 150 records, 35 of them with a fault, of twelve kinds. */
record MessyList(String prefix) {
	static final int RECORDS = 150;
	static final int FAULTS = 35;
	static final String DISTRICT = "00050000";
	static final String SCHOOL = "00050000-00050303";

	/** Each kind: how many records have it, and what it does to them. */
	private record Kind(int records, Consumer<Map<String, String>> damage) {}

	private static final List<Kind> KINDS = List.of(//
			cell(5, "Role", "Teacher"), //
			cell(3, "Role", "Test Administrator"), //
			cell(2, "Role", "Principal"), //
			cell(2, "Role", "XX"), //
			cell(5, "Org", "50000-50303"), //
			cell(4, "Org", "Agawam High School"), //
			cell(2, "Org", "00050000-00050303; 00050000-00050505"), //
			cell(4, "Phone", "(413) 555-0101"), //
			cell(2, "Phone", "n/a"), //
			cell(2, "Program", "1030, 1034"), //
			new Kind(3, cells -> cells.merge("Email", "", (email, _) -> email.replace("@", " at "))), //
			cell(1, "Lname", ""));

	private static Kind cell(int records, String column, String value) {
		return new Kind(records, cells -> cells.put(column, value));
	}

	/** The record, counted from 1, of the first fault of a kind, counted from 0. Every fourth record has a fault. */
	static int first(int kind) {
		return 4 * KINDS.subList(0, kind).stream().mapToInt(Kind::records).sum() + 4;
	}

	static final int UNKNOWN_ROLE = first(3);
	static final int NO_LAST_NAME = first(11);

	String username(int record) {
		return "%s.%03d@agawam.example".formatted(prefix, record);
	}

	String file() {
		List<Consumer<Map<String, String>>> damages = new ArrayList<>();
		KINDS.forEach(kind -> {
			for (int i = 0; i < kind.records(); i++)
				damages.add(kind.damage());
		});
		var file = new StringBuilder(Sheet.HEADER);
		for (int record = 1; record <= RECORDS; record++) {
			Map<String, String> cells = good(record);
			if (record % 4 == 0 && record / 4 <= damages.size()) damages.get(record / 4 - 1).accept(cells);
			file.append(cells.values().stream().map(MessyList::quoted).collect(Collectors.joining(","))).append("\r\n");
		}
		return file.toString();
	}

	private Map<String, String> good(int record) {
		var cells = new LinkedHashMap<String, String>();
		cells.put("Username", username(record));
		cells.put("Fname", "Kim");
		cells.put("Lname", "Number " + record);
		cells.put("Email", username(record));
		cells.put("Role", "TA");
		cells.put("Org", SCHOOL);
		for (String column : List.of("Program", "Phone", "Fax", "Address"))
			cells.put(column, "");
		return cells;
	}

	private static String quoted(String cell) {
		return cell.contains(",") ? "\"" + cell + "\"" : cell;
	}
}
