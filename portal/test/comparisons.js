// A staff list of Mendon-Upton as the interface compares it, and the screen that shows it.
import { session } from "../static/assets/session.js";
import { until } from "./page.js";
import { answer, calls, json } from "./server.js";

await import("../static/assets/comparison/comparison-screen.js");

const DIRECTORY = [
	{ code: "0710", name: "Mendon-Upton", level: "district", parent: null, closed: false },
	{ code: "0710-1", name: "Memorial School", level: "school", parent: "0710", closed: false },
	{ code: "0710-2", name: "Miscoe Hill School", level: "school", parent: "0710", closed: false },
];

/** @param {string} name @param {object} more */
export const account = (name, more = {}) => ({
	userId: `id-${name}`,
	username: `${name}@mu.example`,
	firstName: name,
	lastName: "Old",
	email: `${name}@mu.example`,
	role: "TA",
	organizations: ["0710-1"],
	...more,
});

/** @param {number} recordNumber @param {string} group @param {string} name @param {object} more */
export const record = (recordNumber, group, name, more = {}) => ({
	recordNumber,
	group,
	cells: {
		Username: `${name}@mu.example`,
		Fname: name,
		Lname: "Listed",
		Email: `${name}@mu.example`,
		Role: "TA",
		Org: "0710-1",
	},
	changes: [],
	notes: [],
	warnings: [],
	...more,
});

/** @param {object} more */
export const comparison = (more = {}) => ({
	id,
	fileName: "staff.csv",
	organizations: ["0710"],
	createdAt: "2026-12-01T12:00:00Z",
	keptUntil: "2027-03-01T12:00:00Z",
	people: 40,
	affected: 0,
	held: false,
	records: [],
	left: [],
	kept: [],
	...more,
});

/** Of the comparison: each test has one of its own. */
let id = "c0";

export const here = () => `/api/comparisons/${id}`;

/** What is read, one after the other; the last stays. @param {...object} found */
export const compared = (...found) => answer(`GET ${here()}`, ...found.map((it) => json(comparison(it))));

export function begin() {
	id = `c${Number(id.slice(1)) + 1}`;
	history.replaceState(null, "", `/users/compare/${id}`);
	session.me = { id: "me", username: "me", role: "DTC", permissions: [], organizations: ["0710"] };
	session.reference = /** @type {any} */ ({
		fields: [],
		programs: [{ id: "1030", name: "MCAS Grades 3-8", districts: [] }],
		roles: [
			{ code: "DTC", title: "District Test Coordinator", levels: ["district"], grants: ["TA", "STC"], permissions: [] },
			{ code: "STC", title: "School Test Coordinator", levels: ["school"], grants: [], permissions: [] },
			{ code: "TA", title: "Test Administrator", levels: ["school"], grants: [], permissions: [] },
		],
	});
	answer("POST /api/organizations/validations", ({ body }) => {
		const { codes } = JSON.parse(String(body));
		return json({ results: DIRECTORY.filter((it) => codes.includes(it.code)) });
	});
}

/** @type {any} */
let screen;

/** Opens it and waits for what it says then. @param {string} text */
export async function open(text) {
	screen = document.createElement("comparison-screen");
	screen.route = ["", id];
	document.body.replaceChildren(screen);
	await sees(text);
	return screen;
}

/** @param {any} element */
export const wordsOf = (element = screen) => String(element.textContent).replace(/\s+/g, " ").trim();

/** @param {string} text */
export const sees = (text) => until(() => wordsOf().includes(text));

export const headings = () => [...screen.querySelectorAll("h2, h3, summary")].map((it) => wordsOf(it));

/** The section below a heading that begins so. @param {string} title @returns {any} */
export function sectionOf(title) {
	const heading = [...screen.querySelectorAll("h2, h3, summary")].find((it) => wordsOf(it).startsWith(title));
	return heading?.closest("section, article, details");
}

/** @param {string} title @returns {string[][]} the words of the cells of its table */
export const cellsOf = (title) =>
	[...sectionOf(title).querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")].map((cell) => wordsOf(cell)));

/** @param {string} request method and path @returns {any[]} the bodies of those that were sent */
export const sent = (request) =>
	calls.filter((it) => `${it.method} ${it.path}` === request).map((it) => it.body && JSON.parse(String(it.body)));
