package io.rollcall.acceptance.oracle;

/** The texts of the guide's Tables 5 and 6 and of the rules beside it. */
public final class Notes {
	public static final String EXISTS = "User exists with same username";
	public static final String UNKNOWN = "User does not exist";
	public static final String DEACTIVATED = "User account is deactivated";
	public static final String REPEATED = "Username appears more than once in this file";
	public static final String SURPLUS = "Record has more values than the file has columns";
	public static final String USERNAME = "Username must be 4-50 alpha-numeric characters";
	public static final String FIRST_NAME = "First name must be 1-25 characters long";
	public static final String FIRST_NAME_NOT_TEXT = "First name contains a character that is not text";
	public static final String LAST_NAME = "Last names must be 2-25 characters long";
	public static final String LAST_NAME_NOT_TEXT = "Last name contains a character that is not text";
	public static final String EMAIL = "Invalid email address";
	public static final String ROLE = "Invalid role";
	public static final String ORGANIZATION = "Invalid organization number";
	public static final String ORGANIZATION_COUNT = "An account can have at most 500 organizations";
	public static final String PAIRING = "Invalid organization and role pairing";
	public static final String PROGRAM = "Invalid/Not allowed program ID";
	public static final String PHONE = "Phone number must be in xxx-xxx-xxxx format";
	public static final String FAX = "Fax number must be in xxx-xxx-xxxx format";
	public static final String ADDRESS = "Address must be at most 200 characters";
	public static final String ADDRESS_NOT_TEXT = "Address contains a character that is not text";

	public static final String NOT_CSV = "The uploaded file is not in the expected .CSV format. Please update the file and try again.";

	private Notes() {}

	/** What the summary says of a completed file. */
	public static String message(int processed, int rejected) {
		if (rejected == 0) {
			return "The uploaded file has been processed and " + processed
					+ " user(s) have been successfully uploaded.";
		}
		return processed == 0
				? "No users have been uploaded. Errors are detailed in attached file."
				: "The uploaded file has been processed with errors, but " + processed
						+ " user(s) have been successfully uploaded. Errors are detailed in attached file.";
	}
}
