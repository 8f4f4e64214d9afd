import { labelOf } from "../fields.js";
import { roleTitle } from "../session.js";
import { breakable } from "../ui/breakable.js";
import { shortDay } from "../ui/dates.js";
import { html, live, nothing } from "../ui/html.js";
import { passwordState } from "./passwords.js";

/**
 * @typedef {{id: string, title: string, isSorted?: boolean, kind?: string, cell: (user: any, nameOf: (code: string) => string | undefined) => unknown}} Column
 *     isSorted: whether the interface sorts by it, under this id; kind: class of its cells
 */

const guides = (id, kind, cell) => ({ id, kind, cell, isSorted: true, get title() {
	return labelOf(id);
} });

/** So many schools are named; the rest is counted. */
const NAMED = 2;

/** All there are, the guide's five first. @type {Column[]} */
export const COLUMNS = [
	guides("firstName", "name", (user) => user.firstName),
	guides("lastName", "name", (user) => user.lastName),
	guides("email", "long", (user) => html`<span title=${user.email}>${breakable(user.email)}</span>${undelivered(user)}`),
	guides("username", "long username", username),
	guides("role", "role", (user) => roleTitle(user.role)),
	{ id: "schools", title: "School(s)", kind: "long", cell: schools },
	{ id: "credentials", title: "Credentials", kind: "short", cell: passwordState },
	{ id: "lastSignedIn", title: "Last Signed In", kind: "date", cell: (user) => (user.neverSignedIn ? "Never" : shortDay(user.lastSignedInAt)) },
	{ id: "deactivatedOn", title: "Deactivated On", kind: "date", cell: (user) => shortDay(user.deactivatedAt) },
];

/** Those of the guide's user table (Table 3), which everybody sees who has not chosen others. */
export const USUAL = ["firstName", "lastName", "email", "username", "role"];

/** @param {string[] | undefined} chosen @returns {Column[]} in their order, whatever the order they were chosen in */
export const columnsOf = (chosen = USUAL) => COLUMNS.filter((it) => chosen.includes(it.id));

/** A username is mostly the address once more: then it is there for who reads by ear, and only another one is seen. */
function username(user) {
	return user.username.toLowerCase() === user.email.toLowerCase() ? html`<span class="visually-hidden">${user.username}</span>`
		: html`<span title=${user.username}>${breakable(user.username)}</span>`;
}

function schools({ organizations = [] }, nameOf) {
	const names = organizations.map((code) => nameOf(code) ?? code);
	const rest = names.length - NAMED;
	return html`<span title=${names.join(", ")}>${names.slice(0, NAMED).join(", ")}${rest > 0 ? ` and ${rest} more` : nothing}</span>`;
}

function undelivered(user) {
	const failed = Object.values(user.credentials ?? {}).some((it) => it.delivery === "failed");
	return failed ? html` <span class="tag bad">Email not delivered</span>` : nothing;
}

/** @param {string[]} chosen @param {(id: string, shown: boolean) => void} choose @param {() => void} reset to the usual ones */
export function columnChoice(chosen, choose, reset) {
	return html`<fieldset class="plain"><legend>Columns of the list</legend>
		<ul class="plain-list">${COLUMNS.map(({ id, title }) => html`<li><label class="check"><input type="checkbox" .checked=${live(chosen.includes(id))}
			?disabled=${chosen.length === 1 && chosen[0] === id}
			@change=${(event) => choose(id, event.target.checked)}> ${title}</label></li>`)}</ul>
		<button type="button" class="link" @click=${reset}>Show the usual columns</button></fieldset>`;
}
