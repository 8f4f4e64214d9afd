package io.rollcall.notification.letters;

import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.util.regex.Pattern;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import io.rollcall.notification.LetterWriter.InvalidAddress;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An address to which a letter can be sent: a plain local part, a domain name (RFC 5321, without its quoted forms). */
record Mailbox(String address) {
	private static final Pattern SHAPE = Pattern
			.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
					+ "@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");
	private static final int LONGEST = 254;

	/** Domains in other scripts become their ASCII form. */
	static Mailbox of(String address) {
		String stripped = address.strip();
		int at = stripped.lastIndexOf('@');
		if (at < 0) throw new InvalidAddress();
		String ascii;
		try {
			ascii = stripped.substring(0, at + 1) + IDN.toASCII(stripped.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
		} catch (IllegalArgumentException e) {
			throw new InvalidAddress();
		}
		if (ascii.length() > LONGEST || !SHAPE.matcher(ascii).matches()) throw new InvalidAddress();
		return new Mailbox(ascii);
	}

	/** As a header field's value, the name encoded where it needs to be (RFC 2047). */
	String named(String name) {
		try {
			var mailbox = new InternetAddress(address, true);
			// What looks like an encoded word already would be decoded by the reader.
			mailbox.setPersonal(PlainLine.of(name).replace("=?", "= ?"), UTF_8.name());
			return mailbox.toString();
		} catch (AddressException e) {
			throw new InvalidAddress();
		} catch (UnsupportedEncodingException e) {
			throw new AssertionError(e);
		}
	}
}
