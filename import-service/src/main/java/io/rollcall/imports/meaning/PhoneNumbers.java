package io.rollcall.imports.meaning;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.rollcall.platform.Typed;

/** Numbers of the United States in the ways they are written, as {@code 508-555-0101}. */
public final class PhoneNumbers {
	private static final int LONGEST = 60;
	private static final Pattern LABEL = Pattern.compile(
			"^\\(?(?:tel|telephone|phone|ph|cell|mobile|fax|work|home|office|direct|main|[whcmotfp])\\b\\)?[.:]*\\s*|"
					+ "\\s*\\(?\\b(?:cell|mobile|work|home|office|direct|main|fax|[whcmotf])\\)?$",
			Pattern.CASE_INSENSITIVE);
	private static final Pattern EXTENSION = Pattern
			.compile("[\\s,;]*(?:\\(?(?:extension|ext|x)[.:]?\\s*|#\\s*)\\d{1,6}\\)?$", Pattern.CASE_INSENSITIVE);
	/** As programs write a number that a spreadsheet holds. */
	private static final Pattern NUMBER = Pattern.compile("\\d{10,11}\\.0*|\\d\\.\\d{1,10}[eE]\\+?0?(?:9|10)");
	private static final Pattern SIGNS = Pattern.compile("[\\s().\\-\u2010-\u2015\u2212/_]+");
	private static final Pattern TEN = Pattern.compile("(?:\\+?1|001)?(\\d{3})(\\d{3})(\\d{4})");

	private PhoneNumbers() {}

	public static Optional<Meant> meant(String cell) {
		String text = Typed.identifier(cell);
		if (text.length() > LONGEST) return Optional.empty();
		if (NUMBER.matcher(text).matches()) text = new BigDecimal(text).toBigInteger().toString();
		String bare = LABEL.matcher(text).replaceAll("");
		String main = EXTENSION.matcher(bare).replaceFirst("");
		Matcher ten = TEN.matcher(SIGNS.matcher(main).replaceAll(""));
		if (!ten.matches()) return Optional.empty();
		return Optional.of(new Meant(ten.group(1) + "-" + ten.group(2) + "-" + ten.group(3),
				main.equals(bare)
						? "The same number in the format xxx-xxx-xxxx"
						: "The same number without its extension"));
	}
}
