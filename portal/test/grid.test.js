import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "../static/assets/imports/correction-grid.js";
import { session } from "../static/assets/session.js";
import { note, sheetOf, stored } from "./files.js";
import { answer, json, reset } from "./server.js";
import { told } from "./told.js";

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** @type {any} */
let grid;
/** @type {any} */
let sheet;

beforeEach(() => {
	reset();
	told.length = 0;
	answer("POST /api/organizations/validations", json({ results: [] }));
	session.reference.roles = [
		{ code: "DTC", title: "Coordinator", levels: ["district"], grants: ["TA", "STC"] },
		{ code: "TA", title: "Administrator", levels: ["school"], grants: [] },
		{ code: "STC", title: "School Coordinator", levels: ["school"], grants: [] },
	];
	document.body.replaceChildren((grid = document.createElement("correction-grid")));
	sheet = sheetOf([stored(1), stored(2), stored(3)]);
	grid.show(sheet, sheet.rows);
});

/** As after somebody else's corrections: the same records as others. */
function readAnew(rows = [stored(1), stored(2), stored(3)]) {
	sheet = sheetOf(rows);
	grid.show(sheet, sheet.rows);
}

/** @param {number} record @param {string} column @returns {any} */
const cell = (record, column) => grid.querySelectorAll(`tr[data-record="${record}"] > *`)[1 + sheet.columns.indexOf(column)];

/** @param {string} key */
function press(key) {
	document.activeElement?.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

/** @param {string} text */
function paste(text) {
	const event = new window.Event("paste", { bubbles: true, cancelable: true });
	document.activeElement?.dispatchEvent(Object.assign(event, { clipboardData: { getData: () => text } }));
}

/** @returns {any} the field of the open cell */
const field = () => grid.querySelector(".editor input, .editor select");

/** In the open cell. @param {string} key */
function pressInside(key) {
	field().dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

test("a cell that was opened and closed unchanged is not corrected", () => {
	readAnew([
		stored(1, { Role: "ta" }),
		stored(2, { Address: "6 Mill Lane\nAgawam" }),
		stored(3, { Address: "6 Mill Lane, Agawam" }, [note("record", "Too many values")]),
	]);
	for (const [record, column] of /** @type {[number, string][]} */ ([
		[1, "Role"],
		[2, "Address"],
		[3, "Address"],
	])) {
		grid.focusCell(sheet.byRecord.get(record), column);
		press("Enter");
		assert.ok(field());
		pressInside("Enter");
		assert.deepEqual(sheet.byRecord.get(record).corrections, {});
	}
	assert.equal(sheet.undoable, undefined);
});

test("one stays at the record and in the open cell when the rows are read anew", () => {
	grid.focusCell(sheet.rows[1], "Lname");
	press("S");
	field().value = "Smi";
	readAnew();
	assert.equal(field().value, "Smi");
	assert.ok(cell(2, "Lname").contains(field()));
	pressInside("Enter");
	assert.deepEqual(
		sheet.rows.map((/** @type {any} */ row) => row.corrections),
		[{}, { Lname: "Smi" }, {}],
	);
	assert.equal(document.activeElement, cell(3, "Lname"));
});

/** As where a longer record, whose columns are in another order, is among those that are shown. @param {number} record */
function longer(record) {
	const row = stored(record);
	return { ...row, cells: { Program: "", Fax: "", ...row.cells } };
}

test("one stays in the column and in the open cell when the columns are in another order since", () => {
	grid.focusCell(sheet.rows[1], "Lname");
	press("S");
	field().value = "Smi";
	readAnew([longer(1), stored(2), stored(3)]);
	assert.ok(cell(2, "Lname").contains(field()));
	readAnew();
	assert.equal(field().value, "Smi");
	pressInside("Enter");
	assert.deepEqual(sheet.rows[1].corrections, { Lname: "Smi" });
	assert.equal(document.activeElement, cell(3, "Lname"));
	grid.focusCell(sheet.rows[1], "Role");
	sheet = sheetOf([longer(1), stored(2), stored(3)]);
	sheet.rows[1].editable = false;
	grid.show(sheet, sheet.rows);
	assert.equal(document.activeElement, cell(2, "Role"));
});

test("what is typed for a column that is not shown any more goes into that column", () => {
	readAnew([longer(1), stored(2), stored(3)]);
	grid.focusCell(sheet.rows[0], "Fax");
	press("7");
	readAnew();
	assert.equal(field(), null);
	assert.deepEqual(sheet.rows[0].corrections, { Fax: "7" });
});

test("a cell that nobody has typed into is as it is read anew", () => {
	grid.focusCell(sheet.rows[1], "Lname");
	press("Enter");
	assert.equal(field().value, "One");
	readAnew([stored(1), stored(2, { Lname: "Two" }), stored(3)]);
	assert.equal(field(), null);
	assert.equal(document.activeElement, cell(2, "Lname"));
	assert.deepEqual(sheet.rows[1].corrections, {});
});

test("what is typed for a record that was sent meanwhile is said to have no place", () => {
	for (const shown of [3, 1]) {
		told.length = 0;
		readAnew();
		grid.focusCell(sheet.rows[1], "Lname");
		press("S");
		field().value = "Smi";
		sheet = sheetOf([stored(1), stored(2), stored(3)]);
		sheet.rows[1].editable = false;
		grid.show(sheet, sheet.rows.slice(0, shown));
		assert.deepEqual(told, ["Your change of Lname in record 2 was not saved."]);
		assert.deepEqual(sheet.rows[1].corrections, {});
	}
	readAnew();
	grid.focusCell(sheet.rows[0], "Fname");
	press("S");
	grid.remove();
	assert.equal(told.at(-1), "Your change of Fname in record 1 was not saved.");
});

test("organizations that are chosen go into the record for which the picker was opened, as it is by then", async () => {
	grid.focusCell(sheet.rows[1], "Org");
	press("Enter");
	press("Enter");
	await soon();
	assert.equal(document.querySelectorAll("dialog").length, 1);
	readAnew();
	grid.focusCell(sheet.rows[0], "Fname");
	const picker = document.querySelector("organization-picker");
	picker?.dispatchEvent(new window.CustomEvent("choose", { detail: ["0005-2", "0005-3"] }));
	/** @type {any} */ (document.querySelector("dialog .dialog-buttons button")).click();
	await soon();
	assert.deepEqual(
		sheet.rows.map((/** @type {any} */ row) => row.corrections),
		[{}, { Org: "0005-2|0005-3" }, {}],
	);
	assert.equal(document.activeElement, cell(2, "Org"));
});

test("a block that had no place, or went over records that are not shown, says so", () => {
	grid.show(sheet, [sheet.rows[0], sheet.rows[2]]);
	grid.focusCell(sheet.rows[0], "Role");
	paste("STC\nSTC");
	assert.deepEqual(told, ["The cells went into the records that are shown: 1, 3. Undo takes them back."]);
	paste("TA\nTA\nTA");
	assert.equal(told.at(-1), "Only 2 of the 3 pasted cells had a place here. Undo takes them back.");
	paste("TA\nTA\nTA");
	assert.equal(told.at(-1), "Only 2 of the 3 pasted cells had a place here.", "there is nothing to take back");
	grid.focusCell(sheet.rows[2], "Role");
	paste("STC\nSTC");
	assert.equal(told.at(-1), "Only 1 of the 2 pasted cells had a place here. Undo takes it back.");
	grid.show(sheet, sheet.rows);
	grid.focusCell(sheet.rows[0], "Role");
	paste("STC\nSTC\nSTC");
	assert.equal(told.length, 4);
	sheet.rows[0].editable = false;
	paste("TA");
	assert.equal(told.at(-1), "Nothing was pasted: these cells cannot be changed.");
});
