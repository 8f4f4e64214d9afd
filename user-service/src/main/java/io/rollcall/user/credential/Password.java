package io.rollcall.user.credential;

import java.text.Normalizer;
import java.text.Normalizer.Form;

import io.rollcall.platform.Blanks;

/**
 * A password as somebody typed it, in the one spelling in which it is judged and hashed: NFC, and typographic quotes as plain
 * ones, since word processors and telephones make the one out of the other.
 */
public record Password(String value) {
	public Password {
		value = Normalizer.normalize(value, Form.NFC).replace('\u2018', '\'').replace('\u2019', '\'')
				.replace('\u201C', '"').replace('\u201D', '"');
	}

	/** Whether nobody typed anything: none that is taken is blank. */
	public boolean isBlank() {
		return Blanks.isBlank(value);
	}

	/** Without the blanks around it, which come along when it is copied. */
	public Password withoutBlanks() {
		return new Password(Blanks.stripped(value));
	}

	/** Masked: a secret must not slip into a log. */
	@Override
	public String toString() {
		return "Password[…]";
	}
}
