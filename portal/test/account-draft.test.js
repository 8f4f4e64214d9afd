import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft } from "../static/assets/users/account-draft.js";

const PAT = { id: "1", username: "pat", firstName: "Pat", lastName: "One", role: "TA", organizations: ["a"], programs: [] };

test("what was changed back is not changed", () => {
	const draft = new Draft(PAT);
	draft.set("organizations", ["a", "b"]);
	draft.set("phone", "1");
	assert.ok(draft.isAnythingChanged);
	draft.set("organizations", ["a"]);
	draft.set("phone", "");
	assert.ok(!draft.isAnythingChanged);
});

test("what a new account begins with is nobody's work", () => {
	assert.ok(!new Draft({ organizations: ["a"] }).isAnythingChanged);
});

test("only what a form has is somebody else's change", () => {
	const draft = new Draft({ ...PAT, version: 1, phone: null });
	draft.set("firstName", "Mine");
	assert.deepEqual(draft.changedIn({ ...PAT, version: 2 }), []);
	assert.deepEqual(draft.changedIn({ ...PAT, lastName: "Theirs", programs: ["p"] }), ["lastName", "programs"]);
});

test("over what somebody else has saved lies what the person has changed, and no more", () => {
	const draft = new Draft(PAT);
	draft.set("firstName", "Mine");
	draft.set("role", "TC");
	const now = { ...PAT, lastName: "Theirs", role: "RAO" };
	const { values, before } = draft.over(now);
	assert.deepEqual([values.firstName, values.lastName, values.role], ["Mine", "Theirs", "TC"]);
	assert.deepEqual([before.firstName, before.lastName, before.role], ["Pat", "Theirs", "RAO"]);
});

test("what was sent stays as it was when one types on", () => {
	const draft = new Draft(PAT);
	const sent = draft.values;
	draft.set("firstName", "Later");
	assert.equal(sent.firstName, "Pat");
});
