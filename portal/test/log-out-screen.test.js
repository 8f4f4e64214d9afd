import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { saverOf } from "../static/assets/imports/drafts.js";
import { start } from "../static/assets/router.js";
import "../static/assets/session/log-out-screen.js";
import "./files.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";

/** @type {any} */
let screen;
/** Each test has an import of its own: a saver lives as long as its page. */
let id = "";
let count = 0;

start([], () => {});

beforeEach(async () => {
	reset();
	sessionStorage.clear();
	id = `i${++count}`;
	screen = document.createElement("log-out-screen");
	document.body.replaceChildren(screen);
	answer("POST /logout", json({ location: "/signed-out" }));
	await soon();
});

afterEach(() => saver().giveUp([1, 2]));

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

const saver = () => saverOf(id);
const asked = (/** @type {string} */ path) => calls.filter((it) => it.path === path).length;

test("what could not be saved is saved before one logs out, and nothing is asked", async () => {
	answer(`PATCH /api/imports/${id}/draft`, problem(503, "unavailable"), json({ corrections: [] }));
	saver().put(new Map([[1, { Role: "TA" }]]));
	await soon();
	assert.equal(saver().unsaved.size, 1);
	await press("Logout");
	await until(() => asked("/logout"));
	assert.deepEqual([saver().unsaved.size, document.querySelector("dialog")], [0, null]);
});

test("who would lose corrections by logging out is asked, and goes back", async () => {
	answer(`PATCH /api/imports/${id}/draft`, problem(503, "unavailable"));
	saver().put(
		new Map([
			[1, { Role: "TA" }],
			[2, { Role: "TA" }],
		]),
	);
	await soon();
	await press("Logout");
	await until(() => document.querySelector("dialog"));
	assert.match(String(document.querySelector("dialog")?.textContent), /2 corrected records are not saved yet\. Log out and lose them\?/);
	await press("Stay Logged In");
	await until(() => !screen.querySelector("button").disabled);
	assert.deepEqual([asked("/logout"), saver().unsaved.size, sessionStorage.length], [0, 2, 1]);
});

test("an answer that comes after one has logged out leaves nothing in the tab, and nothing keeps the page", async () => {
	/** @type {(value: Response) => void} */
	let arrive = () => {};
	answer(
		`PATCH /api/imports/${id}/draft`,
		problem(503, "unavailable"),
		problem(503, "unavailable"),
		() => new Promise((resolve) => (arrive = resolve)),
	);
	saver().put(new Map([[1, { Role: "TA" }]]));
	await soon();
	await press("Logout");
	await until(() => document.querySelector("dialog"));
	saver().save(); // as when its time has come
	await press("Log Out Without Saving");
	await until(() => asked("/logout"));
	await soon();
	arrive(problem(503, "unavailable"));
	await soon();
	assert.equal(sessionStorage.length, 0);
	const leaving = new window.Event("beforeunload", { cancelable: true });
	window.dispatchEvent(leaving);
	assert.ok(!leaving.defaultPrevented);
});
