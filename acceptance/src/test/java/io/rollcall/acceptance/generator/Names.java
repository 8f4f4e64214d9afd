package io.rollcall.acceptance.generator;

import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Names and streets in many scripts. */
final class Names {
	private static final List<String> LATIN = List.of("Ana", "José", "Zoë", "Jürgen", "O'Brien", "Mary Ann", "Jean-Luc",
			"D’Angelo", "Ñuñez", "Smith, Jr.", "\"Bud\" Lee", "McDonald", "Söderström", "Françoise", "Li", "Al");
	private static final List<String> WORLD = List.of("Нгуен", "Ольга", "Γεωργία", "محمد", "שרה", "नेहा", "王小明", "さくら",
			"김민준", "สมชาย", "Thảo Nguyễn", "Łukasz", "Šárka", "İpek", "Ægir", "𠮷野", "𞤀𞤣𞤤𞤢𞤥", "Տիգրան", "ნინო",
			"ሰላም",
			"\u0928\u094D\u200D\u0927", "Amélie".replace("é", "e\u0301"));
	private static final List<String> LETTERS = List.of("a", "é", "Ж", "漢", "𠮷", "e\u0301", "ש", "가");

	private Names() {}

	static String any(Random random, boolean latin) {
		List<String> names = latin || random.nextInt(3) == 0 ? LATIN : WORLD;
		return names.get(random.nextInt(names.size()));
	}

	/** A name of so many letters as a person counts them, some of which take two or more UTF-16 units. */
	static String ofLength(int length, Random random, boolean latin) {
		return IntStream.range(0, length)
				.mapToObj(_ -> latin
						? "aéñZ".charAt(random.nextInt(4)) + ""
						: LETTERS.get(random.nextInt(LETTERS.size())))
				.collect(Collectors.joining());
	}

	/** Letters and their marks apart, as some keyboards and systems write them. */
	static String decomposed(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFD);
	}
}
