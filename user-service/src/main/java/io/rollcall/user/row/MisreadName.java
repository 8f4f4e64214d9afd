package io.rollcall.user.row;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names whose letters were written in one encoding and read in another: those of the Macintosh or of DOS as Windows-1252
 * ({@code RenŽe}, {@code Ren‚e}), UTF-8 as Windows-1252 ({@code InÃ©s}). It goes by what names never have, and where a sign is also a
 * letter or an apostrophe of somebody's name (Žižek, Aleš, Lœtitia, O’Brien, Smith–Jones), by where in the word it stands. So it does
 * not find all of them, and takes hardly any name for one.
 */
final class MisreadName {
	private static final String CONSONANT = "[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ]";
	/** All but those that may be the vowel of a syllable, as in Mrštík. */
	private static final String NO_VOWEL = "[bcdfghjkmnpqstvwxzBCDFGHJKMNPQSTVWXZ]";

	private static final Pattern ANY = any(List.of(
			// No letter of any name, nor between two of them.
			"[€‚„…†‡ˆ‰‹›˜™¡¢£¤¥¦§¨©«»¬®¯°±²³µ¶¸¹¼½¾¿×÷?\\x{FFFD}]", //
			"(?<=\\p{IsLatin})•", // in China it parts names
			"(?<=\\p{L})[“”](?=\\p{L})", // else somebody's nickname
			// É, but not the letter of the Ewe, which stands before small letters within a word.
			"(?<!\\p{L})ƒ|ƒ(?!\\p{Ll})",
			// ñ and ó, but not between the names of two families.
			"(?<=\\p{L})[–—](?![\\p{Lu}\\p{Lo}\\p{Z}])",
			// é, ä, å and ü, and what is left of í when its other half cannot be seen: capitals within a word.
			"(?<=\\p{Ll})[ŽŠŒŸÃ]|(?<=\\p{L})[ŽŠŒŸÃ](?=\\p{Ll})",
			// ö and û, where no syllable would have a vowel: Bjšrn, Lindstršm.
			"(?<!\\p{L})" + CONSONANT + "*" + NO_VOWEL + "[šž]" + CONSONANT, //
			CONSONANT + "[šž]" + CONSONANT + "+(?!\\p{L})", //
			"[aeiouAEIOU]œ|œs(?!\\p{L})", // ú: Raœl, Jesœs
			// What begins with two bytes of UTF-8, where the second is a letter or a mark of somebody's name, too.
			"[Â-È][ƒŠšŽžŒœŸ‘’“”–—´·ªº]|[ÂÃÅ]\\x{A0}|áº"));

	private MisreadName() {}

	private static Pattern any(List<String> patterns) {
		return Pattern.compile(patterns.stream().map(it -> "(?:" + it + ")").collect(Collectors.joining("|")));
	}

	static boolean isOne(String name) {
		return ANY.matcher(name).find();
	}
}
