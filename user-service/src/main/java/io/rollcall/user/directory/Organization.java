package io.rollcall.user.directory;

/**
 * An organization as far as the rules care. Codes are opaque: which district a school belongs to is the directory's word,
 * never read off the code.
 *
 * @param district the code of the district; a district's own
 */
public record Organization(String code, Level level, String district) {
	public static Organization district(String code) {
		return new Organization(code, Level.DISTRICT, code);
	}

	public static Organization school(String code, String district) {
		return new Organization(code, Level.SCHOOL, district);
	}
}
