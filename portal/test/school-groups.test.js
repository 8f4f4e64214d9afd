import assert from "node:assert/strict";
import { test } from "node:test";
import "../static/assets/imports/school-groups.js";
import { Sheet } from "../static/assets/imports/sheet.js";
import { note, sheetOf, stored } from "./files.js";
import { answer, json } from "./server.js";

const ROWS = [1, 2, 3].map((record) => stored(record, { Role: "Teacher" }, [note("role")]));

/**
 * What stands beside the only school, after the first record was corrected and found right, the second corrected and found wrong.
 *
 * @param {boolean} applied @param {string} first what becomes of the first
 */
async function countsOf(applied, first = "created") {
	answer("POST /api/organizations/validations", json({ results: [] }));
	const sheet = new Sheet({ ...sheetOf([...ROWS, stored(4)]), applied });
	const [row] = sheet.rows;
	sheet.edit("", [{ row, column: "Role", value: "TA" }]);
	const wrong = sheet.rows[1];
	sheet.edit("", [{ row: wrong, column: "Role", value: "Teach" }]);
	sheet.judged(
		new Map([
			[row, { outcome: first, notes: [] }],
			[wrong, { outcome: "rejected", notes: [note("role")] }],
		]),
	);
	/** @type {any} */
	const groups = document.createElement("school-groups");
	groups.sheet = sheet;
	document.body.replaceChildren(groups);
	await Promise.resolve();
	return groups.querySelector(".school-counts").textContent;
}

test("of a preview it is counted what would become of its records by now", async () => {
	assert.equal(await countsOf(false), "2 new, 2 to correct");
});

test("of a preview that nobody can correct here none is to be corrected", async () => {
	const sheet = sheetOf(ROWS);
	for (const row of sheet.rows) row.editable = false;
	/** @type {any} */
	const groups = document.createElement("school-groups");
	groups.sheet = sheet;
	document.body.replaceChildren(groups);
	await Promise.resolve();
	assert.equal(groups.querySelector(".school-counts").textContent, "3 rejected");
	assert.equal(groups.querySelector("tbody .tag").textContent, "Rejected");
});

test("of what was applied it is counted what became of it, and apart what is only corrected", async () => {
	assert.equal(await countsOf(true), "1 created, 2 rejected, 1 corrected but not applied yet");
});

test("of what was applied nothing is said to be corrected of which nobody could say whether it is right", async () => {
	assert.equal(await countsOf(true, "unknown"), "1 created, 2 rejected, 1 changed but not checked");
	assert.equal(document.querySelector("tbody .tag")?.textContent, "Changed, not checked");
});
