import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { post } from "../static/assets/api.js";
import * as sessions from "../static/assets/session.js";
import { press } from "./page.js";
import { answer, calls, json, problem, reset } from "./server.js";

const { session } = sessions;
const ME = { id: "1", username: "pat", role: "DTC", permissions: ["manage-users"], organizations: ["0005"] };
const REFERENCE = {
	roles: [
		{ code: "SC", title: "Service Center", levels: [], grants: ["DTC"] },
		{ code: "DTC", title: "District Test Coordinator", levels: ["DISTRICT"], grants: ["STC"] },
		{ code: "STC", title: "School Test Coordinator", levels: ["SCHOOL"], grants: [] },
	],
};

beforeEach(() => {
	reset();
	session.config = { site: "PORTAL", signedIn: true };
	session.me = { ...ME };
	session.reference = REFERENCE;
});

test("nobody's page asks for nothing but the settings", async () => {
	session.me = undefined;
	answer("GET /portal/config", json({ site: "PORTAL", signedIn: false }));
	await sessions.begin();
	assert.deepEqual(
		calls.map((call) => call.path),
		["/portal/config"],
	);
	assert.equal(session.me, undefined);
});

test("a session that has ended meanwhile is none", async () => {
	answer("GET /portal/config", json({ site: "PORTAL", signedIn: true }));
	answer("GET /api/me", problem(401, "unauthenticated"));
	answer("GET /api/reference", problem(401, "unauthenticated"));
	await sessions.begin();
	assert.equal(session.me, undefined);
});

test("a service that is away is no ended session", async () => {
	answer("GET /portal/config", json({ site: "PORTAL", signedIn: true }));
	answer("GET /api/me", problem(503, "service-unavailable"));
	answer("GET /api/reference", json(REFERENCE));
	await assert.rejects(sessions.begin(), { status: 503 });
});

test("at the Training Site nobody manages accounts", () => {
	assert.ok(sessions.may("manage-users"));
	assert.ok(!sessions.may("export-test-status"));
	session.config = { site: "TRAINING" };
	assert.ok(!sessions.may("manage-users"));
});

test("one manages whom one may grant, and never oneself", () => {
	assert.deepEqual(
		sessions.grantableRoles().map((role) => role.code),
		["STC"],
	);
	assert.ok(sessions.manages({ id: "2", role: "STC" }));
	assert.ok(!sessions.manages({ id: "2", role: "DTC" }));
	assert.ok(!sessions.manages({ id: "1", role: "STC" }));
});

test("forms offer no role that runs the system", () => {
	assert.deepEqual(
		sessions.roles().map((role) => role.code),
		["DTC", "STC"],
	);
	assert.ok(sessions.runsTheSystem("SC"));
	assert.equal(sessions.roleTitle("STC"), "School Test Coordinator");
	assert.equal(sessions.roleTitle("of tomorrow"), "of tomorrow");
});

test("a district contains its schools, the state everything", () => {
	assert.ok(sessions.owns({ code: "0005", parent: "MA" }));
	assert.ok(sessions.owns({ code: "00050303", parent: "0005" }));
	assert.ok(!sessions.owns({ code: "00060001", parent: "0006" }));
	session.me.role = "SC";
	assert.ok(sessions.owns({ code: "00060001", parent: "0006" }));
});

test("organizations are asked for once, with their districts", async () => {
	answer(
		"POST /api/organizations/validations",
		json({ results: [{ code: "00050303", name: "Agawam High", parent: "0005" }, { code: "nowhere" }] }),
		json({ results: [{ code: "0005", name: "Agawam" }] }),
		json({ results: [] }),
	);
	const found = await sessions.organizations(["00050303", "nowhere"]);
	assert.deepEqual([...found.keys()], ["00050303"]);
	assert.equal(sessions.organizationTitle(found.get("00050303")), "Agawam High (Agawam)");
	assert.equal(calls.length, 2);
	await sessions.organizations(["00050303"]);
	assert.equal(calls.length, 2);
});

test("who comes back after the sign-in comes back to where one was", () => {
	assert.equal(sessions.signInAddress("/users?search=a b"), "/login?returnTo=%2Fusers%3Fsearch%3Da%20b");
});

test("the portal is there when it answers, even by a refusal", async () => {
	assert.equal(await sessions.ping(), false);
	answer("GET /api/me", problem(401, "unauthenticated"));
	assert.equal(await sessions.ping(), true);
	answer("GET /api/me", problem(503, "service-unavailable"));
	assert.equal(await sessions.ping(), false);
});

test("who logs out leaves nothing behind in the tab, and who could not keeps it", async () => {
	sessionStorage.setItem("corrections of 1 in 2", "[]");
	answer("POST /logout", problem(503, "service-unavailable"));
	await assert.rejects(sessions.signOut(), { status: 503 });
	assert.equal(sessionStorage.length, 1);
	answer("POST /logout", json({ location: "/signed-out" }));
	await sessions.signOut();
	assert.equal(sessionStorage.length, 0);
});

test("a request waits for the sign-in in a tab of its own, which gets nothing of what this one keeps", async (context) => {
	/** @type {any[]} */
	const opened = [];
	context.mock.method(window, "open", (/** @type {any[]} */ ...how) => void opened.push(how));
	answer("GET /portal/config", json({ signedIn: true }));
	answer("GET /api/me", json(ME));
	answer("GET /api/reference", json(REFERENCE));
	await sessions.begin();
	answer("POST /api/users", problem(401, "unauthenticated"), json({ id: "2" }));
	const added = post("/api/users", {});
	await press("Sign In");
	sessions.tellRestored();
	assert.deepEqual(await added, { id: "2" });
	assert.deepEqual(opened, [["/login?returnTo=%2Fsession-restored", "_blank", "noopener"]]);
	assert.equal(document.querySelector("dialog"), null);
});
