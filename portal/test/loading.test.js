import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { readSheet } from "../static/assets/imports/loading.js";
import { note, stored } from "./files.js";
import { answer, json, problem, reset } from "./server.js";

const OWN = { action: "add", status: "completed", submittedBy: "pat" };

beforeEach(reset);

/** @param {string} id @param {any[]} rows @param {object} draft */
function answerWith(id, rows, draft) {
	answer(`GET /api/imports/${id}/rows?page=0&size=500`, json({ items: rows, totalPages: 1 }));
	answer(`GET /api/imports/${id}/draft`, json({ corrections: [], sent: [], ...draft }, 200, { ETag: '"1"' }));
}

test("records that were sent are as their import says, and what of it cannot be seen yet is not corrected twice", async () => {
	const wrong = [1, 2, 3].map((record) => stored(record, { Role: "Teacher" }, [note("role")]));
	answerWith("first", wrong, {
		sent: [
			{ importId: "second", recordNumbers: [2] },
			{ importId: "decided", recordNumbers: [3] },
		],
	});
	answer("GET /api/imports/second", json({ ...OWN, id: "second" }));
	answer("GET /api/imports/decided", problem(404, "not-found"));
	answerWith("second", [stored(1, { Role: "TA" })], {});
	const { sheet } = await readSheet({ ...OWN, id: "first", dryRun: false });
	assert.deepEqual(
		sheet.rows.map((row) => [row.record, row.outcome, row.editable]),
		[
			[1, "rejected", true],
			[2, "created", false],
			[3, "pending", false],
		],
	);
});

test("a preview that is applied, which its draft knows first, is corrected no more", async () => {
	answerWith("preview", [stored(1)], { sent: [{ importId: "applied", recordNumbers: [] }] });
	const { sheet, drafts } = await readSheet({ ...OWN, id: "preview", dryRun: true });
	assert.deepEqual([sheet.isEditable, drafts.size], [false, 0]);
});
