import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Corrections } from "../static/assets/imports/corrections.js";
import "../static/assets/imports/record-sheet.js";
import { note, sheetOf, stored } from "./files.js";
import { press, until } from "./page.js";
import { answer, json, problem, reset } from "./server.js";
import "./told.js";

/** @type {any} */
let page;
/** @type {any} */
let sheet;

beforeEach(() => {
	reset();
	answer("POST /api/organizations/validations", json({ results: [] }));
	answer("POST /api/users/row-validations", problem(404, "not-found"));
});

/** @param {string} id @param {AbortSignal} signal */
async function show(id, signal) {
	page = document.createElement("record-sheet");
	readAnew(id, signal);
	document.body.replaceChildren(page);
	await until(() => head(2));
}

/** @param {string} id @param {AbortSignal} signal */
function readAnew(id, signal) {
	sheet = sheetOf(
		[1, 2].map((record) => stored(record, { Role: "Teacher" }, [note("role")])),
		id,
	);
	page.corrections = new Corrections(sheet, new Map([[id, { data: { corrections: [] } }]]), signal);
}

/** @param {number} record */
const head = (record) => page.querySelector(`tr[data-record="${record}"] > th`)?.textContent;

/** @param {...number} records */
const correct = (...records) =>
	sheet.edit(
		"",
		records.map((record) => ({ row: sheet.byRecord.get(record), column: "Address", value: `Lane ${record}` })),
	);

const saved = () => page.querySelector(".saved").textContent.replace(/\s+/g, " ").trim();

/** Watches what is said of saving. @returns {() => string[]} each word that was there, however shortly */
function watch() {
	/** @type {string[]} */
	const words = [];
	/** @param {any[]} changes */
	const keep = (changes) => {
		for (const { oldValue, addedNodes } of changes) words.push(oldValue ?? "", ...[...addedNodes].map((it) => it.textContent));
	};
	const observer = new window.MutationObserver(keep);
	observer.observe(page.querySelector(".saved"), { subtree: true, childList: true, characterData: true, characterDataOldValue: true });
	return () => {
		keep(observer.takeRecords());
		observer.disconnect();
		return [...words, saved()];
	};
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

test("what is saved by now is not marked any more, while another record's is", async (context) => {
	const errors = [{ field: "corrections[1].cells.Address", message: "Too long." }];
	const draft = json({ corrections: [{ recordNumber: 1, cells: { Address: "Lane 1" } }] });
	answer("PATCH /api/imports/marked/draft", problem(503, "unavailable"), problem(422, "invalid", { errors }), draft);
	await show("marked", context.signal);
	correct(1, 2);
	await until(() => /not checked[\s\S]*not saved yet/.test(head(1)) && /not checked[\s\S]*not saved yet/.test(head(2)));
	await press("Save Now");
	await until(() => saved() === "Not saved yet: 1 record Too long.");
	assert.doesNotMatch(head(1), /not saved yet/);
	assert.match(head(2), /not saved yet/);
});

test("what was marked when the records were read anew is not marked any more once it is saved", async (context) => {
	/** @type {(value: Response) => void} */
	let arrive = () => {};
	answer("PATCH /api/imports/anew/draft", problem(503, "unavailable"), () => new Promise((resolve) => (arrive = resolve)));
	await show("anew", context.signal);
	correct(1);
	await until(() => /not checked[\s\S]*not saved yet/.test(head(1)));
	readAnew("anew", context.signal);
	await until(() => sheet.rows[0].outcome === "unknown");
	assert.match(head(1), /not checked[\s\S]*not saved yet/);
	arrive(json({ corrections: [{ recordNumber: 1, cells: { Address: "Lane 1" } }] }));
	await until(() => saved() === "All corrections are saved.");
	assert.doesNotMatch(head(1), /not saved yet/);
});

test("nothing is said to be saved after some had no place any more, until one goes on", async (context) => {
	const errors = [{ field: "corrections[1].recordNumber", message: "Record 2 is sent already." }];
	const draft = json({ corrections: [{ recordNumber: 1, cells: { Address: "Lane 1" } }] });
	answer("PATCH /api/imports/lost/draft", problem(409, "record-not-open", { errors }), draft);
	await show("lost", context.signal);
	const said = watch();
	correct(1, 2);
	await until(() => sheet.rows[1].corrections.Address === undefined);
	await frame();
	await frame();
	assert.ok(!said().includes("All corrections are saved."));
	sheet.undo();
	sheet.redo();
	await until(() => saved() === "All corrections are saved.");
});

test("the choice says which records are shown, whatever the browser keeps of it", async (context) => {
	await show("filter", context.signal);
	const choice = page.querySelector("select");
	choice.value = "warned";
	page.update();
	await until(() => choice.value === "faulty");
});

test("what could not be checked is shown by itself, and not as corrected", async (context) => {
	answer("PATCH /api/imports/unchecked/draft", json({ corrections: [{ recordNumber: 1, cells: { Address: "Lane 1" } }] }));
	await show("unchecked", context.signal);
	correct(1);
	const choices = () => [...page.querySelectorAll("option")].map((it) => it.textContent.replace(/\s+/g, " ")).join(", ");
	await until(() => choices() === "to correct (1), with warnings (0), corrected (0), not checked (1), all records (2)");
	page.filter("unknown");
	await until(() => head(1) && !head(2));
});
