package io.rollcall.user.directory;

/** Whether an organization is a district or a school of one. */
public enum Level {
	DISTRICT, SCHOOL
}
