package io.rollcall.organization;

import org.jspecify.annotations.Nullable;

/**
 * A district or a school.
 *
 * @param code opaque: compared as a whole, never taken apart
 * @param type the list's own label, as {@code Public School}
 * @param parent the code of a school's district; null for a district
 * @param closed no longer on the list; kept, so that old codes keep their names
 */
public record Organization(String code, String name, Level level, String type, @Nullable String town,
		@Nullable String parent, boolean closed) {
	/** The district that non-public schools are listed under (the guide's Table 4). It is nobody's organization. */
	static final String NON_PUBLIC = "00000000";

	public Organization {
		if (code.isBlank() || name.isBlank())
			throw new IllegalArgumentException("an organization has a code and a name");
		if ((parent == null) == (level == Level.SCHOOL)) {
			throw new IllegalArgumentException("a school has a district, a district has none");
		}
	}

	/** A district that stands on the list. */
	public static Organization district(String code, String name, String type, @Nullable String town) {
		return new Organization(code, name, Level.DISTRICT, type, town, null, false);
	}

	/** A school that stands on the list. */
	public static Organization school(String code, String name, String type, @Nullable String town, String district) {
		return new Organization(code, name, Level.SCHOOL, type, town, district, false);
	}

	/** This organization when the list no longer names it. */
	Organization close() {
		return new Organization(code, name, level, type, town, parent, true);
	}

	/** Whether an account may be given this organization: the placeholder is none, and a closed one takes nobody new. */
	public boolean isAssignable() {
		return !closed && !isPlaceholder();
	}

	boolean isPlaceholder() {
		return code.equals(NON_PUBLIC);
	}
}
