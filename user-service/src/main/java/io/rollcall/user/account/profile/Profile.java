package io.rollcall.user.account.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Role;

/**
 * The ten fields of an account, each of them sound.
 *
 * @param programs ids; empty means all programs
 * @param details those of {@link Field#DETAILS} that it has
 */
public record Profile(Username username, FirstName firstName, LastName lastName, EmailAddress email, Role role,
		List<Organization> organizations, List<String> programs, Map<Field, String> details) {
	/** More would make a token that proxies and servers do not take as a header any more. */
	public static final int MOST_ORGANIZATIONS = 500;

	public Profile {
		organizations = List.copyOf(organizations);
		programs = List.copyOf(programs);
		Map<Field, String> sound = new EnumMap<>(Field.class);
		details.forEach((field, text) -> sound.put(field, field.judged(text)));
		details = Collections.unmodifiableMap(sound);
	}

	/** One field that differs, as text before and after. */
	public record Change(Field field, String before, String after) {}

	/** What differs from {@code earlier}; the order of organizations and programs does not count. */
	public List<Change> changesSince(Profile earlier) {
		List<Change> changes = new ArrayList<>();
		for (Field field : Field.values()) {
			if (!sameIn(field, earlier)) changes.add(new Change(field, earlier.text(field), text(field)));
		}
		return changes;
	}

	private boolean sameIn(Field field, Profile other) {
		return switch (field) {
			case ORGANIZATIONS -> new HashSet<>(organizations).equals(new HashSet<>(other.organizations));
			case PROGRAMS -> new HashSet<>(programs).equals(new HashSet<>(other.programs));
			default -> Objects.equals(text(field), other.text(field));
		};
	}

	/** Those of its organizations, in its order. */
	public List<String> codes() {
		return organizations.stream().map(Organization::code).toList();
	}

	/** All fields, in their order, as {@link #text}. */
	public List<String> texts() {
		return Arrays.stream(Field.values()).map(this::text).toList();
	}

	/** A field as the CSV template spells it. */
	public String text(Field field) {
		return switch (field) {
			case USERNAME -> username.value();
			case FIRST_NAME -> firstName.value();
			case LAST_NAME -> lastName.value();
			case EMAIL -> email.value();
			case ROLE -> role.name();
			case ORGANIZATIONS -> String.join("|", codes());
			case PROGRAMS -> String.join("|", programs);
			default -> details.getOrDefault(field, "");
		};
	}
}
