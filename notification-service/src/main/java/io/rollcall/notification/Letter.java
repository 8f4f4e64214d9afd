package io.rollcall.notification;

/**
 * A mail as it goes over the wire.
 *
 * @param from the envelope's sender
 * @param to the envelope's recipient
 * @param content headers and body (RFC 5322), lines ending in CRLF
 */
public record Letter(String from, String to, byte[] content) {
	/** Neither content nor addresses belong into a log. */
	@Override
	public String toString() {
		return "Letter[" + content.length + " bytes]";
	}
}
