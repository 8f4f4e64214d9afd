import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { session } from "../static/assets/session.js";
import "../static/assets/users/ready-screen.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";

const DISTRICT = { code: "0005", name: "Agawam", level: "district", parent: null, closed: false };
const OTHER = { code: "0035", name: "Boston", level: "district", parent: null, closed: false };
const HIGH = { code: "0005-505", name: "Agawam High", level: "school", parent: "0005", closed: false };
const JUNIOR = { code: "0005-405", name: "Agawam Junior High", level: "school", parent: "0005", closed: false };
const DOERING = { code: "0005-303", name: "Doering School", level: "school", parent: "0005", closed: false };
const GONE = { code: "0005-001", name: "Old School", level: "school", parent: "0005", closed: true };
const DIRECTORY = [DISTRICT, OTHER, HIGH, JUNIOR, DOERING, GONE];

/** As of the interface, where none is left out. */
const COUNTED = {
	high: {
		code: HIGH.code,
		accounts: 12,
		roles: { STC: 1, TA: 11 },
		credentials: { set: 7, issued: 2, expiring: 2, expired: 1 },
		undelivered: 1,
	},
	junior: { code: JUNIOR.code, accounts: 1, roles: { TA: 1 }, credentials: { expired: 1 }, undelivered: 0 },
	office: { code: DISTRICT.code, accounts: 2, roles: { DTC: 1, TC: 1 }, credentials: { set: 2 }, undelivered: 0 },
};

const ROLES = [
	{ code: "DTC", title: "District Test Coordinator", levels: ["district"] },
	{ code: "STC", title: "School Test Coordinator", levels: ["school"] },
	{ code: "TA", title: "Test Administrator", levels: ["school"] },
	{ code: "TC", title: "Technology Coordinator", levels: ["district", "school"] },
	{ code: "SC", title: "Service Center", levels: [] },
];

/** @type {any} */
let screen;

beforeEach(() => {
	reset();
	history.replaceState(null, "", "/users/ready");
	session.me = { id: "1", role: "DTC", organizations: ["0005"] };
	session.reference = /** @type {any} */ ({ roles: ROLES });
	answer("POST /api/organizations/validations", ({ body }) => {
		const { codes } = JSON.parse(String(body));
		return json({ results: DIRECTORY.filter((it) => codes.includes(it.code)) });
	});
});

/**
 * @param {any[]} schools of the district, as the directory gives them
 * @param {any[]} places as the accounts' service counts them
 * @param {Record<string, number>} credentials of its people, each once
 */
function answerWith(schools, places, credentials = {}, district = "0005") {
	answer(`GET /api/organizations?parent=${district}&page=0&size=200`, json({ items: schools, totalPages: 1 }));
	answer(`GET /api/users/readiness?organization=${district}`, json(readiness(places, credentials)));
}

function readiness(places, credentials) {
	const accounts = places.length === 0 ? 0 : Object.values(credentials).reduce((sum, it) => sum + it, 1); // one who has signed in
	return { people: { accounts, roles: {}, credentials: { set: accounts && 1, ...credentials }, undelivered: 0 }, places };
}

/** Opens it and waits for what it says then. @param {string} text */
async function open(text) {
	screen = document.createElement("ready-screen");
	document.body.replaceChildren(screen);
	await until(() => words().includes(text));
}

const words = () => String(screen.textContent).replace(/\s+/g, " ").trim();

/** The cells of each place by the titles of their columns. @returns {Record<string, any>[]} */
function rows() {
	return [...screen.querySelectorAll("tbody tr")].map((row) => ({
		place: row.querySelector("th").textContent.replace(/\s+/g, " ").trim(),
		...Object.fromEntries([...row.querySelectorAll("td")].map((cell) => [cell.dataset.label, cell])),
	}));
}

/** @param {Record<string, any>} row */
const figures = ({ place, ...cells }) => [place, ...Object.values(cells).map((cell) => cell.textContent.trim())];

/** @param {any} cell */
const address = (cell) => cell.querySelector("a")?.getAttribute("href");

test("the office comes first, then every school of the directory by name, whether anybody is there or not", async () => {
	answerWith([DOERING, JUNIOR, HIGH], [COUNTED.high, COUNTED.junior, COUNTED.office]);
	await open("Doering School");
	assert.deepEqual(
		[...screen.querySelectorAll("thead th")].map((it) => it.textContent.trim()),
		[
			...["School", "DTC", "STC", "TA", "TC", "Accounts"],
			...["Own password set", "Password sent", "Password expires within a day", "New credentials needed", "Emails not delivered"],
		],
	);
	assert.deepEqual(rows().map(figures), [
		["Agawam (district office) 0005", "1", "", "", "1", "2", "2", "0", "0", "0", "0"],
		["Agawam High 0005-505", "", "1", "11", "0", "12", "7", "2", "2", "1", "1"],
		["Agawam Junior High 0005-405", "", "No STC", "1", "0", "1", "0", "0", "0", "1", "0"],
		["Doering School 0005-303", "", "No STC", "0", "0", "0", "0", "0", "0", "0", "0"],
	]);
	assert.equal(location.pathname + location.search, "/users/ready");
});

test("the office is there only with people, a closed school too, and it needs no coordinator", async () => {
	const gone = { ...COUNTED.junior, code: GONE.code };
	answerWith([HIGH, GONE, { ...GONE, code: "0005-002", name: "Older School" }], [COUNTED.high, gone]);
	await open("Old School");
	assert.deepEqual(
		rows().map((row) => [row.place, row["School Test Coordinator"].textContent]),
		[
			["Agawam High 0005-505", "1"],
			["Old School 0005-001 Closed", "0"],
		],
	);
	assert.ok(!screen.querySelector("thead").textContent.includes("DTC"));
	assert.match(words(), /The school has a School Test Coordinator\./);
});

test("each figure leads to just those people, and says which", async () => {
	answerWith([HIGH], [COUNTED.high]);
	await open("Agawam High");
	const [row] = rows();
	const list = "/users?organization=0005-505";
	assert.equal(address(row.Accounts), list);
	assert.equal(address(row["Test Administrator"]), `${list}&role=TA`);
	assert.equal(address(row["Own password set"]), `${list}&credentials=set`);
	assert.equal(address(row["Password sent"]), `${list}&credentials=issued`);
	assert.equal(address(row["Password expires within a day"]), `${list}&credentials=expiring`);
	assert.equal(address(row["New credentials needed"]), `${list}&credentials=expired`);
	assert.equal(address(row["Emails not delivered"]), `${list}&delivery=failed`);
	assert.equal(address(row["Technology Coordinator"]), undefined);
	assert.equal(row["Own password set"].querySelector("a").getAttribute("aria-label"), "7 – Own password set, Agawam High");
});

test("a figure of the office leads nowhere where the list of the district would have people of its schools, too", async () => {
	answerWith([HIGH], [COUNTED.high, COUNTED.office]);
	await open("district office");
	const [office] = rows();
	assert.equal(address(office["District Test Coordinator"]), "/users?organization=0005&role=DTC");
	assert.equal(address(office["Technology Coordinator"]), "/users?organization=0005&role=TC");
	assert.equal(address(office.Accounts), undefined);
	assert.equal(address(office["Own password set"]), undefined);
});

test("it is summed up who is missing, and one of two schools is one person", async () => {
	answerWith([HIGH, JUNIOR, DOERING], [COUNTED.high, COUNTED.junior], { issued: 6, expiring: 3, expired: 5 });
	await open(
		"2 of 3 schools have no School Test Coordinator. 14 people have no password of their own yet, and 5 of them need new credentials.",
	);
	const ended = "/users?organization=0005&credentials=expired";
	assert.deepEqual(
		[...screen.querySelectorAll("[role=status] a")].map((it) => [it.textContent.trim(), it.getAttribute("href")]),
		[["5 of them need new credentials", ended]],
	);
});

for (const { people, says } of [
	{ people: {}, says: "Everybody has a password of their own." },
	{ people: { issued: 1 }, says: "1 person has no password of their own yet." },
	{ people: { expired: 1 }, says: "1 person has no password of their own yet, and needs new credentials." },
	{ people: { expiring: 1, expired: 1 }, says: "2 people have no password of their own yet, and 1 of them needs new credentials." },
]) {
	test(`it says: ${says}`, async () => {
		answerWith([HIGH, JUNIOR], [COUNTED.high, COUNTED.junior], people);
		await open(`1 of 2 schools has no School Test Coordinator. ${says}`);
		assert.equal(screen.querySelectorAll("[role=status] a").length, "expired" in people ? 1 : 0);
	});
}

test("where all schools have a coordinator it says so, and where nobody is, too", async () => {
	answerWith([HIGH, JUNIOR], [COUNTED.high, { ...COUNTED.high, code: JUNIOR.code }]);
	await open("Every school has a School Test Coordinator.");
	answerWith([], []);
	await open("There is no open school here. Nobody has an active account here yet.");
	assert.equal(screen.querySelector("table"), null);
});

test("all pages of the directory are read", async () => {
	answerWith([], [COUNTED.high]);
	const pages = [[HIGH], [JUNIOR], [DOERING]];
	for (const [page, items] of pages.entries()) {
		answer(`GET /api/organizations?parent=0005&page=${page}&size=200`, json({ items, totalPages: pages.length }));
	}
	await open("2 of 3 schools have no School Test Coordinator.");
	assert.equal(rows().length, 3);
});

test("a school's coordinator sees the own schools, and not the district's office", async () => {
	session.me = { id: "2", role: "STC", organizations: [HIGH.code] };
	answerWith([HIGH], [COUNTED.high, COUNTED.office, COUNTED.junior], { issued: 2 });
	await open("The school has a School Test Coordinator. 2 people have no password of their own yet.");
	assert.deepEqual(
		rows().map((row) => row.place),
		["Agawam High 0005-505"],
	);
});

test("who has several districts chooses one of them, and the address has it", async () => {
	session.me.organizations = ["0035", "0005"];
	answerWith([HIGH], [COUNTED.high]);
	answerWith([], [{ ...COUNTED.office, code: "0035" }], {}, "0035");
	await open("Agawam High");
	assert.equal(location.search, "?organization=0005");
	assert.deepEqual(
		[...screen.querySelectorAll("option")].map((it) => it.textContent),
		["Agawam", "Boston"],
	);
	const select = screen.querySelector("select");
	select.value = "0035";
	select.dispatchEvent(new window.Event("change"));
	await until(() => words().includes("Boston (district office)"));
	assert.equal(location.search, "?organization=0035");
	await open("Boston (district office)");
});

test("the service center chooses a district first, and the address has it", async () => {
	session.me = { id: "3", role: "SC", organizations: [] };
	answerWith([HIGH], [COUNTED.high]);
	await open("Choose a district to see which of its schools are ready.");
	assert.deepEqual(calls, []);
	assert.equal(screen.querySelector("[role=status]").textContent.trim(), "");
	screen.querySelector("organization-picker").dispatchEvent(new window.CustomEvent("choose", { detail: ["0005"] }));
	await until(() => words().includes("Agawam High"));
	assert.equal(location.search, "?organization=0005");
	await open("Agawam High");
	screen.querySelector("organization-picker").dispatchEvent(new window.CustomEvent("choose", { detail: [] }));
	await until(() => words().includes("Choose a district"));
	assert.equal(location.search, "");
	assert.equal(screen.querySelector("table"), null);
});

test("what fails is said, and tried again by the button or when the service is back", async () => {
	answerWith([HIGH], [COUNTED.high]);
	answer(
		"GET /api/users/readiness?organization=0005",
		problem(503, "unavailable"),
		problem(500, "internal"),
		json(readiness([COUNTED.high], {})),
		problem(503, "unavailable"),
		problem(500, "internal"),
	);
	await open("It is unavailable.");
	assert.equal(screen.querySelector(".placeholder"), null);
	document.dispatchEvent(new window.Event("portal:retry"));
	await until(() => words().includes("It is internal."));
	await press("Try Again");
	await until(() => words().includes("Agawam High"));
	assert.equal(screen.querySelector("[role=alert]"), null);
	// What was read stays while the service is away: the shell says that it is.
	const asked = calls.length;
	document.dispatchEvent(new window.Event("portal:retry"));
	await until(() => calls.length > asked && !screen.querySelector("[data-loading]"));
	assert.ok(words().includes("Agawam High"));
	assert.equal(screen.querySelector("[role=alert]"), null);
	document.dispatchEvent(new window.Event("portal:retry"));
	await until(() => words().includes("It is internal."));
	assert.ok(words().includes("Agawam High"));
});

test("somebody who has gone on meanwhile keeps the address of the next screen", async () => {
	session.me.organizations = ["0099"];
	/** @type {(answer: Response) => void} */
	let name = () => {};
	answer("POST /api/organizations/validations", () => new Promise((resolve) => (name = resolve)));
	await open("Loading the schools");
	document.body.replaceChildren();
	history.replaceState(null, "", "/users");
	name(json({ results: [{ ...DISTRICT, code: "0099" }] }));
	await new Promise((resolve) => setTimeout(resolve, 20));
	assert.equal(location.pathname, "/users");
	assert.equal(calls.length, 1);
});
