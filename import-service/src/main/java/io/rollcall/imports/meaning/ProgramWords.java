package io.rollcall.imports.meaning;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.platform.Typed;

/** Programs by their names, or by the grades in them; also the grades that a spreadsheet took for a day of the year. */
public final class ProgramWords {
	/** @param id as it stands in a file */
	public record Program(String id, String name) {}

	private static final int LONGEST = 200;
	private static final Set<String> ALL = Set.of("all", "all programs", "both", "any", "every", "all tests", "each");
	private static final Set<String> SAYING_NOTHING = Set.of("mcas", "grade", "grades", "gr", "g", "program",
			"programs",
			"test", "tests", "the", "id");
	private static final Pattern STRONG = Pattern.compile("[|;,\\n\\r\\t+&]+|\\s+and\\s+|\\s/\\s");
	private static final Pattern ID = Pattern.compile("\\d{4}");
	private static final Pattern RANGE = Pattern
			.compile("(\\d{1,2})\\s*(?:-|\u2013|\u2014|to|through|thru)\\s*(\\d{1,2})");
	private static final Pattern GRADE = Pattern.compile("(\\d{1,2})(?:st|nd|rd|th)?");
	private static final Pattern HIGH_SCHOOL = Pattern.compile("h\\.?s\\.?|high");
	private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
			"oct", "nov", "dec");
	private static final Pattern DAY_MONTH = Pattern.compile("(\\d{1,2})[- ]([a-z]{3})[a-z]*(?:[- ]\\d{2,4})?");
	private static final Pattern MONTH_DAY = Pattern.compile("([a-z]{3})[a-z]*[- ](\\d{1,2})(?:,? \\d{4})?");
	private static final Pattern SLASHES = Pattern.compile("0?(\\d{1,2})/0?(\\d{1,2})(?:/\\d{2,4})?");
	private static final Pattern ISO = Pattern.compile("\\d{4}-0?(\\d{1,2})-0?(\\d{1,2})(?:[t ].*)?");

	private ProgramWords() {}

	/** @param programs those that everybody may have */
	public static Optional<Meant> meant(String cell, List<Program> programs) {
		String text = Typed.identifier(cell);
		if (text.length() > LONGEST) return Optional.empty();
		if (ALL.contains(Words.phrase(text))) return Optional.of(new Meant("", "Blank, which means all programs"));
		return ids(text, programs).map(ids -> new Meant(String.join("|", ids), "The ID of " + programs.stream()
				.filter(program -> ids.contains(program.id())).map(Program::name)
				.collect(Collectors.joining(" and "))));
	}

	private static Optional<Set<String>> ids(String text, List<Program> programs) {
		Optional<Program> one = one(text, programs);
		if (one.isPresent()) return Optional.of(Set.of(one.get().id()));
		Optional<Set<String>> numbers = numbers(text, programs);
		if (numbers.isPresent()) return numbers;
		List<String> parts = Stream.of(STRONG.split(text)).filter(part -> !part.isBlank()).toList();
		if (parts.size() < 2) return Optional.empty();
		Set<String> ids = new LinkedHashSet<>();
		for (String part : parts) {
			Optional<Program> program = one(part, programs);
			if (program.isEmpty()) return Optional.empty();
			ids.add(program.get().id());
		}
		return Optional.of(ids);
	}

	/** Nothing but ids, with anything between them, or nothing: a spreadsheet reads {@code 1030,1034} as a number. */
	private static Optional<Set<String>> numbers(String text, List<Program> programs) {
		String digits = text.replaceFirst("(?<=\\d)\\.0+$", "").replaceAll("[\\s,|;/&+.]+", "");
		Set<String> ids = new LinkedHashSet<>();
		int from = 0;
		while (from < digits.length()) {
			int start = from;
			Optional<Program> next = programs.stream().filter(it -> digits.startsWith(it.id(), start)).findFirst();
			if (next.isEmpty()) return Optional.empty();
			ids.add(next.get().id());
			from += next.get().id().length();
		}
		return ids.isEmpty() ? Optional.empty() : Optional.of(ids);
	}

	private static Optional<Program> one(String text, List<Program> programs) {
		List<String> words = Words.of(text);
		boolean hasOneNumber = words.stream().filter(word -> ID.matcher(word).matches()).count() == 1;
		Optional<Program> named = only(programs, it -> hasOneNumber && words.contains(it.id()));
		if (named.isPresent()) return named;
		String meaning = meaning(text);
		if (meaning.isEmpty()) return Optional.empty();
		return only(programs, it -> meaning(it.name()).equals(meaning)).or(() -> ofGrades(meaning, programs))
				.or(() -> day(text).flatMap(range -> ofGrades(range, programs)));
	}

	/** Without the words that each of them has, and high school in one spelling. */
	private static String meaning(String text) {
		String range = RANGE.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("$1-$2");
		List<String> meaning = new ArrayList<>();
		for (String part : range.split("[^\\p{L}\\p{N}.-]+")) {
			String word = part.endsWith(".") ? part.substring(0, part.length() - 1) : part;
			if (HIGH_SCHOOL.matcher(word).matches()) word = "high";
			boolean ofHighSchool = word.equals("school") && meaning.contains("high");
			if (!word.isEmpty() && !word.equals("-") && !SAYING_NOTHING.contains(word) && !ofHighSchool)
				meaning.add(word);
		}
		return String.join(" ", meaning);
	}

	/** A grade within a program's, and those of high school. */
	private static Optional<Program> ofGrades(String meaning, List<Program> programs) {
		Matcher range = RANGE.matcher(meaning);
		Matcher grade = GRADE.matcher(meaning);
		int first;
		int last;
		if (range.matches()) {
			first = Integer.parseInt(range.group(1));
			last = Integer.parseInt(range.group(2));
		} else if (grade.matches()) {
			first = last = Integer.parseInt(grade.group(1));
		} else {
			return Optional.empty();
		}
		return first >= 9 && last <= 12 && first <= last
				? only(programs, it -> meaning(it.name()).equals("high"))
				: only(programs, it -> {
					Matcher own = RANGE.matcher(meaning(it.name()));
					return own.matches() && Integer.parseInt(own.group(1)) <= first && first <= last
							&& last <= Integer.parseInt(own.group(2));
				});
	}

	/** {@code 8-Mar} as {@code 3-8}. */
	private static Optional<String> day(String text) {
		String day = text.toLowerCase(Locale.ROOT);
		for (Pattern numeric : List.of(SLASHES, ISO)) {
			Matcher match = numeric.matcher(day);
			if (match.matches()) return Optional.of(match.group(1) + "-" + match.group(2));
		}
		Matcher dayFirst = DAY_MONTH.matcher(day);
		if (dayFirst.matches()) return range(dayFirst.group(2), dayFirst.group(1));
		Matcher monthFirst = MONTH_DAY.matcher(day);
		return monthFirst.matches() ? range(monthFirst.group(1), monthFirst.group(2)) : Optional.empty();
	}

	private static Optional<String> range(String month, String day) {
		int number = MONTHS.indexOf(month) + 1; // 0 is none
		return number == 0 ? Optional.empty() : Optional.of(number + "-" + Integer.parseInt(day));
	}

	private static Optional<Program> only(List<Program> programs, Predicate<Program> test) {
		List<Program> two = programs.stream().filter(test).limit(2).toList();
		return two.size() == 1 ? Optional.of(two.getFirst()) : Optional.empty();
	}
}
