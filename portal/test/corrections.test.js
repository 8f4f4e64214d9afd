import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { connection, speakFor } from "../static/assets/api.js";
import { Corrections } from "../static/assets/imports/corrections.js";
import { DraftSaver } from "../static/assets/imports/drafts.js";
import { start } from "../static/assets/router.js";
import { session } from "../static/assets/session.js";
import { note, sheetOf, stored } from "./files.js";
import { answer, calls, json, problem, reset } from "./server.js";
import { told } from "./told.js";

const GOOD = { outcome: "created", notes: [], warnings: [], changes: [] };
const later = () => new Promise((resolve) => setImmediate(resolve));

/** @param {string} address */
const sent = (address) => calls.filter((it) => it.path === address).map((it) => JSON.parse(String(it.body)));

/** Each test has an import of its own: a saver lives as long as its page. */
let id = "";
let count = 0;
let draft = "";
/** @type {any} */
let sheet;
/** @type {any} */
let corrections;
/** @type {AbortController} */
let gone;

beforeEach(() => {
	reset();
	told.length = 0;
	mock.timers.reset();
	mock.timers.enable({ apis: ["setTimeout"] });
	sessionStorage.clear();
	id = `i${++count}`;
	draft = `/api/imports/${id}/draft`;
	answer(`PATCH ${draft}`, keeping());
	answer("POST /api/users/row-validations", json({ results: [GOOD] }));
	sheet = sheetOf([stored(1, { Role: "Teacher" }, [note("role")]), stored(2), stored(3)], id);
	gone = new AbortController();
	corrections = new Corrections(sheet, new Map([[id, { data: { corrections: [] }, etag: '"0"' }]]), gone.signal);
});

afterEach(() => gone.abort());

/** @param {number} record @param {string} column @param {string} value */
function edit(record, column, value) {
	sheet.edit("", [{ row: sheet.byRecord.get(record), column, value }]);
}

/** What the server has, given what was sent. */
function keeping() {
	/** @type {Map<number, any>} */
	const kept = new Map();
	return (/** @type {any} */ call) => {
		for (const it of JSON.parse(call.body).corrections) kept.set(it.recordNumber, { ...kept.get(it.recordNumber), ...it.cells });
		return json({ corrections: [...kept].map(([recordNumber, cells]) => ({ recordNumber, cells })) }, 200, { ETag: '"2"' });
	};
}

test("corrections are saved in their order, those made meanwhile with the next request", async () => {
	/** @type {(value?: unknown) => void} */
	let arrive = () => {};
	const keep = keeping();
	answer(
		`PATCH ${draft}`,
		async (call) => {
			await new Promise((resolve) => (arrive = resolve));
			return keep(call);
		},
		keep,
	);
	edit(1, "Role", "TA");
	edit(2, "Role", "STC");
	edit(1, "Role", "RAO");
	await later();
	assert.equal(corrections.unsaved, 2);
	assert.ok(!corrections.isStuck);
	arrive();
	await corrections.settled();
	assert.deepEqual(sent(draft), [
		{ corrections: [{ recordNumber: 1, cells: { Role: "TA" } }] },
		{
			corrections: [
				{ recordNumber: 2, cells: { Role: "STC" } },
				{ recordNumber: 1, cells: { Role: "RAO" } },
			],
		},
	]);
	assert.equal(sheet.rows[0].value("Role"), "RAO");
	assert.deepEqual([corrections.unsaved, corrections.etagOf(id), sessionStorage.length], [0, '"2"', 0]);
});

test("one step is one request, also when it is taken back", async () => {
	answer(`PATCH ${draft}`, keeping());
	sheet.edit(
		"",
		sheet.rows.map((/** @type {any} */ row) => ({ row, column: "Role", value: "STC" })),
	);
	await corrections.settled();
	sheet.undo();
	await corrections.settled();
	assert.deepEqual(
		sent(draft).map((it) => it.corrections.map((/** @type {any} */ one) => one.cells.Role)),
		[
			["STC", "STC", "STC"],
			[null, null, null],
		],
	);
});

test("what could not be sent is sent again, is shown as unsaved until then, and is not lost by a reload", async () => {
	answer(`PATCH ${draft}`, () => {
		throw new TypeError("offline");
	});
	edit(1, "Role", "TA");
	await later();
	assert.ok(corrections.isStuck);
	assert.ok(corrections.isUnsaved(sheet.rows[0]));
	assert.ok(!corrections.isUnsaved(sheet.rows[1]));
	await assert.rejects(corrections.settled(), { code: "unreachable" });

	// Another page in the same tab finds it.
	const keep = keeping();
	answer(`PATCH ${draft}`, keep);
	const reloaded = new DraftSaver(id);
	assert.deepEqual([...reloaded.unsaved], [[1, { Role: "TA" }]]);
	await reloaded.settled();
	assert.equal(sessionStorage.length, 0);

	edit(2, "Role", "RAO");
	await later();
	mock.timers.tick(60_000);
	await later();
	assert.equal(corrections.unsaved, 0);
	assert.ok(!corrections.isStuck);
});

test("what cannot be sent is tried again soon after anything has answered, however often that was in vain", async () => {
	answer(`PATCH ${draft}`, () => {
		throw new TypeError("offline");
	});
	edit(1, "Role", "TA");
	await later();
	for (let i = 0; i < 6; i++) {
		connection.dispatchEvent(new Event("found"));
		await later();
	}
	assert.ok(corrections.isStuck);
	answer(`PATCH ${draft}`, keeping());
	mock.timers.tick(1000);
	await later();
	assert.equal(corrections.unsaved, 0);
});

test("what a reload kept goes over nothing that was corrected elsewhere meanwhile, but by somebody's wish", async () => {
	sessionStorage.setItem(`corrections of ${session.me.id} in kept`, JSON.stringify({ etag: '"1"', cells: [[1, { Role: "TA" }]] }));
	answer("PATCH /api/imports/kept/draft", problem(412, "draft-changed"));
	const reloaded = new DraftSaver("kept");
	await reloaded.save();
	assert.deepEqual([reloaded.isStuck, reloaded.unsaved.size, sessionStorage.length], [true, 1, 1]);
	const asked = () => calls.filter((it) => it.path === "/api/imports/kept/draft").map((it) => it.headers["If-Match"]);
	assert.deepEqual(asked(), ['"1"']);
	await reloaded.tryAgain();
	assert.deepEqual(asked(), ['"1"']);

	answer("PATCH /api/imports/kept/draft", keeping());
	await reloaded.saveAgain();
	assert.deepEqual(asked(), ['"1"', undefined]);
	assert.deepEqual([reloaded.unsaved.size, sessionStorage.length], [0, 0]);
});

test("what comes after the preview was applied is told once, and given up", async () => {
	answer(`PATCH ${draft}`, problem(409, "import-committed"));
	edit(1, "Role", "TA");
	edit(2, "Role", "STC");
	await later();
	mock.timers.tick(60_000);
	await later();
	assert.deepEqual(told, ["It is import-committed. 2 corrected records came too late and were not saved."]);
	assert.equal(sent(draft).length, 1);
	assert.deepEqual([corrections.unsaved, corrections.isStuck, sessionStorage.length], [0, false, 0]);
});

test("what comes too late for one record is given up there alone", async () => {
	const errors = [{ field: "corrections[1].recordNumber", code: "record-not-open", message: "Record 3 is sent already." }];
	answer(`PATCH ${draft}`, problem(409, "record-not-open", { errors }), keeping());
	const cells = [1, 3].map((record) => ({ row: sheet.byRecord.get(record), column: "Role", value: "STC" }));
	sheet.edit("", cells);
	await corrections.settled();
	assert.deepEqual(
		sent(draft).map((it) => it.corrections.map((/** @type {any} */ one) => one.recordNumber)),
		[[1, 3], [1]],
	);
	assert.deepEqual(told, ["Record 3 is sent already. 1 corrected record came too late and was not saved."]);
	assert.deepEqual([corrections.unsaved, sessionStorage.length], [0, 0]);
});

test("a cell that the server will not have keeps no other from being saved, and is sent when it is another", async () => {
	const errors = [{ field: "corrections[0].cells.Address", code: "cell-too-long", message: "The cell is too long." }];
	answer(`PATCH ${draft}`, problem(422, "invalid", { errors }), keeping());
	edit(2, "Address", "long");
	await later();
	edit(3, "Role", "STC");
	await later();
	assert.deepEqual(told, ["The cell is too long."]);
	assert.deepEqual([corrections.unsaved, corrections.isUnsaved(sheet.rows[1]), corrections.problem?.code], [1, true, "invalid"]);
	assert.deepEqual(sent(draft).at(-1), { corrections: [{ recordNumber: 3, cells: { Role: "STC" } }] });
	await assert.rejects(corrections.settled(), { code: "invalid" });
	edit(2, "Address", "short");
	await corrections.settled();
	assert.deepEqual(sent(draft).at(-1), { corrections: [{ recordNumber: 2, cells: { Address: "short" } }] });
	assert.ok(!corrections.isStuck);
});

/** @param {...string} messages one for each record that is sent */
const refusing = (...messages) =>
	problem(422, "invalid", { errors: messages.map((message, index) => ({ field: `corrections[${index}].cells.Address`, message })) });

test("each record has its own reason for not being saved, and none that has passed", async () => {
	answer(`PATCH ${draft}`, problem(503, "unavailable"), refusing("Too long.", "Too odd."), keeping());
	const cells = [1, 2].map((record) => ({ row: sheet.byRecord.get(record), column: "Address", value: "long" }));
	sheet.edit("", cells);
	await later();
	assert.deepEqual([corrections.problem.code, corrections.isUnsaved(sheet.rows[1])], ["unavailable", true]);
	mock.timers.tick(60_000);
	await later();
	assert.deepEqual([corrections.problem.message, corrections.isUnsaved(sheet.rows[1])], ["Too long.", true]);
	edit(1, "Address", "short");
	assert.ok(!corrections.isUnsaved(sheet.rows[0]), "it is on its way");
	await later();
	assert.deepEqual([corrections.problem.message, corrections.unsaved], ["Too odd.", 1]);
});

test("a draft that was asked for before a correction was saved does not take it back", async () => {
	/** @type {(value: Response) => void} */
	let arrive = () => {};
	answer(`GET ${draft}`, () => new Promise((resolve) => (arrive = resolve)));
	const reading = corrections.readAgain();
	edit(1, "Role", "TA");
	await corrections.settled();
	arrive(json({ corrections: [] }, 200, { ETag: '"1"' }));
	await reading;
	assert.deepEqual([sheet.rows[0].value("Role"), corrections.etagOf(id)], ["TA", '"2"']);
});

test("what is tried again is not saved until it is", async () => {
	/** @type {(value: Response) => void} */
	let arrive = () => {};
	answer(`PATCH ${draft}`, problem(503, "unavailable"), () => new Promise((resolve) => (arrive = resolve)));
	edit(1, "Role", "TA");
	await later();
	mock.timers.tick(60_000);
	await later();
	assert.ok(corrections.isStuck);
	start([], () => {});
	const leaving = new window.Event("beforeunload", { cancelable: true });
	window.dispatchEvent(leaving);
	assert.ok(leaving.defaultPrevented);
	arrive(json({ corrections: [{ recordNumber: 1, cells: { Role: "TA" } }] }));
	await later();
	assert.ok(!corrections.isStuck);
});

for (const [status, code, words] of /** @type {[number, string, string][]} */ ([
	[409, "import-committed", "1 corrected record came too late and was not saved."],
	[409, "too-many-corrections", "1 corrected record was not saved."],
	[410, "no-longer-kept", "1 corrected record came too late and was not saved."],
]))
	test(`what is refused as ${code} has no place any more`, async () => {
		let late = 0;
		corrections.addEventListener("late", () => late++);
		answer(`PATCH ${draft}`, problem(status, code));
		edit(1, "Role", "TA");
		await later();
		assert.deepEqual(told, [`It is ${code}. ${words}`]);
		assert.deepEqual([corrections.unsaved, sessionStorage.length, late], [0, 0, 1]);
	});

for (const [status, code] of /** @type {[number, string][]} */ ([
	[403, "not-own"],
	[404, "not-found"],
]))
	test(`what is refused as ${code} is kept until it may be saved again`, async () => {
		answer(`PATCH ${draft}`, problem(status, code));
		edit(1, "Role", "TA");
		edit(2, "Role", "STC");
		await later();
		mock.timers.tick(60_000);
		await later();
		assert.deepEqual(told, [`It is ${code}. 2 corrected records were not saved.`]);
		assert.deepEqual([corrections.unsaved, corrections.problem?.code, corrections.isUnsaved(sheet.rows[1])], [2, code, true]);
		assert.deepEqual(JSON.parse(Object.values(sessionStorage)[0]).cells, [
			[1, { Role: "TA" }],
			[2, { Role: "STC" }],
		]);
		assert.equal(sent(draft).length, 1, "nothing comes of asking again at once");
		await assert.rejects(corrections.settled(), { code });

		answer(`PATCH ${draft}`, keeping());
		edit(3, "Role", "RAO");
		await later();
		assert.equal(corrections.unsaved, 2);
		await corrections.saveAgain();
		assert.deepEqual([corrections.unsaved, corrections.isStuck, sessionStorage.length], [0, false, 0]);
		assert.equal(sheet.rows[1].value("Role"), "STC");
	});

test("what somebody else's session refuses stays for its own", async () => {
	speakFor("1", { ended: async () => {}, another: async () => {} });
	answer(`PATCH ${draft}`, problem(409, "another-account"));
	edit(1, "Role", "TA");
	await later();
	assert.deepEqual([told, corrections.unsaved, sessionStorage.length], [[], 1, 1]);
});

test("a record is judged when the hand rests, as it is then", async () => {
	const [row] = sheet.rows;
	for (const typed of ["S", "ST", "STC"]) {
		sheet.type(row, "Role", typed);
		mock.timers.tick(50);
	}
	assert.deepEqual(sent("/api/users/row-validations"), []);
	mock.timers.tick(120);
	await later();
	const [asked] = sent("/api/users/row-validations");
	assert.equal(asked.action, "add");
	assert.deepEqual(
		asked.rows.map((/** @type {any} */ it) => it.cells.Role),
		["STC"],
	);
	assert.deepEqual([row.outcome, row.isCorrected], ["created", false]);
	sheet.stopTyping(row);
	assert.deepEqual([row.outcome, row.value("Role")], ["rejected", "Teacher"]);
});

test("an answer to what is not there any more counts for nothing", async () => {
	/** @type {((value: Response) => void)[]} */
	const open = [];
	answer("POST /api/users/row-validations", () => new Promise((resolve) => open.push(resolve)));
	const [row] = sheet.rows;
	edit(1, "Role", "Princ");
	mock.timers.tick(120);
	edit(1, "Role", "TA");
	open.shift()?.(json({ results: [{ ...GOOD, outcome: "rejected", notes: [note("role")] }] }));
	await later();
	assert.ok(row.checking);
	open.shift()?.(json({ results: [GOOD] }));
	await later();
	assert.deepEqual([row.outcome, row.checking], ["created", false]);
});

test("what cannot be judged now is judged later, and what never can be is said to be unchecked", async () => {
	answer("POST /api/users/row-validations", problem(503, "unavailable"), json({ results: [GOOD] }));
	edit(1, "Role", "TA");
	mock.timers.tick(120);
	await later();
	assert.ok(sheet.rows[0].checking);
	mock.timers.tick(3000);
	await later();
	assert.equal(sheet.rows[0].outcome, "created");
	answer("POST /api/users/row-validations", problem(404, "not-found"));
	edit(1, "Role", "STC");
	mock.timers.tick(120);
	await later();
	assert.equal(sheet.rows[0].outcome, "unknown");
});

test("of two with one username both are asked about, in the order of the file", async () => {
	const twins = sheetOf([stored(1, { Username: "same" }), stored(2), stored(3, { Username: "same" }, [note("username")])], "twins");
	new Corrections(twins, new Map([["twins", { data: { corrections: [] } }]]), gone.signal);
	answer("PATCH /api/imports/twins/draft", keeping());
	answer("POST /api/users/row-validations", json({ results: [GOOD, GOOD] }));
	twins.edit("", [{ row: twins.rows[0], column: "Username", value: "another" }]);
	mock.timers.tick(120);
	await later();
	const [asked] = sent("/api/users/row-validations");
	assert.deepEqual(
		asked.rows.map((/** @type {any} */ it) => it.cells.Username),
		["another", "same"],
	);
	assert.deepEqual(
		twins.rows.map((/** @type {any} */ it) => it.outcome),
		["created", "created", "created"],
	);
});
