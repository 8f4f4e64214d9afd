import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as router from "../static/assets/router.js";

/** @type {unknown[]} */
const shown = [];
router.start(
	[
		[/^\/$/, () => "home"],
		[/^\/users\/([^/]+)$/, (match) => `user ${match[1]}`],
		[/^\/users$/, () => "users"],
	],
	(screen) => shown.push(screen),
);

beforeEach(async () => {
	router.letGo();
	await router.navigate("/");
	shown.length = 0;
});

/** @param {Record<string, string>} attributes @param {MouseEventInit} how */
function click(attributes, how = {}) {
	const link = document.createElement("a");
	for (const [name, value] of Object.entries(attributes)) link.setAttribute(name, value);
	document.body.append(link);
	const event = new window.MouseEvent("click", { bubbles: true, cancelable: true, button: 0, ...how });
	link.dispatchEvent(event);
	link.remove();
	return event.defaultPrevented;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Presses a button of the dialog that is open. @param {string} label */
async function press(label) {
	await settled();
	const buttons = [...document.querySelectorAll("dialog button")];
	/** @type {HTMLElement | undefined} */ (buttons.find((it) => it.textContent === label))?.click();
	await settled();
}

test("the first pattern that fits is shown, with what it has found", async () => {
	await router.navigate("/users/7?tab=history");
	await router.navigate("/nowhere");
	assert.deepEqual(shown, ["user 7", undefined]);
	assert.equal(location.pathname, "/nowhere");
});

test("an address is rewritten without leaving the screen", () => {
	router.rewrite("/users?search=a");
	assert.equal(location.search, "?search=a");
	assert.deepEqual(shown, []);
});

test("a plain link inside the portal needs no new page", async () => {
	assert.ok(click({ href: "/users" }));
	await settled();
	assert.deepEqual(shown, ["users"]);
});

for (const [what, attributes, how] of /** @type {[string, Record<string, string>, MouseEventInit?][]} */ ([
	["to another site", { href: "http://elsewhere.example/users" }],
	["for a new tab", { href: "/users", target: "_blank" }],
	["with Ctrl held", { href: "/users" }, { ctrlKey: true }],
	["by the middle button", { href: "/users" }, { button: 1 }],
	["to a download", { href: "/users", download: "" }],
	["to the server's own pages", { href: "/login" }],
	["to a place on the page", { href: "/#main" }],
	["to nothing", { href: "/nowhere" }],
]))
	test(`a link ${what} is the browser's`, () => {
		assert.ok(!click(attributes, how));
		assert.deepEqual(shown, []);
	});

test("who has unsaved work is asked, and stays or goes", async () => {
	const screen = new AbortController();
	router.guardLeaving(() => true, screen.signal);
	let left = router.navigate("/users");
	await press("Stay on This Page");
	await left;
	assert.deepEqual([location.pathname, shown.length], ["/", 0]);
	left = router.navigate("/users");
	await press("Leave Without Saving");
	await left;
	assert.deepEqual(shown, ["users"]);
});

test("closing the window asks as long as work is unsaved and its screen is there", () => {
	const leaves = () => {
		const event = new window.Event("beforeunload", { cancelable: true });
		window.dispatchEvent(event);
		return !event.defaultPrevented;
	};
	const screen = new AbortController();
	let unsaved = true;
	router.guardLeaving(() => unsaved, screen.signal);
	assert.ok(!leaves());
	unsaved = false;
	assert.ok(leaves());
	unsaved = true;
	screen.abort();
	assert.ok(leaves());
});
