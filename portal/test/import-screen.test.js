import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import "../static/assets/imports/import-screen.js";
import { start } from "../static/assets/router.js";
import { note, stored } from "./files.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";
import { told } from "./told.js";

const IMPORT = {
	action: "add",
	fileName: "staff.csv",
	status: "completed",
	submittedBy: "pat",
	submittedAt: "2026-05-04T10:00:00Z",
	message: "",
	total: 3,
	processed: 2,
	rejected: 1,
	created: 2,
	updated: 0,
};

/** @type {any} */
let screen;

beforeEach(() => {
	reset();
	told.length = 0;
	document.body.replaceChildren();
	sessionStorage.clear();
	answer("POST /api/organizations/validations", json({ results: [] }));
});

afterEach(() => screen.remove());

/** @param {any} it @param {any[]} rows @param {object} draft */
function answerWith(it, rows, draft = {}) {
	answer(`GET /api/imports/${it.id}`, json({ ...IMPORT, ...it }));
	answer(`GET /api/imports/${it.id}/rows?page=0&size=500`, json({ items: rows, totalPages: 1 }));
	answer(`GET /api/imports/${it.id}/draft`, json({ corrections: [], sent: [], ...draft }, 200, { ETag: '"1"' }));
}

/** @param {string} id */
function open(id) {
	screen = document.createElement("import-screen");
	screen.route = ["", id];
	document.body.append(screen);
}

const words = () => String(screen.textContent).replace(/\s+/g, " ");

test("what the tab kept for a preview that was applied meanwhile is said to be lost", async () => {
	sessionStorage.setItem("corrections of 1 in late", JSON.stringify({ cells: [[1, { Role: "TA" }]] }));
	answer("PATCH /api/imports/late/draft", problem(409, "import-committed"));
	answerWith({ id: "late", dryRun: true, committedAs: "other" }, [stored(1, { Role: "Teacher" }, [note("role")])]);
	open("late");
	await until(() => told.length);
	assert.deepEqual(told, ["It is import-committed. 1 corrected record came too late and was not saved."]);
	assert.equal(sessionStorage.length, 0);
});

test("a preview of which nothing is known yet can be applied", async () => {
	answerWith({ id: "unknown", dryRun: true }, [stored(1, { Role: "Teacher" }, [note("role")])], {
		corrections: [{ recordNumber: 1, cells: { Role: "TA" } }],
	});
	answer("POST /api/users/row-validations", problem(404, "not-found"));
	open("unknown");
	await until(() => /0 records ready · 1 not checked ?Apply These Changes/.test(words()));
	assert.match(words(), /With your corrections, at least 0 of 1 record would be successfully uploaded\./);
	assert.match(words(), /Number of Records Rejected: at least 0Number/);
});

test("whom an import has made is found in the list, but not whom a preview would make", async () => {
	const shown = () => [...screen.querySelectorAll("a")].find((it) => it.textContent === "Show These Users");
	answerWith({ id: "preview", dryRun: true }, [stored(1, {})]);
	open("preview");
	await until(() => /records? ready/.test(words()));
	assert.equal(shown(), undefined);
	screen.remove();
	answerWith({ id: "applied" }, []);
	open("applied");
	await until(shown);
	assert.equal(shown().getAttribute("href"), "/users?importId=applied");
});

test("people who exist already are told of until the records are corrected", async () => {
	answer("POST /api/users/row-validations", json({ results: [{ outcome: "created", notes: [], warnings: [], changes: [] }] }));
	const taken = { field: "username", code: "username-taken", message: "User exists with same username" };
	answerWith({ id: "taken", dryRun: true, total: 1 }, [stored(1, {}, [taken])]);
	open("taken");
	await until(() => words().includes("The user of this file exists already."));
	answerWith({ id: "taken", dryRun: true, total: 1 }, [stored(1, {}, [taken])], {
		corrections: [{ recordNumber: 1, cells: { Username: "pat.new" } }],
	});
	document.dispatchEvent(new window.Event("visibilitychange"));
	await until(() => words().includes("1 record ready"));
	assert.ok(!words().includes("exists already"));
});

test("of records that were corrected and sent no other preview is offered, for it would be one of the whole file", async () => {
	const taken = { field: "username", code: "username-taken", message: "User exists with same username" };
	answerWith({ id: "follow-up", dryRun: false, total: 1, correctionOf: "first" }, [stored(1, {}, [taken])]);
	open("follow-up");
	await until(() => words().includes("1 record to correct"));
	assert.ok(!words().includes("Update Them Instead"));
});

test("after nothing was applied the screen looks whether somebody else has", async () => {
	answerWith({ id: "same", dryRun: true }, [stored(1)]);
	open("same");
	answer("POST /api/imports/same/commit", problem(412, "draft-changed"));
	await press("Apply These Changes");
	const message = "Nothing has been changed. 1 of 1 record(s) would be successfully uploaded.";
	answerWith({ id: "same", dryRun: true, committedAs: "other", message }, [stored(1)]);
	await press("Apply");
	await press("Close");
	await until(() => words().includes("This preview has been applied: see the import."));
	assert.ok(!words().includes("Apply These Changes"));
	assert.ok(!words().includes("Nothing has been changed"));
});

test("a question goes with its screen, and who has left is not taken away from where one is", async () => {
	answerWith({ id: "gone", dryRun: true }, [stored(1)]);
	open("gone");
	await press("Apply These Changes");
	await until(() => document.querySelector("dialog"));
	screen.remove();
	await until(() => !document.querySelector("dialog"));
	assert.ok(!calls.some((it) => it.method === "POST" && it.path.endsWith("/commit")));

	/** @type {(response: Response) => void} */
	let arrive = () => {};
	answer("POST /api/imports/gone/commit", () => new Promise((resolve) => (arrive = resolve)));
	const shown = [];
	start([[/./, () => shown.push(location.pathname)]], () => {});
	open("gone");
	await press("Apply These Changes");
	await press("Apply");
	await until(() => calls.some((it) => it.path.endsWith("/commit")));
	screen.remove();
	shown.length = 0;
	arrive(json({ id: "there" }, 202));
	await new Promise((resolve) => setTimeout(resolve, 20));
	assert.deepEqual([shown, told], [[], []]);
});

test("how far corrected records are is told while they are applied", async () => {
	answerWith({ id: "applied", dryRun: false }, [stored(1, { Role: "Teacher" }, [note("role")])], {
		sent: [{ importId: "running", recordNumbers: [1] }],
	});
	answerWith({ id: "running", dryRun: false, status: "processing", done: 0, total: 1 }, [{ ...stored(1), outcome: "pending" }]);
	open("applied");
	await until(() => words().includes("The corrected records are being applied: 0 of 1 done."));
});

test("the notice of what is being applied goes when it can be followed no more, and is read out at quarters alone", async () => {
	answerWith({ id: "fails", dryRun: false }, [stored(1, { Role: "Teacher" }, [note("role")])], {
		sent: [{ importId: "failing", recordNumbers: [1] }],
	});
	answerWith({ id: "failing", dryRun: false, status: "processing", done: 3, total: 8 }, [{ ...stored(1), outcome: "pending" }]);
	/** @type {(response: Response) => void} */
	let arrive = () => {};
	answer("GET /api/imports/failing/progress", () => new Promise((resolve) => (arrive = resolve)));
	open("fails");
	await until(() => words().includes("The corrected records are being applied: 3 of 8 done."));
	const spoken = [...screen.querySelectorAll("[role=status]")].map((it) => it.textContent.trim());
	assert.ok(spoken.includes("25 percent of the records are done."));
	assert.ok(!spoken.some((it) => it.includes("3 of 8")));
	answer("GET /api/imports/failing", problem(404, "not-found"));
	arrive(new Response('data: {"status":"completed"}\n\n'));
	await until(() => !words().includes("are being applied"));
});

test("what came too late for a record that is sent already is said, and the others are saved", async () => {
	sessionStorage.setItem(
		"corrections of 1 in sent",
		JSON.stringify({
			cells: [
				[1, { Role: "TA" }],
				[2, { Role: "TA" }],
			],
		}),
	);
	const rows = [1, 2].map((record) => stored(record, { Role: "Teacher" }, [note("role")]));
	answerWith({ id: "sent", dryRun: false, rejected: 2 }, rows);
	const errors = [{ field: "corrections[0].recordNumber", code: "record-not-open", message: "Record 1 is sent already." }];
	const saved = { corrections: [{ recordNumber: 2, cells: { Role: "TA" } }] };
	answer("PATCH /api/imports/sent/draft", problem(409, "record-not-open", { errors }), json(saved));
	answer("POST /api/users/row-validations", problem(404, "not-found"));
	open("sent");
	await until(() => told.length);
	assert.deepEqual(told, ["Record 1 is sent already. 1 corrected record came too late and was not saved."]);
	await until(() => words().includes("1 not checked"));
	assert.equal(sessionStorage.length, 0);
});

test("what is out of reach for a while stays in the sheet, and is saved when that is asked for", async () => {
	sessionStorage.setItem("corrections of 1 in reach", JSON.stringify({ cells: [[1, { Role: "TA" }]] }));
	answerWith({ id: "reach", dryRun: true, total: 1 }, [stored(1, { Role: "Teacher" }, [note("role")])]);
	answer("POST /api/users/row-validations", json({ results: [{ outcome: "created", notes: [], warnings: [], changes: [] }] }));
	answer("PATCH /api/imports/reach/draft", problem(403, "forbidden"));
	open("reach");
	await until(() => words().includes("Not saved yet: 1 record It is forbidden."));
	assert.deepEqual(told, ["It is forbidden. 1 corrected record was not saved."]);
	assert.equal(calls.filter((it) => it.path.endsWith("/rows?page=0&size=500")).length, 1, "there is nothing to read anew");
	assert.equal(sessionStorage.length, 1);
	answer("PATCH /api/imports/reach/draft", json({ corrections: [{ recordNumber: 1, cells: { Role: "TA" } }] }));
	await press("Save Now");
	await until(() => words().includes("All corrections are saved."));
	assert.equal(sessionStorage.length, 0);
});

test("what is sent is not to be corrected any more from the moment when it is", async () => {
	const rows = [1, 2].map((record) => stored(record, { Role: "Teacher" }, [note("role")]));
	const corrections = [{ recordNumber: 1, cells: { Role: "TA" } }];
	answerWith({ id: "chain", dryRun: false, rejected: 2 }, rows, { corrections });
	answer("POST /api/users/row-validations", problem(404, "not-found"));
	open("chain");
	await press("Apply Corrected Records");
	answer("POST /api/imports/chain/commit", () => {
		answerWith({ id: "chain", dryRun: false, rejected: 2 }, rows, { sent: [{ importId: "link", recordNumbers: [1] }] });
		answerWith({ id: "link", dryRun: false, status: "processing", done: 0, total: 1 }, [{ ...stored(1), outcome: "pending" }]);
		answer("GET /api/imports/link/progress", () => new Promise(() => {}));
		return json({ id: "link" }, 202);
	});
	await press("Apply");
	await until(() => words().includes("The corrected records are being applied: 0 of 1 done."));
	await until(() => screen.querySelector(".school-counts")?.textContent === "1 rejected, 1 sent");
	assert.match(words(), /0 of the 2 rejected records have been corrected and applied since\. 1 is being applied\. 1 is still open\./);
	assert.equal(calls.filter((it) => it.path === "/api/imports/link/rows?page=0&size=500").length, 1);
});

test("what was applied in another window is read anew, and not shown as it came", async () => {
	const rows = [1, 2].map((record) => stored(record, { Role: "Teacher" }, [note("role")]));
	const corrections = [{ recordNumber: 1, cells: { Role: "TA" } }];
	answerWith({ id: "twice", dryRun: false, rejected: 2 }, rows, { corrections });
	answer("POST /api/users/row-validations", problem(404, "not-found"));
	open("twice");
	await until(() => words().includes("1 not checked"));
	const sent = [{ importId: "there", recordNumbers: [1] }];
	answerWith({ id: "twice", dryRun: false, rejected: 2 }, rows, { sent });
	answerWith({ id: "there", dryRun: false, total: 1, rejected: 0 }, [stored(1, { Role: "TA" })]);
	document.dispatchEvent(new window.Event("visibilitychange"));
	await until(() => screen.querySelector(".school-counts")?.textContent === "1 created, 1 rejected");
});

test("a preview whose draft says that it is applied is read anew, with its import", async () => {
	const rows = [stored(1, { Role: "Teacher" }, [note("role")])];
	answerWith({ id: "decided", dryRun: true }, rows, { corrections: [{ recordNumber: 1, cells: { Role: "TA" } }] });
	answer("POST /api/users/row-validations", problem(404, "not-found"));
	open("decided");
	await until(() => words().includes("1 not checked"));
	const preview = { ...IMPORT, id: "decided", dryRun: true };
	answerWith(preview, rows, { sent: [{ importId: "there", recordNumbers: [1] }] });
	answer("GET /api/imports/decided", json(preview), json({ ...preview, committedAs: "there" }));
	document.dispatchEvent(new window.Event("visibilitychange"));
	await until(() => words().includes("This preview has been applied: see the import."));
});

test("what came too late is said also when the records cannot be read anew, and that notice goes when all is well again", async () => {
	sessionStorage.setItem("corrections of 1 in away", JSON.stringify({ cells: [[1, { Role: "TA" }]] }));
	answerWith({ id: "away", dryRun: false }, [stored(1, { Role: "Teacher" }, [note("role")])]);
	answer("PATCH /api/imports/away/draft", () => {
		answer("GET /api/imports/away", problem(500, "broken"));
		return problem(409, "record-not-open");
	});
	answer("POST /api/users/row-validations", problem(404, "not-found"));
	open("away");
	await until(() => told.length);
	assert.deepEqual(told, ["It is record-not-open. 1 corrected record came too late and was not saved."]);
	const notice = () => screen.querySelector("[role=alert]")?.textContent ?? "";
	await until(() => notice().includes("It is broken."));
	answerWith({ id: "away", dryRun: false }, [stored(1, { Role: "Teacher" }, [note("role")])]);
	await press("Try Again");
	await until(() => notice() === "");

	// Also without being told to.
	answer("GET /api/imports/away/rows?page=0&size=500", problem(500, "broken"));
	answer("GET /api/imports/away", json({ ...IMPORT, id: "away", dryRun: false, followUps: ["other"] }));
	document.dispatchEvent(new window.Event("visibilitychange"));
	await until(() => notice().includes("It is broken."));
	answer("GET /api/imports/away/rows?page=0&size=500", json({ items: [stored(1)], totalPages: 1 }));
	document.dispatchEvent(new window.Event("visibilitychange"));
	await until(() => notice() === "");
});

test("what is read out of a preview is not said of the file as it came once a record is corrected", async () => {
	const message = "Nothing has been changed. 1 of 2 record(s) would be successfully uploaded.";
	const rows = [stored(1, { Role: "Teacher" }, [note("role")]), stored(2)];
	answerWith({ id: "spoken", dryRun: true, total: 2, processed: 1, message }, rows);
	answer("POST /api/users/row-validations", json({ results: [{ outcome: "created", notes: [], warnings: [], changes: [] }] }));
	open("spoken");
	const spoken = () => [...screen.querySelectorAll("[role=status]")].map((it) => it.textContent.trim());
	await until(() => words().includes("1 record ready"));
	assert.ok(spoken().includes(message));
	answerWith({ id: "spoken", dryRun: true, total: 2, processed: 1, message }, rows, {
		corrections: [{ recordNumber: 1, cells: { Role: "TA" } }],
	});
	document.dispatchEvent(new window.Event("visibilitychange"));
	await until(() => words().includes("With your corrections, 2 of 2 records would be successfully uploaded."));
	assert.ok(!spoken().includes(message));
});

test("a reading that fails does not cover a later one that succeeded", async () => {
	const rows = [stored(1, { Role: "Teacher" }, [note("role")])];
	answerWith({ id: "overtaken", dryRun: false }, rows);
	open("overtaken");
	await until(() => words().includes("1 record to correct"));
	/** @type {(response: Response) => void} */
	let fail = () => {};
	answer("GET /api/imports/overtaken/rows?page=0&size=500", () => new Promise((resolve) => (fail = resolve)));
	answer("GET /api/imports/overtaken", json({ ...IMPORT, id: "overtaken", dryRun: false, followUps: ["one"] }));
	document.dispatchEvent(new window.Event("visibilitychange"));
	await until(() => calls.filter((it) => it.path.includes("/rows")).length === 2);
	answerWith({ id: "overtaken", dryRun: false, followUps: ["one", "other"] }, [{ ...rows[0], outcome: "created", notes: [] }]);
	document.dispatchEvent(new window.Event("visibilitychange"));
	await until(() => screen.querySelector(".school-counts")?.textContent === "1 created");
	fail(problem(500, "broken"));
	await new Promise((resolve) => setTimeout(resolve, 20));
	assert.equal(screen.querySelector("[role=alert]"), null);
});
