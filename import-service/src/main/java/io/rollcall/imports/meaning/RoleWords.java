package io.rollcall.imports.meaning;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The five roles by what schools call those who have them. Which role somebody's job has is the school's choice: the reason says
 * when it is a guess.
 */
public final class RoleWords {
	/** A word that is shorter is another word with one letter changed. */
	private static final int SHORTEST_MISSPELT = 6;
	private static final int LONGEST = 100;
	/** {@code TA (Test Administrator)}: all parts have to mean the same. */
	private static final Pattern PARTS = Pattern.compile("[()\\[\\]/|,;:=]|\\s[-\u2013\u2014]\\s");
	private static final Map<String, String> LONG = Map.of("admin", "administrator", "adm", "administrator", "coord",
			"coordinator", "tech", "technology", "dist", "district", "sch", "school", "asst", "assistant", "dir",
			"director", "vp", "vice principal");

	/**
	 * @param probable what those are called who have it nearly always
	 * @param guessed who have it as often as not
	 */
	private enum Role {
		DTC("District Test Coordinator", List.of("district testing coordinator", "district assessment coordinator",
				"district coordinator", "district mcas coordinator"),
				List.of("superintendent", "assistant superintendent", "director of assessment",
						"assessment director")), //
		TC("Technology Coordinator", List.of("it", "it coordinator", "technology", "technology director",
				"director of technology", "technology specialist", "technology support", "it director",
				"director of it", "it specialist", "it support", "it manager", "technology administrator"),
				List.of("technician", "it technician", "computer technician", "network administrator",
						"network manager", "systems administrator", "system administrator", "help desk",
						"information technology", "technology integration specialist", "technology teacher")), //
		STC("School Test Coordinator", List.of("school testing coordinator", "school assessment coordinator",
				"building test coordinator", "building coordinator", "school coordinator", "school mcas coordinator"),
				List.of("test coordinator", "testing coordinator", "assessment coordinator", "mcas coordinator",
						"principal", "assistant principal", "vice principal", "head of school", "headmaster",
						"coordinator")), //
		TA("Test Administrator", List.of("teacher", "classroom teacher", "proctor", "test proctor", "examiner",
				"test examiner", "testing administrator", "mcas administrator"),
				List.of("substitute", "sub", "paraprofessional", "para", "paraeducator", "aide", "teacher aide",
						"teaching assistant", "teacher assistant", "instructor", "educator", "faculty",
						"interventionist", "special education", "sped")), //
		RAO("Reports Access Only", List.of("report access only", "reports only", "report only", "reports access",
				"report access", "reports", "reporting"),
				List.of("read only", "view only", "viewer", "report viewer", "reports viewer", "data analyst"));

		private final String title;
		private final Set<String> probable;
		private final Set<String> guessed;

		Role(String title, List<String> probable, List<String> guessed) {
			this.title = title;
			this.probable = Set.copyOf(probable);
			this.guessed = Set.copyOf(guessed);
		}
	}

	private enum Certainty {
		CODE, TITLE, PROBABLE, GUESS
	}

	private record Reading(Role role, Certainty certainty) {}

	private RoleWords() {}

	/** Empty when it may be any role, or none. */
	public static Optional<Meant> meant(String cell) {
		if (cell.length() > LONGEST) return Optional.empty();
		List<Optional<Reading>> parts = Stream.of(PARTS.split(cell)).filter(part -> !Words.of(part).isEmpty())
				.map(RoleWords::reading).toList();
		boolean same = parts.stream().allMatch(Optional::isPresent)
				&& parts.stream().map(it -> it.orElseThrow().role).distinct().count() == 1;
		return same ? parts.getFirst().map(it -> new Meant(it.role.name(), reason(it))) : Optional.empty();
	}

	private static String reason(Reading reading) {
		return switch (reading.certainty) {
			case CODE, TITLE -> "The code of " + reading.role.title;
			case PROBABLE -> "Probably " + reading.role.title;
			case GUESS -> "A guess: " + reading.role.title;
		};
	}

	private static Optional<Reading> reading(String text) {
		List<String> words = Words.of(text).stream()
				.flatMap(word -> Stream.of(LONG.getOrDefault(word, word).split(" "))).toList();
		String phrase = String.join(" ", words);
		String plain = Words.phrase(text);
		return Arrays.stream(Role.values()).flatMap(role -> certainty(role, phrase, plain).stream()
				.map(certainty -> new Reading(role, certainty))).findFirst()
				.or(() -> words.size() > 1 && isTeacher(words.getLast())
						? Optional.of(new Reading(Role.TA, Certainty.PROBABLE)) // of mathematics, of grade 5
						: Optional.empty())
				.or(() -> misspelt(phrase));
	}

	private static Optional<Certainty> certainty(Role role, String phrase, String plain) {
		if (plain.equalsIgnoreCase(role.name())) return Optional.of(Certainty.CODE);
		if (phrase.equals(Words.phrase(role.title))) return Optional.of(Certainty.TITLE);
		if (role.probable.contains(phrase) || role.probable.contains(singular(phrase)))
			return Optional.of(Certainty.PROBABLE);
		return role.guessed.contains(phrase) || role.guessed.contains(singular(phrase))
				? Optional.of(Certainty.GUESS)
				: Optional.empty();
	}

	private static boolean isTeacher(String word) {
		return singular(word).equals("teacher");
	}

	private static String singular(String phrase) {
		return phrase.endsWith("s") ? phrase.substring(0, phrase.length() - 1) : phrase;
	}

	private static Optional<Reading> misspelt(String phrase) {
		if (phrase.length() < SHORTEST_MISSPELT) return Optional.empty();
		List<Role> near = Arrays.stream(Role.values())
				.filter(role -> Stream.concat(Stream.of(Words.phrase(role.title)), role.probable.stream())
						.filter(word -> word.length() >= SHORTEST_MISSPELT)
						.anyMatch(word -> Words.differByOneSlip(word, phrase)))
				.toList();
		return near.size() == 1
				? Optional.of(new Reading(near.getFirst(), Certainty.PROBABLE))
				: Optional.empty();
	}
}
