import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { session } from "../static/assets/session.js";
import "../static/assets/ui/organization-picker.js";
import { until } from "./page.js";
import { answer, calls, json, reset } from "./server.js";

const SCHOOL = { code: "d1-s1", name: "One", level: "school", parentName: "Town", closed: false };

/** @type {any} */
let picker;

beforeEach(() => {
	reset();
	session.me = { id: "me", role: "SC", permissions: [], organizations: [] };
	picker = document.createElement("organization-picker");
	document.body.replaceChildren(picker);
});

const asked = () => calls.filter((it) => it.method === "GET").map((it) => it.path);
const options = () => [...picker.querySelectorAll(".option")].map((it) => it.textContent.trim().replace(/\s+/g, " "));
const count = () => picker.querySelector("[role=status]").textContent;

/** @param {string[]} levels */
async function open(levels) {
	picker.levels = levels;
	picker.update();
	await until(() => picker.querySelector(".bar"));
	picker.querySelector(".bar").click();
	await until(() => picker.querySelector("[type=search]") && count() !== "");
}

test("the directory is asked for the level that may be chosen, so that none is lost behind others", async () => {
	answer("GET /api/organizations?level=school&assignable=true&size=50", json({ items: [SCHOOL], totalItems: 72 }));
	await open(["school"]);
	assert.deepEqual(options(), ["One (Town) d1-s1"]);
	assert.equal(count(), "The first 50 of 72 organizations. Type to find others.");
});

test("where both levels may be chosen, both are asked for at once", async () => {
	answer("GET /api/organizations?assignable=true&size=50", json({ items: [SCHOOL], totalItems: 1 }));
	await open(["district", "school"]);
	assert.equal(count(), "1 organization");
});

test("what is typed is searched for with the level, and nothing found is said", async () => {
	answer("GET /api/organizations?level=district&assignable=true&size=50", json({ items: [], totalItems: 0 }));
	answer("GET /api/organizations?search=worcester+03480000&level=district&assignable=true&size=50", json({ items: [], totalItems: 0 }));
	await open(["district"]);
	assert.equal(count(), "There is no organization that you could choose here.");
	const search = picker.querySelector("[type=search]");
	search.value = " worcester 03480000 ";
	search.dispatchEvent(new window.Event("input"));
	await until(() => count() === "No organization found.");
	assert.equal(asked().length, 2);
});

test("organizations of the level that was chosen before are gone when it is another one", async () => {
	answer("GET /api/organizations?level=school&assignable=true&size=50", json({ items: [SCHOOL], totalItems: 1 }));
	await open(["school"]);
	picker.querySelector(".bar").click();
	/** @type {(answer: Response) => void} */
	let late = () => {};
	answer("GET /api/organizations?level=district&assignable=true&size=50", () => new Promise((resolve) => (late = resolve)));
	picker.levels = ["district"];
	picker.querySelector(".bar").click();
	await until(() => picker.querySelector("[type=search]"));
	assert.deepEqual([options(), count()], [[], ""]);
	late(json({ items: [], totalItems: 0 }));
	await until(() => count() !== "");
});
