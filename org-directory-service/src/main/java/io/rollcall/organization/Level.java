package io.rollcall.organization;

/** Where an organization stands: a role belongs to one or both of the levels. */
public enum Level {
	DISTRICT, SCHOOL
}
