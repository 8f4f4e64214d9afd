import { columnOf } from "./imports.js";

/** The field of a note about a record as a whole. */
const WHOLE = "record";

/** @typedef {{field: string, code?: string, message: string}} Note */

/** A record of the file: its cells as they came, the corrections on top of them, and what the server says of it. */
export class Row {
	/** The corrections that stand, saved or not, by column. @type {Record<string, string>} */
	corrections = {};
	/** What the server says of the record as it is now; nothing while that is what the import says. @type {any} */
	verdict;
	/** Whether the server has been asked and has not answered yet. */
	checking = false;
	/** What is being typed. @type {{column: string, value: string} | undefined} */
	typing;
	/** Grows with every change, so that an answer to an older question is known. */
	version = 0;
	/**
	 * @param {any} stored as the interface gives it
	 * @param {{home?: {id: string, record: number}, editable?: boolean, earlier?: Record<string, string>, number?: number}} more home: the
	 *     import whose draft has its corrections; earlier: its cells in the file whose rejected records that import took over; number: its
	 *     number there
	 */
	constructor(stored, { home = undefined, editable = false, earlier = undefined, number = stored.recordNumber } = {}) {
		this.record = number;
		this.stored = stored;
		this.cells = stored.cells;
		this.home = home;
		this.editable = editable;
		this.earlier = earlier;
		/** Those for its own cells; what another record suggests for them is added to them. */
		this.suggestions = (stored.suggestions ?? []).filter((it) => !it.recordNumber || it.recordNumber === stored.recordNumber);
	}

	/** What the cell was before anybody corrected it. */
	original(column) {
		const { uploaded = {} } = this.stored.correction ?? {};
		return this.earlier?.[column] ?? (column in uploaded ? uploaded[column] : this.cells[column]) ?? "";
	}

	value(column) {
		return this.typing?.column === column ? this.typing.value : this.corrections[column] ?? this.cells[column] ?? "";
	}

	/** As they would be handed in: a cell that the record does not have stays absent. */
	get values() {
		const typed = this.typing ? { [this.typing.column]: this.typing.value } : {};
		return { ...this.cells, ...this.corrections, ...typed };
	}

	get isCorrected() {
		return Object.keys(this.corrections).length > 0;
	}

	/** Whether it is another one than the file has. */
	get isTouched() {
		return this.isCorrected || this.typing !== undefined;
	}

	/** @returns {{outcome: string, notes: Note[], warnings?: Note[], changes?: any[], values?: Record<string, string>}} */
	get judgement() {
		return this.verdict ?? this.stored;
	}

	get outcome() {
		return this.judgement.outcome;
	}

	get isFaulty() {
		return this.outcome === "rejected";
	}

	/** Corrected, and right as it is. */
	get isMended() {
		return this.isCorrected && !this.isFaulty && this.outcome !== "unknown";
	}

	get warnings() {
		return this.judgement.warnings ?? [];
	}

	/** A note stands until the cell is another. */
	notesAt(column) {
		return this.#of(this.judgement.notes ?? [], column);
	}

	warningsAt(column) {
		return this.#of(this.warnings, column);
	}

	#of(notes, column) {
		const judged = (this.judgement.values ?? this.cells)[column] ?? "";
		return judged === this.value(column) ? notes.filter((note) => concerns(note, column)) : [];
	}

	/** What is wrong with the record as a whole: it is no column's. */
	notesBeside(columns) {
		if (this.verdict) return [];
		return (this.stored.notes ?? []).filter((note) => !columns.some((column) => concerns(note, column)));
	}

	/** Whether the file alone decided that it is none, as one with too many values. */
	get isNone() {
		return (this.stored.notes ?? []).some((note) => note.field === WHOLE);
	}

	/** None, and nobody has said otherwise: whatever else is said of it, the file's word holds. */
	get isLeftOut() {
		return this.isNone && !this.isTouched;
	}

	/** What a cell was probably meant to be, as long as nobody has said otherwise. */
	suggestionsAt(column) {
		if (this.corrections[column] !== undefined || this.typing?.column === column) return [];
		const kept = this.isNone && !this.isCorrected;
		const ways = this.suggestions.filter((it) => concerns(it, column) && (kept || it.value !== this.value(column)));
		// What was too much is in the last cell, as it was probably meant.
		const last = Object.keys(this.cells).at(-1);
		return kept && ways.length === 0 && column === last ? [{ value: this.value(column) }] : ways;
	}

	/** By it two records are the same person's. */
	get username() {
		return usernameOf({ Username: this.value("Username") });
	}

	/** Whose record it was as it came. */
	get firstUsername() {
		return usernameOf(this.cells);
	}

	get name() {
		return `${this.value("Fname")} ${this.value("Lname")}`.trim();
	}
}

/** @param {Record<string, string>} cells @returns {string} in the one spelling by which two are compared */
export const usernameOf = ({ Username = "" }) => Username.trim().toLowerCase();

/** Whether a note or suggestion is about this column. */
function concerns(it, column) {
	return columnOf(it.field).toLowerCase() === column.toLowerCase();
}
