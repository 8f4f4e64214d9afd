package io.rollcall.acceptance.generator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How the bytes of a file spell its text. */
public enum Encoding {
	UTF_8(StandardCharsets.UTF_8, new byte[0]),
	UTF_8_WITH_BOM(StandardCharsets.UTF_8, new byte[]{(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}),
	UTF_16_LITTLE(StandardCharsets.UTF_16LE, new byte[]{(byte) 0xFF, (byte) 0xFE}),
	UTF_16_BIG(StandardCharsets.UTF_16BE, new byte[]{(byte) 0xFE, (byte) 0xFF}),
	WINDOWS_1252(Charset.forName("windows-1252"), new byte[0]);

	private final Charset charset;
	private final byte[] mark;

	Encoding(Charset charset, byte[] mark) {
		this.charset = charset;
		this.mark = mark;
	}

	public boolean canSpell(String text) {
		return charset.newEncoder().canEncode(text);
	}

	public byte[] encode(String text) {
		var bytes = new ByteArrayOutputStream();
		bytes.writeBytes(mark);
		bytes.writeBytes(text.getBytes(charset));
		return bytes.toByteArray();
	}
}
