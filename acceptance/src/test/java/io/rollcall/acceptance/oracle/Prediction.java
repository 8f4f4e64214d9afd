package io.rollcall.acceptance.oracle;

import java.util.List;

/** What must become of a file, row by row and in its summary. */
public record Prediction(List<Outcome> outcomes) {
	public Prediction {
		outcomes = List.copyOf(outcomes);
	}

	public int total() {
		return outcomes.size();
	}

	public int count(Outcome.Kind kind) {
		return (int) outcomes.stream().filter(outcome -> outcome.kind() == kind).count();
	}

	public int rejected() {
		return count(Outcome.Kind.REJECTED);
	}

	public int processed() {
		return total() - rejected();
	}

	public String message() {
		return Notes.message(processed(), rejected());
	}
}
