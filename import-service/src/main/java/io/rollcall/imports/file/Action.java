package io.rollcall.imports.file;

/** What a file is uploaded for: the guide's "Add New Users" and "Update Existing Users". */
public enum Action {
	ADD, UPDATE
}
