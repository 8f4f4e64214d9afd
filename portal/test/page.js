// What a test does at the page.
import assert from "node:assert/strict";

/** Waits for it. @param {() => unknown} is */
export async function until(is) {
	for (let tries = 0; tries < 200 && !is(); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
	assert.ok(is(), String(is));
}

/** Presses the button when it is there and can be pressed; a dialog's, which comes last, before one below it. @param {string} label */
export async function press(label) {
	const button = () => [...document.querySelectorAll("button")].findLast((it) => it.textContent?.trim() === label && !it.disabled);
	await until(button);
	button()?.click();
}
