/** What became of a record, or would: how it looks, and in words before and after the file is applied. */
const OUTCOMES = {
	created: ["good", "Would be created", "Created"],
	updated: ["good", "Would be updated", "Updated"],
	unchanged: ["", "Unchanged", "Unchanged"],
	rejected: ["bad", "To correct", "Rejected"],
	pending: ["", "Sent", "Sent"],
	unknown: ["", "Changed, not checked", "Changed, not checked"],
};

export function outcomeWords(outcome, applied) {
	return OUTCOMES[outcome][applied ? 2 : 1];
}

/** @param {import("./row.js").Row} row @param {boolean} applied whether its file has been */
export function stateOf(row, applied) {
	if (row.checking) return { kind: "", words: "Checking" };
	const [kind] = OUTCOMES[row.outcome];
	if (row.isFaulty) return { kind, words: row.isCorrected ? "Still to correct" : row.editable ? "To correct" : "Rejected" };
	// Corrected is what is right: what only became another word has its note.
	if (row.isMended) return { kind: "good", words: applied ? "Corrected, not applied yet" : "Corrected" };
	return { kind, words: outcomeWords(row.outcome, applied && !row.verdict) };
}
