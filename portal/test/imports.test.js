import assert from "node:assert/strict";
import { test } from "node:test";
import { linesIn, Rate, size } from "../static/assets/imports/counting.js";
import { match, missing, proposed, targets } from "../static/assets/imports/matching.js";
import { stories } from "../static/assets/imports/stories.js";
import { maybeATable } from "../static/assets/imports/submit.js";
import { correctionsOf, popUpTitle, statusOf } from "../static/assets/imports/words.js";
import { wrongAction } from "../static/assets/imports/wrong-action.js";

const HEADER = "Username,Fname,Lname,Email,Role,Org\r\n";

for (const [what, text, records] of /** @type {[string, string, number][]} */ ([
	["with two", `${HEADER}ann,A,Be,a@b.example,TA,1\r\nbob,B,Be,b@b.example,TA,1`, 2],
	["with blank lines and bare commas", `${HEADER}\r\nann,A,Be,a@b.example,TA,1\r\n,,,,,\r\n \r\n`, 1],
	["with an address of two lines", `${HEADER}ann,A,Be,a@b.example,TA,"6 Mill Lane\r\nAgawam"\r\n`, 1],
	["with bare carriage returns", HEADER.replace("\r\n", "\r").concat("ann,A,Be,a@b.example,TA,1\rbob,B,Be,b,TA,1\r"), 2],
	["of tabs", "Username\tRole\nann\tTA\n", 1],
	["with columns alone", HEADER, 0],
	["that is empty", "", 0],
	["that is a picture", "PNG\0\0\n1\n2\n3", 0],
]))
	test(`a file ${what} has ${records} lines below its first`, async () => {
		const lines = await linesIn(new Blob([text]));
		assert.equal(Math.max(lines.length - 1, 0), records);
	});

test("cells are read without their quotes, in any encoding", async () => {
	const text = 'Fname,Address\nBj\u00f6rn,"6 ""Mill"" Lane,\nAgawam"\nNia,\n"Sam';
	const cells = [["Fname", "Address"], ["Bj\u00f6rn", '6 "Mill" Lane,\nAgawam'], ["Nia", ""], ['"Sam']];
	assert.deepEqual(await linesIn(new Blob([text])), cells);
	assert.deepEqual(await linesIn(new Blob([Uint8Array.from(text, (sign) => sign.charCodeAt(0))])), cells);
	assert.deepEqual(await linesIn(new Blob([Uint16Array.from(`\ufeff${text}`, (sign) => sign.charCodeAt(0))])), cells);
});

test("a rate follows a line that becomes slow", () => {
	const rate = new Rate();
	rate.note(0, 0);
	assert.equal(rate.perSecond, undefined);
	rate.note(3000, 1000);
	assert.equal(rate.perSecond, 3000);
	for (let second = 2; second < 20; second++) rate.note(3000 + second, second * 1000);
	assert.equal(rate.perSecond, 1);
});

test("sizes are words", () => {
	assert.deepEqual([1, 12, 12_345, 5_242_880].map(size), ["1 byte", "12 bytes", "12 kB", "5.2 MB"]);
});

const COLUMNS = [
	{ index: 0, title: "Name", column: "Lname+Fname", reason: "content" },
	{ index: 1, title: "E-mail", column: "Email", reason: "title" },
	{ index: 2, title: "Login", column: null, reason: null },
];

test("columns go where it is proposed, and what is lacking is named", () => {
	const chosen = proposed(COLUMNS);
	assert.deepEqual(
		[...chosen],
		[
			[0, "Lname+Fname"],
			[1, "Email"],
		],
	);
	assert.deepEqual(missing(chosen, ["Username", "Fname", "Lname", "Email"]), ["Username"]);
	assert.deepEqual(
		targets(["Fname"]).map(([value]) => value),
		["Fname", "Fname+Lname", "Lname+Fname", "Username+Email"],
	);
});

test("what a column takes from another one is nowhere then", () => {
	const { chosen, freed } = match(proposed(COLUMNS), 2, "Fname");
	assert.deepEqual(
		[...chosen],
		[
			[1, "Email"],
			[2, "Fname"],
		],
	);
	assert.deepEqual(freed, [0]);
	assert.deepEqual([...match(chosen, 2, "").chosen], [[1, "Email"]]);
	assert.deepEqual(match(chosen, 2, "Username").freed, []);
});

test("a preview, its import and what was corrected are one story, where the last of it happened", () => {
	const items = [
		{ id: "corrected", correctionOf: "applied" },
		{ id: "other" },
		{ id: "applied", previewOf: "preview" },
		{ id: "preview" },
		{ id: "of-another-page", previewOf: "long-ago" },
	];
	assert.deepEqual(
		stories(items).map(({ first, later }) => [first.id, ...later.map((it) => it.id)]),
		[["preview", "applied", "corrected"], ["other"], ["of-another-page"]],
	);
});

for (const [text, it] of /** @type {[string, any][]} */ ([
	["Being checked", { status: "processing", dryRun: true }],
	["Being applied", { status: "processing", dryRun: false }],
	["Preview, not applied", { status: "completed", dryRun: true, rejected: 2, open: 2 }],
	["Preview, applied", { status: "completed", dryRun: true, rejected: 2, committedAs: "2" }],
	["Applied", { status: "completed", dryRun: false, rejected: 4, open: 0 }],
	["4 records still open", { status: "completed", dryRun: false, rejected: 6, open: 4 }],
	["1 record still open", { status: "completed", dryRun: false, rejected: 1 }],
]))
	test(`the status of an import: ${text}`, () => assert.equal(statusOf(it).text, text));

test("corrections that nobody has applied are told", () => {
	assert.equal(correctionsOf({ corrections: 3 }), "3 corrected records, not applied yet");
	assert.equal(correctionsOf({ corrections: 0 }), "");
});

test("no pop-up says that a file was uploaded when nothing was", () => {
	assert.equal(popUpTitle({ dryRun: true, processed: 0, rejected: 1 }), "Preview");
	assert.equal(popUpTitle({ dryRun: false, processed: 0, rejected: 1 }), "No users uploaded");
	assert.equal(popUpTitle({ dryRun: false, processed: 2, rejected: 1 }), "File uploaded with errors");
	assert.equal(popUpTitle({ dryRun: false, processed: 2, rejected: 0 }), "File uploaded");
});

/** @param {string} code @param {...string} usernames */
const rows = (code, ...usernames) => usernames.map((Username) => ({ cells: { Username }, notes: [{ code }] }));

test("people to be added who are there already are to be updated, and the other way round", () => {
	const there = wrongAction({ action: "add", total: 2 }, rows("username-taken", "ann", "bob"));
	assert.deepEqual([there?.action, there?.found], ["update", "Both users of this file exist already."]);
	const most = wrongAction({ action: "add", total: 5 }, rows("username-taken", "ann", "bob", "cam"));
	assert.equal(most?.found, "3 users of this file exist already.");
	const none = wrongAction({ action: "update", total: 1 }, rows("user-unknown", "ann"));
	assert.deepEqual([none?.action, none?.offer], ["add", "Add Them Instead"]);
});

test("a row a school for one person is no sign of the wrong action, nor is any other fault", () => {
	assert.equal(wrongAction({ action: "add", total: 3 }, rows("username-taken", "ann", "Ann ")), undefined);
	assert.equal(wrongAction({ action: "add", total: 2 }, rows("role-unknown", "ann", "bob")), undefined);
	assert.equal(wrongAction({ action: "update", total: 2 }, rows("username-taken", "ann", "bob")), undefined);
});

test("what is no CSV, or does not name its columns, may be a table", () => {
	assert.ok(maybeATable({ code: "not-csv" }));
	assert.ok(maybeATable({ code: "unknown-column" }));
	assert.ok(!maybeATable({ code: "too-many-records" }));
});
