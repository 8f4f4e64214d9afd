import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as router from "../static/assets/router.js";
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

/** @param {string} params of the interface, before the status */
const page = (params) => `GET /api/users?${params}&status=active&sort=lastName%2Casc&page=0&size=50`;

const chips = () => [...screen.querySelectorAll(".narrowed .chip > span")].map((it) => it.textContent);

/** @param {string} search */
async function find(search) {
	screen.querySelector("#search").value = search;
	screen.querySelector(".search").dispatchEvent(new window.Event("submit", { cancelable: true }));
	await until(() => location.search.includes(`search=${search}`));
}

test("each filter is a chip that takes it off, and all go at once", async () => {
	const one = json({ items: [user("one")], page: 0, size: 50, totalItems: 1, totalPages: 1 });
	answer(page("credentials=expired&delivery=failed"), one);
	answer(page("search=o&credentials=expired&delivery=failed"), one);
	answer(page("search=o&delivery=failed"), one);
	await open("/users?credentials=expired&delivery=failed");
	await find("o");
	assert.deepEqual(chips(), ["Search: o", "Credentials: New credentials needed", "Emails not delivered"]);
	named("Remove the filter Credentials: New credentials needed").click();
	await until(() => chips().length === 2);
	assert.equal(location.search, "?search=o&delivery=failed");
	await until(() => document.activeElement === named("Remove the filter Search: o"));
	named("Clear all").click();
	await until(() => words().includes("9 active users"));
	assert.deepEqual([chips(), location.search, screen.querySelector("#search").value], [[], "", ""]);
	assert.equal(document.activeElement, screen.querySelector("#search"));
});

test("Back undoes a filter, and what was typed as one", async () => {
	/** @type {unknown[]} */
	const shown = [];
	router.start([[/^\/users$/, () => "users"]], (it) => shown.push(it));
	router.rewrite("/users");
	const one = json({ items: [user("one")], page: 0, size: 50, totalItems: 1, totalPages: 1 });
	answer(page("search=o"), one);
	answer(page("search=on"), one);
	answer(page("search=on&role=TA"), one);
	const before = history.length;
	await find("o");
	await find("on");
	assert.equal(history.length, before + 1);
	screen.querySelector("#role-filter").value = "TA";
	screen.querySelector("#role-filter").dispatchEvent(new window.Event("change"));
	await until(() => chips().length === 2);
	assert.equal(history.length, before + 2);

	history.replaceState(null, "", "/users?search=on");
	window.dispatchEvent(new window.Event("popstate"));
	await until(() => chips().length === 1);
	assert.equal(screen.querySelector("#search").value, "on");
	history.replaceState(null, "", "/users");
	window.dispatchEvent(new window.Event("popstate"));
	await until(() => chips().length === 0);
	assert.equal(screen.querySelector("#search").value, "");
	assert.equal(shown.length, 1, "the screen stays");
});
