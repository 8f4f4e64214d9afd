import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../static/assets/router.js";
import { wouldBeLost } from "../static/assets/session.js";
import "./files.js";
import { answer, calls, json } from "./server.js";

test("what the tab kept through a reload is sent and guarded, whatever import it is of, and nobody else's", async () => {
	sessionStorage.setItem("corrections of 1 in one", JSON.stringify({ cells: [[1, { Role: "TA" }]] }));
	sessionStorage.setItem("corrections of 1 in other", JSON.stringify({ cells: [[2, { Role: "TA" }]] }));
	sessionStorage.setItem("corrections of 2 in other", JSON.stringify({ cells: [[3, { Role: "TA" }]] }));
	answer("PATCH /api/imports/one/draft", json({ corrections: [] }));
	await import("../static/assets/imports/drafts.js");
	assert.deepEqual(
		calls.map((it) => it.path),
		["/api/imports/one/draft", "/api/imports/other/draft"],
	);
	start([], () => {});
	const leaving = new window.Event("beforeunload", { cancelable: true });
	window.dispatchEvent(leaving);
	assert.ok(leaving.defaultPrevented);
	answer("PATCH /api/imports/other/draft", json({ corrections: [] }));
	assert.equal(await wouldBeLost(), 0);
	assert.equal(sessionStorage.length, 1);
});
