// A confirmation in Agawam: two schools, the office, and what its pages do.
import { session } from "../static/assets/session.js";
import { until } from "./page.js";
import { answer, calls, json } from "./server.js";

export const DISTRICT = { code: "0005", name: "Agawam", level: "district", parent: null };
export const HIGH = { code: "0005-505", name: "Agawam High", level: "school", parent: "0005" };
export const JUNIOR = { code: "0005-405", name: "Agawam Junior High", level: "school", parent: "0005" };
export const OTHER = { code: "0035", name: "Boston", level: "district", parent: null };

export const ID = "7a1f";
export const PATH = `/api/confirmations/${ID}`;
const NOBODY = { accounts: 0, open: 0, stays: 0, left: 0, wrong: 0, settled: 0, proposed: 0 };
const DAY = 86_400_000;

/** @param {object} more */
export const figures = (more) => ({ ...NOBODY, ...more });

/** @param {object} more */
export const confirmation = (more = {}) => ({
	id: ID,
	name: "Spring 2027",
	districts: ["0005"],
	deadline: "2026-12-18",
	endsAt: new Date(Date.now() + 11.5 * DAY).toISOString(),
	reminders: ["2026-12-07"],
	status: "open",
	openedAt: "2026-11-23T08:15:30Z",
	closedAt: null,
	handOvers: [],
	progress: figures({ accounts: 250, open: 213, stays: 37 }),
	...more,
});

/** @param {string} name @param {object} more */
export const person = (name, more = {}) => ({
	userId: `id-${name}`,
	username: `${name}@agawam.example`,
	firstName: name,
	lastName: "Old",
	email: `${name}@agawam.example`,
	role: "TA",
	organizations: [HIGH.code],
	status: "active",
	lastSignInAt: null,
	flags: [],
	state: "open",
	decision: null,
	may: ["stays", "left", "wrong"],
	...more,
});

/** @param {string} decision @param {number} version */
export const decided = (decision, version = 1) => ({
	state: decision,
	decision: { decision, version, at: "2026-12-01T15:00:00Z", by: { name: "Kim Harper" } },
});

/** @param {string} role @param {string[]} organizations */
export function signIn(role, organizations) {
	session.me = { id: "me", username: "me", role, permissions: ["manage-users"], organizations };
	session.config = /** @type {any} */ ({ site: "PORTAL" });
	session.reference = /** @type {any} */ ({
		roles: [
			{ code: "SC", title: "Service Center", levels: [], permissions: [], grants: ["DTC", "STC", "TA"] },
			{ code: "DTC", title: "District Test Coordinator", levels: ["district"], permissions: [], grants: ["STC", "TA"] },
			{ code: "STC", title: "School Test Coordinator", levels: ["school"], permissions: [], grants: ["TA"] },
			{ code: "TA", title: "Test Administrator", levels: ["school"], permissions: [], grants: [] },
		],
	});
	answer("POST /api/organizations/validations", ({ body }) => {
		const { codes } = JSON.parse(String(body));
		return json({ results: [DISTRICT, HIGH, JUNIOR, OTHER].filter((it) => codes.includes(it.code)) });
	});
}

/** @param {any[]} items @param {object} more */
export const page = (items, more = {}) => json({ items, page: 0, size: 200, totalItems: items.length, totalPages: 1, ...more });

/** The address of people. @param {string} filter */
export const people = (filter) => `GET ${PATH}/accounts?${filter}`;

/** Whom the list shows at first. */
export const MINE = people("state=open&mine=true&page=0&size=200");

/** @param {any} it @param {any[]} places */
export function answerWith(it, places = []) {
	answer(`GET ${PATH}`, json(it, 200, { ETag: '"3"' }));
	answer(`GET ${PATH}/progress?`, json({ status: it.status, people: it.progress, places }));
}

/** @type {any} */
export let screen;

/** @param {string} element @param {string} address @param {string} text that it says then */
export async function show(element, address, text) {
	history.replaceState(null, "", address);
	screen = document.createElement(element);
	screen.route = ["", ID];
	document.body.replaceChildren(screen);
	await sees(text);
}

/** @param {string} text */
export const sees = (text) => until(() => words().includes(text));

/** @param {any} node */
export const words = (node = document.body) => String(node.textContent).replace(/\s+/g, " ").trim();

/** What its cells say, one after the other. @param {any} row */
export const cells = (row) =>
	[...row.children]
		.map((it) => words(it))
		.filter(Boolean)
		.join(" | ");

/** What was sent. @param {string} request method and path @returns {any[]} */
export const sent = (request) => calls.filter((it) => `${it.method} ${it.path}` === request).map((it) => JSON.parse(String(it.body)));

/** Whether something was asked for. @param {string} request */
export const asked = (request) => calls.some((it) => `${it.method} ${it.path}` === request);

/** @param {string} label of a checkbox, by what it is called or what stands beside it @returns {any} */
export const box = (label) =>
	[...document.querySelectorAll("input[type=checkbox], input[type=radio]")].find((it) =>
		[it.getAttribute("aria-label"), it.closest("label") && words(it.closest("label"))].includes(label),
	);

/** @param {any} field @param {string | boolean} value */
export function set(field, value) {
	if (typeof value === "boolean") field.checked = value;
	else field.value = value;
	field.dispatchEvent(new window.Event(typeof value === "boolean" || field.localName === "select" ? "change" : "input"));
}

/** @param {string} label @returns {any} */
export const button = (label) => [...document.querySelectorAll("button")].findLast((it) => words(it) === label);
