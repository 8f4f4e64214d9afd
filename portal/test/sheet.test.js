import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf, textOf } from "../static/assets/imports/clipboard.js";
import { decisionsOf } from "../static/assets/imports/decisions.js";
import { moved } from "../static/assets/imports/grid-keys.js";
import { Sheet } from "../static/assets/imports/sheet.js";
import { stateOf } from "../static/assets/imports/states.js";
import { note, sheetOf, stored } from "./files.js";

/** @param {any} sheet @param {number} record @param {Record<string, string>} cells */
function edit(sheet, record, cells) {
	const row = sheet.byRecord.get(record);
	sheet.edit(
		"",
		Object.entries(cells).map(([column, value]) => ({ row, column, value })),
	);
	return row;
}

/** @param {any} sheet @param {any} row @param {any[]} notes */
function judge(sheet, row, notes = []) {
	sheet.judged(new Map([[row, { outcome: notes.length ? "rejected" : "created", notes, warnings: [], changes: [], values: row.values }]]));
}

test("what is corrected and what is wrong never stand together", () => {
	const sheet = sheetOf([stored(1, { Role: "Teacher" }, [note("role", "Invalid role")])]);
	const row = edit(sheet, 1, { Role: "Princ" });
	assert.deepEqual(row.notesAt("Role"), []);
	judge(sheet, row, [note("role", "Invalid role")]);
	assert.equal(stateOf(row, false).words, "Still to correct");
	assert.deepEqual([sheet.counts.faulty, sheet.counts.corrected], [1, 0]);
	assert.equal(row.notesAt("Role").length, 1);
	edit(sheet, 1, { Role: "TA" });
	assert.deepEqual(row.notesAt("Role"), []);
	assert.notEqual(stateOf(row, false).words, "Corrected");
	judge(sheet, row);
	assert.equal(stateOf(row, false).words, "Corrected");
	assert.deepEqual(sheet.counts, {
		total: 1,
		ready: 1,
		created: 1,
		updated: 0,
		faulty: 0,
		unknown: 0,
		warned: 0,
		corrected: 1,
		checking: 0,
	});
});

test("what became as it came is no correction, and the import's word holds again", () => {
	const sheet = sheetOf([stored(1, { Role: "Teacher" }, [note("role")])]);
	const row = edit(sheet, 1, { Role: "TA" });
	judge(sheet, row);
	edit(sheet, 1, { Role: "Teacher" });
	assert.ok(!row.isCorrected);
	assert.ok(row.isFaulty);
	assert.equal(row.notesAt("Role").length, 1);
});

test("a record that is none as it came is one when it is said to be meant so", () => {
	const sheet = sheetOf([stored(1, { Address: "6 Mill Lane, Agawam" }, [note("record", "Too many values")])]);
	const [row] = sheet.rows;
	assert.equal(row.notesBeside(sheet.columns).length, 1);
	assert.equal(decisionsOf(sheet)[0].title, "Take Address as it is, 1 record");
	sheet.edit("", decisionsOf(sheet)[0].changes);
	assert.deepEqual(row.corrections, { Address: "6 Mill Lane, Agawam" });
	assert.deepEqual(decisionsOf(sheet), []);
});

test("what records suggest for another one's cell is a decision about that one, once", () => {
	const joined = { field: "organizations", value: "0005-1|0005-2|0005-3", recordNumber: 1, reason: "All of them" };
	const sheet = sheetOf([
		stored(1, { Username: "same" }),
		stored(2, { Username: "same", Org: "0005-2" }, [note("username")], [joined]),
		stored(3, { Username: "same", Org: "0005-3" }, [note("username")], [joined]),
	]);
	const decisions = decisionsOf(sheet);
	assert.deepEqual(
		decisions.flatMap((it) => it.changes.map(({ row, value }) => [row.record, value])),
		[[1, joined.value]],
	);
	assert.deepEqual(sheet.rows[1].suggestionsAt("Org"), []);
});

test("a block is one step, taken back and done again as one", () => {
	const sheet = sheetOf([stored(1), stored(2), stored(3)]);
	/** @type {any[]} */
	const saved = [];
	sheet.addEventListener("edited", (event) => saved.push(/** @type {CustomEvent} */ (event).detail.length));
	sheet.edit(
		"paste",
		sheet.rows.map((row) => ({ row, column: "Role", value: "STC" })),
	);
	edit(sheet, 2, { Fname: "Kim" });
	assert.equal(sheet.undo()?.row.record, 2);
	assert.equal(sheet.undoable, "paste");
	sheet.undo();
	assert.deepEqual(
		sheet.rows.map((row) => row.isCorrected),
		[false, false, false],
	);
	assert.equal(sheet.undo(), undefined);
	sheet.redo();
	assert.deepEqual(
		sheet.rows.map((row) => row.value("Role")),
		["STC", "STC", "STC"],
	);
	assert.equal(sheet.rows[1].value("Fname"), "Pat");
	assert.deepEqual(saved, [3, 1, 1, 3, 3]);
});

test("what nobody may correct stays", () => {
	const sheet = sheetOf([stored(1)]);
	sheet.rows[0].editable = false;
	edit(sheet, 1, { Role: "STC" });
	assert.equal(sheet.undoable, undefined);
	assert.equal(sheet.rows[0].value("Role"), "TA");
});

test("records of one username are judged together, before the change and after it", () => {
	const sheet = sheetOf([
		stored(1, { Username: "same" }),
		stored(2, { Username: "Same " }, [note("username")]),
		stored(3, { Username: "other" }),
	]);
	/** @type {number[][]} */
	const asked = [];
	sheet.addEventListener("judge", (event) =>
		asked.push(/** @type {CustomEvent} */ (event).detail.map((/** @type {any} */ it) => it.record)),
	);
	edit(sheet, 1, { Username: "other" });
	assert.deepEqual(asked.pop(), [1, 2, 3]);
	edit(sheet, 2, { Username: "second" });
	assert.deepEqual(asked.pop(), [2]);
});

test("who shared a username until somebody types another one is judged again", () => {
	const sheet = sheetOf([stored(1), stored(2), stored(3)]);
	const [open, second, third] = sheet.rows;
	sheet.type(open, "Username", "pat.2");
	sheet.judged(
		new Map([
			[open, { outcome: "created", notes: [] }],
			[second, { outcome: "rejected", notes: [note("username")], values: second.values }],
		]),
	);
	/** @type {any[]} */
	const asked = [];
	/** @type {any[]} */
	const changed = [];
	sheet.addEventListener("judge", (event) => asked.push(/** @type {CustomEvent} */ (event).detail));
	sheet.addEventListener("changed", (event) => changed.push(.../** @type {CustomEvent} */ (event).detail));
	sheet.type(open, "Username", "pat.3");
	assert.deepEqual(asked.pop(), [open, third]);
	assert.deepEqual([second.outcome, second.verdict], ["created", undefined]);
	assert.deepEqual(changed, [second, third]);
});

test("a record that is none shares its username with nobody, also after its correction was taken back", () => {
	const sheet = sheetOf([stored(1, { Username: "same" }, [note("record", "Too many values")]), stored(2, { Username: "same" })]);
	const [none, other] = sheet.rows;
	edit(sheet, 2, { Role: "STC" });
	edit(sheet, 1, { Address: "6 Mill Lane" });
	/** @type {any[]} */
	const asked = [];
	sheet.addEventListener("judge", (event) => asked.push(/** @type {CustomEvent} */ (event).detail));
	sheet.undo();
	assert.deepEqual(asked, [[other]]);
	assert.deepEqual([none.outcome, none.checking], ["rejected", false]);
});

test("in an update a record that is none has taken its username, and stays none", () => {
	const rows = [stored(1, { Username: "same" }, [note("record", "Too many values")]), stored(2, { Username: "same" })];
	const sheet = new Sheet({ ...sheetOf(rows), action: "update" });
	const [none, other] = sheet.rows;
	edit(sheet, 2, { Role: "STC" });
	assert.deepEqual(sheet.together(other), [none, other]);
	sheet.judged(new Map(sheet.rows.map((row) => [row, { outcome: "updated", notes: [] }])));
	assert.deepEqual([none.outcome, other.outcome], ["rejected", "updated"]);
});

test("of a file that was applied only what is corrected is sent, and judged together", () => {
	const rows = [1, 2, 3].map((record) => stored(record, { Username: "same" }, [note("username")]));
	const sheet = new Sheet({ ...sheetOf(rows), action: "update", applied: true });
	edit(sheet, 2, { Role: "STC" });
	edit(sheet, 3, { Role: "STC" });
	assert.deepEqual(sheet.together(sheet.rows[2]), sheet.rows.slice(1));
	/** @type {any[]} */
	const asked = [];
	sheet.addEventListener("judge", (event) => asked.push(/** @type {CustomEvent} */ (event).detail));
	sheet.undo();
	assert.deepEqual(asked, [[sheet.rows[1]]]);
	assert.deepEqual([sheet.rows[2].outcome, sheet.rows[2].checking], ["rejected", false]);
});

test("what is not judged counts as nothing else", () => {
	const sheet = sheetOf([stored(1, { Role: "Teacher" }, [note("role")]), stored(2), stored(3)]);
	const [first, second] = sheet.rows;
	first.checking = true;
	sheet.judged(new Map([[second, { outcome: "unknown", notes: [] }]]));
	const { ready, created, faulty, unknown, checking } = sheet.counts;
	assert.deepEqual({ ready, created, faulty, unknown, checking }, { ready: 1, created: 1, faulty: 0, unknown: 1, checking: 1 });
});

test("the columns are those of the longest record", () => {
	const short = stored(1);
	short.cells = /** @type {any} */ ({ Username: "u", Fname: "F" });
	assert.equal(sheetOf([short, stored(2)]).columns.length, 8);
});

test("equal faults are one decision, the most frequent first", () => {
	const sheet = sheetOf([
		stored(1, { Role: "Teacher" }, [note("role")], [{ field: "role", value: "TA" }]),
		stored(2, { Org: "350000-350302" }, [note("organizations")], [{ field: "organizations", value: "00350000-00350302" }]),
		stored(3, { Org: "50000-50303" }, [note("organizations")], [{ field: "organizations", value: "00050000-00050303" }]),
		stored(4, { Org: "3480000" }, [note("organizations")], [{ field: "organizations", value: "03480000" }]),
		stored(5, { Phone: "(508) 555-0101" }, [note("phone")], [{ field: "phone", value: "508-555-0101", reason: "The same number" }]),
		stored(
			6,
			{ Org: "Doherty" },
			[note("organizations")],
			[{ field: "organizations", value: "0348-0512", reason: "The code of Doherty High" }],
		),
		stored(7, { Role: "Teacher" }, [note("role")], [{ field: "role", value: "TA" }]),
		stored(
			8,
			{ Role: "Lead" },
			[note("role")],
			[
				{ field: "role", value: "TA" },
				{ field: "role", value: "STC" },
			],
		),
	]);
	assert.deepEqual(
		decisionsOf(sheet).map((it) => it.title),
		[
			"Restore the zeros in 3 records",
			'Role "Teacher" → TA, 2 records',
			"Phone: the same number, 1 record",
			'Org "Doherty" → Doherty High, 1 record',
		],
	);
});

test("one correction by hand is offered to its like, as soon as it is right", () => {
	const sheet = sheetOf([
		stored(1, { Role: "Princ" }, [note("role")]),
		stored(2, { Role: "Princ" }, [note("role")]),
		stored(3, { Role: "Princ" }),
		stored(4, { Username: "x" }, [note("username")]),
		stored(5, { Username: "x" }, [note("username")]),
	]);
	const row = edit(sheet, 1, { Role: "STC" });
	row.checking = true;
	assert.deepEqual(decisionsOf(sheet), []);
	judge(sheet, row);
	judge(sheet, edit(sheet, 4, { Username: "xxxx" }));
	const [decision, ...others] = decisionsOf(sheet);
	assert.deepEqual([decision.title, decision.taught, others.length], ['Role "Princ" → STC, 1 record', true, 0]);
	assert.equal(decision.changes[0].row.record, 2);
});

test("a draft of another device is taken over, and what is unsaved here stays on top", () => {
	const sheet = sheetOf([stored(1), stored(2), stored(3)]);
	edit(sheet, 2, { Role: "STC" });
	const draft = { corrections: [{ recordNumber: 1, cells: { Role: "RAO" } }] };
	sheet.adopt("i1", draft, new Map([[2, { Role: "STC" }]]));
	assert.deepEqual(
		sheet.rows.map((row) => row.corrections),
		[{ Role: "RAO" }, { Role: "STC" }, {}],
	);
	sheet.adopt("other", { corrections: [] }, new Map());
	assert.ok(sheet.rows[0].isCorrected);
	sheet.adopt("i1", { corrections: [] }, new Map([[2, { Role: null }]]));
	assert.ok(!sheet.rows.some((row) => row.isCorrected));
});

for (const [name, text, rows] of /** @type {[string, string, string[][]][]} */ ([
	["one cell", "TA", [["TA"]]],
	["a column as spreadsheets end it", "TA\r\nSTC\r\n", [["TA"], ["STC"]]],
	[
		"a block with an empty cell",
		"a\t\tc\nd\te\tf",
		[
			["a", "", "c"],
			["d", "e", "f"],
		],
	],
	["a line break and quotes in a cell", '"1 Main St\nApt ""2"""\tx', [['1 Main St\nApt "2"', "x"]]],
	["a quote that is only one", '5"\t"x', [['5"', '"x']]],
]))
	test(`${name} is pasted as it was copied`, () => {
		assert.deepEqual(cellsOf(text), rows);
		assert.deepEqual(cellsOf(textOf(rows)), rows);
	});

test("keys lead as in a sheet, and Tab out of it at the end of a row", () => {
	const size = { rows: 3, columns: 4 };
	const go = (/** @type {string} */ key, /** @type {object} */ more = {}) => {
		const to = moved({ key, ...more }, { row: 1, column: 3 }, size);
		return to && [to.row, to.column];
	};
	assert.deepEqual(go("ArrowUp"), [0, 3]);
	assert.deepEqual(go("ArrowDown"), [2, 3]);
	assert.deepEqual(go("ArrowRight"), [1, 3]);
	assert.deepEqual(go("ArrowLeft", { ctrlKey: true }), [1, 0]);
	assert.deepEqual(go("End", { ctrlKey: true }), [2, 3]);
	assert.deepEqual(go("Home", { ctrlKey: true }), [0, 0]);
	assert.deepEqual(go("PageDown"), [2, 3]);
	assert.deepEqual(go("Tab", { shiftKey: true }), [1, 2]);
	assert.equal(go("Tab"), undefined);
	assert.equal(go("x"), undefined);
});
