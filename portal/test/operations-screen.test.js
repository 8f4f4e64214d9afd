import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { LastHour, lineOf } from "../static/assets/operations/last-hour.js";
import "../static/assets/operations/operations-screen.js";
import { meant } from "../static/assets/operations/timeline-search.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";
import { told } from "./told.js";

const PARTS = ["users", "imports", "mails", "organizations"];
const ID = "0b9d3c1e-7d9a-4c56-8f62-3f0f0a5b7e21";
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const LETTER = {
	id: "l1",
	at: "2026-12-02T08:00:00Z",
	origin: "user-events-0@17",
	type: "UserCreated",
	cause: "java.lang.Bad",
	traceId: TRACE,
};

/** @type {any} */
let screen;

beforeEach(() => {
	reset();
	told.length = 0;
	sessionStorage.clear();
	for (const part of PARTS) {
		answer(`GET /api/operations/${part}/pipeline`, json({ part, consumers: [], parts: {}, alerts: [] }));
		answer(`GET /api/operations/${part}/dead-letters?size=200`, json({ items: part === "users" ? [LETTER] : [] }));
		answer(`GET /api/operations/${part}/dead-letters/settlements?size=200`, json({ items: [] }));
	}
	screen = document.createElement("operations-screen");
});

afterEach(() => document.body.replaceChildren());

async function open() {
	document.body.replaceChildren(screen);
	await until(() => screen.querySelector("#alerts"));
}

const alerts = () => [...screen.querySelectorAll("#alerts .notice")].map((it) => it.textContent.trim());

test("where nothing is to be looked at, the streams are well", async () => {
	await open();
	assert.deepEqual(alerts(), ["All streams are well."]);
});

test("an alert is said, and so is a service that does not answer", async () => {
	const summary = "1 dead letter of user-events.";
	answer(
		"GET /api/operations/users/pipeline",
		json({ part: "users", consumers: [], parts: {}, alerts: [{ code: "dead-letters", summary }] }),
	);
	answer("GET /api/operations/mails/pipeline", problem(503, "unavailable"));
	await open();
	assert.deepEqual(alerts(), [summary, "The service of mails does not answer."]);
});

test("what is chosen is settled where it is from, and discarding asks first", async () => {
	await open();
	await press("Replay Chosen");
	assert.deepEqual(told, ["Choose dead letters first."]);
	const choose = () => {
		const box = screen.querySelector(`[aria-label="Choose ${LETTER.origin}"]`);
		box.checked = true;
		box.dispatchEvent(new window.Event("change"));
	};
	answer("POST /api/operations/users/dead-letters/replays", json({ results: [{ id: "l1", outcome: "settled" }] }));
	choose();
	await press("Replay Chosen");
	await until(() => told.length === 2);
	assert.equal(told[1], "0 dead letters have been replayed. 1 settled.");
	answer("POST /api/operations/users/dead-letters/discards", json({ results: [{ id: "l1", outcome: "done" }] }));
	choose();
	await press("Discard Chosen");
	await until(() => document.querySelector("dialog"));
	assert.equal(calls.filter((it) => it.path.endsWith("discards")).length, 0);
	await press("Discard");
	await until(() => told.length === 3);
	assert.equal(told[2], "1 dead letter has been discarded.");
});

/** @param {string} text */
async function searched(text) {
	await open();
	const field = screen.querySelector("#timeline-search");
	field.value = text;
	field.dispatchEvent(new window.Event("input"));
	screen.querySelector("timeline-search form").dispatchEvent(new window.Event("submit", { cancelable: true }));
	const result = () => screen.querySelector("timeline-search [role=status]").textContent.replace(/\s+/g, " ").trim();
	await until(result);
	return result();
}

test("the search leads to the timeline of an import and of its record", async () => {
	const timeline = {
		id: ID,
		action: "add",
		dispatched: 200,
		done: 150,
		total: 200,
		submittedAt: "2026-11-23T08:15:30Z",
		submittedBy: "kim",
		traceId: TRACE,
	};
	answer(`GET /api/operations/imports/timeline/${ID}`, json(timeline));
	answer(`GET /api/operations/users/timeline/${ID}`, problem(404, "not-found"));
	answer(`GET /api/operations/imports/timeline/${ID}/rows/17`, json({ stage: "created", codes: [], accountId: "acc" }));
	const said = await searched(`https://mcas.example/users/imports/${ID} 17`);
	for (const words of [
		`Import ${ID}`,
		"Sent 200 of 200 records",
		"Done 150 of 200 records",
		"Record 17: created, account acc",
		LETTER.origin,
	])
		assert.ok(said.includes(words), words);
});

test("the search leads to the timeline of an account", async () => {
	answer(`GET /api/operations/imports/timeline/${ID}`, problem(404, "not-found"));
	const step = { what: "updated", version: 2, at: "2026-11-23T08:15:30Z", way: "form", fields: ["last-name"], sites: [] };
	answer(
		`GET /api/operations/users/timeline/${ID}`,
		json({ id: ID, version: 2, status: "active", mails: { PORTAL: "sent" }, steps: [step], total: 1 }),
	);
	assert.match(await searched(ID), /Account .*Version 2, active\. Emails of PORTAL: sent\..*updated version 2.*last-name/);
});

test("the search finds what has a trace, and says where nothing is", async () => {
	assert.match(await searched(`trace=${TRACE}`), /Dead letters of trace .*user-events-0@17/);
	assert.equal(await searched("0".repeat(32)), "No open dead letter has this trace. The tracing system has the rest of it.");
	assert.equal(await searched("whatever"), "Enter the id of an import or of an account, or the 32 signs of a trace.");
});

test("what was pasted is understood with what is around it", () => {
	assert.deepEqual(meant(ID), { id: ID, record: undefined });
	assert.deepEqual(meant(`/users/imports/${ID.toUpperCase()}/rows/3`), { id: ID, record: "3" });
	assert.deepEqual(meant(`00-${TRACE}-00f067aa0ba902b7-01`), { trace: TRACE });
});

test("an hour of figures is kept, those of the last look among them", () => {
	const hour = new LastHour();
	for (let at = 0; at <= 4_000_000; at += 3000) hour.take(at, { lag: at });
	const points = new LastHour().of("lag"); // as after a reload
	assert.equal(points.at(-1)?.at, 3_999_000);
	assert.ok(points[0].at > 399_000 && points.length < 300, `${points.length} from ${points[0].at}`);
	assert.deepEqual(hour.of("other"), []);
});

test("the line goes from an hour ago to now, its highest at the top", () => {
	const points = [
		{ at: 0, value: 0 },
		{ at: 3_600_000, value: 10 },
	];
	assert.equal(lineOf(points, 3_600_000), "0.0,26.0 120.0,2.0");
});
