import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { keepFocus, restoreFocus } from "../static/assets/ui/focus.js";
import { until } from "./page.js";

keepFocus();

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const hasFocus = (/** @type {string} */ id) => until(() => document.activeElement?.id === id);

beforeEach(() => {
	document.body.innerHTML = `
		<main id="main" tabindex="-1">
			<section id="part"><ul id="list"><li><button id="one">One</button></li></ul></section>
			<button id="other">Other</button>
		</main>`;
});

test("what goes leaves the focus to what was around it", async () => {
	byId("one").focus();
	byId("one").parentElement?.remove();
	await hasFocus("list");
	byId("other").focus();
	assert.ok(!byId("list").hasAttribute("tabindex"));
});

test("what is around goes too: the next that stays", async () => {
	byId("one").focus();
	byId("part").remove();
	await hasFocus("main");
});

test("what is around is named by a heading that takes the focus: there", async () => {
	byId("part").setAttribute("aria-labelledby", "name");
	byId("part").insertAdjacentHTML("afterbegin", "<h2 id=name tabindex=-1>Part</h2>");
	byId("one").focus();
	byId("list").remove();
	await hasFocus("name");
	assert.ok(byId("name").hasAttribute("tabindex"));
});

test("nothing is left but the page: its main part", async () => {
	const dialog = document.body.appendChild(document.createElement("div"));
	dialog.innerHTML = "<button id=in-dialog>Close</button>";
	byId("in-dialog").focus();
	dialog.remove();
	await hasFocus("main");
});

test("a click beside every control takes the focus away, and it stays away", () => {
	byId("one").focus();
	byId("one").blur();
	document.body.dispatchEvent(new window.Event("pointerdown", { bubbles: true }));
	byId("list").remove();
	restoreFocus();
	assert.equal(document.activeElement, document.body);
});

test("who has gone on to another control stays there", () => {
	byId("one").focus();
	byId("other").focus();
	byId("part").remove();
	restoreFocus();
	assert.equal(document.activeElement?.id, "other");
});
