import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { navigate, start } from "../static/assets/router.js";
import { session } from "../static/assets/session.js";
import "./files.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";
import "./uploads.js";

await import("../static/assets/comparison/compare-screen.js");

const COMPARE = "POST /api/comparisons";
const TABLES = "POST /api/imports/tables";
const DISTRICT = { code: "0710", name: "Mendon-Upton", level: "district", parent: null, closed: false };
const TABLE = {
	columns: [{ index: 0, title: "Login", column: "Username", samples: [], reason: "title" }],
	sheet: null,
	sheets: [],
	headerLine: 1,
	skippedLines: [],
	records: 1,
};

/** @type {any} */
let screen;
/** What the shell was asked to show. @type {string[]} */
const shown = [];
history.replaceState(null, "", "/users/compare");
start([[/./, () => location.pathname]], (it) => shown.push(String(it)));
Object.assign(session.reference, { importLimits: { records: 500, bytes: 2 ** 20 } });

beforeEach(async () => {
	reset();
	document.body.replaceChildren();
	session.me.organizations = ["0710"];
	answer("POST /api/organizations/validations", json({ results: [DISTRICT] }));
	await navigate("/users/compare");
	shown.length = 0;
});

async function open() {
	screen = document.createElement("compare-screen");
	document.body.replaceChildren(screen);
	await until(() => screen.querySelector("choose-file #file"));
}

const words = () => String(screen.textContent).replace(/\s+/g, " ");

/** @param {string[]} codes */
const chooseOrganizations = (codes) =>
	screen.querySelector("organization-picker").dispatchEvent(new window.CustomEvent("choose", { detail: codes }));

function chooseFile(file = new File(["Username\nann\n"], "staff.csv")) {
	screen.querySelector("choose-file").dispatchEvent(new window.CustomEvent("choose", { detail: file }));
}

const submit = () => screen.querySelector("form").dispatchEvent(new window.Event("submit", { cancelable: true }));

/** What was sent to be compared. @returns {any[]} */
const sent = () => calls.filter((it) => `${it.method} ${it.path}` === COMPARE).map((it) => it.body);

test("whoever has one organization means that one, and the list is compared with it", async () => {
	answer(COMPARE, json({ id: "c1" }, 201));
	await open();
	await until(() => words().includes("Mendon-Upton"));
	assert.ok(words().includes("The file must list all the staff of these organizations."));
	assert.ok(words().includes("You can use a file for Upload Users, or any other table."));
	chooseFile();
	submit();
	await until(() => shown.length);
	assert.deepEqual(shown, ["/users/compare/c1"]);
	const [form] = sent();
	assert.deepEqual([...form.keys()], ["organization", "file"]);
	assert.equal(form.get("organization"), "0710");
	assert.equal(form.get("file").name, "staff.csv");
});

test("whoever has several chooses, and each of them is sent", async () => {
	session.me.organizations = ["0710-1", "0710-2"];
	answer(COMPARE, json({ id: "c1" }, 201));
	await open();
	submit();
	await until(() => words().includes("Choose at least one organization."));
	assert.ok(words().includes("Choose a file to upload."));
	assert.ok(document.activeElement?.closest("organization-picker"));
	assert.deepEqual(sent(), []);
	chooseOrganizations(["0710-1", "0710-2"]);
	chooseFile();
	await until(() => !words().includes("Choose at least one organization."));
	submit();
	await until(() => shown.length);
	assert.deepEqual(sent()[0].getAll("organization"), ["0710-1", "0710-2"]);
});

test("what is no template gets the server's message, and beside it the offer to be read as a table", async () => {
	answer(COMPARE, problem(422, "not-csv"), json({ id: "c2" }, 201));
	answer(TABLES, json(TABLE));
	await open();
	chooseFile();
	submit();
	await until(() => document.querySelector("dialog"));
	const dialog = String(document.querySelector("dialog")?.textContent).replace(/\s+/g, " ");
	assert.match(dialog, /The file was not compared It is not-csv\./);
	assert.match(dialog, /you choose what each column is, and see what differs before anything is changed\./);
	await press("Read It as a Table");
	await until(() => screen.querySelector("table-step select"));
	assert.equal(document.activeElement?.id, "table-heading");
	assert.ok(screen.querySelector("organization-picker"), "the organizations are there, too");
	assert.ok(words().includes("Look at what each column goes into. Comparing changes nothing."));
	await until(() => !screen.querySelector("form .primary").disabled);
	submit();
	await until(() => shown.length);
	assert.deepEqual(JSON.parse(sent()[1].get("table")), { sheet: null, headerLine: 1, columns: { 0: "Username" } });
	assert.equal(sent()[1].get("organization"), "0710");
});

test("an organization that is not one's own is refused at its field, and nothing is asked", async () => {
	const errors = [{ field: "organization", code: "organization-not-own", message: "You cannot compare a list with 0710." }];
	answer(COMPARE, problem(422, "invalid", { errors }));
	await open();
	chooseFile();
	submit();
	await until(() => words().includes("You cannot compare a list with 0710."));
	assert.equal(document.querySelector("dialog"), null);
	assert.equal(screen.querySelector(".bar").getAttribute("aria-describedby"), "organization-error");
	chooseOrganizations(["0711"]);
	await until(() => !words().includes("You cannot compare"));
});

test("after an answer that never came the list is sent again, to be compared again", async () => {
	answer(
		COMPARE,
		() => {
			throw new TypeError("no answer");
		},
		json({ id: "c1" }, 201),
	);
	await open();
	chooseFile();
	submit();
	await until(() => document.querySelector("dialog"));
	assert.match(String(document.querySelector("dialog")?.textContent), /The file was not compared/);
	await press("Close");
	await until(() => !screen.querySelector("form .primary").disabled);
	submit();
	await until(() => shown.length);
	assert.deepEqual(shown, ["/users/compare/c1"]);
	assert.deepEqual(
		sent().map((it) => it.get("file").name),
		["staff.csv", "staff.csv"],
	);
	assert.ok(calls.every((it) => !("Idempotency-Key" in it.headers)));
});

test("a file that cannot be read any more is not sent", async () => {
	await open();
	const gone = new File(["Username\n"], "gone.csv");
	gone.slice = () => {
		throw new DOMException("It has changed on disk.", "NotReadableError");
	};
	chooseFile(gone);
	submit();
	await until(() => document.querySelector("dialog"));
	assert.match(String(document.querySelector("dialog")?.textContent), /The file could not be read\. Please choose it again\./);
	assert.deepEqual(sent(), []);
});
