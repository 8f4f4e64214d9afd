package io.rollcall.user.account.profile;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.Blanks;

/**
 * What someone filled in, as text and unchecked. A field that was not there at all is absent.
 *
 * @param source where it comes from: a row of a file cannot grant the roles that run the system, and oneself has another address
 *        only with proof
 */
public record Draft(Source source, Map<Field, String> texts) {
	public enum Source {
		ROW,
		FORM,
		/** A form about oneself, from a session of the Portal, with the current password. */
		PROVEN
	}

	public Draft {
		texts = texts.isEmpty() ? Map.of() : new EnumMap<>(texts);
	}

	/** Without the blanks around it; blank when it is absent. */
	public String text(Field field) {
		return Blanks.stripped(texts.getOrDefault(field, ""));
	}

	boolean has(Field field) {
		return texts.containsKey(field);
	}

	/** The username, when its text is one. */
	public @Nullable Username username() {
		try {
			return new Username(text(Field.USERNAME));
		} catch (InvalidValue _) {
			return null;
		}
	}

	/** Whether it has another address than this one. What is none changes nothing. */
	public boolean changesEmail(EmailAddress before) {
		try {
			return has(Field.EMAIL) && !new EmailAddress(text(Field.EMAIL)).equals(before);
		} catch (InvalidValue _) {
			return false;
		}
	}

	/** The same, from somebody who has shown the current password. */
	public Draft proven() {
		return new Draft(Source.PROVEN, texts);
	}

	/** The organization codes, once each, as filled in; a blank field is no code. */
	public Set<String> organizationCodes() {
		return split(Field.ORGANIZATIONS);
	}

	Set<String> programIds() {
		return split(Field.PROGRAMS);
	}

	/** Several are separated by a pipe, blanks around it are ignored (guide, Table 4). */
	private Set<String> split(Field field) {
		String text = text(field);
		List<String> parts = text.isEmpty() ? List.of() : List.of(text.split("\\|", -1));
		return new LinkedHashSet<>(parts.stream().map(Blanks::stripped).toList());
	}
}
