import { manages, roleTitle } from "../session.js";
import { breakable } from "../ui/breakable.js";
import { moment } from "../ui/dates.js";
import { html, live, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { flagName, STATES, whenAndByWhom } from "./words.js";

const KINDS = { stays: "good", left: "bad", wrong: "caution", settled: "" };

/** Titles of the columns of people, with what a row has there. @param {(code: string) => string | undefined} nameOf */
export const columns = (nameOf) => ({
	Name: (person) => html`${person.firstName} ${person.lastName} <small>${breakable(person.username)}</small>`,
	Role: (person) => roleTitle(person.role),
	Organization: (person) => person.organizations.map((code, index) => html`${index ? html`<br>` : nothing}${nameOf(code) ?? code}`),
	"Last Signed In": (person) => moment(person.lastSignInAt),
	"To Check": (person) => person.flags.map((flag) => html`<span class="tag caution">${flagName(flag)}</span> `),
	Decision: decision,
});

function decision({ state, decision: made }) {
	if (state === "open") return nothing;
	// Who was deactivated may have been said to stay before.
	const said = made && made.decision !== state ? `${STATES[made.decision]}, ` : "";
	return html`<span class="tag ${KINDS[state]}">${STATES[state]}</span>${made ? html`
		<small>${said}${whenAndByWhom(made)}</small>` : nothing}`;
}

/**
 * A person in a worklist, with what leads to the account.
 *
 * @param {import("./confirmations.js").Person} person
 * @param {{columns: ReturnType<typeof columns>, choosable: boolean, chosen: boolean, choose: () => void}} how
 */
export function personRow(person, { columns: shown, choosable, chosen, choose }) {
	return html`
		<tr role="row" class=${chosen ? "selected" : ""}>
			<td role="cell" class="choose">${choosable ? html`<input type="checkbox" aria-label="Select ${person.firstName} ${person.lastName} (${person.username})"
				.checked=${live(chosen)} @change=${choose}>` : nothing}</td>
			${Object.entries(shown).map(([title, cell]) => html`<td role="cell" data-label=${title} class=${title === "Name" ? "name" : ""}>${cell(person)}</td>`)}
			<td role="cell" class="row-actions">${edit(person)}</td>
		</tr>`;
}

function edit(person) {
	if (!manages(person) || person.status !== "active") return nothing;
	const address = `/users/${person.id}`;
	const name = `Edit User ${person.username}`;
	return person.state === "wrong" ? html`<a class="button small" href=${address} aria-label=${name}>Edit User</a>`
		: html`<a class="icon-button" href=${address} aria-label=${name} title="Edit User">${icon("edit")}</a>`;
}

/** For paper: one table, without what is pressed. @param {import("./confirmations.js").Person[]} people @param {(code: string) => string | undefined} nameOf */
export function paperTable(people, nameOf) {
	const shown = Object.entries({ ...columns(nameOf), Decision: (person) => (person.state === "open" ? STATES.open : decision(person)) });
	return html`
		<table>
			<caption class="visually-hidden">People and what was decided</caption>
			<thead><tr>${shown.map(([title]) => html`<th scope="col">${title}</th>`)}</tr></thead>
			<tbody>${people.map((person) => html`<tr>${shown.map(([, cell]) => html`<td>${cell(person)}</td>`)}</tr>`)}</tbody>
		</table>`;
}
