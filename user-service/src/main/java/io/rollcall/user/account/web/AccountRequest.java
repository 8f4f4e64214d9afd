package io.rollcall.user.account.web;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Field;

/**
 * A filled-in form. What is missing is blank: in a change it clears phone, fax, address, and means all programs.
 *
 * @param currentPassword of who fills it in, where that is asked for; no part of what is written down
 */
record AccountRequest(@Nullable String username, @Nullable String firstName, @Nullable String lastName,
		@Nullable String email, @Nullable String role, @Nullable List<@Nullable String> organizations,
		@Nullable List<@Nullable String> programs, @Nullable String phone, @Nullable String fax,
		@Nullable String address, @JsonProperty(access = Access.WRITE_ONLY) @Nullable String currentPassword) {
	Draft draft() {
		Map<Field, String> texts = new EnumMap<>(Field.class);
		Map<Field, List<String>> lists = new EnumMap<>(Field.class);
		for (Field field : Field.values()) {
			switch (field) {
				case USERNAME -> texts.put(field, text(username));
				case FIRST_NAME -> texts.put(field, text(firstName));
				case LAST_NAME -> texts.put(field, text(lastName));
				case EMAIL -> texts.put(field, text(email));
				case ROLE -> texts.put(field, text(role));
				case ORGANIZATIONS -> lists.put(field, list(organizations));
				case PROGRAMS -> lists.put(field, list(programs));
				case PHONE -> texts.put(field, text(phone));
				case FAX -> texts.put(field, text(fax));
				case ADDRESS -> texts.put(field, text(address));
			}
		}
		return Draft.form(texts, lists);
	}

	private static String text(@Nullable String text) {
		return text == null ? "" : text;
	}

	/** An element that is null is one that nobody has. */
	private static List<String> list(@Nullable List<@Nullable String> elements) {
		return elements == null ? List.of() : elements.stream().map(AccountRequest::text).toList();
	}
}
