package io.rollcall.acceptance.generator;

/** "Add New Users" or "Update Existing Users". */
public enum Action {
	ADD, UPDATE;

	/** As the form field of an upload has it. */
	public String wire() {
		return name().toLowerCase(java.util.Locale.ROOT);
	}
}
