package io.rollcall.imports.table;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.rollcall.imports.meaning.Addresses;
import io.rollcall.imports.meaning.PhoneNumbers;
import io.rollcall.imports.meaning.Placeholders;
import io.rollcall.imports.meaning.ProgramWords;
import io.rollcall.imports.meaning.RoleWords;
import io.rollcall.imports.meaning.Words;

/** The cells of a column, and what most of them look like. */
final class Content {
	static final int LOOKED_AT = 30;
	private static final int LONGEST = 100;
	private static final Pattern ORGANIZATION_CODE = Pattern
			.compile("(?:\\d{4,8}|\\d{2}-\\d{6})(?:[-\\s]\\d{3,8})?(?:\\s*[|;,]\\s*[\\d-]{4,17})*(?:\\.0)?");
	/** Of a class, which is no program. */
	private static final Pattern GRADE = Pattern.compile("\\d{1,2}");
	/** Fewer may be of as many schools. */
	private static final int MANY = 5;
	private static final Set<String> OF_SCHOOLS = Set.of("school", "schools", "elementary", "middle", "high", "academy",
			"charter", "regional", "hs", "ms", "elem", "preschool", "kindergarten", "vocational", "montessori",
			"district");
	private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{M}'\u2019`. -]{0,40}");
	private static final Pattern TWO_NAMES = Pattern
			.compile("\\p{L}[\\p{L}\\p{M}'\u2019.-]*(?: [\\p{L}\\p{M}'\u2019.-]+){1,4}");
	private static final Pattern LAST_FIRST = Pattern.compile("\\p{L}[^,]{0,40},\\s*\\p{L}[^,]{0,40}");
	private static final Pattern ADDRESS = Pattern.compile("\\d+[A-Za-z]?\\s+\\p{L}.*|P\\.?\\s*O\\.?\\s+Box.*",
			Pattern.CASE_INSENSITIVE);
	private static final Pattern USERNAME = Pattern.compile("(?=.*\\p{Alpha})[\\p{Alnum}._\\-+'@]{4,50}");
	/** The programs of a file are known to others: what matters here is their look. */
	private static final List<ProgramWords.Program> PROGRAMS = List.of(
			new ProgramWords.Program("1030", "MCAS Grades 3-8"),
			new ProgramWords.Program("1034", "MCAS High School"));

	private final List<String> cells;
	private final Map<Target, Double> shares = new EnumMap<>(Target.class);

	Content(List<String> cells) {
		this.cells = cells.stream().map(String::strip).filter(cell -> !Placeholders.isOne(cell)).limit(LOOKED_AT)
				.map(cell -> cell.length() > LONGEST ? cell.substring(0, LONGEST) : cell).toList();
	}

	boolean isEmpty() {
		return cells.isEmpty();
	}

	/** What part of the cells may stand in a column, from 0 to 1. */
	double share(Target target) {
		return shares.computeIfAbsent(target, this::counted);
	}

	private double counted(Target target) {
		return switch (target) {
			case EMAIL, EMAIL_AS_USERNAME ->
				share(cell -> cell.indexOf('@') > 0 && Addresses.email(cell, "").isPresent());
			case ROLE -> share(cell -> RoleWords.meant(cell).isPresent());
			case ORG -> Math.max(isOfOneEach() ? 0 : share(ORGANIZATION_CODE.asMatchPredicate()),
					share(cell -> Words.of(cell).stream().anyMatch(OF_SCHOOLS::contains)));
			case PROGRAM ->
				share(cell -> !GRADE.matcher(cell).matches() && ProgramWords.meant(cell, PROGRAMS).isPresent());
			case PHONE, FAX -> share(cell -> PhoneNumbers.meant(cell).isPresent());
			case FNAME, LNAME -> share(NAME.asMatchPredicate());
			case FULL_NAME -> share(TWO_NAMES.asMatchPredicate());
			case FULL_NAME_REVERSED -> share(LAST_FIRST.asMatchPredicate());
			case ADDRESS -> share(ADDRESS.asMatchPredicate());
			case USERNAME -> isDistinct() ? share(USERNAME.asMatchPredicate()) : 0;
			default -> 0; // known by its title alone
		};
	}

	/** As the numbers of people are, and those of schools are not. */
	private boolean isOfOneEach() {
		return cells.size() >= MANY && isDistinct();
	}

	private boolean isDistinct() {
		return cells.stream().map(String::toLowerCase).distinct().count() == cells.size();
	}

	private double share(Predicate<String> test) {
		return cells.isEmpty() ? 0 : (double) cells.stream().filter(test).count() / cells.size();
	}
}
