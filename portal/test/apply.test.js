import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { apply } from "../static/assets/imports/apply.js";
import { note, sheetOf, stored } from "./files.js";
import { answer, calls, json, problem, reset } from "./server.js";

const PREVIEW = { id: "i1", dryRun: true, mails: 12 };

/** What was said and asked, with what the answer was. @type {string[]} */
const said = [];

/** @type {any} */
let sheet;

beforeEach(() => {
	reset();
	said.length = 0;
	sheet = sheetOf([stored(1, { Role: "Teacher" }, [note("role")]), stored(2), stored(3)]);
});

/** Applies, and answers whatever is asked with its first button. @param {any} it @param {object} corrections */
async function applied(it, corrections = {}) {
	const pressing = setInterval(() => {
		const dialog = document.querySelector("dialog");
		if (!dialog) return;
		said.push(String(dialog.textContent).replace(/\s+/g, " "));
		/** @type {HTMLElement} */ (dialog.querySelector("button")).click();
	}, 1);
	try {
		return await apply(
			it,
			sheet,
			/** @type {any} */ ({ settled: async () => {}, etagOf: () => '"1"', readAgain: async () => {}, ...corrections }),
		);
	} finally {
		clearInterval(pressing);
	}
}

test("a preview is applied with the draft that was shown, after what becomes of its records was said", async () => {
	answer("POST /api/imports/i1/commit", json({ id: "i2" }, 202));
	assert.deepEqual(await applied(PREVIEW), { applied: [{ id: "i2" }] });
	assert.match(said[0], /2 user accounts will be created and 0 user accounts updated\. 12 emails will be sent\./);
	assert.match(said[0], /2 of 3 records will be applied\. 1 rejected record will be left out: you can correct it afterwards\./);
	assert.equal(calls[0].headers["If-Match"], '"1"');
});

test("nothing is said of a record's outcome while nobody knows it", async () => {
	answer("POST /api/imports/i1/commit", json({ id: "i2" }, 202));
	sheet.rows[0].checking = true;
	sheet.judged(new Map([[sheet.rows[1], { outcome: "unknown", notes: [] }]]));
	await applied(PREVIEW);
	assert.match(said[0], /At least 1 user account will be created and 0/);
	assert.match(said[0], /2 records could not be checked yet\./);
	assert.doesNotMatch(said[0], /left out/);
});

test("what is known is the least of what becomes of a preview", async () => {
	answer("POST /api/imports/i1/commit", json({ id: "i2" }, 202));
	sheet.edit("", [{ row: sheet.rows[1], column: "Role", value: "Nobody" }]);
	sheet.judged(new Map([[sheet.rows[1], { outcome: "unknown", notes: [] }]]));
	await applied(PREVIEW);
	assert.doesNotMatch(said[0], /email/);
	assert.match(said[0], /At least 1 of 3 records will be applied\. At least 1 rejected record will be left out/);
});

test("a preview that was applied elsewhere meanwhile is said to be", async () => {
	answer("POST /api/imports/i1/commit", problem(412, "draft-changed"));
	answer("GET /api/imports/i1", json({ ...PREVIEW, committedAs: "i2" }));
	assert.deepEqual(await applied(PREVIEW), { applied: [] });
	assert.match(said[1], /^ ?This preview has been applied already/);
});

test("corrections that were changed elsewhere meanwhile are read and shown before they are applied", async () => {
	answer("POST /api/imports/i1/commit", problem(412, "draft-changed"));
	answer("GET /api/imports/i1", json(PREVIEW));
	let read = 0;
	assert.deepEqual(await applied(PREVIEW, { readAgain: async () => read++ }), { applied: [] });
	assert.equal(read, 1);
	assert.match(said[1], /nothing has been applied from here/);
});

test("what was sent of a chain of corrections counts, also when the rest could not be", async () => {
	answer("POST /api/imports/i1/commit", json({ id: "i3" }, 202));
	answer("POST /api/imports/i2/commit", problem(503, "unavailable"));
	const it = { id: "i1", dryRun: false };
	const result = await applied(it, {
		handedIn: new Map([
			["i1", 1],
			["i2", 1],
		]),
	});
	assert.deepEqual([result.applied, result.problem.status], [[{ id: "i3" }], 503]);
});

test("of a preview of which nothing is known yet no number is said", async () => {
	answer("POST /api/imports/i1/commit", json({ id: "i2" }, 202));
	sheet.judged(new Map([1, 2].map((index) => [sheet.rows[index], { outcome: "unknown", notes: [] }])));
	await applied(PREVIEW);
	assert.match(said[0], /It is not known yet how many user accounts will be created or updated\./);
	assert.match(said[0], /At least 1 rejected record will be left out: you can correct it afterwards\./);
	assert.doesNotMatch(said[0], /At least 0/);
});

const RIGHT = { outcome: "created", notes: [] };
const WRONG = { outcome: "rejected", notes: [note("role")] };
const UNKNOWN = { outcome: "unknown", notes: [] };

/** What is asked before corrected records are applied. @param {object[]} verdicts of the corrected ones */
async function askedOf(...verdicts) {
	sheet = sheetOf(verdicts.map((_, index) => stored(index + 1, { Role: "Teacher" }, [note("role")])));
	for (const row of sheet.rows) sheet.edit("", [{ row, column: "Role", value: "TA" }]);
	sheet.judged(new Map(verdicts.map((verdict, index) => [sheet.rows[index], verdict])));
	answer("POST /api/imports/i1/commit", json({ id: "i2" }, 202));
	said.length = 0;
	await applied({ id: "i1", dryRun: false }, { handedIn: new Map([["i1", verdicts.length]]) });
	return said[0].replace(/^ ?Apply the corrected records\? | ?Apply Cancel ?$/g, "").trim();
}

test("corrected records are counted before they are applied as in the bar: what is right, still wrong, and not checked", async () => {
	assert.equal(await askedOf(RIGHT, RIGHT), "2 corrected records will be applied.");
	assert.equal(sheet.counts.corrected, 2);
	sheet.rows[0].checking = true;
	assert.equal(sheet.counts.corrected, 1, "what is being checked is counted as that");
	assert.equal(
		await askedOf(RIGHT, WRONG),
		"1 corrected record will be applied. 1 more record was changed but is still not right: it will be rejected again, and you can correct it here afterwards.",
	);
	assert.equal(
		await askedOf(UNKNOWN, WRONG, WRONG),
		"2 records were changed but are still not right: they will be rejected again, and you can correct them here afterwards. 1 record could not be checked yet. It is checked when you apply, and what is rejected can be corrected afterwards.",
	);
});
