package io.rollcall.user.account.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Role;

/**
 * The ten fields of an account, each of them sound.
 *
 * @param programs ids; empty means all programs
 */
public record Profile(Username username, FirstName firstName, LastName lastName, EmailAddress email, Role role,
		List<Organization> organizations, List<String> programs, @Nullable PhoneNumber phone, @Nullable PhoneNumber fax,
		@Nullable Address address) {
	/** More would make a token that proxies and servers do not take as a header any more. */
	public static final int MOST_ORGANIZATIONS = 500;

	public Profile {
		organizations = List.copyOf(organizations);
		programs = List.copyOf(programs);
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

	/** A field as the CSV template spells it. */
	public String text(Field field) {
		return switch (field) {
			case USERNAME -> username.value();
			case FIRST_NAME -> firstName.value();
			case LAST_NAME -> lastName.value();
			case EMAIL -> email.value();
			case ROLE -> role.name();
			case ORGANIZATIONS -> String.join("|", organizations.stream().map(Organization::code).toList());
			case PROGRAMS -> String.join("|", programs);
			case PHONE -> phone == null ? "" : phone.value();
			case FAX -> fax == null ? "" : fax.value();
			case ADDRESS -> address == null ? "" : address.value();
		};
	}
}
