import assert from "node:assert/strict";
import { test } from "node:test";
import { textField } from "../static/assets/ui/form.js";
import { render } from "../static/assets/ui/html.js";

const field = () => /** @type {HTMLInputElement} */ (document.querySelector("#secret"));
const button = () => /** @type {HTMLButtonElement} */ (document.querySelector("button"));

/** @param {string} value */
const draw = (value) =>
	render(textField({ name: "secret", label: "New Password", type: "password", value, required: true }), document.body);

test("a password can be read and is hidden again, whatever is drawn meanwhile", () => {
	draw("");
	assert.deepEqual([field().type, button().textContent], ["password", "Show New Password"]);
	button().click();
	draw("What-Is-Typed-1");
	assert.deepEqual([field().type, field().value, button().textContent], ["text", "What-Is-Typed-1", "Hide New Password"]);
	button().click();
	assert.deepEqual([field().type, button().textContent], ["password", "Show New Password"]);
	assert.equal(button().type, "button");
});
