import assert from "node:assert/strict";
import { test } from "node:test";
import { session } from "../static/assets/session.js";

/** @type {{matches: boolean, addEventListener: (type: string, changed: () => void) => void, changed: () => void}} */
const paper = { matches: false, changed: () => {}, addEventListener: (_type, changed) => (paper.changed = changed) };
Object.assign(globalThis, { matchMedia: () => paper });
await import("../static/assets/imports/import-paper.js");

const row = (/** @type {number} */ record) => ({
	record,
	judgement: { notes: record === 51 ? [{ message: "Invalid role" }, { message: "Invalid email address" }] : [] },
	outcome: record === 51 ? "rejected" : "created",
	isFaulty: record === 51,
	value: (/** @type {string} */ column) => `${column} ${record}`,
});

test("an import goes on paper as a table a page, of fifty records each, when it is asked for", () => {
	session.config = { timeZone: "America/New_York" };
	const screen = /** @type {any} */ (document.createElement("import-paper"));
	screen.import = { fileName: "staff.csv", action: "add", dryRun: false, submittedAt: "2026-12-02T20:34:00Z" };
	screen.sheet = { rows: Array.from({ length: 120 }, (_, i) => row(i + 1)), applied: true };
	document.body.replaceChildren(screen);
	assert.equal(screen.children.length, 0);
	window.dispatchEvent(new window.Event("beforeprint"));
	const pages = [...screen.querySelectorAll("table")];
	assert.deepEqual(
		pages.map((page) => page.querySelectorAll("tbody tr").length),
		[50, 50, 20],
	);
	assert.match(pages[1].querySelector("caption").textContent.replace(/\s+/g, " "), /staff\.csv · Add New Users · .* page 2 of 3/);
	const cells = [...pages[1].querySelector("tbody tr").children].map((it) => it.textContent);
	assert.deepEqual(cells, [
		"51",
		"Username 51",
		"Fname 51",
		"Lname 51",
		"Role 51",
		"Org 51",
		"Rejected",
		"Invalid role; Invalid email address",
	]);
	window.dispatchEvent(new window.Event("afterprint"));
	assert.equal(screen.children.length, 0);
	paper.matches = true;
	paper.changed();
	assert.equal(screen.querySelectorAll("table").length, 3);
});
