package io.rollcall.acceptance.oracle;

import java.util.List;

/** How a row ends, and for a rejected one its notes in order. */
public record Outcome(Kind kind, List<String> notes) {
	public enum Kind {
		CREATED, UPDATED, UNCHANGED, REJECTED
	}

	public Outcome {
		notes = List.copyOf(notes);
	}

	static Outcome of(Kind kind) {
		return new Outcome(kind, List.of());
	}

	static Outcome rejected(List<String> notes) {
		return new Outcome(Kind.REJECTED, notes);
	}

	public boolean isRejected() {
		return kind == Kind.REJECTED;
	}

	/** As the error file's last column has it. */
	public String joinedNotes() {
		return String.join("; ", notes);
	}
}
