import assert from "node:assert/strict";
import { test } from "node:test";
import "../static/assets/imports/fix-all.js";
import { note, sheetOf, stored } from "./files.js";

test("a fix goes into the rows as they are read anew while one looks at it, but not over what somebody else corrected", async () => {
	const wrong = [1, 2, 3].map((record) => stored(record, { Role: "Teacher" }, [note("role")], [{ field: "role", value: "TA" }]));
	/** @type {any} */
	const page = document.createElement("fix-all");
	page.sheet = sheetOf(wrong);
	document.body.replaceChildren(page);
	await Promise.resolve();
	page.querySelector(".decisions button").click();
	const sheet = sheetOf(wrong);
	sheet.rows[1].corrections = { Role: "STC" };
	page.sheet = sheet;
	/** @type {any} */ (document.querySelector("dialog .dialog-buttons button")).click();
	await Promise.resolve();
	await Promise.resolve();
	assert.deepEqual(
		sheet.rows.map((row) => row.corrections),
		[{ Role: "TA" }, { Role: "STC" }, { Role: "TA" }],
	);
});
