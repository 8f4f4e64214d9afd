import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as api from "../static/assets/api.js";
import { answer, calls, json, problem, reset } from "./server.js";

/** @type {string[]} */
let told = [];
api.connection.addEventListener("lost", (event) => told.push(`lost: ${/** @type {CustomEvent} */ (event).detail.code}`));
api.connection.addEventListener("found", () => told.push("found"));

beforeEach(async () => {
	reset();
	answer("GET /well", json({}));
	await api.get("/well");
	reset();
	told = [];
});

test("a read says nothing that only a change needs", async () => {
	answer("GET /api/me", json({ id: "1" }));
	assert.deepEqual(await api.get("/api/me"), { id: "1" });
	assert.deepEqual(Object.keys(calls[0].headers), ["Accept"]);
});

test("a change names what it changes and comes from a page of this site", async () => {
	answer("PATCH /api/users/1", json({ id: "1" }, 200, { ETag: '"2"' }));
	const { data, etag } = await api.change("PATCH", "/api/users/1", { firstName: "Pat" }, '"1"');
	assert.deepEqual([data, etag], [{ id: "1" }, '"2"']);
	const { headers, body } = calls[0];
	assert.equal(headers["If-Match"], '"1"');
	assert.equal(headers["X-Rollcall-CSRF"], "1");
	assert.equal(headers["Content-Type"], "application/json");
	assert.equal(body, '{"firstName":"Pat"}');
});

test("what is made is made once: its key goes with it", async () => {
	answer("POST /api/users", new Response(null, { status: 204 }));
	assert.equal(await api.post("/api/users", {}, { key: "k1" }), undefined);
	assert.equal(calls[0].headers["Idempotency-Key"], "k1");
	assert.notEqual(api.freshKey(), api.freshKey());
	assert.match(api.freshKey(), /^[0-9a-f]{32}$/);
});

test("a refusal is a problem with its code and fields", async () => {
	answer("POST /api/users", problem(422, "invalid", { errors: [{ field: "email", code: "email", message: "No address." }] }));
	await assert.rejects(api.post("/api/users", {}), (refusal) => {
		assert.ok(refusal instanceof api.Problem);
		assert.deepEqual([refusal.status, refusal.code, refusal.message], [422, "invalid", "It is invalid."]);
		assert.equal(refusal.errors[0].field, "email");
		assert.ok(!refusal.away && !refusal.uncertain);
		return true;
	});
	assert.deepEqual(told, []);
});

test("who cannot be reached is told of, and so is that it answers again", async () => {
	await assert.rejects(api.get("/api/me"), { status: 0, code: "unreachable", uncertain: true });
	answer("GET /api/me", problem(503, "service-unavailable"), json({}));
	await assert.rejects(api.get("/api/me"), { away: true, uncertain: false });
	await api.get("/api/me");
	assert.deepEqual(told, ["lost: unreachable", "lost: service-unavailable", "found"]);
});

test("a quiet request tells nobody", async () => {
	await assert.rejects(api.get("/api/me", { quiet: true }));
	assert.deepEqual(told, []);
});

test("a request that its screen has given up is nobody's failure", async () => {
	answer("GET /api/users", () => {
		throw new DOMException("gone", "AbortError");
	});
	await assert.rejects(api.get("/api/users"), { name: "AbortError" });
	assert.deepEqual(told, []);
});

test("an answer that breaks off is uncertain", async () => {
	answer("GET /api/me", new Response("{", { headers: { "Content-Type": "application/json" } }));
	await assert.rejects(api.get("/api/me"), { status: 502, code: "service-broken-answer", uncertain: true });
});

test("events are read however they are cut into pieces", async () => {
	const pieces = ["data: {", '"a":1}\n', '\ndata: {"a":\ndata: 2}\r\n\r\n: still here\n\n', 'data: {"a":3}\n\n'];
	answer("GET /api/imports/1/progress", () => new Response(ReadableStream.from(pieces.map((it) => new TextEncoder().encode(it)))));
	/** @type {unknown[]} */
	const events = [];
	await api.listen("/api/imports/1/progress", (event) => events.push(event));
	assert.deepEqual(events, [{ a: 1 }, { a: 2 }, { a: 3 }]);
	assert.equal(calls[0].headers.Accept, "text/event-stream");
});

for (const [disposition, name] of [
	["attachment; filename=\"list.csv\"; filename*=UTF-8''l%C3%ADst.csv", "l\u00edst.csv"],
	['attachment; filename="list.csv"', "list.csv"],
	["attachment", "export.csv"],
])
	test(`a download is named as ${disposition} says`, async (context) => {
		context.mock.timers.enable({ apis: ["setTimeout"] });
		answer("GET /api/users/export", new Response("a,b", { headers: { "Content-Disposition": disposition } }));
		assert.equal(await api.download("/api/users/export", "export.csv"), name);
		assert.equal(document.querySelector("a"), null);
	});

test("query parameters that say nothing are left out", () => {
	assert.equal(api.query({ search: "a b", page: 0, role: "", status: undefined, district: null }), "search=a+b&page=0");
});

test("a read that was refused once is sent again, for the session may have another cookie by now", async () => {
	answer("GET /api/users", problem(401, "unauthenticated"), json([]));
	assert.deepEqual(await api.get("/api/users"), []);
	answer("POST /api/users", problem(401, "unauthenticated"));
	const before = calls.length;
	await assert.rejects(api.post("/api/users", {}), { status: 401 });
	assert.equal(calls.length, before + 1);
});

test("from when it is known whose page this is every request says it, and waits for a new sign-in", async () => {
	/** @type {string[]} */
	const asked = [];
	api.speakFor("account-1", { ended: async () => void asked.push("ended"), another: async () => void asked.push("another") });
	const refused = problem(401, "unauthenticated");
	answer("GET /api/users", refused, refused, json([]));
	assert.deepEqual(await api.get("/api/users"), []);
	assert.deepEqual(
		calls.map((call) => call.headers["X-Rollcall-Account"]),
		["account-1", "account-1", "account-1"],
	);
	answer("GET /api/users", problem(409, "another-account"));
	await assert.rejects(api.get("/api/users"), { code: "another-account" });
	await assert.rejects(api.get("/api/users", { quiet: true }));
	assert.deepEqual(asked, ["ended", "another"]);
	answer("GET /api/me", json({}));
	await api.get("/api/me", { anyone: true });
	assert.equal(calls.at(-1)?.headers["X-Rollcall-Account"], undefined);
});
