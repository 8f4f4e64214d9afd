import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "../static/assets/imports/upload-screen.js";
import { navigate, start } from "../static/assets/router.js";
import { session } from "../static/assets/session.js";
import "./files.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";
import "./uploads.js";

Object.assign(session.reference, { fields: [], importLimits: { records: 500, bytes: 2 ** 20 } });

const UPLOAD = "POST /api/imports";
const TABLES = "POST /api/imports/tables";

/** @type {any} */
let screen;
/** What the shell was asked to show: it takes its time, and the screen stays. @type {string[]} */
const shown = [];
history.replaceState(null, "", "/users/import");
start([[/./, () => location.pathname]], (it) => shown.push(String(it)));

beforeEach(async () => {
	reset();
	document.body.replaceChildren();
	history.replaceState(null, "", "/users/import");
	await navigate("/users/import");
	shown.length = 0;
	screen = document.createElement("upload-screen");
	document.body.append(screen);
	await soon();
	const select = screen.querySelector("#action");
	select.value = "add";
	select.dispatchEvent(new window.Event("change"));
	choose("staff.csv");
	await Promise.resolve();
});

/** @param {string} name */
function choose(name) {
	const file = new File(["Username\nann\n"], name);
	screen.querySelector("choose-file").dispatchEvent(new window.CustomEvent("choose", { detail: file }));
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** @param {string} label @returns {any} */
const button = (label) => [...document.querySelectorAll("button")].find((it) => it.textContent?.trim() === label);

const preview = () => screen.querySelector("form").dispatchEvent(new window.Event("submit", { cancelable: true }));

/** @param {string} request method and path */
const asked = (request) => calls.filter((it) => `${it.method} ${it.path}` === request);

test("a file that was accepted is not sent again while the next screen is on its way", async () => {
	answer(UPLOAD, json({ id: "i1" }, 202));
	preview();
	await until(() => shown.length);
	await soon();
	assert.deepEqual(shown, ["/users/imports/i1"]);
	assert.ok(button("Preview").disabled);
	preview();
	await soon();
	assert.equal(asked(UPLOAD).length, 1);
});

test("a file that was refused can be sent again", async () => {
	answer(UPLOAD, problem(422, "invalid"), json({ id: "i1" }, 202));
	preview();
	await press("Close");
	await until(() => !button("Preview").disabled);
	preview();
	await until(() => shown.length);
	const [first, second] = asked(UPLOAD).map((it) => it.headers["Idempotency-Key"]);
	assert.notEqual(first, second);
});

test("reading a file as a table is told in words of reading, and leaving stops nothing that matters", async () => {
	/** @type {(response: Response) => void} */
	let arrive = () => {};
	answer(UPLOAD, problem(422, "not-csv"));
	answer(TABLES, () => new Promise((resolve) => (arrive = resolve)));
	preview();
	await press("Read It as a Table");
	await until(() => screen.querySelector("#sending-text")?.textContent === "Reading staff.csv.");
	assert.equal(screen.querySelector("sending-file [role=status]").textContent, "Reading the file.");
	const leaving = new window.Event("beforeunload", { cancelable: true });
	window.dispatchEvent(leaving);
	assert.ok(!leaving.defaultPrevented);
	arrive(problem(502, "unreachable"));
	await until(() => document.querySelector("dialog"));
	assert.match(
		String(document.querySelector("dialog")?.textContent).replace(/\s+/g, " "),
		/^ ?The file was not read It is unreachable\. Close ?$/,
	);
	await press("Close");
});
