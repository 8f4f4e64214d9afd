package io.rollcall.imports.web;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.Graphic;

/** Names of files that somebody else chose. */
final class FileNames {
	private static final int LONGEST = 150;
	private static final String NAMELESS = "import.csv";

	private FileNames() {}

	/** The name alone, without folders, and nothing in it that a screen or a header would trip over. */
	static String clean(@Nullable String name) {
		if (name == null) return NAMELESS;
		String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
		StringBuilder clean = new StringBuilder();
		Normalizer.normalize(last, Normalizer.Form.NFC).codePoints().filter(Graphic::is).limit(LONGEST)
				.forEach(clean::appendCodePoint);
		String stripped = clean.toString().strip();
		return stripped.isEmpty() ? NAMELESS : stripped;
	}

	/** {@code Content-Disposition} (RFC 6266) for the error file of an upload. */
	static String errorFileDisposition(String uploaded) {
		String base = uploaded.toLowerCase(Locale.ROOT).endsWith(".csv")
				? uploaded.substring(0, uploaded.length() - ".csv".length())
				: uploaded;
		return disposition(base + "-errors.csv");
	}

	/** {@code Content-Disposition} (RFC 6266) for a file of this name. */
	static String disposition(String name) {
		String ascii = name.replaceAll("[^A-Za-z0-9._ ()+-]", "_");
		String plain = "attachment; filename=\"" + ascii + "\"";
		return ascii.equals(name) ? plain : plain + "; filename*=UTF-8''" + encoded(name);
	}

	/** RFC 8187, 3.2.1: everything but a few letters and digits in percents. */
	private static String encoded(String name) {
		StringBuilder encoded = new StringBuilder();
		for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
			char c = (char) (b & 0xFF);
			if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
				encoded.append(c);
			} else {
				encoded.append("%%%02X".formatted(b & 0xFF));
			}
		}
		return encoded.toString();
	}
}
