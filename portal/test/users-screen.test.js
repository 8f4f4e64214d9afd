import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as router from "../static/assets/router.js";
import { session } from "../static/assets/session.js";
import "../static/assets/users/users-screen.js";
import { press, until } from "./page.js";
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
	organizations: [],
	...more,
});

beforeEach(async () => {
	reset();
	sessionStorage.clear();
	localStorage.clear();
	session.me = { id: "me", username: "me", role: "DTC", permissions: [], organizations: [] };
	session.reference = {
		fields: ["firstName", "lastName", "email", "username", "role"].map((id) => ({ id, column: id, label: id, rules: [] })),
		roles: [
			{ code: "DTC", title: "Coordinator", levels: ["district"], grants: ["TA"], permissions: [] },
			{ code: "TA", title: "Administrator", levels: ["school"], grants: [], permissions: [] },
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
	named("Select all 9 that match").click();
	await until(() => words().includes("9 accounts selected"));
	named("Export Users").click();
	await until(() => calls.at(-1)?.path === "/api/users/exports");
	assert.equal(calls.at(-1)?.body, '{"status":"active"}');

	// One of them is taken out: it is the page again, without it.
	named("Select one@x.example").click();
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
	await until(() => named("Select all 2 that match"));
	named("Select all 2 that match").click();
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

/** @param {any} input @param {boolean} shift */
const click = (input, shift = false) =>
	input.dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: shift }));

const cellsOf = (column) =>
	[...screen.querySelectorAll(`td[data-label="${column}"]`)].map((it) => it.textContent.replace(/\s+/g, " ").trim());

test("columns are chosen, and remembered for this person", async () => {
	const [soon, at] = ["2026-12-02T20:00:00Z", "2026-11-30T15:00:00Z"];
	const known = [
		user("set", { portalPassword: "set", neverSignedIn: false, lastSignedInAt: at, organizations: ["1-1", "1-2", "1-3"] }),
		user("sent", {
			portalPassword: "issued",
			neverSignedIn: true,
			credentials: { portal: { state: "issued", expiresAt: soon, delivery: "sent" } },
			organizations: [],
		}),
		user("lost", {
			portalPassword: "issued",
			neverSignedIn: true,
			credentials: { portal: { state: "issued", expiresAt: soon, delivery: "expired" } },
			organizations: [],
		}),
		user("late", { portalPassword: "expired", neverSignedIn: false, lastSignedInAt: null, email: "LATE@x.example", organizations: [] }),
	];
	answer(`GET ${PAGE}`, json({ items: known, page: 0, size: 50, totalItems: 4, totalPages: 1 }));
	answer(
		"POST /api/organizations/validations",
		json({
			results: [
				{ code: "1-1", name: "One School" },
				{ code: "1-2", name: "Two School" },
			],
		}),
	);
	await open("/users");
	assert.deepEqual(cellsOf("School(s)"), []);
	assert.deepEqual(
		[...screen.querySelectorAll('td[data-label="username"] .visually-hidden, td[data-label="Username"] .visually-hidden')].map(
			(it) => it.textContent,
		),
		["late@x.example"],
		"a username that is the address is not shown twice",
	);
	named("Columns").click();
	for (const column of ["School(s)", "Credentials", "Last Signed In", "Role"]) {
		const label = () => [...screen.querySelectorAll(".pop-up-panel label")].find((it) => it.textContent.trim() === column);
		await until(label);
		click(label().querySelector("input"));
	}
	await until(() => cellsOf("School(s)")[0] === "One School, Two School and 1 more");
	assert.deepEqual(cellsOf("Credentials"), ["Signed in", "Password until Dec 2", "Not delivered", "Expired"]);
	assert.deepEqual(cellsOf("Last Signed In"), ["Nov 30, 2026", "Never", "Never", ""]);
	assert.deepEqual(cellsOf("Role"), []);

	await open("/users");
	await until(() => cellsOf("School(s)")[0] === "One School, Two School and 1 more");
	session.me = { ...session.me, id: "other" };
	await open("/users");
	assert.deepEqual([cellsOf("School(s)"), cellsOf("Role").length], [[], 4], "somebody else has the usual ones");
});

test("what is chosen survives a reload, a search and the other status; a range is taken with Shift", async () => {
	const many = ["a", "b", "c", "d"].map((it) => user(it));
	answer(`GET ${PAGE}`, json({ items: many, page: 0, size: 50, totalItems: 4, totalPages: 1 }));
	const gone = json({ items: [user("gone")], page: 0, size: 50, totalItems: 1, totalPages: 1 });
	answer("GET /api/users?status=deactivated&sort=lastName%2Casc&page=0&size=50", gone);
	await open("/users");
	click(named("Select d@x.example"));
	click(named("Select b@x.example"), true);
	await until(() => words().includes("3 accounts selected"));
	await open("/users");
	await until(() => words().includes("3 accounts selected"));
	const box = screen.querySelector(".which input");
	box.checked = true;
	box.dispatchEvent(new window.Event("change"));
	await until(() => named("Select gone@x.example"));
	assert.ok(!words().includes("selected"));
	box.checked = false;
	box.dispatchEvent(new window.Event("change"));
	await until(() => words().includes("3 accounts selected"));

	click(named("Select c@x.example"));
	await until(() => words().includes("2 accounts selected"));
	click(named("Select d@x.example"), true);
	await until(() => words().includes("1 account selected"));
	session.me = { ...session.me, id: "other" };
	await open("/users");
	assert.ok(!words().includes("selected"), "another person has chosen nobody");
});

test("who is chosen can be looked at, and taken out", async () => {
	click(named("Select one@x.example"));
	click(named("Select two@x.example"));
	await until(() => words().includes("2 accounts selected"));
	named("Show Selected").click();
	await until(() => document.querySelector("dialog people-table tbody tr"));
	assert.deepEqual(
		[...document.querySelectorAll("dialog tbody tr td:nth-child(2)")].map((it) => it.textContent),
		["Pat one", "Pat two"],
	);
	document.querySelector("dialog tbody tr input").dispatchEvent(new window.Event("change"));
	await until(() => words().includes("1 account selected"));
	await press("Close");
	assert.ok(!document.querySelector("dialog"));
});

/** @param {string} status of both @param {Record<string, object>} outcomes by id */
function done(status, outcomes) {
	for (const id of Object.keys(outcomes)) answer(`GET /api/users/${id}`, json({ ...user(id), status, credentials: {} }));
	return json({ results: Object.entries(outcomes).map(([userId, it]) => ({ userId, ...it })) });
}

/** @type {any[]} */
let said = [];
document.addEventListener("portal:status", (/** @type {any} */ event) => said.push(event.detail));

test("all that match are deactivated once their number is typed, and come back by Undo", async () => {
	answer(
		"GET /api/users?status=active&sort=lastName%2Casc&page=0&size=200",
		json({ items: [user("one"), user("two")], page: 0, size: 200, totalItems: 2, totalPages: 1 }),
	);
	answer(
		"POST /api/users/deactivations",
		done("deactivated", { one: { outcome: "done", etag: '"1"' }, two: { outcome: "refused", message: "No." } }),
	);
	named("Select all on this page").checked = true;
	named("Select all on this page").dispatchEvent(new window.Event("change"));
	await until(() => named("Select all 9 that match"));
	named("Select all 9 that match").click();
	await until(() => words().includes("9 accounts selected"));
	named("Deactivate").click();
	await until(() => document.querySelector("dialog h2")?.textContent === "Deactivate the 2 selected user accounts?");
	calls.length = 0;
	await press("Deactivate");
	assert.ok(!document.querySelector("#how-many-error").hidden);
	assert.equal(calls.length, 0);
	const typed = document.querySelector("#howMany");
	typed.value = "2";
	typed.dispatchEvent(new window.Event("input"));
	said = [];
	await press("Deactivate");
	await press("Close");
	await until(() => said.some((it) => it?.text === "1 user account has been deactivated."));
	const { action } = said.find((it) => it?.text);
	assert.equal(action.label, "Undo");

	answer("POST /api/users/reactivations", done("active", { one: { outcome: "done", etag: '"2"' } }));
	said = [];
	action.run();
	await until(() => said.some((it) => it?.text === "1 user account has been reactivated."));
	const undo = calls.find((it) => it.path === "/api/users/reactivations");
	assert.equal(undo?.body, '{"userIds":["one"],"ifMatch":{"one":"\\"1\\""}}');
});

test("the pop-up of new credentials says how many lose a password of their own", async () => {
	const own = { credentials: { portal: { state: "set" }, training: { state: "issued" } } };
	answer(`GET ${PAGE}`, json({ items: [user("one", own), user("two")], page: 0, size: 50, totalItems: 2, totalPages: 1 }));
	await open("/users");
	click(named("Select one@x.example"));
	click(named("Select two@x.example"));
	await until(() => words().includes("2 accounts selected"));
	named("Send New Credentials").click();
	await until(() => document.querySelector("dialog"));
	assert.match(document.querySelector("dialog").textContent, /One of these people has a password of their own\. It stops working, too\./);
	await press("Cancel");
});

test("a pasted column of addresses finds those people, and says who is not there", async () => {
	const people = "people=one%40x.example%2Cnobody%40x.example";
	answer(page(people), json({ items: [user("one")], page: 0, size: 50, totalItems: 1, totalPages: 1 }));
	const paste = new window.Event("paste", { cancelable: true });
	Object.assign(paste, { clipboardData: { getData: () => "one@x.example\nnobody@x.example" } });
	screen.querySelector("#search").dispatchEvent(paste);
	await until(() => words().includes("One of them is not in this list: nobody@x.example"));
	assert.deepEqual(chips(), ["2 pasted addresses"]);
	assert.ok(paste.defaultPrevented);
});

test("who has not signed in since a day is asked for by the moment at which it begins", async () => {
	const since = new Date("2026-09-01T00:00").toISOString();
	answer(
		`GET /api/users?status=active&sort=lastName%2Casc&page=0&size=50&signedInBefore=${encodeURIComponent(since)}`,
		json({ items: [user("one")], page: 0, size: 50, totalItems: 1, totalPages: 1 }),
	);
	await open("/users?signedInBefore=2026-09-01");
	assert.deepEqual(chips(), ["Not signed in since September 1, 2026"]);
	answer("GET /api/imports/7", json({ fileName: "staff.csv" }));
	answer(page("importId=7"), json({ items: [user("one")], page: 0, size: 50, totalItems: 1, totalPages: 1 }));
	await open("/users?importId=7");
	await until(() => chips()[0] === "Import: staff.csv");
});

test("a view is saved under a name, and found again", async () => {
	await open("/users?credentials=expired");
	named("Views").click();
	await until(() => named("Save this view…"));
	named("Save this view…").click();
	await until(() => document.querySelector("#viewName"));
	document.querySelector("#viewName").value = " To send ";
	document.querySelector("#viewName").dispatchEvent(new window.Event("input"));
	await press("Save View");
	await until(() => named("To send"));
	assert.equal(named("To send").getAttribute("href"), "/users?credentials=expired");
	named("Delete the view To send").click();
	await until(() => !named("To send"));
});

test("that nobody is without their emails is good news", async () => {
	const none = json({ items: [], page: 0, size: 50, totalItems: 0, totalPages: 0 });
	answer("GET /api/users?delivery=failed&status=active&sort=lastName%2Casc&page=0&size=50", none);
	answer("GET /api/users?search=o&delivery=failed&status=active&sort=lastName%2Casc&page=0&size=50", none);
	const empty = () => screen.querySelector(".empty p")?.textContent;
	const openEmpty = async (/** @type {string} */ address) => {
		history.replaceState(null, "", address);
		screen = document.createElement("users-screen");
		document.body.replaceChildren(screen);
		await until(empty);
	};
	await openEmpty("/users?delivery=failed");
	assert.equal(empty(), "All emails have arrived.");
	await openEmpty("/users?search=o&delivery=failed");
	assert.equal(empty(), "No user matches your search and filters.");
});
