package io.rollcall.user.row.web;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import io.rollcall.platform.csv.FileCell;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Field;

/**
 * The cells of a row by the columns of the template. One that is not there leaves its field as it is in an update, and is blank
 * otherwise.
 */
record Cells(@JsonProperty("Username") @Nullable String username, @JsonProperty("Fname") @Nullable String firstName,
		@JsonProperty("Lname") @Nullable String lastName, @JsonProperty("Email") @Nullable String email,
		@JsonProperty("Role") @Nullable String role, @JsonProperty("Org") @Nullable String organizations,
		@JsonProperty("Program") @Nullable String programs, @JsonProperty("Phone") @Nullable String phone,
		@JsonProperty("Fax") @Nullable String fax, @JsonProperty("Address") @Nullable String address) {
	/** In characters, as of a file. The longest that is valid names 500 organizations. */
	private static final int LONGEST = 10_000;

	Draft draft() {
		return Draft.row(texts());
	}

	private Map<Field, String> texts() {
		Map<Field, String> texts = new EnumMap<>(Field.class);
		for (Field field : Field.values()) {
			String text = text(field);
			String shown = text == null ? FileCell.ABSENT : FileCell.shown(text);
			if (!FileCell.isAbsent(shown)) texts.put(field, shown);
		}
		return texts;
	}

	private @Nullable String text(Field field) {
		return switch (field) {
			case USERNAME -> username;
			case FIRST_NAME -> firstName;
			case LAST_NAME -> lastName;
			case EMAIL -> email;
			case ROLE -> role;
			case ORGANIZATIONS -> organizations;
			case PROGRAMS -> programs;
			case PHONE -> phone;
			case FAX -> fax;
			case ADDRESS -> address;
		};
	}

	/** What tells them from any others. */
	String fingerprint() {
		StringBuilder all = new StringBuilder();
		texts().forEach((field, text) -> all.append(field.ordinal()).append(' ').append(text.length()).append(' ')
				.append(text));
		return all.append('\n').toString();
	}

	/** Of all of them. */
	long length() {
		return texts().values().stream().mapToLong(String::length).sum();
	}

	/** @param at where they stand in the request */
	List<FieldError> errors(String at) {
		List<FieldError> errors = new ArrayList<>();
		texts().forEach((field, text) -> {
			if (text.codePointCount(0, text.length()) > LONGEST) {
				errors.add(new FieldError(at + "." + field.column(), "cell-too-long",
						"A cell can have at most 10,000 characters."));
			}
		});
		return errors;
	}
}
