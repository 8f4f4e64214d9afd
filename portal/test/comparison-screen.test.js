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

const MOVE = { field: "organizations", before: "0099-9", after: "0710-1|0710-2" };

test("every group has its heading with its count, and what is known of its people", async () => {
	compared({
		people: 1240,
		records: [
			record(1, "new", "ann", { warnings: [{ field: "username", code: "w", message: "Looks like a date" }] }),
			record(2, "changed", "bob", {
				account: account("bob"),
				changes: [
					{ field: "lastName", before: "Old", after: "Listed" },
					{ field: "role", before: "TA", after: "STC" },
					{ field: "phone", before: "508-555-0100", after: "" },
					{ field: "programs", before: "", after: "1030" },
				],
			}),
			record(3, "moved", "cy", { account: account("cy", { organizations: ["0099-9"] }), changes: [MOVE] }),
			record(4, "same", "dee", { cells: undefined, account: account("dee") }),
			record(5, "rejected", "eve", { notes: [1, 2].map((it) => ({ field: "role", code: "x", message: `Note ${it}` })) }),
			record(6, "returned", "fay", { account: account("fay") }),
		],
		left: [account("gus"), account("hal")],
		kept: [
			{ why: "oneself", account: account("me") },
			{ why: "role", account: account("ian") },
			{ why: "organizations-outside", account: account("jo") },
		],
	});
	await open("staff.csv");
	assert.deepEqual(headings(), [
		...["staff.csv", "What the list adds and changes", "New (1)", "Changed (1)", "Moved (1)"],
		...["Left (2)", "Returned (1)", "Rejected (1)", "Not Compared (3)", "Same (1)"],
	]);
	assert.match(wordsOf(), /Compared with Mendon-Upton/);
	assert.match(wordsOf(), /Uploaded Dec 1, 2026, .*, kept until March 1, 2027/);
	assert.match(wordsOf(), /6 records in the list, 1,240 user accounts that you manage here\./);
	assert.match(wordsOf(), /The list and the user accounts differ\./);
	for (const [title, text] of Object.entries({
		Changed: "The list and their user accounts differ.",
		Moved: "Their user accounts belong to other organizations.",
		Left: "They have a user account here but are not in the list.",
		Returned: "They are in the list, but their user accounts are deactivated.",
		Rejected:
			"Correct them in the file, then compare the corrected file. You can also correct most of them in a preview. " +
			"The list on this page does not change by that.",
	})) {
		assert.ok(wordsOf(sectionOf(title)).includes(text), title);
	}
	const school = "Memorial School (Mendon-Upton) 0710-1";
	assert.deepEqual(cellsOf("New"), [
		["1", "ann ListedWarning: Looks like a date", "ann@mu.example", "ann@mu.example", "Test Administrator", school],
	]);
	assert.deepEqual(cellsOf("Changed"), [
		[
			"2",
			"bob Old",
			"bob@mu.example",
			"Last Name: Old → ListedRole: Test Administrator → School Test CoordinatorPhone Number: 508-555-0100 → (blank)Programs: MCAS Grades 3-8",
		],
	]);
	assert.equal(cellsOf("Moved")[0][3], `Organizations: 0099-9 → ${school}Miscoe Hill School (Mendon-Upton) 0710-2`);
	assert.deepEqual(cellsOf("Rejected"), [["5", "eve Listed", "eve@mu.example", "Note 1; Note 2"]]);
	assert.deepEqual(cellsOf("Left")[1], ["", "hal Old", "hal@mu.example", "Test Administrator", school]);
	assert.deepEqual(
		cellsOf("Not Compared").map((cells) => cells.at(-1)),
		[
			"This is your own account.",
			"Your role does not include changing this account.",
			"This account also belongs to organizations outside your own.",
		],
	);
	assert.deepEqual(cellsOf("Same")[0].slice(0, 3), ["4", "dee Old", "dee@mu.example"]);
	assert.equal(sectionOf("Same").open, false);
});

test("where nothing differs it says so in one sentence, and no group is empty", async () => {
	compared({ records: [record(1, "same", "ann", { cells: undefined, account: account("ann") })] });
	await open("The list and the user accounts agree.");
	assert.deepEqual(headings(), ["staff.csv", "Same (1)"]);
	compared({ records: [], kept: [{ why: "role", account: account("ann") }] });
	await press("Compare Again");
	await sees("The list and the user accounts agree, except for the accounts under Not Compared.");
	assert.deepEqual(headings(), ["staff.csv", "Not Compared (1)"]);
});

for (const [group, more] of Object.entries({
	new: {},
	changed: { account: account("ann") },
	moved: { account: account("ann") },
	rejected: {},
	returned: { account: account("ann") },
	probable: { account: account("ann"), likeness: "name" },
})) {
	test(`as long as one is ${group}, list and accounts do not agree`, async () => {
		compared({ records: [record(1, group, "ann", more)] });
		await open("The list and the user accounts differ.");
		assert.doesNotMatch(wordsOf(), /agree/);
	});
}

test("as long as somebody has left, list and accounts do not agree", async () => {
	compared({ left: [account("ann")] });
	await open("The list and the user accounts differ.");
});

test("a long group is shown page by page", async () => {
	const records = Array.from({ length: 120 }, (_, index) => record(index + 1, "new", `n${index + 1}`));
	compared({ records });
	await open("New (120)");
	assert.equal(cellsOf("New").length, 50);
	const next = () => sectionOf("New").querySelector("[aria-label='Next page']").click();
	next();
	await until(() => cellsOf("New")[0][0] === "51");
	next();
	await until(() => cellsOf("New").length === 20);
	// The last page is not there any more after some were applied.
	compared({ records: records.slice(0, 60) });
	await press("Compare Again");
	await until(() => cellsOf("New").length === 10);
	assert.equal(cellsOf("New")[0][0], "51");
});

test("what is not there is said, and what is away is asked again", async () => {
	answer(`GET ${here()}`, problem(404, "not-found"));
	const screen = await open("It is not-found.");
	assert.equal(screen.querySelector(".placeholder"), null);
	assert.equal(screen.querySelector(".notice button"), null);
	answer(`GET ${here()}`, problem(500, "internal"));
	document.dispatchEvent(new window.Event("portal:retry"));
	await sees("It is internal.");
	compared({ left: [account("ann")] });
	await press("Try Again");
	await sees("Left (1)");
	assert.doesNotMatch(wordsOf(), /internal/);
	// What was read stays while the service is away: the shell says that it is.
	answer(`GET ${here()}`, problem(503, "unavailable"));
	await press("Compare Again");
	await until(() => !screen.querySelector("[data-loading]"));
	assert.match(wordsOf(), /Left \(1\)/);
	assert.doesNotMatch(wordsOf(), /unavailable/);
});

test("where nobody names the organizations their codes stand there", async () => {
	answer("POST /api/organizations/validations", problem(503, "unavailable"));
	compared({ organizations: ["0711"], left: [account("ann", { organizations: ["0711-5"] })] });
	await open("Compared with 0711");
	assert.equal(cellsOf("Left")[0].at(-1), "0711-5");
});

/** The field of the number, where it is asked for. @returns {any} */
const number = () => document.querySelector("#affected");

/** @param {string} text */
function type(text) {
	number().value = text;
	number().dispatchEvent(new window.Event("input"));
}

const previews = () => `${here()}/previews`;
const ADDING = { id: "i1", action: "add", total: 200, status: "processing", dryRun: true };
const UPDATING = { id: "i2", action: "update", total: 3, status: "processing", dryRun: true };

test("previews are made, and each is linked to its page", async () => {
	compared({ affected: 1, records: [record(1, "new", "ann"), record(2, "changed", "bob", { account: account("bob") })] });
	answer(`POST ${previews()}`, json({ previews: [ADDING, UPDATING] }));
	await open("New (1)");
	assert.equal(number(), null);
	await press("Preview These Changes");
	await sees("2 previews are made.");
	assert.deepEqual(sent(`POST ${previews()}`), [{}]);
	const links = [...sectionOf("What the list adds").querySelectorAll("a")];
	assert.deepEqual(
		links.map((it) => [it.getAttribute("href"), wordsOf(it)]),
		[
			["/users/imports/i1?fresh", "Preview 1: Add New Users, 200 records"],
			["/users/imports/i2?fresh", "Preview 2: Update Existing Users, 3 records"],
		],
	);
	assert.equal(document.activeElement, links[0]);
	// The same again is the same request.
	await press("Preview These Changes");
	await until(() => sent(`POST ${previews()}`).length === 2);
	const [first, second] = calls.filter((it) => it.path === previews()).map((it) => it.headers["Idempotency-Key"]);
	assert.ok(first);
	assert.equal(first, second);

	// Back from a page of them, they are there, with what became of each; and the list may be previewed anew.
	answer("GET /api/imports/i1", json({ ...ADDING, status: "completed", committedAs: "i3" }));
	answer("GET /api/imports/i2", problem(503, "unavailable"));
	await open("Preview, applied");
	assert.match(wordsOf(), /Preview 2: Update Existing Users, 3 records/);
	assert.equal(sectionOf("What the list adds").querySelector("a").getAttribute("href"), "/users/imports/i1");
	await press("Preview These Changes");
	await until(() => calls.filter((it) => it.path === previews()).length === 3);
	assert.notEqual(calls.filter((it) => it.path === previews())[2].headers["Idempotency-Key"], first);
});

test("rejected records alone can be previewed, too, to be corrected", async () => {
	compared({ records: [record(1, "rejected", "ann")] });
	answer(`POST ${previews()}`, json({ previews: [ADDING] }));
	await open("Rejected (1)");
	await press("Preview These Changes");
	await sees("The preview is made.");
});

test("of a list that would change many the exact number is typed before it is previewed", async () => {
	compared({ held: true, affected: 1034, people: 1250, records: [record(1, "new", "ann")] });
	answer(`POST ${previews()}`, json({ previews: [ADDING] }));
	await open("Is this the right list?");
	assert.match(
		wordsOf(),
		/According to this list, 1,034 people have changed or left\. You manage 1,250 user accounts here\. It may be the wrong list\./,
	);
	assert.match(wordsOf(document.querySelector("right-list label")), /^Type the number of people who have changed or left/);
	await press("Preview These Changes");
	await sees("Type the number of people first.");
	assert.equal(document.activeElement, number());
	for (const wrong of ["1033", "10345", "1034.0", "0x40a", "many"]) {
		type(wrong);
		await until(() => !wordsOf().includes("Type the number of people first.") && !wordsOf().includes("That is not the number."));
		await press("Preview These Changes");
		await sees("That is not the number. Look at the groups below, then type the number of people.");
		assert.equal(number().getAttribute("aria-invalid"), "true");
	}
	assert.deepEqual(sent(`POST ${previews()}`), []);
	type(" 1,034 ");
	await sees("The number is right. You can go on.");
	await press("Preview These Changes");
	await until(() => sent(`POST ${previews()}`).length);
	assert.deepEqual(sent(`POST ${previews()}`), [{ confirmed: 1034 }]);
});

test("the number that was typed is good for fewer people, and not for more", async () => {
	const records = [record(1, "new", "ann")];
	compared({ held: true, affected: 30, records }, { held: true, affected: 20, records }, { held: true, affected: 31, records });
	answer(`POST ${previews()}`, json({ previews: [ADDING] }), json({ previews: [ADDING] }), problem(422, "confirmation-required"));
	await open("Is this the right list?");
	type("30");
	await sees("You can go on.");
	await press("Preview These Changes");
	await sees("The preview is made.");
	await press("Compare Again");
	await until(() => !number());
	await press("Preview These Changes");
	await until(() => sent(`POST ${previews()}`).length === 2);
	await sees("The preview is made.");
	assert.deepEqual(sent(`POST ${previews()}`)[1], { confirmed: 20 });
	const [first, second] = calls.filter((it) => it.path === previews()).map((it) => it.headers["Idempotency-Key"]);
	assert.notEqual(first, second, "another comparison has other previews");
	// More by now, as the server says: it is compared again, and the number asked for.
	await press("Preview These Changes");
	await until(number);
	assert.deepEqual(told, ["More people have changed or left since you compared. Look at the list again."]);
	assert.equal(number().value, "");
	assert.match(wordsOf(), /31 people have changed or left/);
});

test("when there is nothing to preview any more, the list is compared anew", async () => {
	compared({ records: [record(1, "new", "ann")] }, {});
	answer(`POST ${previews()}`, problem(409, "nothing-to-preview"));
	await open("New (1)");
	await press("Preview These Changes");
	await sees("The list and the user accounts agree.");
	assert.ok(told.includes("It is nothing-to-preview."));
});
