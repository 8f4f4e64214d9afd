package io.rollcall.standalone.mail;

import java.io.IOException;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;

/** What a mail says: its plain text and its HTML; the empty string where it has none. */
record Content(String text, String html) {
	static Content of(Part mail) {
		try {
			return new Content(first(mail, "text/plain"), first(mail, "text/html"));
		} catch (IOException | MessagingException | RuntimeException _) {
			return new Content("(This mail cannot be decoded; see its source.)", "");
		}
	}

	private static String first(Part part, String type) throws IOException, MessagingException {
		if (part.isMimeType(type)) return part.getContent().toString();
		if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
			for (int i = 0; i < parts.getCount(); i++) {
				String found = first(parts.getBodyPart(i), type);
				if (!found.isEmpty()) return found;
			}
		}
		return "";
	}
}
