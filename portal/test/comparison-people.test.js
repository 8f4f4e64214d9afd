import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { account, begin, cellsOf, compared, headings, here, open, record, sectionOf, sees, sent, wordsOf } from "./comparisons.js";
import { press, until } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";
import { told } from "./told.js";

beforeEach(() => {
	reset();
	begin();
	told.length = 0;
});

const DEACTIVATE = "POST /api/users/deactivations";
const REACTIVATE = "POST /api/users/reactivations";

/** @param {string} title @returns {any[]} */
const boxes = (title) => [...sectionOf(title).querySelectorAll("input[type=checkbox]")];

/** @param {any} box */
function check(box) {
	box.checked = true;
	box.dispatchEvent(new window.Event("change"));
}

/** @param {...string} names */
const done = (...names) => json({ results: names.map((name) => ({ userId: `id-${name}`, outcome: "done" })) });

test("who has left is chosen by hand, and deactivated after the pop-up asked", async () => {
	compared({ left: [account("ann"), account("bob"), account("cy")] }, { left: [account("bob"), account("cy")] });
	answer(DEACTIVATE, done("ann"));
	await open("Left (3)");
	assert.ok(
		boxes("Left").every((it) => !it.checked),
		"nobody is chosen from the beginning",
	);
	assert.match(wordsOf(), /0 accounts selected/);
	await press("Deactivate");
	await sees("Select at least one account first.");
	assert.equal(document.querySelector("dialog"), null);
	check(boxes("Left")[1]);
	await sees("1 account selected");
	await press("Deactivate");
	await until(() => document.querySelector("dialog"));
	assert.match(wordsOf(document.querySelector("dialog")), /Deactivate this user account\?.*ann Old \(ann@mu\.example\)/);
	assert.deepEqual(sent(DEACTIVATE), []);
	await press("Deactivate");
	await sees("Left (2)");
	assert.deepEqual(sent(DEACTIVATE), [{ userIds: ["id-ann"] }]);
	assert.match(wordsOf(), /0 accounts selected/);
	assert.ok(told.includes("1 user account has been deactivated."));
});

test("a pop-up that is cancelled changes nothing", async () => {
	compared({ left: [account("ann"), account("bob")] });
	await open("Left (2)");
	check(boxes("Left")[1]);
	await press("Deactivate");
	await press("Cancel");
	await until(() => !document.querySelector("dialog"));
	check(boxes("Left")[2]);
	await sees("2 accounts selected");
	assert.deepEqual(sent(DEACTIVATE), []);
	assert.equal(calls.filter((it) => it.path === here()).length, 1);
});

test("all that have left are chosen at once, also those of other pages", async () => {
	const names = Array.from({ length: 70 }, (_, index) => `n${index}`);
	compared({ left: names.map((name) => account(name)) });
	answer(DEACTIVATE, done(...names));
	await open("Left (70)");
	check(boxes("Left")[0]);
	await sees("70 accounts selected");
	assert.equal(boxes("Left").length, 51);
	assert.ok(boxes("Left").every((it) => it.checked));
	// One of them stays.
	boxes("Left")[1].dispatchEvent(new window.Event("change"));
	await sees("69 accounts selected");
	assert.equal(boxes("Left")[0].checked, false);
	await press("Deactivate");
	await press("Deactivate");
	await until(() => sent(DEACTIVATE).length);
	assert.equal(sent(DEACTIVATE)[0].userIds.length, 69);
	assert.ok(!sent(DEACTIVATE)[0].userIds.includes("id-n0"));
});

test("whoever is not there any more when the list is compared again is not chosen any more", async () => {
	compared({ left: [account("ann"), account("bob")] }, { left: [account("bob")] });
	await open("Left (2)");
	check(boxes("Left")[0]);
	await sees("2 accounts selected");
	await press("Compare Again");
	await sees("1 account selected");
});

test("of a list that would lose many nobody is deactivated before the number is typed, and reactivating is free", async () => {
	compared({
		held: true,
		affected: 1,
		people: 1,
		left: [account("ann")],
		records: [record(1, "returned", "bob", { account: account("bob") })],
	});
	answer(DEACTIVATE, done("ann"));
	answer(REACTIVATE, done("bob"));
	await open("Left (1)");
	assert.match(wordsOf(), /According to this list, 1 person has changed or left\. You manage 1 user account here\./);
	check(boxes("Left")[1]);
	await press("Deactivate");
	await sees("Type the number of people first.");
	assert.equal(document.querySelector("dialog"), null);
	assert.equal(document.activeElement?.id, "affected");

	assert.ok(boxes("Returned").every((it) => !it.checked));
	check(boxes("Returned")[1]);
	await press("Reactivate");
	await until(() => document.querySelector("dialog"));
	await press("Reactivate");
	await until(() => sent(REACTIVATE).length);
	assert.deepEqual(sent(REACTIVATE), [{ userIds: ["id-bob"] }]);

	const field = /** @type {any} */ (document.querySelector("#affected"));
	field.value = "1";
	field.dispatchEvent(new window.Event("input"));
	await press("Deactivate");
	await until(() => document.querySelector("dialog"));
	await press("Deactivate");
	await until(() => sent(DEACTIVATE).length);
});

const PAIR = record(3, "probable", "amy.new", { account: account("amy"), likeness: "address-and-name" });
const decide = () => `PATCH ${here()}`;
const decided = () => sent(decide()).map((it) => it.decisions);

test("a pair is side by side with what speaks for it", async () => {
	compared({
		records: [
			PAIR,
			record(4, "probable", "ben.new", { account: account("ben"), likeness: "address" }),
			record(5, "probable", "cat.new", { account: account("cat"), likeness: "name" }),
			record(6, "probable", "dan.new", { account: account("dan"), likeness: "first-name" }),
		],
	});
	await open("Probably the Same Person (4)");
	assert.match(
		wordsOf(sectionOf("Probably")),
		/Each of these records may be for somebody who has a user account with another username\. Compare the two, and decide\. A username never changes: the user account keeps its own\./,
	);
	assert.deepEqual(cellsOf("Record 3"), [
		["amy.new Listed", "amy Old"],
		["amy.new@mu.example", "amy@mu.example"],
		["amy.new@mu.example", "amy@mu.example"],
		["Memorial School (Mendon-Upton) 0710-1", "Memorial School (Mendon-Upton) 0710-1"],
	]);
	assert.match(wordsOf(sectionOf("Record 3")), /the same email address and the same first name\./);
	assert.match(wordsOf(sectionOf("Record 4")), /the same email address\. Two people may share one\./);
	assert.match(wordsOf(sectionOf("Record 5")), /the same first and last name, at the same organization\./);
	assert.match(wordsOf(sectionOf("Record 6")), /the same first name, at the same organization\. The last name may have changed\./);
});

/** @param {string} title @param {string} label */
const pressIn = (title, label) => [...sectionOf(title).querySelectorAll("button")].find((it) => wordsOf(it) === label).click();

test("a decision is sent, shown with its undoing, and the list compared anew", async () => {
	compared({ records: [PAIR] }, { records: [record(3, "changed", "amy.new", { account: account("amy") })] });
	answer(decide(), () => new Response(null, { status: 204 }));
	await open("Probably the Same Person (1)");
	pressIn("Record 3", "Same Person");
	await sees("You have said that they are the same person.");
	assert.deepEqual(decided(), [[{ recordNumber: 3, userId: "id-amy", same: true }]]);
	assert.equal(wordsOf(document.activeElement), "Undo");
	assert.match(wordsOf(document.querySelector("same-person > [role=status]")), /Record 3: You have said/);
	await sees("Changed (1)");
	assert.ok(headings().includes("Probably the Same Person: all decided"));

	compared({ records: [PAIR] });
	pressIn("Record 3", "Undo");
	await until(() => decided().length === 2);
	assert.deepEqual(decided()[1], [{ recordNumber: 3, userId: "id-amy", same: null }]);
	await sees("Probably the Same Person (1)");
	assert.equal(wordsOf(document.activeElement), "Same Person");
	await until(() => !headings().includes("Changed (1)"));
	assert.equal(document.querySelectorAll(".pair").length, 1);
});

test("somebody else has an account of their own, and the other one has left", async () => {
	const ada = record(7, "probable", "ada.new", { account: account("ada"), likeness: "name" });
	compared({ records: [ada] }, { records: [{ ...ada, group: "new", account: undefined }], left: [account("ada")] });
	answer(decide(), () => new Response(null, { status: 204 }));
	await open("Probably the Same Person (1)");
	pressIn("Record 7", "Somebody Else");
	await sees("Left (1)");
	assert.deepEqual(decided(), [[{ recordNumber: 7, userId: "id-ada", same: false }]]);
	assert.match(wordsOf(sectionOf("Record 7")), /You have said that they are not the same person\.Undo$/);
	// On the way to a preview and back the undoing is not lost.
	await open("Left (1)");
	assert.match(wordsOf(sectionOf("Record 7")), /not the same person/);
	// What the server asks again is asked.
	compared({ records: [ada] });
	await press("Compare Again");
	await sees("Probably the Same Person (1)");
	assert.doesNotMatch(wordsOf(sectionOf("Record 7")), /Undo/);
});

test("a pair whose decision was undone is none any more when the server asks about it no more", async () => {
	const una = record(8, "probable", "una.new", { account: account("una"), likeness: "name" });
	compared({ records: [una] }, {});
	answer(decide(), () => new Response(null, { status: 204 }));
	await open("Probably the Same Person (1)");
	pressIn("Record 8", "Same Person");
	await sees("all decided");
	pressIn("Record 8", "Undo");
	await until(() => !document.querySelector(".pair"));
	assert.match(wordsOf(), /The list and the user accounts agree\./);
});

test("several decisions are followed by one comparison", async () => {
	const other = record(9, "probable", "eli.new", { account: account("eli"), likeness: "name" });
	compared({ records: [PAIR, other] }, {});
	answer(decide(), () => new Response(null, { status: 204 }));
	await open("Probably the Same Person (2)");
	pressIn("Record 3", "Same Person");
	await sees("Probably the Same Person (1)");
	pressIn("Record 9", "Same Person");
	await sees("all decided");
	await sees("The list and the user accounts agree.");
	assert.equal(calls.filter((it) => it.method === "GET" && it.path === here()).length, 2);
});

test("a decision that did not arrive is none", async () => {
	compared({ records: [record(5, "probable", "kim.new", { account: account("kim"), likeness: "name" })] });
	answer(decide(), problem(500, "internal"), () => new Response(null, { status: 204 }));
	await open("Probably the Same Person (1)");
	pressIn("Record 5", "Same Person");
	await until(() => told.includes("It is internal."));
	assert.match(wordsOf(sectionOf("Record 5")), /Same PersonSomebody Else$/);
	pressIn("Record 5", "Same Person");
	await sees("You have said that they are the same person.");
});
