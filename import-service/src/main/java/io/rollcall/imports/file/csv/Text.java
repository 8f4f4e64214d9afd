package io.rollcall.imports.file.csv;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Bytes as text, in the encodings that spreadsheets save CSV in.
 *
 * @param chars without any byte order mark, of which files that were put together have several
 * @param foreign where the first byte stood that is not of the encoding of others; -1 when there is none
 */
record Text(CharBuffer chars, int foreign) {
	static final int NOTHING_FOREIGN = -1;
	private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
	private static final char MARK = '\uFEFF';

	private record Mark(Charset charset, byte[] bytes) {}

	private static final List<Mark> BYTE_ORDER_MARKS = List.of(new Mark(UTF_8, bytes(0xEF, 0xBB, 0xBF)),
			new Mark(UTF_16LE, bytes(0xFF, 0xFE)), new Mark(UTF_16BE, bytes(0xFE, 0xFF)));

	/** What is no CSV however well it decodes: zip (.xlsx, .ods), PDF, the old .xls, RTF. */
	private static final List<byte[]> OTHER_FORMATS = List.of(bytes('P', 'K', 3, 4), bytes('P', 'K', 5, 6),
			bytes('%', 'P', 'D', 'F', '-'), bytes(0xD0, 0xCF, 0x11, 0xE0), bytes('{', '\\', 'r', 't', 'f'));

	/**
	 * Empty when it is not text. A byte order mark decides; without one it is UTF-8, or else Windows-1252. What has letters of UTF-8
	 * and bytes that are none is neither: read as the one or the other, half of its names would be garbled.
	 */
	static Optional<Text> of(byte[] content) {
		if (OTHER_FORMATS.stream().anyMatch(magic -> startsWith(content, magic))) return Optional.empty();
		return decoded(content).filter(text -> text.count('\0') == 0).map(Text::withoutMarks);
	}

	private static Optional<Text> decoded(byte[] content) {
		for (Mark mark : BYTE_ORDER_MARKS) {
			if (!startsWith(content, mark.bytes)) continue;
			return mark.charset == UTF_8
					? Optional.of(utf8(content, mark.bytes.length))
					: strictly(mark.charset, content, mark.bytes.length);
		}
		Text text = utf8(content, 0);
		return text.foreign == NOTHING_FOREIGN || text.hasMoreThanAscii()
				? Optional.of(text)
				: strictly(WINDOWS_1252, content, 0);
	}

	private static Optional<Text> strictly(Charset charset, byte[] content, int from) {
		try {
			return Optional.of(new Text(reporting(charset).decode(rest(content, from)), NOTHING_FOREIGN));
		} catch (CharacterCodingException e) {
			return Optional.empty();
		}
	}

	/** With a question mark for each byte that is not of it. */
	private static Text utf8(byte[] content, int from) {
		ByteBuffer in = rest(content, from);
		CharBuffer out = CharBuffer.allocate(in.remaining());
		CharsetDecoder decoder = reporting(UTF_8);
		int foreign = NOTHING_FOREIGN;
		if (decoder.decode(in, out, true).isError()) {
			foreign = out.position();
			decoder.onMalformedInput(CodingErrorAction.REPLACE).replaceWith("?").decode(in, out, true);
		}
		decoder.flush(out);
		return new Text(out.flip(), foreign);
	}

	private static CharsetDecoder reporting(Charset charset) {
		return charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT);
	}

	private static ByteBuffer rest(byte[] content, int from) {
		return ByteBuffer.wrap(content, from, content.length - from);
	}

	private boolean hasMoreThanAscii() {
		return chars.chars().anyMatch(c -> c > 0x7F);
	}

	private int count(char wanted) {
		int count = 0;
		for (int i = 0; i < chars.length(); i++)
			if (chars.charAt(i) == wanted) count++;
		return count;
	}

	private Text withoutMarks() {
		int marks = count(MARK);
		if (marks == 0) return this;
		CharBuffer left = CharBuffer.allocate(chars.length() - marks);
		int foreignNow = foreign;
		for (int i = 0; i < chars.length(); i++) {
			if (chars.charAt(i) != MARK) {
				left.put(chars.charAt(i));
			} else if (i < foreign) {
				foreignNow--;
			}
		}
		return new Text(left.flip(), foreignNow);
	}

	private static boolean startsWith(byte[] content, byte[] start) {
		if (content.length < start.length) return false;
		for (int i = 0; i < start.length; i++)
			if (content[i] != start[i]) return false;
		return true;
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++)
			bytes[i] = (byte) values[i];
		return bytes;
	}
}
