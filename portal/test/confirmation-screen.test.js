import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "../static/assets/confirmation/confirmation-screen.js";
import { start } from "../static/assets/router.js";
import { list } from "../static/assets/users/list.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";
import { told } from "./told.js";
import {
	answerWith,
	asked,
	box,
	button,
	cells,
	confirmation,
	DISTRICT,
	decided,
	figures,
	HIGH,
	ID,
	JUNIOR,
	MINE,
	OTHER,
	PATH,
	page,
	people,
	person,
	screen,
	sees,
	sent,
	set,
	show,
	signIn,
	words,
} from "./yearly.js";

const HERE = `/users/confirmations/${ID}`;
const DECISIONS = `POST ${PATH}/decisions`;
const DEACTIVATE = "POST /api/users/deactivations";

const PLACES = [
	{ code: DISTRICT.code, ...figures({ accounts: 2, stays: 2 }) },
	{ code: JUNIOR.code, ...figures({ accounts: 60, open: 20, stays: 35, left: 3, wrong: 1, settled: 1 }) },
	{ code: HIGH.code, ...figures({ accounts: 188, open: 188 }) },
];

start([], () => {});

beforeEach(() => {
	reset();
	told.length = 0;
	document.body.replaceChildren();
	signIn("DTC", [DISTRICT.code]);
	answerWith(confirmation(), PLACES);
	answer(MINE, page([person("ann"), person("bob"), person("cy", { organizations: [JUNIOR.code] })]));
});

const open = (text = "37 of 250 confirmed, 12 days left", address = HERE) => show("confirmation-screen", address, text);

/** @param {...string} names */
const done = (...names) => json({ results: names.map((it) => ({ userId: `id-${it}`, outcome: "done" })) });

const rows = () => [...screen.querySelectorAll("people-worklist tbody tr")].map(cells);

test("it says how far all is, and until when", async () => {
	await open();
	assert.equal(words(screen.querySelector("h1")), "Spring 2027");
	assert.match(words(), /Deadline: December 18, 2026/);
	assert.equal(location.pathname + location.search, HERE);
});

test("each person is shown with school, last sign-in and what is odd, below the school", async () => {
	const odd = {
		flags: ["never-signed-in", "organization-closed", "no-organization", "same-person", "from-later"],
		organizations: [],
	};
	answer(
		MINE,
		page([person("ann", { lastSignInAt: "2026-03-01T15:00:00Z" }), person("bob", { organizations: [JUNIOR.code] }), person("cy", odd)]),
	);
	await open();
	const [high, ann, junior, , without, cy] = rows();
	assert.equal(high, "Agawam High 1 person");
	assert.match(ann, /^ann Old ann@agawam\.example \| Test Administrator \| Agawam High \| Mar 1, 2026/);
	assert.equal(junior, "Agawam Junior High 1 person");
	assert.equal(without, "No organization 1 person");
	assert.match(cy, /Never signed in Organization is closed No organization Perhaps has two accounts from-later/);
});

test("where somebody is open comes first", async () => {
	await open();
	const places = [...screen.querySelectorAll(".ready tbody tr")].map(cells);
	assert.deepEqual(places, [
		"Agawam High 0005-505 | 188 | 0 | 188 | 0 | 0 | 0 | 0",
		"Agawam Junior High 0005-405 | 60 | 40 | 20 | 35 | 3 | 1 | 1",
		"Agawam (district office) 0005 | 2 | 2 | 0 | 2 | 0 | 0 | 0",
	]);
	assert.equal(screen.querySelector(".ready a").getAttribute("href"), `${HERE}?organization=0005-505`);
	assert.equal(screen.querySelectorAll(".ready a").length, 2, "the list of the district would have its schools, too");
	const choices = [...screen.querySelectorAll("option")].map((it) => words(it));
	assert.deepEqual(choices.slice(0, 4), [
		"All organizations",
		"Agawam High (188 to be confirmed)",
		"Agawam Junior High (20 to be confirmed)",
		"To Be Confirmed",
	]);
});

test("all of the page are confirmed with one more click, with the versions that were seen", async () => {
	const first = page([person("ann"), person("bob", decided("left", 4)), person("me", { may: [] })]);
	answer(MINE, first, page([]));
	answer(DECISIONS, done("ann", "bob"));
	await open();
	assert.equal(box("Select me Old (me@agawam.example)"), undefined);
	set(box("Select all on this page"), true);
	await sees("2 people selected");
	answerWith(confirmation({ progress: figures({ accounts: 2, stays: 2 }) }), PLACES);
	await press("Stays");
	await sees("2 of 2 confirmed");
	assert.deepEqual(sent(DECISIONS), [
		{
			decisions: [
				{ userId: "id-ann", decision: "stays", version: 0 },
				{ userId: "id-bob", decision: "stays", version: 4 },
			],
		},
	]);
	assert.ok(told.includes("2 user accounts have been marked as staying."));
	await sees("Everybody is confirmed.");
});

test("everybody of a school is chosen at once, and one of them not", async () => {
	answer(DECISIONS, done("ann"));
	await open();
	set(box("Select everybody of Agawam High on this page"), true);
	await sees("2 people selected");
	assert.equal(box("Select cy Old (cy@agawam.example)").checked, false);
	set(box("Select bob Old (bob@agawam.example)"), false);
	await sees("1 person selected");
	assert.equal(box("Select everybody of Agawam High on this page").checked, false);
	await press("Wrong Role or School");
	await until(() => sent(DECISIONS).length);
	assert.deepEqual(sent(DECISIONS)[0].decisions, [{ userId: "id-ann", decision: "wrong", version: 0 }]);
	await until(() => told.includes("1 user account has been marked as wrong."));
});

test("whom it did not take is said by name, with what somebody else has decided, when and who", async () => {
	answer(MINE, page(["ann", "bob", "cy", "dee", "eve"].map((it) => person(it))));
	const unnamed = { ...decided("wrong", 1).decision, by: null };
	answer(
		DECISIONS,
		json({
			results: [
				{ userId: "id-ann", outcome: "done" },
				{ userId: "id-bob", outcome: "refused", code: "already-decided", message: "Somebody was quicker.", ...decided("stays", 2) },
				{ userId: "id-cy", outcome: "refused", code: "already-decided", message: "Somebody was quicker.", decision: unnamed },
				{ userId: "id-dee", outcome: "refused", code: "deactivated", message: "It is deactivated." },
				{ userId: "id-eve", outcome: "unchanged" },
			],
		}),
	);
	await open();
	set(box("Select all on this page"), true);
	await press("Left");
	await until(() => document.querySelector("dialog"));
	assert.match(words(document.querySelector("dialog")), /3 accounts not marked as left.*2 user accounts have been marked as left\./);
	assert.deepEqual(
		[...document.querySelectorAll(".outcomes li")].map((it) => words(it).replace(/, \d+:\d+\s.M UTC/, "")),
		[
			"bob Old (bob@agawam.example) Somebody was quicker. It was marked as staying (Dec 1, 2026 by Kim Harper).",
			"cy Old (cy@agawam.example) Somebody was quicker. It was marked as wrong (Dec 1, 2026).",
			"dee Old (dee@agawam.example) It is deactivated.",
		],
	);
	await press("Close");
	await sees("5 people");
	assert.match(words(), /37 of 250/);
});

test("all pages are chosen, and more than can be sent at once is sent one part after the other", async () => {
	const all = Array.from({ length: 250 }, (_, index) => person(`n${index}`));
	const part = (/** @type {number} */ from, /** @type {number} */ number) =>
		page(all.slice(from, from + 200), { page: number, totalItems: 250, totalPages: 2 });
	answer(MINE, part(0, 0));
	answer(people("state=open&mine=true&page=1&size=200"), part(200, 1));
	answer(DECISIONS, ({ body }) =>
		json({ results: JSON.parse(String(body)).decisions.map((/** @type {any} */ it) => ({ userId: it.userId, outcome: "done" })) }),
	);
	await open();
	set(box("Select all on this page"), true);
	await press("Select all 250 of this list");
	await sees("250 people selected");
	await press("Stays");
	await until(() => told.includes("250 user accounts have been marked as staying."));
	assert.deepEqual(
		sent(DECISIONS).map((it) => it.decisions.length),
		[200, 50],
	);
});

test("whoever gives up after an answer that did not come is told of what was done", async () => {
	answer(DECISIONS, problem(503, "unavailable"));
	await open();
	set(box("Select all on this page"), true);
	await press("Stays");
	await sees("That did not work");
	await press("Cancel");
	await until(() => !document.querySelector("dialog"));
	await until(() => !button("Stays").disabled);
	assert.match(words(), /3 people selected/);
	answer(DECISIONS, problem(503, "unavailable"), done("ann", "bob", "cy"));
	await press("Stays");
	await press("Try Again");
	await until(() => told.includes("3 user accounts have been marked as staying."));
	const keys = calls.filter((it) => `${it.method} ${it.path}` === DECISIONS).map((it) => it.headers["Idempotency-Key"]);
	assert.equal(keys[1], keys[2]);
	assert.notEqual(keys[0], keys[1]);
});

test("a deadline that passes while the page is open is noticed, although nothing was decided", async () => {
	answer(DECISIONS, problem(409, "confirmation-over"));
	await open();
	set(box("Select all on this page"), true);
	answerWith(confirmation({ status: "over" }), PLACES);
	answer(people("state=open&page=0&size=200"), page([person("ann", { may: [] })]));
	await press("Stays");
	await sees("That did not work It is confirmation-over.");
	assert.ok(!button("Try Again"));
	await press("Close");
	await sees("The deadline has passed.");
	assert.equal(box("Select all on this page"), undefined);
});

test("who has left is shown on demand, and put into the pop-up by hand", async () => {
	answerWith(confirmation({ progress: figures({ accounts: 3, open: 1, left: 2 }) }), PLACES);
	answer(people("state=left&page=0&size=200"), page([person("dee", decided("left")), person("eve", decided("left"))]));
	answer(DEACTIVATE, done("dee"));
	answer("GET /api/users/id-dee", json({ id: "id-dee", status: "deactivated" }));
	await open("2 people have left, and their accounts are still active.");
	await press("Show Them");
	await sees("dee Old");
	assert.match(words(), /Choose those whose accounts you want to deactivate\./);
	assert.equal(location.search, "?state=left&mine=false");
	assert.match(rows()[1], /Left Dec 1, 2026, .* by Kim Harper/);
	assert.equal(button("Deactivate"), undefined);
	set(box("Select dee Old (dee@agawam.example)"), true);
	await press("Deactivate");
	await sees("Deactivate this user account?");
	assert.deepEqual(sent(DEACTIVATE), []);
	await press("Deactivate");
	await until(() => told.includes("1 user account has been deactivated."));
	assert.deepEqual(sent(DEACTIVATE), [{ userIds: ["id-dee"] }]);
});

test("nobody who stays is put into the pop-up, and nobody whose account one does not manage", async () => {
	const mixed = [
		person("dee", decided("left")),
		person("eve", decided("stays")),
		person("flo", { ...decided("left"), role: "SC", may: [] }),
	];
	answer(people("state=all&page=0&size=200"), page([]));
	answer(people("mine=true&page=0&size=200"), page(mixed));
	await open("eve Old", `${HERE}?state=all`);
	assert.equal(box("Select flo Old (flo@agawam.example)"), undefined);
	set(box("Select dee Old (dee@agawam.example)"), true);
	await until(() => button("Deactivate"));
	set(box("Select eve Old (eve@agawam.example)"), true);
	await until(() => !button("Deactivate"));
	assert.ok(button("Stays"));
});

test("an account that is wrong is edited, and from there one comes back", async () => {
	answerWith(confirmation({ progress: figures({ accounts: 1, wrong: 1 }) }), PLACES);
	answer(people("state=wrong&page=0&size=200"), page([person("dee", decided("wrong"))]));
	await open("1 person has a wrong role or school.");
	await press("Show Them");
	await sees("dee Old");
	assert.match(words(), /Edit their accounts, then say that they stay\./);
	const edit = [...screen.querySelectorAll("a")].find((it) => words(it) === "Edit User");
	assert.equal(edit?.getAttribute("href"), "/users/id-dee");
	assert.deepEqual(list, { address: `${HERE}?state=wrong&mine=false`, title: "Spring 2027" });
	set(box("Select dee Old (dee@agawam.example)"), true);
	await until(() => button("Stays"));
});

test("who is left to others is shown when one asks", async () => {
	answer(MINE, page([]));
	answer(people("state=open&page=0&size=200"), page([person("ann")]));
	await open("You have nobody to confirm.");
	await press("Show the Others");
	await sees("ann Old");
	assert.equal(box("Only those you have to confirm").checked, false);
});

test("the filters are in the address, and who was chosen before is not chosen any more", async () => {
	answer(people("organization=0005-405&state=open&mine=true&page=0&size=200"), page([person("cy")]));
	answer(people("organization=0005-405&state=stays&mine=true&page=0&size=200"), page([person("cy", decided("stays"))]));
	await open();
	set(box("Select all on this page"), true);
	await sees("3 people selected");
	const [of, state] = screen.querySelectorAll(".filters select");
	set(of, JUNIOR.code);
	await until(() => location.search === "?organization=0005-405" && !words().includes("3 people"));
	assert.ok(screen.querySelector(".bulk").hidden);
	set(state, "stays");
	await until(() => location.search === "?organization=0005-405&state=stays");
	await open("cy Old", `${HERE}?organization=0005-405&state=stays`);
	assert.equal(screen.querySelector(".filters option[selected]").value, JUNIOR.code);
});

test("pages are turned, and of one that is empty by now the last is shown", async () => {
	answer(MINE, page([person("ann")], { totalItems: 201, totalPages: 2 }));
	answer(people("state=open&mine=true&page=1&size=200"), page([person("zoe")], { page: 1, totalItems: 201, totalPages: 2 }));
	answer(people("state=open&mine=true&page=5&size=200"), page([], { page: 5, totalItems: 201, totalPages: 2 }));
	await open();
	screen.querySelector('[aria-label="Next page"]').click();
	await sees("zoe Old");
	assert.equal(location.search, "?page=1");
	await open("zoe Old", `${HERE}?page=5`);
	assert.equal(location.search, "?page=1");
});

const COORDINATORS = "GET /api/users?role=STC&status=active&page=0&size=200";

const stc = (/** @type {string} */ id, /** @type {string[]} */ organizations) => ({ id, firstName: id, lastName: "Stc", organizations });

function unfoldHandOvers() {
	const details = screen.querySelector("hand-overs details");
	details.open = true;
	details.dispatchEvent(new window.Event("toggle"));
}

const HAND_OVERS = `PATCH ${PATH}/hand-overs`;

test("schools are handed over to their coordinators, and taken back", async () => {
	answer(COORDINATORS, json({ items: [stc("pat", [HIGH.code])], totalPages: 2 }));
	answer("GET /api/users?role=STC&status=active&page=1&size=200", json({ items: [stc("kim", [HIGH.code])], totalPages: 2 }));
	const handedOver = [{ school: HIGH.code, userId: "kim" }];
	answer(HAND_OVERS, json(confirmation({ handOvers: handedOver })), json(confirmation()));
	await open();
	unfoldHandOvers();
	await sees("Agawam Junior High No School Test Coordinator");
	const select = screen.querySelector("hand-overs select");
	assert.deepEqual(
		[...select.options].map((it) => words(it)),
		["The district", "pat Stc", "kim Stc"],
	);
	set(select, "kim");
	assert.ok(screen.querySelector("hand-overs").unsaved);
	answerWith(confirmation({ handOvers: handedOver }), PLACES);
	await press("Save Hand-Overs");
	await sees("Hand Over Schools (1 school handed over)");
	assert.ok(told.includes("1 school is handed over."));
	assert.ok(!screen.querySelector("hand-overs").unsaved);
	answerWith(confirmation(), PLACES);
	set(select, "");
	await press("Save Hand-Overs");
	await until(() => told.includes("No school is handed over any more."));
	assert.deepEqual(sent(HAND_OVERS), [{ handOvers: handedOver }, { handOvers: [{ school: HIGH.code }] }]);
	answer(HAND_OVERS, problem(422, "invalid", { errors: [{ field: "handOvers", code: "x", message: "Not a school of yours." }] }));
	set(select, "pat");
	await press("Save Hand-Overs");
	await until(() => told.includes("Not a school of yours."));
});

test("only what was chosen and is not so already is sent, and nothing where that is nothing", async () => {
	answer(COORDINATORS, json({ items: [stc("pat", [HIGH.code, JUNIOR.code])], totalPages: 1 }));
	const saved = [
		{ school: HIGH.code, userId: "pat" },
		{ school: JUNIOR.code, userId: "pat" },
	];
	answer(HAND_OVERS, json(confirmation({ handOvers: saved })));
	answerWith(confirmation({ handOvers: [saved[0]] }), PLACES);
	await open();
	unfoldHandOvers();
	await until(() => screen.querySelector("hand-overs select"));
	const [high, junior] = screen.querySelectorAll("hand-overs select");
	set(high, "");
	assert.ok(screen.querySelector("hand-overs").unsaved);
	set(high, "pat");
	assert.ok(!screen.querySelector("hand-overs").unsaved);
	await press("Save Hand-Overs");
	await until(() => told.includes("You have not changed any hand-over."));
	assert.deepEqual(sent(HAND_OVERS), []);
	set(junior, "pat");
	await press("Save Hand-Overs");
	await until(() => told.includes("2 schools are handed over."));
	assert.deepEqual(sent(HAND_OVERS), [{ handOvers: [saved[1]] }]);
	set(high, "");
	set(high, "pat");
	// Somebody else takes both back: neither what was saved nor what was put back is chosen any more.
	answerWith(confirmation(), PLACES);
	document.dispatchEvent(new window.Event("portal:retry"));
	await until(() => junior.value === "" && high.value === "");
	assert.ok(!screen.querySelector("hand-overs").unsaved);
});

test("a deadline that passes before schools are handed over is noticed", async () => {
	answer(COORDINATORS, json({ items: [stc("pat", [HIGH.code])], totalPages: 1 }));
	answer(HAND_OVERS, problem(409, "confirmation-over"));
	await open();
	unfoldHandOvers();
	await until(() => screen.querySelector("hand-overs select"));
	set(screen.querySelector("hand-overs select"), "pat");
	answerWith(confirmation({ status: "over" }), PLACES);
	answer(people("state=open&page=0&size=200"), page([]));
	await press("Save Hand-Overs");
	await until(() => told.includes("It is confirmation-over."));
	await sees("The deadline has passed.");
	assert.equal(screen.querySelector("hand-overs"), null);
});

test("who is no coordinator of a school any more cannot have it, and does not hinder that another is handed over", async () => {
	answer(COORDINATORS, json({ items: [stc("pat", [HIGH.code])], totalPages: 1 }));
	const gone = { school: JUNIOR.code, userId: "kim" };
	answer(HAND_OVERS, json(confirmation({ handOvers: [{ school: HIGH.code, userId: "pat" }, gone] })));
	answerWith(confirmation({ handOvers: [gone] }), PLACES);
	await open();
	unfoldHandOvers();
	await sees("Somebody who is no coordinator there any more");
	const [high, junior] = screen.querySelectorAll("hand-overs select");
	assert.deepEqual(
		[...junior.options].map((it) => [words(it), it.disabled]),
		[
			["The district", false],
			["Somebody who is no coordinator there any more", true],
		],
	);
	assert.equal(junior.value, "kim");
	set(high, "pat");
	await press("Save Hand-Overs");
	await until(() => told.includes("2 schools are handed over."));
	assert.deepEqual(sent(HAND_OVERS), [{ handOvers: [{ school: HIGH.code, userId: "pat" }] }]);
});

test("a school's coordinator has no school to hand over, and whoever has one school does not choose one", async () => {
	signIn("STC", [HIGH.code]);
	answerWith(confirmation(), [PLACES[2]]);
	await open();
	assert.equal(screen.querySelector("hand-overs"), null);
	assert.equal(screen.querySelectorAll(".filters select").length, 1);
});

test("after the deadline coordinators only look", async () => {
	answerWith(confirmation({ status: "over" }), PLACES);
	answer(people("state=open&page=0&size=200"), page([person("ann", { may: [] })]));
	await open("37 of 250 confirmed, the deadline has passed");
	assert.match(words(), /The deadline has passed\. Only the service center can still confirm people here\./);
	assert.match(words(), /Deadline: December 18, 2026/);
	assert.equal(box("Select all on this page"), undefined);
	assert.equal(screen.querySelector("hand-overs"), null);
	answerWith(confirmation({ status: "closed", closedAt: "2026-12-20T15:00:00Z" }), PLACES);
	await open("37 of 250 confirmed, closed");
	assert.match(words(), /This confirmation is closed\. Nobody can be confirmed in it any more\./);
	assert.match(words(), /Closed December 20, 2026\./);
});

/** @type {[string, string, string, RegExp | undefined][]} */
const EXPLAINED = [
	["DTC", "open", "open", /^Choose people, .* until the deadline\.$/],
	["DTC", "open", "wrong", /^Edit their accounts/],
	["DTC", "over", "open", undefined],
	["DTC", "over", "wrong", undefined],
	["DTC", "over", "left", /^Choose those/],
	["SC", "open", "open", /^Choose people, .* until the deadline\.$/],
	["SC", "over", "open", /^Choose people, .* until the confirmation is closed\.$/],
	["SC", "over", "wrong", /^Edit their accounts/],
	["SC", "closed", "open", undefined],
	["SC", "closed", "wrong", undefined],
	["SC", "closed", "proposed", /^Nobody has confirmed them/],
];
for (const [role, status, state, explained] of EXPLAINED) {
	test(`what is to be done with a list is said to whom can do it: ${role}, ${status}, ${state}`, async () => {
		signIn(role, [DISTRICT.code]);
		answerWith(confirmation({ status, closedAt: "2026-12-20T15:00:00Z" }), PLACES);
		answer(people(`state=${state}&page=0&size=200`), page([person("ann")]));
		await open("ann Old", `${HERE}?state=${state}&mine=false`);
		const said = screen.querySelector("#people-heading + p");
		if (explained) assert.match(words(said), explained);
		else assert.equal(said, null);
	});
}

test("the service center sees all districts, and those whom no coordinator can confirm", async () => {
	signIn("SC", []);
	answerWith(confirmation({ districts: [] }), [PLACES[0], { code: OTHER.code, ...figures({ accounts: 9, open: 9 }) }]);
	await open();
	assert.match(words(), /The whole state/);
	assert.match(words(), /Progress by District.*Boston 0035.*Agawam 0005/);
	assert.ok(box("Only those whom no coordinator can confirm").checked);
	assert.deepEqual(rows().length, 3);
	const district = people("organization=0005&state=open&mine=true&page=0&size=200");
	answer(district, page([person("ann")]));
	answer(`GET ${PATH}/progress?organization=0005`, json({ people: figures({}), places: PLACES }));
	screen.querySelector("organization-picker").dispatchEvent(new window.CustomEvent("choose", { detail: ["0005"] }));
	await sees("Progress by Organization");
	assert.ok(asked(district));
	assert.equal(location.search, "?organization=0005");
});

test("after the deadline the service center deactivates by hand whom nobody has confirmed", async () => {
	signIn("SC", []);
	answerWith(confirmation({ status: "over", progress: figures({ accounts: 3, open: 1, left: 1, stays: 1, proposed: 2 }) }), PLACES);
	answer(people("state=proposed&page=0&size=200"), page([person("ann"), person("dee", decided("left"))]));
	answer(DEACTIVATE, done("ann", "dee"));
	await open("Nobody has confirmed them, or they have left. No account is deactivated automatically");
	assert.ok([...screen.querySelectorAll("people-worklist input")].every((it) => !it.checked));
	set(box("Select all on this page"), true);
	await press("Deactivate");
	await sees("Deactivate the 2 selected user accounts?");
	await press("Deactivate");
	await until(() => told.includes("2 user accounts have been deactivated."));
	const state = screen.querySelectorAll(".filters select")[0];
	answer(people("state=open&page=0&size=200"), page([]));
	set(state, "open");
	await sees("2 people are proposed for deactivation.");
	await press("Show Them");
	await sees("Nobody has confirmed them");
});

test("nobody is deactivated of whom somebody has decided otherwise since the page was read", async () => {
	signIn("SC", []);
	answerWith(confirmation({ status: "over", progress: figures({ accounts: 3, open: 3, proposed: 3 }) }), PLACES);
	const proposed = people("state=proposed&page=0&size=200");
	const more = people("state=proposed&page=1&size=200");
	const two = { totalItems: 201, totalPages: 2 };
	answer(proposed, page([person("ann"), person("bob"), person("cy")], two));
	answer(DEACTIVATE, done("ann", "cy"));
	await open("Nobody has confirmed them");
	set(box("Select all on this page"), true);
	answer(proposed, page([person("ann")], two));
	answer(more, page([person("cy")], { page: 1, ...two }));
	await press("Deactivate");
	await sees("Not deactivated bob Old (bob@agawam.example) Somebody has decided otherwise since you looked at it");
	assert.ok(!words(document.querySelector("dialog .outcomes")).includes("ann"));
	await press("Close");
	await sees("Deactivate the 2 selected user accounts?");
	await press("Deactivate");
	await until(() => told.includes("2 user accounts have been deactivated."));
	assert.deepEqual(sent(DEACTIVATE), [{ userIds: ["id-ann", "id-cy"] }]);
});

test("where somebody has decided otherwise of all of them, nobody is deactivated", async () => {
	const left = people("state=left&page=0&size=200");
	answer(left, page([person("dee", decided("left"))]));
	await open("dee Old", `${HERE}?state=left&mine=false`);
	set(box("Select dee Old (dee@agawam.example)"), true);
	answer(left, page([]));
	await press("Deactivate");
	await sees("Not deactivated dee Old");
	await press("Close");
	await sees("Nobody is in this list.");
	assert.deepEqual(sent(DEACTIVATE), []);
});

test("the deadline is moved, and what is wrong is said at its field", async () => {
	signIn("SC", []);
	await open();
	const deadline = screen.querySelector("#deadline");
	assert.equal(deadline.value, "2026-12-18");
	set(deadline, "2020-01-01");
	answer(
		`PATCH ${PATH}`,
		problem(422, "invalid", { errors: [{ field: "deadline", code: "deadline-out-of-range", message: "The deadline must be later." }] }),
		problem(412, "stale"),
		json(confirmation({ deadline: "2026-12-22" })),
	);
	await press("Save Deadline and Reminders");
	await until(() => screen.querySelector("#deadline-error"));
	assert.equal(words(screen.querySelector("#deadline-error")), "The deadline must be later.");
	await until(() => document.activeElement === deadline);
	assert.ok(screen.querySelector("confirmation-settings").unsaved);
	set(deadline, "2026-12-22");
	await until(() => !screen.querySelector("#deadline-error"));
	await press("Add Another Day");
	await until(() => screen.querySelectorAll(".days input").length === 2);
	set(screen.querySelectorAll(".days input")[1], "2026-12-04");
	const before = calls.length;
	await press("Save Deadline and Reminders");
	await until(() => told.includes("It is stale.") && calls.slice(before).some((it) => it.path === PATH && it.method === "GET"));
	assert.equal(deadline.value, "2026-12-22");
	await press("Save Deadline and Reminders");
	await until(() => told.includes("The deadline and the reminders have been saved."));
	assert.deepEqual(sent(`PATCH ${PATH}`).at(-1), { deadline: "2026-12-22", reminders: ["2026-12-04", "2026-12-07"] });
	assert.equal(calls.findLast((it) => it.method === "PATCH")?.headers["If-Match"], '"3"');
});

test("only what one has changed oneself is sent, so that it takes nothing back that somebody else has changed", async () => {
	signIn("SC", []);
	answer(`PATCH ${PATH}`, problem(412, "stale"), json(confirmation()));
	await open();
	await press("Save Deadline and Reminders");
	await until(() => told.includes("You have not changed the deadline or the reminders."));
	assert.deepEqual(sent(`PATCH ${PATH}`), []);
	const [reminder] = screen.querySelectorAll(".days input");
	set(reminder, "2026-12-04");
	answerWith(confirmation({ deadline: "2026-12-22", reminders: ["2026-12-08"] }), PLACES);
	await press("Save Deadline and Reminders");
	await until(() => screen.querySelector("#deadline").value === "2026-12-22");
	assert.equal(reminder.value, "2026-12-04");
	await press("Save Deadline and Reminders");
	await until(() => told.includes("The deadline and the reminders have been saved."));
	assert.deepEqual(sent(`PATCH ${PATH}`), [{ reminders: ["2026-12-04"] }, { reminders: ["2026-12-04"] }]);
	await until(() => reminder.value === "2026-12-08");
	set(reminder, "2026-12-09");
	assert.ok(screen.querySelector("confirmation-settings").unsaved);
	set(reminder, "2026-12-08");
	assert.ok(!screen.querySelector("confirmation-settings").unsaved);
	answerWith(confirmation({ reminders: ["2026-12-10"] }), PLACES);
	document.dispatchEvent(new window.Event("portal:retry"));
	await until(() => reminder.value === "2026-12-10");
	assert.ok(!screen.querySelector("confirmation-settings").unsaved);
});

test("a confirmation that somebody else has closed is shown so, and nothing keeps one on its page", async () => {
	signIn("SC", []);
	answer(`PATCH ${PATH}`, problem(409, "confirmation-closed"));
	await open();
	set(screen.querySelector("#deadline"), "2026-12-22");
	answerWith(confirmation({ status: "closed", closedAt: "2026-12-20T15:00:00Z" }), PLACES);
	answer(people("state=proposed&page=0&size=200"), page([]));
	await press("Save Deadline and Reminders");
	await sees("Closed December 20, 2026.");
	assert.ok(told.includes("It is confirmation-closed."));
	assert.ok(!screen.querySelector("confirmation-settings").unsaved);
});

test("it is closed after a question", async () => {
	signIn("SC", []);
	answer(`PATCH ${PATH}`, json(confirmation({ status: "closed" })));
	await open();
	await press("Close Confirmation");
	await sees("Close this confirmation? After that, nobody can confirm people in it");
	await press("Cancel");
	assert.deepEqual(sent(`PATCH ${PATH}`), []);
	await press("Close Confirmation");
	await sees("Close this confirmation?");
	answerWith(confirmation({ status: "closed", closedAt: "2026-12-20T15:00:00Z" }), PLACES);
	answer(people("state=proposed&page=0&size=200"), page([]));
	await press("Close Confirmation");
	await until(() => told.includes("The confirmation has been closed."));
	assert.deepEqual(sent(`PATCH ${PATH}`), [{ closed: true }]);
	await sees("Closed December 20, 2026.");
	await until(() => !button("Close Confirmation"));
});

test("on paper there is one table with everybody, of the state with the districts", async () => {
	let printed = 0;
	window.print = () => {
		printed++;
	};
	answer(people("page=0&size=200"), page([person("ann"), person("dee", decided("left"))]));
	answer(people("state=settled&page=0&size=200"), page([person("eve", { state: "settled", status: "deactivated", may: [] })]));
	await open();
	await press("Print");
	await until(() => printed === 1);
	const table = screen.querySelector(".paper table");
	assert.deepEqual(
		[...table.querySelectorAll("tbody tr")].map((row) => words(row.lastElementChild).slice(0, 15)),
		["To Be Confirmed", "Left Dec 1, 202", "Deactivated"],
	);
	assert.equal(table.querySelector("input, a, button"), null);
	signIn("SC", []);
	await open();
	await press("Print");
	await until(() => printed === 2);
	assert.match(words(screen.querySelector(".paper")), /District.*Agawam High/);
});

test("the report is downloaded", async () => {
	URL.createObjectURL = () => "blob:report";
	answer(
		`GET ${PATH}/report`,
		new Response("\uFEFFUsername", { headers: { "Content-Disposition": 'attachment; filename="confirmation.csv"' } }),
	);
	await open();
	await press("Download Report (.CSV)");
	await until(() => told.includes("confirmation.csv has been downloaded."));
	answer(`GET ${PATH}/report`, problem(503, "unavailable"));
	await press("Download Report (.CSV)");
	await until(() => told.includes("It is unavailable."));
});

test("what fails is said, and tried again where that may help", async () => {
	answer(`GET ${PATH}`, problem(500, "internal"), json(confirmation(), 200, { ETag: '"3"' }), problem(404, "not-found"));
	await open("It is internal.");
	await press("Try Again");
	await sees("37 of 250 confirmed");
	await open("It is not-found.");
	assert.equal(button("Try Again"), undefined);
	answerWith(confirmation(), PLACES);
	document.dispatchEvent(new window.Event("portal:retry"));
	await sees("37 of 250 confirmed");
	assert.equal(screen.querySelector("[role=alert]"), null);
});
