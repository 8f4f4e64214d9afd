package io.rollcall.imports.file.csv;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Bytes as text, in the encodings that spreadsheets save CSV in. */
final class Text {
	private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

	private record Mark(Charset charset, byte[] bytes) {}

	private static final List<Mark> BYTE_ORDER_MARKS = List.of(new Mark(UTF_8, bytes(0xEF, 0xBB, 0xBF)),
			new Mark(UTF_16LE, bytes(0xFF, 0xFE)), new Mark(UTF_16BE, bytes(0xFE, 0xFF)));

	/** What is no CSV however well it decodes: zip (.xlsx, .ods), PDF, the old .xls, RTF. */
	private static final List<byte[]> OTHER_FORMATS = List.of(bytes('P', 'K', 3, 4), bytes('P', 'K', 5, 6),
			bytes('%', 'P', 'D', 'F', '-'), bytes(0xD0, 0xCF, 0x11, 0xE0), bytes('{', '\\', 'r', 't', 'f'));

	private Text() {}

	/** Empty when it is not text. A byte order mark decides; without one it is UTF-8, or else Windows-1252. */
	static Optional<CharBuffer> of(byte[] content) {
		if (OTHER_FORMATS.stream().anyMatch(magic -> startsWith(content, magic))) return Optional.empty();
		return decoded(content).filter(text -> !holdsNul(text));
	}

	private static Optional<CharBuffer> decoded(byte[] content) {
		for (Mark mark : BYTE_ORDER_MARKS) {
			if (startsWith(content, mark.bytes)) return decoded(content, mark.bytes.length, mark.charset);
		}
		return decoded(content, 0, UTF_8).or(() -> decoded(content, 0, WINDOWS_1252));
	}

	private static Optional<CharBuffer> decoded(byte[] content, int from, Charset charset) {
		try {
			return Optional.of(charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
					.onUnmappableCharacter(CodingErrorAction.REPORT)
					.decode(ByteBuffer.wrap(content, from, content.length - from)));
		} catch (CharacterCodingException e) {
			return Optional.empty();
		}
	}

	private static boolean holdsNul(CharBuffer text) {
		for (int i = 0; i < text.length(); i++)
			if (text.charAt(i) == 0) return true;
		return false;
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
