import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { start } from "../static/assets/router.js";
import { session } from "../static/assets/session.js";
import "../static/assets/undo/undo-screen.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";
import { told } from "./told.js";
import { back, DEACTIVATION, EDITED, imported, row, USED, undoOf } from "./undos.js";

/** @type {any} */
let screen;
/** Each test has an import of its own. */
let id = "u0";

beforeEach(() => {
	reset();
	told.length = 0;
	document.body.replaceChildren();
	id = `u${Number(id.slice(1)) + 1}`;
	history.replaceState(null, "", `/users/imports/${id}/undo`);
	session.me = { id: "1", username: "pat", role: "DTC", permissions: [], organizations: [] };
	session.reference = { fields: [], programs: [], roles: [{ code: "TA", title: "Test Administrator" }] };
	answer("POST /api/organizations/validations", json({ results: [{ code: "0710-1", name: "Memorial School" }] }));
	answer(`GET /api/imports/${id}`, json(imported(id)));
});

afterEach(() => screen.remove());

/** @param {any[]} rows @param {object} more @param {string} preview */
function previewed(rows, more = {}, preview = `${id}-preview`) {
	const it = undoOf(preview, id, { dryRun: true, total: rows.length, message: "Nothing has been changed.", ...more });
	answer(`POST /api/imports/${id}/undo`, json(it, 202));
	answer(`GET /api/imports/${preview}`, json(it));
	answer(`GET /api/imports/${preview}/rows?page=0&size=500`, json({ items: rows, totalPages: 1 }));
}

function open() {
	screen = document.createElement("undo-screen");
	screen.route = ["", id];
	document.body.append(screen);
}

/** @param {any} element */
const words = (element = screen) => String(element.textContent).replace(/\s+/g, " ").trim();

const headings = () => [...screen.querySelectorAll("undo-records :is(h2, summary)")].map((it) => words(it));

/** @param {string} title @returns {string[][]} the words of its table */
const cellsOf = (title) => {
	const heading = [...screen.querySelectorAll("h2, summary")].find((it) => words(it).startsWith(title));
	return [...(heading?.closest("section, details")?.querySelectorAll("tbody tr") ?? [])].map((it) =>
		[...it.querySelectorAll("td")].map((cell) => words(cell)),
	);
};

const bar = () => words(screen.querySelector(".apply-bar"));

/** @returns {any[]} the bodies of what was asked of the server to undo */
const asked = () =>
	calls.filter((it) => it.method === "POST" && it.path === `/api/imports/${id}/undo`).map((it) => JSON.parse(String(it.body)));

/** @param {string} label */
function check(label) {
	const box = screen.querySelector(`input[aria-label="${label}"]`);
	box.checked = !box.checked;
	box.dispatchEvent(new window.Event("change"));
}

const dialog = () => words(document.querySelector("dialog"));

test("a preview says what goes back, what stays and why, before anything is done", async () => {
	previewed(
		[
			row(1, { ...back("lastName", "New", "Old"), ...EDITED }),
			row(2, { ...back("organizations", "0710-1", ""), outcome: "updated" }),
			row(3, DEACTIVATION),
			row(4, USED),
			row(5, EDITED),
			row(6, { outcome: "rejected", userId: null, notes: [{ field: "username", code: "user-unknown", message: "There is no such user" }] }),
			row(7),
		],
		{ updated: 3, deactivated: 1, unchanged: 3, rejected: 1 },
	);
	open();
	await until(() => screen.querySelector(".apply-bar"));
	assert.deepEqual(asked(), [{ dryRun: true }]);
	assert.deepEqual(headings(), [
		"Change Back (2)",
		"Deactivate (1)",
		"Used Since (1)",
		"Keep (2)",
		"Cannot Be Undone (1)",
		"Already as Before the Import (1)",
	]);
	assert.deepEqual(cellsOf("Change Back"), [
		["10", "Pat No 1", "user.1", "Last Name: New → Old"],
		["20", "Pat No 2", "user.2", "Organizations: Memorial School 0710-1 → (blank)"],
	]);
	assert.deepEqual(cellsOf("Deactivate"), [["30", "Pat No 3", "user.3", "Test Administrator", "Memorial School 0710-1"]]);
	assert.equal(cellsOf("Keep")[1].at(-1), "Last name was changed by Pat Smith on May 5, 2026");
	assert.equal(cellsOf("Cannot Be Undone")[0].at(-1), "There is no such user");
	assert.match(words(), /Nothing has been changed\..*To change back: 2.*To deactivate: 1.*To keep as they are: 3.*Cannot be undone: 1/);
	assert.match(bar(), /^2 to change back · 1 to deactivate · 4 stay as they are ?Undo This Import$/);
	assert.equal(screen.querySelector('a[href="/users/id-3"]').textContent, "user.3");
	assert.equal(screen.querySelectorAll("td a").length, 7, "whose account is not known has no link");
});

test("the emails are told before they are sent, with the addresses they go to", async () => {
	previewed([row(1, { ...back("email", "new@x.example", "old@x.example"), credentialsSent: ["PORTAL"] })], { updated: 1, mails: 3 });
	open();
	await until(() => headings().includes("3 Emails to Send"));
	assert.deepEqual(cellsOf("3 Emails"), [["10", "Pat No 1", "user.1", "old@x.example", "for the MCAS Portal"]]);
	await press("Undo This Import");
	assert.match(dialog(), /1 user account will be changed back\. 3 emails will be sent\./);
	await press("Cancel");
	assert.equal(asked().length, 1);
});

test("of one account alone that was used it is said so", async () => {
	previewed([row(1, USED)], {});
	open();
	await until(() => screen.querySelector(".apply-bar"));
	check("Select user.1");
	await press("Undo This Import");
	assert.match(dialog(), /1 new user account will be deactivated, although somebody has signed in to it\. 1 email will be sent\./);
	assert.match(dialog(), /it stays as it is, unless you selected it\./);
	await press("Cancel");
});

test("an account that was used is deactivated when somebody says so, and the pop-up says it", async () => {
	previewed([row(1, DEACTIVATION), row(2, USED), row(3, { notes: [...USED.notes, ...EDITED.notes] })], {
		updated: 1,
		deactivated: 1,
		mails: 1,
	});
	open();
	await until(() => screen.querySelector(".apply-bar"));
	assert.equal(screen.querySelectorAll("input[aria-label^='Select user']").length, 1, "what was edited stays in any case");
	assert.deepEqual(headings(), ["Deactivate (1)", "Used Since (1)", "Keep (1)"]);
	check("Select user.2");
	await until(() => words().includes("1 account selected"));
	assert.match(bar(), /^2 to deactivate · 1 stays as it is/);
	await press("Undo This Import");
	assert.match(
		dialog(),
		/2 new user accounts will be deactivated, although somebody has signed in to 1 of them\. 1 user account will stay as it is\. 2 emails will be sent\./,
	);
	const shown = [];
	start([[/^\/users\/imports\/[^/]+$/, () => shown.push(location.pathname + location.search)]], () => {});
	shown.length = 0;
	answer(`POST /api/imports/${id}/undo`, json(undoOf("made", id), 202));
	await press("Undo");
	await until(() => shown.length);
	assert.deepEqual(shown, ["/users/imports/made?fresh"]);
	assert.equal(calls.findLast((it) => it.method === "POST")?.headers["Idempotency-Key"], `${id}-preview.20`);
	assert.deepEqual(asked(), [{ dryRun: true }, { used: [20] }]);
});

test("all that were used are chosen at once, and none again", async () => {
	previewed([row(1, USED), row(2, USED)], { updated: 0 });
	open();
	await until(() => screen.querySelector(".apply-bar"));
	const button = () => screen.querySelector(".apply-bar button");
	assert.equal(button().disabled, true, "nothing would be done");
	const all = screen.querySelector(".check input");
	all.checked = true;
	all.dispatchEvent(new window.Event("change"));
	await until(() => /^2 to deactivate ?Undo/.test(bar()));
	assert.equal(button().disabled, false);
	all.checked = false;
	all.dispatchEvent(new window.Event("change"));
	await until(() => button().disabled);
});

test("the address has the preview: a reload shows it again, and another one is made when that is asked for", async () => {
	previewed([row(1, DEACTIVATION)], { updated: 1, deactivated: 1 });
	open();
	await until(() => screen.querySelector(".apply-bar"));
	assert.equal(location.search, `?preview=${id}-preview`);
	screen.remove();
	open();
	await until(() => screen.querySelector(".apply-bar"));
	assert.equal(asked().length, 1);
	previewed([row(1, EDITED)], {}, `${id}-later`);
	await press("Preview Again");
	await until(() => headings()[0] === "Keep (1)");
	assert.equal(location.search, `?preview=${id}-later`);
	assert.equal(document.activeElement, screen.querySelector("h1"));
});

test("a preview of another import is not shown for this one", async () => {
	previewed([row(1)]);
	for (const other of [undoOf("other", "else", { dryRun: true }), undoOf("other", id), imported("other", { dryRun: true })]) {
		screen?.remove();
		calls.length = 0;
		answer("GET /api/imports/other", json(other));
		history.replaceState(null, "", `/users/imports/${id}/undo?preview=other`);
		open();
		await until(() => location.search === `?preview=${id}-preview`);
		assert.deepEqual(asked(), [{ dryRun: true }]);
	}
});

test("how far the preview is is shown until it is there", async () => {
	previewed([row(1)]);
	answer(`GET /api/imports/${id}-preview`, json(undoOf(`${id}-preview`, id, { dryRun: true, status: "processing", done: 1, total: 4 })));
	answer(`GET /api/imports/${id}-preview/progress`, () => new Promise(() => {}));
	open();
	await until(() => words().includes("1 of 4 records done."));
	assert.equal(screen.querySelector(".apply-bar, undo-records"), null);
	assert.ok(!words().includes("You can leave this page."), "a preview of an undo is not found there");
});

test("of an import that is undone it is said by whom, and what is left", async () => {
	previewed([row(1, USED), row(2)], { message: "Nothing has been changed. The undo would change nothing." });
	answer(`GET /api/imports/${id}`, json(imported(id, { undoneAt: "2026-05-05T12:00:00Z", undoneBy: "made" })));
	answer("GET /api/imports/made", json(undoOf("made", id, { submittedBy: "kim" })));
	open();
	await until(() => /An undo was started by kim on May 5, 2026.*: see the undo\./.test(words()));
	assert.equal(screen.querySelector('a[href="/users/imports/made"]').textContent, "see the undo");
	await until(() => screen.querySelector(".apply-bar"));
	assert.equal(screen.querySelector(".apply-bar button").disabled, true, "nothing is left but what is in use");
	check("Select user.1");
	await until(() => screen.querySelector(".apply-bar button")?.disabled === false);
});

test("why an import cannot be undone is said in the server's words", async () => {
	for (const [status, code, way] of /** @type {[number, string, string][]} */ ([
		[409, "undo-too-late", "See the Import"],
		[409, "nothing-to-undo", "See the Import"],
		[409, "import-is-undo", "See the Import"],
		[410, "no-longer-kept", "See the Import"],
		[429, "upload-quota", "Try Again"],
	])) {
		screen?.remove();
		answer(`POST /api/imports/${id}/undo`, problem(status, code));
		open();
		await until(() => words(screen.querySelector("[role=alert]") ?? screen).includes(`It is ${code}.`));
		assert.ok(words(screen.querySelector("[role=alert]")).endsWith(way), code);
		assert.equal(screen.querySelector(".placeholder"), null);
	}
	previewed([row(1)]);
	await press("Try Again");
	await until(() => screen.querySelector(".apply-bar"));
	assert.equal(screen.querySelector("[role=alert]"), null);
});

test("of an import that is not there the way back is offered", async () => {
	answer(`GET /api/imports/${id}`, problem(404, "not-found"));
	open();
	await until(() => words().includes("It is not-found."));
	assert.equal(screen.querySelector("[role=alert] a").getAttribute("href"), "/users/imports");
});

test("what somebody else has undone meanwhile is looked at again first", async () => {
	previewed([row(1, DEACTIVATION)], { updated: 1, deactivated: 1 });
	open();
	await press("Undo This Import");
	answer(`GET /api/imports/${id}`, json(imported(id, { undoneAt: "2026-05-05T12:00:00Z" })));
	previewed([row(1)], {}, `${id}-again`);
	await press("Undo");
	await until(() => words().includes("Somebody whose imports you may not see started an undo on"));
	assert.deepEqual(told, ["Somebody has undone this import meanwhile. Look at what is left."]);
	await until(() => screen.querySelector(".apply-bar"));
	assert.deepEqual(asked(), [{ dryRun: true }, { dryRun: true }]);
	assert.equal(document.activeElement, screen.querySelector("h1"));
});

test("an undo that is refused, or of which nothing is known, says so and can be asked for again", async () => {
	previewed([row(1, DEACTIVATION)], { updated: 1, deactivated: 1 });
	open();
	for (const [given, said] of /** @type {[Response, string][]} */ ([
		[problem(409, "undo-too-late"), "It is undo-too-late."],
		[problem(500, "broken"), "It is broken. You can undo it again: nothing is done twice."],
	])) {
		await press("Undo This Import");
		answer(`POST /api/imports/${id}/undo`, given);
		await press("Undo");
		await until(() => told.at(-1) === said);
	}
	await until(() => screen.querySelector(".apply-bar button")?.disabled === false);
});

test("who has left before the answer is not taken away from where one is, and the question goes with its screen", async () => {
	previewed([row(1, DEACTIVATION)], { updated: 1, deactivated: 1 });
	const shown = [];
	start([[/./, () => shown.push(location.pathname)]], () => {});
	open();
	await press("Undo This Import");
	/** @type {(response: Response) => void} */
	let arrive = () => {};
	answer(`POST /api/imports/${id}/undo`, () => new Promise((resolve) => (arrive = resolve)));
	await press("Undo");
	await until(() => asked().length === 2);
	screen.remove();
	shown.length = 0;
	arrive(json(undoOf("made", id), 202));
	await new Promise((resolve) => setTimeout(resolve, 20));
	assert.deepEqual(shown, []);

	open();
	await press("Undo This Import");
	await until(() => document.querySelector("dialog"));
	screen.remove();
	await until(() => !document.querySelector("dialog"));
});

test("records that cannot be read are read again", async () => {
	previewed([row(1, DEACTIVATION)], { updated: 1, deactivated: 1 });
	answer(`GET /api/imports/${id}-preview/rows?page=0&size=500`, problem(500, "broken"));
	open();
	await until(() => words(screen.querySelector("undo-records") ?? screen).includes("It is broken."));
	assert.equal(screen.querySelector(".apply-bar"), null, "nobody undoes what is not shown");
	answer(`GET /api/imports/${id}-preview/rows?page=0&size=500`, json({ items: [row(1, DEACTIVATION)], totalPages: 1 }));
	await press("Try Again");
	await until(() => headings()[0] === "Deactivate (1)");
	assert.ok(screen.querySelector(".apply-bar"));
});
