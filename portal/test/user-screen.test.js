import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { start } from "../static/assets/router.js";
import { session } from "../static/assets/session.js";
import * as status from "../static/assets/ui/status.js";
import "../static/assets/users/user-screen.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";
import { told, ways } from "./told.js";

const PAT = {
	id: "1",
	username: "pat@x.example",
	firstName: "Pat",
	lastName: "One",
	email: "pat@x.example",
	role: "TA",
	status: "active",
	organizations: ["d1-s1"],
	programs: [],
	credentials: { portal: { state: "set", since: "2026-01-01T00:00:00Z" }, training: { state: "issued", since: "2026-01-01T00:00:00Z" } },
};
const OPEN = { id: "open", name: "For Everybody", districts: [] };
const OF_TWO = { id: "two", name: "Of Two" };

/** @type {any} */
let screen;
/** Each test has districts of its own: what the directory has told stays. */
let turn = 0;

start([], () => {});

beforeEach(() => {
	reset();
	turn++;
	told.length = 0;
	session.me = { id: "me", username: "me", role: "DTC", permissions: [], organizations: [code("d1"), code("d2")] };
	session.reference = {
		roles: [
			{ code: "DTC", title: "Coordinator", levels: ["district"], permissions: [], grants: ["TA", "RAO"] },
			{ code: "TA", title: "Administrator", levels: ["school"], permissions: [], grants: [] },
			{ code: "RAO", title: "Reports", levels: ["school"], permissions: [], grants: [] },
		],
		programs: [OPEN, { ...OF_TWO, districts: [code("d2")] }],
	};
	answer("POST /api/organizations/validations", directory);
	answer("GET /api/users/1/history?page=0&size=20", json({ items: [], page: 0, totalPages: 1 }));
	answer("GET /api/api-clients?size=200&account=1", json({ items: [] }));
});

const code = (/** @type {string} */ short) => short.replace("d", `${turn}d`);

/** Knows every organization. @param {any} call */
function directory({ body }) {
	const of = (/** @type {string} */ it) => ({
		code: it,
		name: `Place ${it}`,
		level: "school",
		parent: it.includes("-") ? it.split("-")[0] : undefined,
	});
	return json({ results: JSON.parse(body).codes.map(of) });
}

/** @param {object} more @param {number} version */
const account = (more = {}, version = 1) => json({ ...PAT, organizations: [code("d1-s1")], ...more }, 200, { ETag: `"${version}"` });

/** @param {string} address */
async function open(address) {
	history.replaceState(null, "", address);
	screen = document.createElement("user-screen");
	screen.route = ["", address.replace(/.*\//, "")];
	document.body.replaceChildren(screen);
	await until(() => screen.querySelector("#firstName"));
}

/** @param {string} name @param {string} value */
function fill(name, value) {
	const field = screen.querySelector(`#${name}`);
	field.value = value;
	field.dispatchEvent(new window.Event(field.localName === "select" ? "change" : "input"));
}

/** @param {...string} codes */
const belongTo = (...codes) =>
	screen.querySelector("organization-picker").dispatchEvent(new window.CustomEvent("choose", { detail: codes.map(code) }));

const written = (/** @type {string} */ name) => screen.querySelector(`#${name}`).value;
const offered = () => [...screen.querySelectorAll("#programs .option")].map((it) => it.textContent.trim());
const sent = (/** @type {string} */ method) => calls.filter((it) => it.method === method && /^\/api\/users(\/1)?$/.test(it.path));
const bodyOf = (/** @type {any} */ call) => JSON.parse(call.body);
const versionOf = (/** @type {any} */ call) => call.headers["If-Match"];

test("what is typed stays when the account is read again, and undoes nothing that somebody else has saved meanwhile", async () => {
	answer("GET /api/users/1", account());
	await open("/users/1");
	fill("firstName", "Mine");
	const since = "2026-02-02T00:00:00Z";
	answer("POST /api/users/credentials", json({ results: [{ userId: "1", outcome: "done" }] }));
	answer(
		"GET /api/users/1",
		account({ lastName: "Theirs", credentials: { portal: { state: "issued", since }, training: { state: "issued", since } } }, 2),
	);
	await press("Send New Credentials");
	await until(() => document.querySelector("dialog"));
	await press("Send New Credentials");
	await until(() => screen.textContent.includes("(Pat Theirs)"));
	assert.deepEqual([written("firstName"), written("lastName")], ["Mine", "Theirs"]);
	answer("PUT /api/users/1", problem(503, "busy"));
	await press("Save User");
	await until(() => told.includes("It is busy."));
	const [call] = sent("PUT");
	assert.deepEqual([versionOf(call), bodyOf(call).firstName, bodyOf(call).lastName], ['"2"', "Mine", "Theirs"]);
});

test("what somebody else has saved meanwhile is kept beside one's own, and saved over their version", async () => {
	answer("GET /api/users/1", account(), account({ lastName: "Theirs", role: "RAO" }, 2));
	answer("PUT /api/users/1", problem(412, "changed"), problem(503, "busy"));
	await open("/users/1");
	fill("firstName", "Mine");
	await press("Save User");
	await until(() => document.querySelector("dialog"));
	const rows = [...document.querySelectorAll(".diff tbody tr")].map((row) => [...row.children].map((it) => it.textContent));
	assert.deepEqual(rows, [
		["Last Name", "One", "Theirs", "not changed by you"],
		["Role", "Administrator", "Reports", "not changed by you"],
	]);
	await press("Keep Those Changes Too");
	await until(() => written("lastName") === "Theirs");
	assert.equal(sent("PUT").length, 1);
	await press("Save User");
	await until(() => told.includes("It is busy."));
	const call = sent("PUT")[1];
	assert.deepEqual([versionOf(call), bodyOf(call).firstName, bodyOf(call).lastName, bodyOf(call).role], ['"2"', "Mine", "Theirs", "RAO"]);
});

test("a version with nothing in it that the form has is no conflict: it is saved over, once", async () => {
	answer("GET /api/users/1", account(), account({}, 2));
	answer("PUT /api/users/1", problem(412, "changed"));
	await open("/users/1");
	fill("firstName", "Mine");
	await press("Save User");
	await until(() => told.includes("It is changed."));
	assert.deepEqual(sent("PUT").map(versionOf), ['"1"', '"2"']);
	assert.deepEqual([document.querySelector("dialog"), written("firstName")], [null, "Mine"]);
});

test("the same user is created once however often one tries, and another one is another", async () => {
	await open("/users/new");
	fill("firstName", "New");
	await press("Save User"); // nobody answers
	await until(() => told.length === 1);
	await press("Save User");
	await until(() => told.length === 2);
	fill("firstName", "Other");
	await press("Save User");
	await until(() => told.length === 3);
	const [first, again, other] = sent("POST").map((it) => it.headers["Idempotency-Key"]);
	assert.equal(again, first);
	assert.notEqual(other, first);
});

test("who was created otherwise than filled in is changed from then on, not created again", async () => {
	await open("/users/new");
	fill("firstName", "New");
	fill("role", "TA");
	answer("POST /api/users", account({ firstName: "New" }));
	answer("GET /api/users/1", account({ firstName: "N" }, 3));
	answer("PUT /api/users/1", problem(503, "busy"));
	await press("Save User");
	await until(() => screen.querySelector("#firstName-error"));
	assert.equal(screen.querySelector("#firstName-error").textContent, "First Name was not saved. The account has N there.");
	assert.deepEqual([location.pathname, written("firstName")], ["/users/1", "New"]);
	await press("Save User");
	await until(() => told.includes("It is busy."));
	assert.equal(versionOf(sent("PUT")[0]), '"3"');
	assert.equal(sent("POST").length, 1);
});

test("what was not taken is said when nobody can name the organizations, too", async () => {
	await open("/users/new");
	answer("POST /api/organizations/validations", problem(503, "unavailable"));
	answer("POST /api/users", account());
	answer("GET /api/users/1", account());
	await press("Save User");
	await until(() => screen.querySelector("#organizations-error"));
	assert.equal(
		screen.querySelector("#organizations-error").textContent,
		`Organizations were not saved. The account has ${code("d1-s1")} there.`,
	);
	assert.deepEqual(told, ["The user account pat@x.example has been created, but not as it was filled in."]);
});

test("programs of a district are offered by what is chosen now, whichever answer of the directory comes last", async () => {
	await open("/users/new");
	/** @type {() => void} */
	let late = () => {};
	answer("POST /api/organizations/validations", (call) => new Promise((resolve) => (late = () => resolve(directory(call)))), directory);
	belongTo("d1-s1");
	belongTo("d1-s1", "d2-s1");
	await until(() => offered().includes("Of Two"));
	late();
	await new Promise((resolve) => setTimeout(resolve, 20));
	assert.deepEqual(offered(), ["For Everybody", "Of Two"]);
	belongTo("d1-s1");
	await until(() => offered().length === 1);
});

test("programs are chosen and given up one by one", async (context) => {
	const own = globalThis.CustomEvent;
	globalThis.CustomEvent = /** @type {any} */ (window).CustomEvent; // elements take those of their page
	context.after(() => (globalThis.CustomEvent = own));
	await open("/users/new");
	const bar = () => screen.querySelector("#programs button");
	assert.equal(bar().textContent.trim(), "No program selected. Click here to choose program(s).");
	bar().click();
	await until(() => bar().getAttribute("aria-expanded") === "true" && !screen.querySelector("#program-list").hidden);
	screen.querySelector("#programs input").click();
	await until(() => screen.querySelector("#programs .chip")?.textContent === "For Everybody");
	assert.equal(screen.querySelector("#programs .chip button").getAttribute("aria-label"), "Remove For Everybody");
	screen.querySelector("#programs input").click();
	await until(() => !screen.querySelector("#programs .chip"));
	assert.equal(bar().getAttribute("aria-expanded"), "true");
});

for (const [what, part] of [
	["organizations", "organization-picker"],
	["programs", "program-choice"],
]) {
	test(`the bar of ${what} is closed by Escape, by a click elsewhere and by going on, and by nothing within`, async () => {
		await open("/users/new");
		const bar = () => screen.querySelector(`${part} .bar`);
		const list = () => screen.querySelector(`${part} .bar-panel`);
		const isOpen = () => bar().getAttribute("aria-expanded") === "true";
		const openIt = async () => {
			bar().click();
			await until(() => isOpen() && !list().hidden);
		};
		const event = (/** @type {string} */ type, more = {}) =>
			Object.assign(new window.Event(type, { bubbles: true, cancelable: true }), more);
		await openIt();
		list().dispatchEvent(event("pointerdown"));
		list().click();
		assert.ok(isOpen());
		list().dispatchEvent(event("keydown", { key: "Escape" }));
		await until(() => !isOpen() && list().hidden);
		assert.equal(document.activeElement, bar());

		await openIt();
		screen.querySelector("#firstName").dispatchEvent(event("pointerdown"));
		list().dispatchEvent(event("focusout", { relatedTarget: screen.querySelector("#firstName") }));
		screen.querySelector("#firstName").dispatchEvent(event("pointerup"));
		await Promise.resolve().then(() => {}); // it would be drawn by now
		assert.ok(isOpen(), "what is pressed stays where it is");
		screen.querySelector("#firstName").click();
		await until(() => !isOpen());

		await openIt();
		list().dispatchEvent(event("focusout", { relatedTarget: screen.querySelector("#firstName") }));
		await until(() => !isOpen());
	});
}

test("what is chosen is given up by its ×, and the focus goes on to the next or to the bar", async () => {
	await open("/users/new");
	belongTo("d1-s1", "d1-s2", "d1-s3");
	const crosses = () => [...screen.querySelectorAll("organization-picker .chip button")];
	const give = async (/** @type {number} */ at) => {
		const left = crosses().length - 1;
		crosses()[at].focus();
		crosses()[at].click();
		await until(() => crosses().length === left);
	};
	const focused = () => document.activeElement?.getAttribute("aria-label");
	await until(() => crosses().length === 3);
	await give(1);
	await until(() => focused()?.includes(code("d1-s3")));
	await give(1);
	await until(() => focused()?.includes(code("d1-s1")));
	await give(0);
	await until(() => document.activeElement === screen.querySelector("organization-picker .bar"));
});

test("a new address foretells new passwords for the sites where the old one has not been made one's own", async () => {
	answer("GET /api/users/1", account());
	await open("/users/1");
	fill("email", "other@x.example");
	await until(() => /new credentials for\s+the MCAS Training Site are sent/.test(screen.textContent));
	fill("email", " pat@x.example ");
	await until(() => !screen.textContent.includes("new credentials for"));
});

test("the address follows the username until another one is typed", async () => {
	await open("/users/new");
	fill("username", "pat");
	assert.equal(written("email"), "");
	fill("username", "pat@x.example");
	await until(() => written("email") === "pat@x.example");
	fill("username", "pat.one@x.example");
	await until(() => written("email") === "pat.one@x.example");
	fill("email", "office@x.example");
	fill("username", "patricia@x.example");
	await until(() => written("username") === "patricia@x.example");
	assert.equal(written("email"), "office@x.example");
});

test("an address that somebody has does not follow anything", async () => {
	answer("GET /api/users/1", account());
	await open("/users/1");
	assert.equal(written("email"), "pat@x.example");
	assert.ok(screen.querySelector("#username").readOnly);
});

test("a phone number is written as the service wants it when one leaves the field", async () => {
	await open("/users/new");
	const leave = (/** @type {string} */ name, /** @type {string} */ typed) => {
		fill(name, typed);
		screen.querySelector(`#${name}`).dispatchEvent(new window.Event("change"));
		return written(name);
	};
	for (const typed of ["5085550103", "(508) 555-0103", "508.555.0103", "+1 508 555 0103", "508\u2013555\u20130103", "508-555-0103"])
		assert.equal(leave("phone", typed), "508-555-0103", typed);
	for (const typed of ["555-0103", "508-555-0103 x4", "none", ""]) assert.equal(leave("fax", typed), typed, typed);
	answer("POST /api/users", problem(503, "busy"));
	await press("Save User");
	await until(() => told.length === 1);
	assert.equal(bodyOf(sent("POST")[0]).phone, "508-555-0103");
});

test("the box of faults has those that are left, and words of its own for what was not chosen", async () => {
	await open("/users/new");
	const errors = [
		{ field: "lastName", code: "invalid", message: "Last names must be 2-25 characters long" },
		{ field: "role", code: "invalid", message: "Invalid role" },
		{ field: "organizations", code: "invalid", message: "Invalid organization number" },
	];
	answer("POST /api/users", problem(400, "invalid", { errors }));
	await press("Save User");
	const box = () => screen.querySelector("#error-summary");
	const said = () => [box().querySelector("h2"), ...box().querySelectorAll("li")].map((it) => it.textContent);
	await until(box);
	assert.deepEqual(said(), [
		"Please correct these 3 fields",
		"Last names must be 2-25 characters long",
		"Choose a role",
		"Choose at least one organization",
	]);
	fill("lastName", "One");
	await until(() => said().length === 3);
	assert.equal(said()[0], "Please correct these 2 fields");
	belongTo("d1-s1");
	await until(() => said().length === 2);
	assert.deepEqual(said(), ["Please correct this field", "Choose a role"]);
	fill("role", "TA");
	await until(() => !box());
});

test("a role that was chosen and is not to be had is told in the service's words", async () => {
	await open("/users/new");
	fill("role", "TA");
	const errors = [{ field: "role", code: "not-allowed", message: "Not allowed to assign this role" }];
	answer("POST /api/users", problem(400, "invalid", { errors }));
	await press("Save User");
	await until(() => screen.querySelector("#role-error"));
	assert.equal(screen.querySelector("#role-error").textContent, "Not allowed to assign this role");
});

test("who was created can be viewed, or the next one be created, from what is said", async () => {
	await open("/users/new?organization=d1-s1");
	answer("POST /api/users", account({ firstName: "New", lastName: "", email: "", role: "" }));
	answer("GET /api/users/1", account({ firstName: "New", lastName: "", email: "", role: "", username: "" }));
	fill("firstName", "New");
	belongTo("d1-s1");
	await press("Save User");
	await until(() => location.pathname === "/users");
	status.clear(); // as the next screen does
	assert.equal(told.at(-1), "The user account pat@x.example has been created. Two emails for each site are on their way to .");
	assert.deepEqual(ways, [
		{ label: "View", address: "/users/1" },
		{ label: "Create another", address: "/users/new?organization=d1-s1" },
	]);
});

test("organizations outside one's own stand at the top, and are locked with who can change them", async () => {
	session.me.organizations = [code("d1")];
	answer("GET /api/users/1", account({ organizations: [code("d1-s1"), code("d2-s1")], programs: ["open"] }));
	await open("/users/1");
	await until(() => screen.querySelector(".chip small"));
	const outside = `Place ${code("d2-s1")} (Place ${code("d2")})`;
	assert.equal(screen.querySelector("form > .notice strong").textContent, `Also at ${outside}.`);
	const chips = () => [...screen.querySelectorAll("organization-picker .chip")];
	assert.deepEqual(
		chips().map((it) => [it.querySelector("small")?.textContent, it.querySelector("button")?.getAttribute("aria-label")]),
		[
			[undefined, `Remove Place ${code("d1-s1")} (Place ${code("d1")})`],
			[`Only coordinators of Place ${code("d2")} can change this.`, undefined],
		],
	);
	assert.equal(screen.querySelector("program-choice .chip").textContent.trim(), "For Everybodynot yours to change");
	for (const name of ["firstName", "email", "role"]) assert.ok(screen.querySelector(`#${name}`).matches(":disabled, :disabled *"), name);
});

test("the history names organizations and programs, with the codes beside them", async () => {
	answer("GET /api/users/1", account());
	const change = (/** @type {string} */ field, /** @type {string} */ before, /** @type {string} */ after) => ({ field, before, after });
	const entry = {
		what: "updated",
		at: "2026-12-02T20:34:00Z",
		way: "form",
		sites: [],
		changes: [
			change("organizations", code("d1-s1"), `${code("d1-s1")}|${code("d2-s1")}`),
			change("programs", "", "open"),
			change("role", "RAO", "TA"),
		],
	};
	answer("GET /api/users/1/history?page=0&size=20", json({ items: [entry], page: 0, totalPages: 1 }));
	await open("/users/1");
	const [one, other] = ["d1", "d2"].map((it) => `Place ${code(`${it}-s1`)} (Place ${code(it)}) ${code(`${it}-s1`)}`);
	const said = () => [...screen.querySelectorAll("account-history ul li")].map((it) => it.textContent.replace(/\s+/g, " ").trim());
	await until(() => said()[0]?.includes("Place"));
	assert.deepEqual(said(), [
		`Organizations: ${one} → ${one}${other}`,
		"Programs: (blank) → For Everybody",
		"Role: Reports → Administrator",
	]);
});

test("the history names the file that an account came by, and who may not see the import still has its link", async () => {
	answer("GET /api/users/1", account());
	const entry = (/** @type {string} */ importId, /** @type {number} */ recordNumber) => ({
		what: "updated",
		at: "2026-12-02T20:34:00Z",
		way: "import",
		by: { name: "Kim Harper" },
		importId,
		recordNumber,
		sites: [],
		changes: [],
	});
	answer("GET /api/users/1/history?page=0&size=20", json({ items: [entry("a", 3), entry("b", 4), entry("a", 5)], page: 0, totalPages: 1 }));
	answer("GET /api/imports/a", json({ fileName: "fall.csv" }));
	answer("GET /api/imports/b", problem(404, "not-found"));
	await open("/users/1");
	const said = () => [...screen.querySelectorAll("account-history .hint")].map((it) => it.textContent.replace(/^.*by Kim/s, "by Kim"));
	await until(() => said()[0]?.includes("fall"));
	assert.deepEqual(said(), [
		"by Kim Harper by import fall.csv, record 3",
		"by Kim Harper by import, record 4",
		"by Kim Harper by import fall.csv, record 5",
	]);
	const links = [...screen.querySelectorAll("account-history a")].map((it) => it.getAttribute("href"));
	assert.deepEqual(links, ["/users/imports/a", "/users/imports/b", "/users/imports/a"]);
	assert.equal(calls.filter((it) => it.path === "/api/imports/a").length, 1);
});

test("a refusal names the organizations that it is for", async () => {
	const organizations = [code("d1-s1"), code("d2")];
	answer("GET /api/users/1", account({ organizations }));
	await open("/users/1");
	const message = `The account also belongs to organizations that are not yours: ${organizations.join(", ")}.`;
	answer("POST /api/users/deactivations", json({ results: [{ userId: "1", outcome: "refused", code: "organizations-outside", message }] }));
	await press("Deactivate User");
	await until(() => document.querySelector("dialog"));
	await press("Deactivate");
	await until(() => document.querySelector(".outcomes"));
	const named = `Place ${code("d1-s1")} (Place ${code("d1")}) (${code("d1-s1")}), Place ${code("d2")} (${code("d2")})`;
	assert.equal(
		document.querySelector(".outcomes li").textContent.replace(/\s+/g, " "),
		`Pat One (pat@x.example) The account also belongs to organizations that are not yours: ${named}.`,
	);
	await press("Close");
});
