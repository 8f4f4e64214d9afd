package io.rollcall.user.account.web;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Field;

/** A filled-in form. What is missing is blank: in a change it clears phone, fax, address, and means all programs. */
record AccountRequest(@Nullable String username, @Nullable String firstName, @Nullable String lastName,
		@Nullable String email, @Nullable String role, @Nullable List<@Nullable String> organizations,
		@Nullable List<@Nullable String> programs, @Nullable String phone, @Nullable String fax,
		@Nullable String address) {
	Draft draft() {
		Map<Field, String> texts = new EnumMap<>(Field.class);
		for (Field field : Field.values()) {
			String text = switch (field) {
				case USERNAME -> username;
				case FIRST_NAME -> firstName;
				case LAST_NAME -> lastName;
				case EMAIL -> email;
				case ROLE -> role;
				case ORGANIZATIONS -> joined(organizations);
				case PROGRAMS -> joined(programs);
				case PHONE -> phone;
				case FAX -> fax;
				case ADDRESS -> address;
			};
			texts.put(field, text == null ? "" : text);
		}
		return new Draft(Draft.Source.FORM, texts);
	}

	private static @Nullable String joined(@Nullable List<@Nullable String> values) {
		return values == null ? null : String.join("|", values.stream().map(String::valueOf).toList());
	}
}
