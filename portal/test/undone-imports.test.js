import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import "../static/assets/imports/history-screen.js";
import "../static/assets/imports/import-screen.js";
import { popUpTitle, statusOf } from "../static/assets/imports/words.js";
import { session } from "../static/assets/session.js";
import { until } from "./page.js";
import { answer, calls, json, reset } from "./server.js";
import { back, DEACTIVATION, EDITED, imported, row, undoOf } from "./undos.js";

/** @type {any} */
let screen;

beforeEach(() => {
	reset();
	document.body.replaceChildren();
	session.me = { id: "1", username: "pat", role: "DTC", permissions: [], organizations: [] };
	session.reference = { fields: [], programs: [], roles: [] };
	answer("POST /api/organizations/validations", json({ results: [] }));
});

afterEach(() => screen?.remove());

/** @param {any} it @param {any[]} rows */
function open(it, rows = []) {
	answer(`GET /api/imports/${it.id}`, json(it));
	answer(`GET /api/imports/${it.id}/rows?page=0&size=500`, json({ items: rows, totalPages: 1 }));
	answer(`GET /api/imports/${it.id}/draft`, json({ corrections: [], sent: [] }, 200, { ETag: '"1"' }));
	history.replaceState(null, "", `/users/imports/${it.id}`);
	screen = document.createElement("import-screen");
	screen.route = ["", it.id];
	document.body.replaceChildren(screen);
}

/** @param {any} element */
const words = (element = screen) => String(element.textContent).replace(/\s+/g, " ").trim();

const state = () => words(screen.querySelector("undo-state") ?? { textContent: "" });

test("an import that can be undone has the way to it, and until when", async () => {
	open(imported("possible"));
	await until(() => state().includes("Undo This Import You can do this until June 3, 2126. First you see what it would change."));
	assert.equal(screen.querySelector("undo-state a").getAttribute("href"), "/users/imports/possible/undo");
});

test("an import whose time is over says until when it could be undone, and has no way to it", async () => {
	open(imported("over", { undoUntil: "2026-06-03T10:00:01Z" }));
	await until(() => state() === "This import could be undone until June 3, 2026.");
	assert.equal(screen.querySelector("undo-state a"), null);
});

test("of an import that has nothing to undo nothing is said", async () => {
	open(imported("none", { undoUntil: null }));
	await until(() => words().includes("All is done."));
	assert.equal(state(), "");
});

test("an import that is undone says by whom and when, with the way to the undo", async () => {
	answer("GET /api/imports/undo-1", json(undoOf("undo-1", "undone", { submittedBy: "kim" })));
	open(imported("undone", { undoUntil: "2026-06-03T10:00:01Z", undoneAt: "2026-05-05T12:00:00Z", undoneBy: "undo-1" }));
	await until(() => /^An undo was started by kim on May 5, 2026, .*: see the undo\.$/.test(state()));
	assert.equal(screen.querySelector("undo-state a").getAttribute("href"), "/users/imports/undo-1");
});

test("an import that was undone out of one's sight says when", async () => {
	open(imported("hidden", { undoUntil: "2026-06-03T10:00:01Z", undoneAt: "2026-05-05T12:00:00Z" }));
	await until(() => /^Somebody whose imports you may not see started an undo on May 5, 2026, .*\.$/.test(state()));
	assert.equal(screen.querySelector("undo-state a"), null);
});

test("what was undone meanwhile is seen when one comes back", async () => {
	open(imported("meanwhile"));
	await until(() => state().includes("Undo This Import"));
	answer(
		"GET /api/imports/meanwhile",
		json(imported("meanwhile", { undoUntil: "2026-06-03T10:00:01Z", undoneAt: "2026-05-05T12:00:00Z" })),
	);
	document.dispatchEvent(new window.Event("visibilitychange"));
	await until(() => state().startsWith("Somebody whose imports you may not see started an undo on May 5, 2026"));
});

test("what is left of an import that is undone can be undone", async () => {
	open(imported("left", { undoneAt: "2026-05-05T12:00:00Z" }));
	await until(() => /^Somebody whose imports you may not see started an undo on .* Undo What Is Left You can do this until/.test(state()));
	assert.equal(screen.querySelector("undo-state a.button").getAttribute("href"), "/users/imports/left/undo");
});

test("an undo says which import it takes back, and its rows what they did", async () => {
	open(undoOf("undo-2", "taken", { updated: 2, deactivated: 1, unchanged: 1 }), [
		row(1, back("phone", "", "508-555-0100")),
		row(2, DEACTIVATION),
		row(3, EDITED),
	]);
	await until(() => screen.querySelectorAll("undo-records section").length === 3);
	assert.equal(words(screen.querySelector("h1")), "Undo an Import");
	assert.match(words(), /Undoes an earlier import of this file\. Undo · .* by pat It is undone\./);
	assert.equal(screen.querySelector(".card a").getAttribute("href"), "/users/imports/taken");
	const [, ...titles] = [...screen.querySelectorAll("h2")].map((it) => words(it));
	assert.deepEqual(titles, ["Changed Back (1)", "Deactivated (1)", "Kept (1)"]);
	assert.match(words(), /Records that created or updated a user: 3 ?Changed back: 1 ?Deactivated: 1 ?Kept as they were: 1 ?Not undone: 0/);
	assert.ok(words().includes("Phone Number: 508-555-0100"));
	assert.equal(screen.querySelector("undo-state, input, school-groups, .downloads button"), null);
	assert.ok(!calls.some((it) => it.path.endsWith("/draft")), "there is nothing to correct");
});

test("an undo of an import out of one's sight is one all the same", async () => {
	open(undoOf("undo-3", "hidden", { undoOf: null }), [row(1, DEACTIVATION)]);
	await until(() => words().includes("Undoes an earlier import of this file, which you may not see."));
	await until(() => screen.querySelector("undo-records section"));
});

test("an undo that is under way shows how far it is, and its summary when it is done", async () => {
	const it = undoOf("undo-4", "taken", { status: "processing", done: 1, total: 2, updated: 1, unchanged: 0 });
	/** @type {(response: Response) => void} */
	let arrive = () => {};
	answer("GET /api/imports/undo-4/progress", () => new Promise((resolve) => (arrive = resolve)));
	open(it);
	await until(() => words().includes("1 of 2 records done."));
	assert.ok(words().includes("You can leave this page."));
	answer("GET /api/imports/undo-4", json({ ...it, status: "completed", updated: 2, deactivated: 2 }));
	arrive(new Response('data: {"status":"completed"}\n\n'));
	await until(() => document.querySelector("dialog"));
	assert.match(words(document.querySelector("dialog")), /^Undone It is undone\.Records that created.*Deactivated: 2/);
});

test("of an undo it is said in a word how much of the import it took back", () => {
	const it = (more) => undoOf("undo", "taken", more);
	assert.equal(statusOf(it({ updated: 3 })).text, "Undone");
	assert.equal(statusOf(it({ updated: 2, unchanged: 1 })).text, "Partly undone");
	assert.equal(popUpTitle(it({ updated: 2, rejected: 1 })), "Partly undone");
	assert.equal(popUpTitle(it({ updated: 0, unchanged: 3 })), "Nothing undone");
	assert.equal(statusOf(it({ status: "processing" })).text, "Being undone");
	assert.equal(statusOf(imported("one", { undoneAt: "2026-05-05T12:00:00Z" })).text, "Undo started");
});

test("the history has an undo with what it took back", async () => {
	const items = [
		undoOf("undo-5", "first", { updated: 2, unchanged: 1 }),
		imported("second", { fileName: "other.csv" }),
		imported("first", { undoneAt: "2026-05-05T12:00:00Z", undoneBy: "undo-5" }),
	];
	history.replaceState(null, "", "/users/imports");
	answer("GET /api/imports?page=0&size=25", json({ items, page: 0, totalPages: 1 }));
	screen = document.createElement("import-history-screen");
	document.body.replaceChildren(screen);
	await until(() => screen.querySelectorAll("tbody").length === 2);
	const rows = [...screen.querySelectorAll("tbody tr")].map((it) => [...it.querySelectorAll("td")].map((cell) => words(cell)));
	assert.deepEqual(
		rows.map((cells) => [cells[0], cells[1], cells[6]]),
		[
			["staff.csv", "Update Existing Users", "Undo started"],
			["staff.csv: Undo", "Undo", "Partly undone"],
			["other.csv", "Update Existing Users", "Applied"],
		],
	);
});
