import assert from "node:assert/strict";
import { test } from "node:test";
import "../static/assets/imports/table-step.js";
import { session } from "../static/assets/session.js";
import "./files.js";

session.reference.fields = ["Username", "Fname", "Lname"].map((column) => ({ id: column, column, required: true }));

/** What is said of a table whose columns are those. @param {[string, string | null][]} columns @param {[number, string][]} chosen by hand */
async function said(columns, ...chosen) {
	/** @type {any} */
	const step = document.createElement("table-step");
	step.table = {
		columns: columns.map(([title, column], index) => ({ index, title, column, samples: [], reason: "title" })),
		sheet: null,
		sheets: [],
		headerLine: 1,
		skippedLines: [],
		records: 2,
	};
	document.body.replaceChildren(step);
	for (const [index, target] of chosen) {
		await Promise.resolve();
		const select = step.querySelector(`#column-${index}`);
		select.value = target;
		select.dispatchEvent(new window.Event("change"));
	}
	await Promise.resolve();
	return step.querySelector("[role=status]").textContent.replace(/\s+/g, " ").trim();
}

test("what is lacking and what is ignored is said of one column and of several", async () => {
	assert.equal(
		await said([["Name", "Fname+Lname"]]),
		"No column goes into Username. Every record needs it. Choose a column for it. 2 records. No column is ignored.",
	);
	assert.equal(
		await said([
			["Login", "Username"],
			["", null],
			["Town", null],
		]),
		"No column goes into Fname and Lname. Every record needs them. Choose a column for each. 2 records. Ignored: Column 2 and Town.",
	);
});

test("columns whose place another one takes are named, also without a title", async () => {
	const columns = /** @type {[string, string | null][]} */ ([
		["Login", "Username"],
		["", "Fname"],
		["Last", "Lname"],
		["Name", null],
	]);
	assert.match(await said(columns, [3, "Lname"]), /^Last went there before and is ignored now\./);
	assert.match(await said(columns, [3, "Fname+Lname"]), /^Column 2 and Last went there before and are ignored now\./);
});
