import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "../static/assets/confirmation/confirmations-screen.js";
import "../static/assets/confirmation/open-screen.js";
import "../static/assets/home/home-screen.js";
import { start } from "../static/assets/router.js";
import { session } from "../static/assets/session.js";
import "../static/assets/users/account-history.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";
import { told } from "./told.js";
import {
	answerWith,
	box,
	button,
	confirmation,
	DISTRICT,
	figures,
	ID,
	PATH,
	page,
	screen,
	sees,
	sent,
	set,
	show,
	signIn,
	words,
} from "./yearly.js";

const LIST = "GET /api/confirmations?page=0&size=50";
const OPEN = "POST /api/confirmations";
const DUE = `GET ${PATH}/accounts?state=open&mine=true&page=0&size=1`;

let arrived = 0;
start([[/./, () => arrived++]], () => {});

beforeEach(() => {
	reset();
	told.length = 0;
	signIn("DTC", [DISTRICT.code]);
	answerWith(confirmation());
	answer(LIST, page([confirmation({ progress: undefined })]));
});

const openList = (/** @type {string} */ text) => show("confirmations-screen", "/users/confirmations", text);
const openForm = () => show("open-confirmation-screen", "/users/confirmations/new", "Open a Confirmation");

test("each confirmation is there with its deadline and how far it is", async () => {
	await openList("Spring 2027");
	assert.equal(words(screen.querySelector("tbody")), "Spring 2027 Agawam December 18, 2026 37 of 250 confirmed, 12 days left");
	assert.equal(screen.querySelector("tbody a").getAttribute("href"), `/users/confirmations/${ID}`);
	assert.ok(!words().includes("Open a Confirmation"));
});

for (const [more, says] of /** @type {[object, string][]} */ ([
	[{ status: "over" }, "37 of 250 confirmed, the deadline has passed"],
	[{ status: "closed" }, "37 of 250 confirmed, closed"],
	[{ endsAt: new Date(Date.now() + 3_600_000).toISOString() }, "37 of 250 confirmed, 1 day left"],
	[{ progress: figures({}) }, "Nobody to confirm, 12 days left"],
	[{ progress: figures({ accounts: 2000, settled: 1500, open: 500 }) }, "1,500 of 2,000 confirmed, 12 days left"],
	[{ districts: [] }, "The whole state"],
	[{ districts: ["0005", "0035", "a", "b", "c"] }, "Agawam, Boston, a, 2 more districts"],
])) {
	test(`it says: ${says}`, async () => {
		answerWith(confirmation(more));
		answer(LIST, page([confirmation(more)]));
		await openList(says);
	});
}

test("where there is none it says so, and the service center opens one", async () => {
	signIn("SC", []);
	answer(LIST, page([]));
	await openList("There is no confirmation yet.");
	assert.equal(
		[...screen.querySelectorAll("a")].find((it) => words(it) === "Open a Confirmation")?.getAttribute("href"),
		"/users/confirmations/new",
	);
});

test("pages are turned", async () => {
	answer(LIST, page([confirmation()], { totalPages: 2 }));
	answer("GET /api/confirmations?page=1&size=50", page([], { page: 1, totalPages: 2 }));
	await openList("Spring 2027");
	screen.querySelector('[aria-label="Next page"]').click();
	await sees("There is no confirmation yet.");
});

test("what fails is said and tried again", async () => {
	answer(LIST, problem(500, "internal"), page([confirmation()]));
	await openList("It is internal.");
	await press("Try Again");
	await sees("Spring 2027");
	assert.equal(screen.querySelector("[role=alert]"), null);
	answer(LIST, problem(403, "forbidden"));
	await openList("It is forbidden.");
	assert.ok(!button("Try Again"), "nothing comes of asking again");
});

test("a confirmation is opened for some districts", async () => {
	signIn("SC", []);
	answer(OPEN, json(confirmation(), 201));
	await openForm();
	set(screen.querySelector("#name"), "Spring 2027");
	set(box("Some districts"), true);
	await until(() => screen.querySelector("organization-picker"));
	screen.querySelector("organization-picker").dispatchEvent(new window.CustomEvent("choose", { detail: ["0005"] }));
	set(screen.querySelector("#deadline"), "2026-12-18");
	set(screen.querySelector(".days input"), "2026-12-16");
	await press("Add Another Day");
	await until(() => screen.querySelectorAll(".days input").length === 2);
	set(screen.querySelectorAll(".days input")[1], "2026-12-07");
	await press("Add Another Day");
	await press("Open Confirmation");
	await until(() => location.pathname === `/users/confirmations/${ID}`);
	assert.deepEqual(sent(OPEN), [
		{ name: "Spring 2027", districts: ["0005"], deadline: "2026-12-18", reminders: ["2026-12-07", "2026-12-16"] },
	]);
});

test("of whom it is has to be chosen, and nothing is sent before", async () => {
	signIn("SC", []);
	await openForm();
	await press("Open Confirmation");
	await sees("Choose the whole state or some districts.");
	await until(() => document.activeElement?.id === "error-summary");
	set(box("Some districts"), true);
	await until(() => !words().includes("Choose the whole state"));
	await press("Open Confirmation");
	await sees("Choose at least one district.");
	assert.deepEqual(sent(OPEN), []);
});

test("what the service finds wrong is said at its field, and the same again has the same key", async () => {
	signIn("SC", []);
	const errors = [
		{ field: "name", code: "name-length", message: "The name must be shorter." },
		{ field: "deadline", code: "deadline-out-of-range", message: "The deadline must be later." },
		{ field: "reminders", code: "reminder-out-of-range", message: "A day of reminders must be later." },
	];
	answer(OPEN, problem(422, "invalid", { errors }), problem(503, "unavailable"), json(confirmation(), 201));
	await openForm();
	set(box("The whole state"), true);
	await press("Open Confirmation");
	await until(() => screen.querySelector("#name-error"));
	assert.deepEqual(
		["name", "deadline", "reminders"].map((it) => words(screen.querySelector(`#${it}-error`))),
		errors.map((it) => it.message),
	);
	assert.deepEqual(sent(OPEN)[0], { name: "", districts: [], deadline: null, reminders: [] });
	set(screen.querySelector("#name"), "Spring 2027");
	await until(() => !screen.querySelector("#name-error"));
	await press("Open Confirmation");
	await until(() => told.includes("It is unavailable."));
	await press("Open Confirmation");
	await until(() => location.pathname === `/users/confirmations/${ID}`);
	const keys = calls.filter((it) => it.method === "POST" && it.path === "/api/confirmations").map((it) => it.headers["Idempotency-Key"]);
	assert.notEqual(keys[0], keys[1]);
	assert.equal(keys[1], keys[2]);
});

test("whoever still has people to confirm is told at home", async () => {
	answer(LIST, page([confirmation(), confirmation({ id: "old", status: "closed" })]));
	answer(DUE, page([{}], { totalItems: 12 }));
	await show("home-screen", "/", "A confirmation is due by December 18, 2026: you still have 12 people to confirm in Spring 2027.");
	assert.equal(screen.querySelector(".notice a").getAttribute("href"), `/users/confirmations/${ID}`);
});

test("whoever has nobody to confirm is told nothing, also when nobody can say", async () => {
	answer(DUE, page([]));
	await show("home-screen", "/", "User Management");
	await until(() => calls.some((it) => `GET ${it.path}` === DUE));
	await new Promise((resolve) => setTimeout(resolve, 10));
	assert.equal(screen.querySelector(".notice"), null);
	answer(LIST, problem(503, "unavailable"));
	await show("home-screen", "/", "User Management");
	await new Promise((resolve) => setTimeout(resolve, 10));
	assert.equal(screen.querySelector(".notice"), null);
	session.me.permissions = [];
	const before = calls.length;
	await show("home-screen", "/", "Welcome");
	assert.ok(calls.slice(before).every((it) => !it.path.includes("confirmations")));
});

test("the service center is not asked at home whether it has people to confirm", async () => {
	signIn("SC", []);
	answer(DUE, page([{}], { totalItems: 12 }));
	await show("home-screen", "/", "User Management");
	await new Promise((resolve) => setTimeout(resolve, 10));
	assert.ok(calls.every((it) => !it.path.includes("confirmations")));
	assert.equal(screen.querySelector(".notice"), null);
});

test("the history of an account says in words what was decided", async () => {
	const entry = (/** @type {object} */ confirmed) => ({
		what: "confirmed",
		way: "form",
		at: "2026-12-01T15:00:00Z",
		by: { name: "Kim Harper" },
		changes: [],
		sites: [],
		apiClients: [],
		confirmation: { id: ID, name: "Spring 2027", ...confirmed },
	});
	answer(
		"GET /api/users/1/history?page=0&size=20",
		page([entry({ decision: "wrong", before: "stays" }), entry({ decision: "stays", before: null })]),
	);
	const history = /** @type {any} */ (document.createElement("account-history"));
	history.account = "1";
	history.version = "1";
	document.body.replaceChildren(history);
	await sees("Confirmed Stays → Wrong Role or School, in Spring 2027");
	await sees("Confirmed Stays, in Spring 2027");
	assert.equal(history.querySelector("a").getAttribute("href"), `/users/confirmations/${ID}`);
	assert.ok(!button("Show Earlier"));
});
