package io.rollcall.acceptance.tables;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;

/**
 * A known list of staff of Worcester, and how somebody has it in a spreadsheet: which columns in which order under which titles,
 * with what around them, in which words.
 *
 * @param people as they are to be read
 * @param titles of the columns, in the order of the sheet
 * @param targets by title: what the column is
 */
record TablePlan(int number, List<Row> people, List<List<String>> above, List<String> titles,
		Map<String, String> targets,
		List<List<String>> cells, List<List<String>> below, boolean merged) {
	static final int COUNT = 100;
	static final String DISTRICT = "03480000";
	private static final int PEOPLE = 9;
	private static final Map<String, String> SCHOOLS = schools();
	private static final List<String> FIRST = List.of("Maria", "José", "Siobhán", "John", "Wanjiru", "Mary-Jane", "Li",
			"Björn", "Ana", "Tyrone", "Xóchitl", "Pat");
	private static final List<String> LAST = List.of("Okafor", "Peña", "O'Sullivan", "Doe", "Kamau", "Smith-Jones",
			"Ng",
			"Åkeson", "de la Cruz", "Washington", "Ramírez", "Abolins");
	private static final Map<Column, List<String>> TITLES = Map.of(Column.USERNAME,
			List.of("Username", "User ID", "Login", "User Name"), Column.FNAME,
			List.of("First Name", "Given name", "First", "Fname", "FIRST NAME"), Column.LNAME,
			List.of("Last Name", "Surname", "Last", "Lname", "LAST NAME"), Column.EMAIL,
			List.of("E-mail", "Email Address", "Email", "Work E-Mail", "E-mail address:"), Column.ROLE,
			List.of("Position", "Role", "Job Title", "User Role", "Job title"), Column.ORG,
			List.of("School", "Organization", "Building", "School Name", "Org", "Site"), Column.PROGRAM,
			List.of("Program", "Test", "MCAS Program", "Programs"), Column.PHONE,
			List.of("Telephone", "Phone", "Phone Number", "Work Phone", "Tel."), Column.FAX,
			List.of("Fax", "Fax Number", "Fax No."), Column.ADDRESS,
			List.of("Address", "Street Address", "School Address"));
	private static final Map<String, List<String>> JOBS = Map.of("TA",
			List.of("Teacher", "Test Administrator", "Proctor"),
			"STC", List.of("Principal", "School Test Coordinator"), "TC", List.of("Technology Coordinator", "IT"),
			"RAO",
			List.of("Reports Access Only"), "DTC", List.of("District Test Coordinator"));

	private static Map<String, String> schools() {
		Map<String, String> schools = new LinkedHashMap<>();
		schools.put("03480000-03480512", "Doherty Memorial High School");
		schools.put("03480000-03480405", "Burncoat Middle School");
		schools.put("03480000-03480350", "Claremont Academy");
		schools.put("03480000-03480030", "Woodland Academy");
		schools.put("03480000-03480115", "Grafton Street School");
		schools.put("03480000-03480605", "Worcester Technical High School");
		return schools;
	}

	boolean isWorkbook() {
		return number % 5 < 3;
	}

	boolean hasTabs() {
		return number % 5 == 3;
	}

	boolean isByGnumeric() {
		return number % 2 == 1 && !merged;
	}

	String fileName() {
		return "%03d.%s".formatted(number, isWorkbook() ? "xlsx" : hasTabs() ? "txt" : "csv");
	}

	/** The same for the same number. */
	static TablePlan of(int number) {
		var random = new Random(7919L * number + 1);
		boolean usernames = random.nextInt(3) > 0;
		boolean merged = number % 10 == 0 || number % 10 == 2;
		List<Row> people = new ArrayList<>();
		for (int i = 0; i < PEOPLE; i++)
			people.add(person(number, i, usernames, random));
		List<Spoken> columns = new ArrayList<>(columns(usernames, merged, random));
		if (random.nextInt(3) > 0 && !merged) Collections.shuffle(columns, random);
		List<String> titles = columns.stream().map(Spoken::title).toList();
		Map<String, String> targets = new LinkedHashMap<>();
		columns.forEach(column -> targets.put(column.title(), column.target()));
		List<List<String>> cells = new ArrayList<>();
		for (Row person : people)
			cells.add(columns.stream().map(column -> column.words().of(person)).toList());
		List<List<String>> above = switch (random.nextInt(4)) {
			case 1 -> List.of(List.of("Worcester Public Schools"));
			case 2 ->
				List.of(List.of("Worcester Public Schools"), List.of("Staff for MCAS, school year 2026-27"), List.of());
			case 3 -> List.of(List.of("Testing staff", "", "as of 9/1/2026"), List.of());
			default -> List.of();
		};
		List<List<String>> below = switch (random.nextInt(3)) {
			case 1 -> List.of(List.of(), List.of("Total: " + PEOPLE));
			case 2 -> List.of(List.of("Printed 11/29/2026", "Confidential"));
			default -> List.of();
		};
		return new TablePlan(number, people, above, titles, targets, cells, below, merged);
	}

	private static Row person(int number, int i, boolean usernames, Random random) {
		String first = FIRST.get(random.nextInt(FIRST.size()));
		String last = LAST.get(random.nextInt(LAST.size()));
		String local = ascii(first) + "." + ascii(last) + number + (char) ('a' + i);
		String email = local + "@worcester.example";
		String role = i == 0 ? "DTC" : List.of("TA", "TA", "TA", "STC", "TC", "RAO").get(random.nextInt(6));
		List<String> codes = List.copyOf(SCHOOLS.keySet());
		String school = codes.get(random.nextInt(codes.size()));
		String org = role.equals("DTC") ? DISTRICT : school;
		String program = List.of("1030", "1034", "1030|1034", "").get(random.nextInt(4));
		return Row.of(usernames ? local : email, first, last, email, role, org, program,
				random.nextInt(6) == 0 ? "" : "508-555-%04d".formatted(100 + number * PEOPLE + i), "",
				"%d Main Street, Worcester".formatted(1 + random.nextInt(900)));
	}

	private static String ascii(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("[^A-Za-z]", "")
				.toLowerCase(Locale.ROOT);
	}

	/** How somebody writes a field of a person. */
	private interface Words {
		String of(Row person);
	}

	/** @param target as the system names it; empty where the column is for nobody */
	private record Spoken(String title, String target, Words words) {}

	private static List<Spoken> columns(boolean usernames, boolean merged, Random random) {
		List<Spoken> columns = new ArrayList<>();
		if (usernames) columns.add(plain(Column.USERNAME, random));
		int names = merged ? 0 : random.nextInt(4);
		switch (names) {
			case 2 -> columns.add(new Spoken("Name", "Lname+Fname",
					person -> person.cell(Column.LNAME) + ", " + person.cell(Column.FNAME)));
			case 3 -> columns.add(new Spoken(random.nextBoolean() ? "Full Name" : "Staff member", "Fname+Lname",
					person -> person.cell(Column.FNAME) + " " + person.cell(Column.LNAME)));
			default -> {
				columns.add(plain(Column.FNAME, random));
				columns.add(plain(Column.LNAME, random));
			}
		}
		Spoken email = plain(Column.EMAIL, random);
		columns.add(usernames ? email : new Spoken(email.title(), "Username+Email", email.words()));
		columns.add(role(random));
		columns.add(organization(random));
		if (random.nextBoolean()) columns.add(program(random));
		columns.add(phone(random));
		if (random.nextInt(3) == 0) columns.add(plain(Column.FAX, random));
		if (random.nextBoolean()) columns.add(plain(Column.ADDRESS, random));
		if (random.nextInt(3) == 0) {
			int base = random.nextInt(80_000) + 10_000;
			columns.add(new Spoken("Employee ID", "", person -> String.valueOf(base + person.hashCode() % 1000)));
		}
		if (random.nextInt(3) == 0) columns.add(new Spoken("Hire Date", "", _ -> "9/1/2019"));
		if (random.nextInt(4) == 0) columns.add(new Spoken("Department", "", _ -> "English"));
		return columns;
	}

	private static Spoken plain(Column column, Random random) {
		return new Spoken(one(TITLES.get(column), random), column.header(), person -> person.cell(column));
	}

	private static Spoken role(Random random) {
		Spoken codes = plain(Column.ROLE, random);
		if (random.nextInt(3) == 0) return codes;
		int which = random.nextInt(3);
		return new Spoken(codes.title(), codes.target(), person -> {
			List<String> jobs = JOBS.get(person.cell(Column.ROLE));
			return jobs.get(which % jobs.size());
		});
	}

	private static Spoken organization(Random random) {
		Spoken codes = plain(Column.ORG, random);
		Words words = switch (random.nextInt(4)) {
			case 0 -> person -> name(person.cell(Column.ORG));
			case 1 -> person -> person.cell(Column.ORG).equals(DISTRICT)
					? "Worcester"
					: "Worcester / " + name(person.cell(Column.ORG));
			// The school's number alone, of which a spreadsheet takes the zero.
			case 2 -> person -> person.cell(Column.ORG).replace(DISTRICT + "-", "");
			default -> codes.words();
		};
		return new Spoken(codes.title(), codes.target(), words);
	}

	private static String name(String code) {
		return SCHOOLS.getOrDefault(code, "Worcester");
	}

	private static Spoken program(Random random) {
		Spoken ids = plain(Column.PROGRAM, random);
		Words words = switch (random.nextInt(4)) {
			case 0 ->
				person -> ids.words().of(person).replace("1030", "MCAS Grades 3-8").replace("1034", "MCAS High School")
						.replace("|", ", ");
			case 1 -> person -> ids.words().of(person).replace("1030", "3-8").replace("1034", "High School")
					.replace("|", ", ");
			case 2 -> person -> ids.words().of(person).replace("|", ", ");
			default -> ids.words();
		};
		return new Spoken(ids.title(), ids.target(), words);
	}

	private static Spoken phone(Random random) {
		Spoken plain = plain(Column.PHONE, random);
		String format = one(List.of("%s-%s-%s", "(%s) %s-%s", "%s%s%s", "%s.%s.%s", "+1 %s %s %s"), random);
		return new Spoken(plain.title(), plain.target(), person -> {
			String number = person.cell(Column.PHONE);
			return number.isEmpty() ? "" : format.formatted((Object[]) number.split("-"));
		});
	}

	private static String one(List<String> of, Random random) {
		return of.get(random.nextInt(of.size()));
	}

	/** All lines as they are typed. */
	Stream<List<String>> lines() {
		return Stream.of(above, List.of(titles), cells, below).flatMap(List::stream);
	}
}
