import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { session } from "../static/assets/session.js";
import "../static/assets/users/users-screen.js";
import { until } from "./page.js";
import { answer, calls, json, reset } from "./server.js";

const PAGE = "/api/users?status=active&sort=lastName%2Casc&page=0&size=50";
const ENDED = "/api/users?credentials=expired&status=active&sort=lastName%2Casc&page=0&size=50";

/** @type {any} */
let screen;

/** @param {string} id @param {object} more */
const user = (id, more = {}) => ({
	id,
	firstName: "Pat",
	lastName: id,
	username: `${id}@x.example`,
	email: "p@x.example",
	role: "TA",
	...more,
});

beforeEach(async () => {
	reset();
	session.me = { id: "me", username: "me", role: "DTC", permissions: [], organizations: [] };
	session.reference = {
		fields: ["firstName", "lastName", "email", "username", "role"].map((id) => ({ id, column: id, label: id, rules: [] })),
		roles: [
			{ code: "DTC", title: "Coordinator", levels: ["district"], grants: ["TA"] },
			{ code: "TA", title: "Administrator", levels: ["school"], grants: [] },
		],
	};
	answer(`GET ${PAGE}`, json({ items: [user("one"), user("two"), user("me")], page: 0, size: 3, totalItems: 9, totalPages: 3 }));
	answer(`GET ${ENDED}`, json({ items: [user("two")], page: 0, size: 1, totalItems: 2, totalPages: 2 }));
	await open("/users");
});

/** @param {string} address */
async function open(address) {
	history.replaceState(null, "", address);
	screen = document.createElement("users-screen");
	document.body.replaceChildren(screen);
	await until(() => screen.querySelector("tbody tr"));
}

const words = () => String(screen.textContent).replace(/\s+/g, " ");

/** @param {string} name @returns {any} */
const named = (name) =>
	[...screen.querySelectorAll("a, button, input")].find((it) => [it.getAttribute("aria-label"), it.textContent.trim()].includes(name));

test("each account has what may be done with it", () => {
	const actions = [...screen.querySelectorAll("tbody tr")].map((row) =>
		[...row.querySelectorAll(".row-actions > *")].map((it) => it.getAttribute("aria-label")),
	);
	assert.deepEqual(actions, [
		["Edit User one@x.example", "Deactivate User one@x.example"],
		["Edit User two@x.example", "Deactivate User two@x.example"],
		["Your profile"],
	]);
});

test("what is beside the list is linked from it", () => {
	for (const [name, address] of Object.entries({
		"Import History": "/users/imports",
		"Ready to Test": "/users/ready",
		"Compare With a Staff List": "/users/compare",
	})) {
		assert.equal(named(name).getAttribute("href"), address);
	}
});

test("those of a page are chosen, then all that match, for the export", async (context) => {
	context.mock.method(document, "dispatchEvent", () => true);
	named("Select all on this page").checked = true;
	named("Select all on this page").dispatchEvent(new window.Event("change"));
	await until(() => words().includes("3 accounts selected"));
	named("Select all 9 that match, to export them").click();
	await until(() => words().includes("9 accounts selected"));
	assert.equal(named("Send New Credentials"), undefined);
	named("Export Users").click();
	await until(() => calls.at(-1)?.path === "/api/users/exports");
	assert.equal(calls.at(-1)?.body, '{"status":"active"}');

	// One of them is taken out: it is the page again, without it.
	named("Select one@x.example").dispatchEvent(new window.Event("change"));
	await until(() => words().includes("2 accounts selected"));
	named("Clear Selection").click();
	await until(() => !words().includes("selected"));
});

const credentials = () =>
	[...screen.querySelectorAll(".which select")].find((it) => it.closest("label").textContent.includes("Credentials"));

test("the filter by credentials narrows the list and the export, and the address keeps it", async (context) => {
	assert.deepEqual(
		[...credentials().querySelectorAll("option")].map((it) => it.textContent),
		["All", "Own password set", "Password sent", "Password expires within a day", "New credentials needed"],
	);
	credentials().value = "expired";
	credentials().dispatchEvent(new window.Event("change"));
	await until(() => words().includes("2 active users found"));
	assert.equal(location.pathname + location.search, "/users?credentials=expired");

	context.mock.method(document, "dispatchEvent", () => true);
	named("Select all on this page").checked = true;
	named("Select all on this page").dispatchEvent(new window.Event("change"));
	await until(() => named("Select all 2 that match, to export them"));
	named("Select all 2 that match, to export them").click();
	await until(() => words().includes("2 accounts selected"));
	named("Export Users").click();
	await until(() => calls.at(-1)?.path === "/api/users/exports");
	assert.equal(calls.at(-1)?.body, '{"credentials":"expired","status":"active"}');
});

test("a link to those of one sign-in shows just them, and all again", async () => {
	calls.length = 0;
	await open("/users?credentials=expired");
	assert.equal(calls[0].path, ENDED);
	assert.equal(credentials().value, "expired");
	answer(`GET ${ENDED}`, json({ items: [], page: 0, size: 1, totalItems: 0, totalPages: 0 }));
	document.dispatchEvent(new window.Event("portal:retry"));
	await until(() => words().includes("No user matches your search and filters."));
	named("Show All Users").click();
	await until(() => words().includes("9 active users"));
	assert.ok(!words().includes("found"));
	assert.equal(credentials().value, "");
	assert.equal(location.pathname + location.search, "/users");
});
