package io.rollcall.user.account.profile;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.Blanks;
import io.rollcall.user.permission.Role;

/**
 * What someone filled in, as text and unchecked. A field that was not there at all is absent; organizations and programs may be
 * several texts or none, each other field is one.
 *
 * @param source where it comes from: the roles that run the system are granted, those who have one are changed, and oneself has
 *        another address, only with proof
 */
public record Draft(Source source, Map<Field, List<String>> values) {
	public enum Source {
		ROW,
		FORM,
		/** A form from a session of the Portal, with the current password. */
		PROVEN
	}

	public Draft {
		Map<Field, List<String>> own = new EnumMap<>(Field.class);
		// Once: a cell may hold as many codes as there are schools.
		values.forEach((field, texts) -> own.put(field, field.isList()
				? texts.stream().map(field::cleaned).distinct().toList()
				: texts));
		values = own;
	}

	/** A row of a file. Several organizations or programs are separated by a pipe in their cell (guide, Table 4). */
	public static Draft row(Map<Field, String> cells) {
		Map<Field, List<String>> values = new EnumMap<>(Field.class);
		cells.forEach((field, cell) -> values.put(field, field.isList() ? split(cell) : List.of(cell)));
		return new Draft(Source.ROW, values);
	}

	/** As {@link #row(Map)}, with the cells by the names of their columns; what else there is does not count. */
	public static Draft ofCells(Map<String, String> cells) {
		Map<Field, String> texts = new EnumMap<>(Field.class);
		for (Field field : Field.values()) {
			String cell = cells.get(field.column());
			if (cell != null) texts.put(field, cell);
		}
		return row(texts);
	}

	private static List<String> split(String cell) {
		return Blanks.isBlank(cell) ? List.of() : List.of(cell.split("\\|", -1));
	}

	/** A form, or what a program sends in its place. */
	public static Draft form(Map<Field, String> texts, Map<Field, List<String>> lists) {
		Map<Field, List<String>> values = new EnumMap<>(Field.class);
		texts.forEach((field, text) -> values.put(field, List.of(text)));
		values.putAll(lists);
		return new Draft(Source.FORM, values);
	}

	/** Without the blanks around it; empty when it is absent or there is nothing to see in it. */
	public String text(Field field) {
		return values.getOrDefault(field, List.of()).stream().findFirst().map(field::cleaned).orElse("");
	}

	/** Whether it was there, maybe blank. */
	public boolean has(Field field) {
		return values.containsKey(field);
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

	public boolean namesRoleOfTheSystem() {
		return Role.ofAnyCode(text(Field.ROLE)).filter(Role::runsTheSystem).isPresent();
	}

	/** The same, from somebody who has shown the current password. */
	public Draft proven() {
		return new Draft(Source.PROVEN, values);
	}

	/** The same with nothing but these fields. */
	public Draft only(Set<Field> fields) {
		Map<Field, List<String>> some = new EnumMap<>(Field.class);
		some.putAll(values);
		some.keySet().retainAll(fields);
		return new Draft(source, some);
	}

	/** The same, for somebody else. */
	public Draft of(Username username) {
		Map<Field, List<String>> others = new EnumMap<>(Field.class);
		others.putAll(values);
		others.put(Field.USERNAME, List.of(username.value()));
		return new Draft(source, others);
	}

	/** The organization codes, once each, as filled in. */
	public Set<String> organizationCodes() {
		return list(Field.ORGANIZATIONS);
	}

	/** Those to look up before it is judged: none when they are more than an account can have. */
	public Set<String> codesToLookUp() {
		Set<String> codes = organizationCodes();
		return codes.size() > Profile.MOST_ORGANIZATIONS ? Set.of() : codes;
	}

	Set<String> programIds() {
		return list(Field.PROGRAMS);
	}

	private Set<String> list(Field field) {
		return new LinkedHashSet<>(values.getOrDefault(field, List.of()));
	}
}
