package io.rollcall.user.account.profile;

import java.util.Arrays;
import java.util.Locale;

/** What can be wrong with a field, in the order and the words of the guide's Table 6, and of the rules beside it. */
public enum Fault {
	USERNAME_FORMAT(Field.USERNAME, "Username must be 4-50 alpha-numeric characters"),
	USERNAME_TAKEN(Field.USERNAME, "User exists with same username"),
	USERNAME_REPEATED(Field.USERNAME, "Username appears more than once in this file"),
	USER_UNKNOWN(Field.USERNAME, "User does not exist"),
	USER_DEACTIVATED(Field.USERNAME, "User account is deactivated"),
	USERNAME_NOT_CHANGEABLE(Field.USERNAME, "Not allowed to change the username"),
	CHANGE_NOT_ALLOWED(Field.USERNAME, "Not allowed to change this user"),
	CHANGED_SINCE_UPLOAD(Field.USERNAME, "User was changed after this file was uploaded"),
	FIRST_NAME_LENGTH(Field.FIRST_NAME, "First name must be 1-25 characters long"),
	FIRST_NAME_NOT_TEXT(Field.FIRST_NAME, "First name contains a character that is not text"),
	LAST_NAME_LENGTH(Field.LAST_NAME, "Last names must be 2-25 characters long"),
	LAST_NAME_NOT_TEXT(Field.LAST_NAME, "Last name contains a character that is not text"),
	EMAIL_FORMAT(Field.EMAIL, "Invalid email address"),
	OWN_EMAIL_NOT_ALLOWED(Field.EMAIL, "You can change your own email address only on your profile page"),
	EMAIL_CHANGED_TOO_OFTEN(Field.EMAIL, "Email address can be changed at most 5 times a day"),
	ROLE_UNKNOWN(Field.ROLE, "Invalid role"),
	ROLE_NOT_ALLOWED(Field.ROLE, "Not allowed to assign this role"),
	ORGANIZATION_UNKNOWN(Field.ORGANIZATIONS, "Invalid organization number"),
	ORGANIZATION_ROLE_MISMATCH(Field.ORGANIZATIONS, "Invalid organization and role pairing"),
	ORGANIZATION_COUNT(Field.ORGANIZATIONS,
			"An account can have at most " + Profile.MOST_ORGANIZATIONS + " organizations"),
	ORGANIZATION_NOT_ALLOWED(Field.ORGANIZATIONS, "Not allowed to assign this organization"),
	ORGANIZATION_REMOVAL_NOT_ALLOWED(Field.ORGANIZATIONS, "Not allowed to remove this organization"),
	PROGRAM_NOT_ALLOWED(Field.PROGRAMS, "Invalid/Not allowed program ID"),
	OWN_PROGRAMS_NOT_ALLOWED(Field.PROGRAMS, "You cannot change your own programs"),
	PHONE_FORMAT(Field.PHONE, "Phone number must be in xxx-xxx-xxxx format"),
	FAX_FORMAT(Field.FAX, "Fax number must be in xxx-xxx-xxxx format"),
	ADDRESS_LENGTH(Field.ADDRESS, "Address must be at most 200 characters"),
	ADDRESS_NOT_TEXT(Field.ADDRESS, "Address contains a character that is not text");

	private final Field field;
	private final String message;

	Fault(Field field, String message) {
		this.field = field;
		this.message = message;
	}

	/** What is wrong with a field whose text breaks its own rule: the first of its faults here. */
	static Fault of(Field field) {
		return Arrays.stream(values()).filter(it -> it.field == field).findFirst().orElseThrow();
	}

	/** What is wrong with a name or an address of the right length in which something is not text. */
	static Fault notText(Field field) {
		return valueOf(field.name() + "_NOT_TEXT");
	}

	public Field field() {
		return field;
	}

	/** Stable, for programs. */
	public String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	public String message() {
		return message;
	}
}
