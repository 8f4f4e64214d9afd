/** @typedef {import("./row.js").Row} Row */

/** What people change over and over in the same way; a name or an address is one person's own. */
const SHARED = ["Role", "Org", "Program", "Phone", "Fax", "Address"];

/**
 * The records of a file as one corrects them, with undo. Fires "changed" with the rows that look otherwise now, "edited" with what is to be
 * saved, "judge" with the rows that the server must look at again.
 */
export class Sheet extends EventTarget {
	#done = [];
	#undone = [];

	/** @param {{action: string, rows: Row[], applied?: boolean}} file applied: what was good in it has been carried out */
	constructor({ action, rows, applied = false }) {
		super();
		this.action = action;
		this.rows = rows;
		this.applied = applied;
		this.columns = columnsOf(rows);
		this.byRecord = new Map(rows.map((row) => [row.record, row]));
		for (const row of rows) this.#handOver(row);
	}

	/** What a record suggests for another one's cell, as those of one person do who stands in a file once for each school. */
	#handOver(row) {
		for (const it of row.stored.suggestions ?? []) {
			if (row.suggestions.includes(it)) continue;
			const other = this.rows.find(({ home }) => home?.id === row.home?.id && home?.record === it.recordNumber);
			if (other && !other.suggestions.some((known) => known.field === it.field && known.value === it.value)) other.suggestions.push(it);
		}
	}

	get isEditable() {
		return this.rows.some((row) => row.editable);
	}

	/**
	 * Corrects cells, all of them as one step.
	 *
	 * @param {string} label for the button that takes it back
	 * @param {{row: Row, column: string, value: string}[]} wanted
	 * @returns {boolean} whether there is something to take back now
	 */
	edit(label, wanted) {
		const changes = wanted.filter(({ row }) => row.editable)
			.map(({ row, column, value }) => ({ row, column, before: row.corrections[column], after: this.#asCorrection(row, column, value) }))
			.filter((it) => it.before !== it.after);
		if (changes.length === 0) {
			for (const { row } of wanted) this.stopTyping(row);
			return false;
		}
		this.#done.push({ label, changes });
		this.#undone = [];
		this.#set(changes.map((it) => ({ ...it, value: it.after })));
		return true;
	}

	/** What is as it came is no correction, but for a record that is wrong as a whole: there it says that it is meant so. */
	#asCorrection(row, column, value) {
		return value === (row.cells[column] ?? "") && !row.isNone ? undefined : value;
	}

	/** What would be taken back next. */
	get undoable() {
		return this.#done.at(-1)?.label;
	}

	get redoable() {
		return this.#undone.at(-1)?.label;
	}

	/** @returns {{row: Row, column: string} | undefined} the first cell that is otherwise now */
	undo() {
		return this.#step(this.#done, this.#undone, "before");
	}

	redo() {
		return this.#step(this.#undone, this.#done, "after");
	}

	#step(from, to, side) {
		const step = from.pop();
		if (!step) return undefined;
		to.push(step);
		this.#set(step.changes.map((it) => ({ ...it, value: it[side] })));
		return step.changes[0];
	}

	#set(changes) {
		const twins = this.#twins(changes.map((it) => it.row));
		for (const { row, column, value } of changes) {
			if (value === undefined) delete row.corrections[column];
			else row.corrections[column] = value;
			row.typing = undefined;
			row.version++;
		}
		this.#fire("edited", changes.map(({ row, column, value }) => ({ row, column, value: value ?? null })));
		this.#ask(new Set([...twins, ...this.#twins(changes.map((it) => it.row))]));
	}

	/** What stands in an open cell, which nothing but the check needs to know yet. */
	type(row, column, value) {
		if (row.typing?.column === column && row.typing.value === value) return;
		const before = this.#twins([row]);
		row.typing = { column, value };
		row.version++;
		this.#ask(new Set([row, ...before, ...this.#twins([row])]), row);
	}

	/** The cell is closed; with what, "edit" says. */
	stopTyping(row) {
		if (!row.typing) return;
		const twins = this.#twins([row]);
		row.typing = undefined;
		row.version++;
		this.#ask(new Set([...twins, ...this.#twins([row])]));
	}

	/**
	 * Those as the file has them are as the import says; the others are the server's to judge, and who shares a username with them or did. Of
	 * what was applied nothing else is sent again.
	 *
	 * @param {Set<Row>} rows @param {Row} [open] the one whose cell is open, which shows by itself what stands there
	 */
	#ask(rows, open) {
		const touched = this.rows.filter((row) => row.isTouched);
		const names = new Set(touched.flatMap((row) => [row.username, row.firstUsername]).filter(Boolean));
		const asked = [];
		for (const row of rows) {
			if (row.isTouched || (!this.applied && names.has(row.username) && !row.isLeftOut)) asked.push(row);
			else this.#restore(row);
		}
		if (asked.length) this.#fire("judge", asked);
		const changed = [...rows].filter((row) => row !== open);
		if (changed.length) this.#fire("changed", changed); // a key in an open cell draws nothing
	}

	/** As the import says. */
	#restore(row) {
		row.verdict = undefined;
		row.checking = false;
		row.version++;
	}

	/** They and those with the same usernames, in the order of the file: of them the first counts. */
	#twins(rows) {
		const names = new Set(rows.map((row) => row.username));
		const records = new Set(rows);
		return this.rows.filter((row) => records.has(row) || (names.has(row.username) && this.#takesItsUsername(row)));
	}

	/**
	 * Whether no later record can have its username: of what was applied only what is corrected is sent again, and what is no record adds
	 * nobody. In an update the first one stands, whatever becomes of it.
	 */
	#takesItsUsername(row) {
		if (!row.editable || row.username === "") return false;
		return this.applied ? row.isTouched : this.action === "update" || !row.isLeftOut;
	}

	/** Those that must be judged together with one. */
	together(row) {
		return this.#twins([row]);
	}

	/** @param {Map<Row, any>} verdicts; of what is no record they say nothing: it was asked about for the sake of others */
	judged(verdicts) {
		for (const [row, verdict] of verdicts) {
			row.checking = false;
			if (!row.isLeftOut) row.verdict = verdict;
		}
		this.#fire("changed", [...verdicts.keys()]);
	}

	/**
	 * The draft as the server has it, what is still unsaved on top.
	 *
	 * @param {string} id of the import
	 * @param {{corrections: {recordNumber: number, cells: Record<string, string>}[]}} draft
	 * @param {Map<number, Record<string, string | null>>} unsaved by the record's number there
	 */
	adopt(id, draft, unsaved) {
		const saved = new Map(draft.corrections.map((it) => [it.recordNumber, it]));
		const changes = new Map();
		for (const row of this.rows) {
			if (row.home?.id !== id || !row.editable) continue;
			const cells = { ...saved.get(row.home.record)?.cells, ...unsaved.get(row.home.record) };
			const corrections = Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== null));
			if (!isSame(corrections, row.corrections)) changes.set(row, corrections);
		}
		if (changes.size === 0) return;
		const twins = this.#twins([...changes.keys()]);
		for (const [row, corrections] of changes) {
			row.corrections = corrections;
			row.version++;
		}
		this.#ask(new Set([...twins, ...this.#twins([...changes.keys()])]));
	}

	/** Other faulty records with the same cell, that may want the same. */
	alike(row, column, was) {
		if (!SHARED.includes(column)) return [];
		return this.rows.filter((it) => it !== row && it.editable && it.corrections[column] === undefined && it.value(column) === was
			&& it.notesAt(column).length > 0);
	}

	/** What is being judged, or could not be, is neither right nor wrong. */
	get counts() {
		const count = (is) => this.rows.filter(is).length;
		const as = (...outcomes) => count((row) => !row.checking && outcomes.includes(row.outcome));
		return {
			total: this.rows.length,
			ready: as("created", "updated", "unchanged"),
			created: as("created"),
			updated: as("updated"),
			faulty: as("rejected"),
			unknown: as("unknown"),
			warned: count((row) => row.warnings.length > 0),
			corrected: count((row) => row.isMended && !row.checking),
			checking: count((row) => row.checking),
		};
	}

	#fire(type, detail) {
		this.dispatchEvent(new CustomEvent(type, { detail }));
	}
}

function isSame(one, other) {
	const keys = Object.keys(one);
	return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/** Of a record that is too short the last columns are absent: those of the longest count, and what only a correction has. */
function columnsOf(rows) {
	const longest = rows.reduce((most, row) => (Object.keys(row.cells).length > most.length ? Object.keys(row.cells) : most), []);
	return [...new Set([...longest, ...rows.flatMap((row) => Object.keys(row.cells))])];
}
