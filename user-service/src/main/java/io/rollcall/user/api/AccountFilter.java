package io.rollcall.user.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.SearchText;
import io.rollcall.platform.web.Spelling;
import io.rollcall.user.account.Lifetime.Status;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.PortalPassword;
import io.rollcall.user.roster.Roster;

/**
 * Which accounts, in which order: the parameters of the list and the body of an export. What is absent or blank does not narrow.
 *
 * @param search any part of a name, the username or the e-mail address, without regard to case and accents, of bounded length
 * @param organization a code of bounded length, blanks around it aside; a district's includes its schools
 * @param role one of the role codes
 * @param status {@code active} (default) or {@code deactivated}
 * @param credentials {@code set}, {@code issued}, {@code expiring} or {@code expired}: what one signs in to the Portal with, as
 * {@link PortalPassword} has them
 * @param delivery {@code failed}: a mail with credentials did not go out
 * @param signedIn {@code never}: nobody has signed in to it, at either site
 * @param signedInBefore a moment: somebody has signed in to it, and not since then
 * @param importId of an import that created or changed it
 * @param people usernames and e-mail addresses with commas between, at most 200 of them: it has one of these
 * @param sort a column and {@code asc} or {@code desc}; {@code lastName,asc} by default
 */
record AccountFilter(@Nullable String search, @Nullable String organization, @Nullable String role,
		@Nullable String status, @Nullable String credentials, @Nullable String delivery,
		@Nullable String signedIn, @Nullable String signedInBefore, @Nullable String importId, @Nullable String people,
		@Nullable String sort) {
	/** As the directory has them. */
	private static final int LONGEST_CODE = 100;
	/** As many as a file of an import has records. */
	private static final int MOST_PEOPLE = 200;
	private static final int LONGEST_ADDRESS = 254;

	/** Gives the accounts that an import created or changed. */
	interface Imports {
		Set<UUID> changedBy(UUID importId);
	}

	/** @throws org.springframework.web.ErrorResponseException 400, naming every parameter that is wrong */
	Roster.Query query(Imports imports) {
		List<FieldError> errors = errors();
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		return new Roster.Query(or(search, ""), isBlank(organization) ? null : code(organization),
				knownRole().orElse(null), Status.valueOf(or(status, "active").toUpperCase(Locale.ROOT)),
				knownPassword().orElse(null),
				!isBlank(delivery), lastSignIn(), names().map(Roster::spelling).collect(Collectors.toUnmodifiableSet()),
				isBlank(importId) ? null : knownImport().map(imports::changedBy).orElseThrow(), column().orElseThrow(),
				order().length == 2 && order()[1].equals("desc"));
	}

	List<FieldError> errors() {
		List<FieldError> errors = new ArrayList<>(SearchText.errors(search));
		errors.addAll(codeErrors(organization));
		if (!isBlank(role) && knownRole().isEmpty()) {
			errors.add(new FieldError("role", "invalid",
					"The role must be one of " + Arrays.toString(Role.values()) + "."));
		}
		if (!List.of("active", "deactivated").contains(or(status, "active"))) {
			errors.add(new FieldError("status", "invalid", "The status must be active or deactivated."));
		}
		if (!isBlank(credentials) && knownPassword().isEmpty()) {
			errors.add(new FieldError("credentials", "invalid",
					"The credentials must be set, issued, expiring or expired."));
		}
		if (!List.of("", "failed").contains(or(delivery, ""))) {
			errors.add(new FieldError("delivery", "invalid", "The delivery must be failed, or be left out."));
		}
		if (!List.of("", "never").contains(or(signedIn, ""))) {
			errors.add(new FieldError("signedIn", "invalid", "The parameter signedIn must be never, or be left out."));
		}
		if (!isBlank(signedInBefore) && moment().isEmpty()) {
			errors.add(new FieldError("signedInBefore", "invalid",
					"The parameter signedInBefore must be a moment such as 2026-09-01T00:00:00Z."));
		}
		if (!isBlank(signedIn) && !isBlank(signedInBefore)) {
			errors.add(
					new FieldError("signedInBefore", "invalid", "Ask for signedIn or signedInBefore, not for both."));
		}
		if (!isBlank(importId) && knownImport().isEmpty()) {
			errors.add(new FieldError("importId", "invalid", "The importId must be the id of an import."));
		}
		if (names().count() > MOST_PEOPLE || names().anyMatch(it -> it.length() > LONGEST_ADDRESS)) {
			errors.add(new FieldError("people", "invalid", "Name at most %d people, each by at most %d characters."
					.formatted(MOST_PEOPLE, LONGEST_ADDRESS)));
		}
		String[] order = order();
		if (column().isEmpty() || order.length > 2
				|| order.length == 2 && !order[1].equals("asc") && !order[1].equals("desc")) {
			errors.add(new FieldError("sort", "invalid",
					"Sort by firstName, lastName, email, username or role, with ,asc or ,desc."));
		}
		return errors;
	}

	/** An organization's code without the blanks that were copied with it; empty for none. */
	static String code(@Nullable String organization) {
		return or(organization, "").strip();
	}

	/** What is wrong with the parameter {@code organization}, if it is given. One that nobody has is not wrong. */
	static List<FieldError> codeErrors(@Nullable String organization) {
		return code(organization).length() <= LONGEST_CODE
				? List.of()
				: List.of(new FieldError("organization", "invalid",
						"The organization must be at most " + LONGEST_CODE + " characters long."));
	}

	private Optional<Role> knownRole() {
		return Arrays.stream(Role.values()).filter(it -> it.name().equals(role)).findFirst();
	}

	private Optional<PortalPassword> knownPassword() {
		return Arrays.stream(PortalPassword.values())
				.filter(it -> it.name().toLowerCase(Locale.ROOT).equals(credentials))
				.findFirst();
	}

	private Roster.@Nullable SignedIn lastSignIn() {
		return isBlank(signedIn) ? moment().map(Roster.SignedIn.Before::new).orElse(null) : new Roster.SignedIn.Never();
	}

	private Optional<Instant> moment() {
		return Spelling.moment(or(signedInBefore, "").strip());
	}

	private Optional<UUID> knownImport() {
		return Spelling.uuid(or(importId, "").strip());
	}

	private Stream<String> names() {
		return Arrays.stream(or(people, "").split(",")).filter(it -> !it.isBlank());
	}

	private String[] order() {
		return or(sort, "lastName").split(",", -1);
	}

	private Optional<Roster.Column> column() {
		return switch (order()[0]) {
			case "firstName" -> Optional.of(Roster.Column.FIRST_NAME);
			case "lastName" -> Optional.of(Roster.Column.LAST_NAME);
			case "email" -> Optional.of(Roster.Column.EMAIL);
			case "username" -> Optional.of(Roster.Column.USERNAME);
			case "role" -> Optional.of(Roster.Column.ROLE);
			default -> Optional.empty();
		};
	}

	private static boolean isBlank(@Nullable String text) {
		return text == null || text.isBlank();
	}

	private static String or(@Nullable String text, String otherwise) {
		return text == null || text.isBlank() ? otherwise : text;
	}
}
