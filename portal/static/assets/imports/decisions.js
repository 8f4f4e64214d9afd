import { counted } from "../ui/dates.js";

/**
 * @typedef {{key: string, title: string, taught: boolean, guessed: boolean, changes: {row: import("./row.js").Row, column: string, before: string,
 *     value: string, reason?: string}[]}} Decision taught: by a correction made by hand; otherwise the server suggests it.
 *     guessed: nobody takes it along unseen
 */

/** Without the zeros that a spreadsheet takes from the front of a number. */
const withoutZeros = (text) => text.split("|").map((code) => code.trim().replace(/(^|-)0+(?=\d)/g, "$1")).join("|");
/** Reasons that are another one for each cell. */
const OWN_REASON = /^The (code|ID) of /;
const GUESSED = /^A guess/;

/** What kind of change it is: equal kinds are one decision, all others one for each pair of words. */
/** @type {{is: (change: any) => boolean, key: (change: any) => string, title: (change: any, count: string) => string}[]} */
const KINDS = [
	{
		is: ({ before, value }) => before === value,
		key: ({ column }) => `keep ${column}`,
		title: ({ column }) => `Take ${column} as it is`,
	},
	{
		is: ({ before, value }) => withoutZeros(before) === withoutZeros(value),
		key: ({ column }) => `zeros ${column}`,
		title: (_, count) => `Restore the zeros in ${count}`,
	},
	{
		is: ({ column, reason }) => column !== "Role" && Boolean(reason) && !OWN_REASON.test(reason),
		key: ({ column, reason }) => `${column} ${reason}`,
		title: ({ column, reason }) => `${column}: ${reason[0].toLowerCase()}${reason.slice(1)}`,
	},
	{
		is: () => true,
		key: ({ column, before, value }) => JSON.stringify([column, before, value]),
		title: ({ column, before, value, reason }) => `${column} ${before === "" ? "(blank)" : `"${before}"`} → ${
			column === "Org" && reason ? reason.replace(OWN_REASON, "") : value || "(blank)"}`,
	},
];

const kindOf = (change) => KINDS.find((it) => it.is(change));

/**
 * "Fix all like this": equal faults with an equal way out, each kind once: first what a correction just made leads to, then the
 * most frequent.
 *
 * @param {import("./sheet.js").Sheet} sheet
 * @returns {Decision[]}
 */
export function decisionsOf(sheet) {
	/** @type {Map<string, Decision>} */
	const found = new Map();
	const taken = new Set();
	const add = (taught, change) => {
		const cell = `${change.row.record} ${change.column}`;
		if (taken.has(cell)) return;
		taken.add(cell);
		const key = kindOf(change).key(change);
		if (!found.has(key)) found.set(key, { key, title: "", taught, guessed: GUESSED.test(change.reason ?? ""), changes: [] });
		found.get(key).changes.push(change);
	};
	for (const change of taughtBy(sheet)) add(true, change);
	for (const change of suggestedIn(sheet)) add(false, change);
	const decisions = [...found.values()].map((it) => ({ ...it, title: titleOf(it.changes) }));
	return decisions.sort((one, other) => Number(other.taught) - Number(one.taught) || other.changes.length - one.changes.length);
}

function titleOf(changes) {
	const [first] = changes;
	const count = counted(new Set(changes.map((it) => it.row)).size, "record");
	const title = kindOf(first).title(first, count);
	return title.endsWith(count) ? title : `${title}, ${count}`;
}

/** What was corrected by hand and is right now, where others have the same fault. */
function* taughtBy(sheet) {
	for (const row of sheet.rows) {
		if (row.checking || !row.isCorrected) continue;
		for (const [column, value] of Object.entries(row.corrections)) {
			if (row.notesAt(column).length > 0 || row.outcome === "unknown") continue;
			const before = row.cells[column] ?? "";
			for (const other of sheet.alike(row, column, before)) yield { row: other, column, before, value };
		}
	}
}

/** Where there are several ways a person must choose one in the cell. */
function* suggestedIn(sheet) {
	for (const row of sheet.rows) {
		if (!row.editable) continue;
		for (const column of sheet.columns) {
			const ways = row.suggestionsAt(column);
			if (ways.length === 1) yield { row, column, before: row.value(column), value: ways[0].value, reason: ways[0].reason };
		}
	}
}
