package io.rollcall.acceptance.oracle;

import java.nio.charset.Charset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The text of a file, without byte order marks.
 *
 * @param isMixed whether there are sequences of UTF-8 beside bytes that are none; in the text {@link #FOREIGN} stands for each of these
 */
record FileText(String text, boolean isMixed) {
	static final char FOREIGN = '\uFFFF';
	/** RFC 3629, section 4, on bytes as characters. */
	private static final Pattern SEQUENCE = Pattern
			.compile("[\u00C2-\u00DF][\u0080-\u00BF]|\u00E0[\u00A0-\u00BF][\u0080-\u00BF]"
					+ "|[\u00E1-\u00EC\u00EE\u00EF][\u0080-\u00BF]{2}|\u00ED[\u0080-\u009F][\u0080-\u00BF]"
					+ "|\u00F0[\u0090-\u00BF][\u0080-\u00BF]{2}|[\u00F1-\u00F3][\u0080-\u00BF]{3}|\u00F4[\u0080-\u008F][\u0080-\u00BF]{2}");

	static FileText of(byte[] file) {
		if (file.length > 1 && file[0] == (byte) 0xFF && file[1] == (byte) 0xFE) return whole(file, UTF_16LE);
		if (file.length > 1 && file[0] == (byte) 0xFE && file[1] == (byte) 0xFF) return whole(file, UTF_16BE);
		String bytes = new String(file, ISO_8859_1);
		boolean foreign = SEQUENCE.matcher(bytes).replaceAll("").chars().anyMatch(c -> c > 0x7F);
		boolean utf8 = SEQUENCE.matcher(bytes).find();
		if (foreign && !utf8) return whole(file, Charset.forName("windows-1252"));
		var text = new StringBuilder();
		Matcher sequence = SEQUENCE.matcher(bytes);
		for (int i = 0; i < bytes.length();) {
			if (sequence.region(i, bytes.length()).lookingAt()) {
				text.append(new String(sequence.group().getBytes(ISO_8859_1), UTF_8));
				i = sequence.end();
			} else {
				text.append(bytes.charAt(i) > 0x7F ? FOREIGN : bytes.charAt(i));
				i++;
			}
		}
		return new FileText(withoutMarks(text.toString()), foreign);
	}

	private static FileText whole(byte[] file, Charset charset) {
		return new FileText(withoutMarks(new String(file, charset)), false);
	}

	private static String withoutMarks(String text) {
		return text.replace("\uFEFF", "");
	}
}
