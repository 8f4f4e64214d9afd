package io.rollcall.platform;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import static java.nio.charset.StandardCharsets.UTF_8;

/** SHA-256 (RFC 6234), which every Java platform has. */
public final class Sha256 {
	private Sha256() {}

	/** 32 bytes. */
	public static byte[] bytes(byte[] content) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(content);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	/** 64 hexadecimal digits, in lower case. */
	public static String hex(byte[] content) {
		return HexFormat.of().formatHex(bytes(content));
	}

	/** The same, of the text in UTF-8. */
	public static String hex(String text) {
		return hex(text.getBytes(UTF_8));
	}

	/** The first half of it, 32 digits: enough to tell things apart. */
	public static String shortHex(byte[] content) {
		return hex(content).substring(0, 32);
	}
}
