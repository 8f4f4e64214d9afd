import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "../static/assets/imports/fix-all.js";
import { note, sheetOf, stored } from "./files.js";
import { told } from "./told.js";

const WRONG = [1, 2, 3].map((record) => stored(record, { Role: "Teacher" }, [note("role")], [{ field: "role", value: "TA" }]));

/** @type {any} */
let page;

beforeEach(() => {
	told.length = 0;
	page = document.createElement("fix-all");
});

/** Takes the fix, while the records are read anew as they are with these corrections. @param {(sheet: any) => void} change */
async function fix(change = () => {}) {
	page.sheet = sheetOf(WRONG);
	document.body.replaceChildren(page);
	await Promise.resolve();
	page.querySelector(".decisions button").click();
	const sheet = sheetOf(WRONG);
	change(sheet);
	page.sheet = sheet;
	/** @type {any} */ (document.querySelector("dialog .dialog-buttons button")).click();
	await Promise.resolve();
	await Promise.resolve();
	return sheet.rows.map((row) => row.corrections);
}

test("a fix goes into the rows as they are read anew while one looks at it", async () => {
	assert.deepEqual(await fix(), [{ Role: "TA" }, { Role: "TA" }, { Role: "TA" }]);
	assert.deepEqual(told, []);
});

test("a fix does not go over what was changed or sent elsewhere meanwhile, and says so", async () => {
	assert.deepEqual(await fix((sheet) => (sheet.rows[1].corrections = { Role: "STC" })), [{ Role: "TA" }, { Role: "STC" }, { Role: "TA" }]);
	assert.equal(told.at(-1), "Only 2 of the 3 cells were corrected: the other one has been changed or applied elsewhere meanwhile.");
	const corrections = await fix((sheet) => {
		sheet.rows[0].editable = false;
		sheet.rows[1].corrections = { Role: "STC" };
	});
	assert.deepEqual(corrections, [{}, { Role: "STC" }, { Role: "TA" }]);
	assert.equal(told.at(-1), "Only 1 of the 3 cells was corrected: the others have been changed or applied elsewhere meanwhile.");
});

test("a fix of which nothing is left says that nothing was corrected", async () => {
	const corrections = await fix((sheet) => {
		for (const row of sheet.rows) row.editable = false;
	});
	assert.deepEqual(corrections, [{}, {}, {}]);
	assert.deepEqual(told, ["Nothing was corrected: these cells have been changed or applied elsewhere meanwhile."]);
});
