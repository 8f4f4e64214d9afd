import { roleTitle } from "../session.js";
import { calendarDay, counted } from "../ui/dates.js";
import { html, live, nothing, repeat } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { PASSWORDS } from "./passwords.js";

/** What narrows the list of users, by the names that the interface and the address have for it; blank where it does not. */
export const FILTERS = {
	search: "", people: "", organization: "", role: "", credentials: "", delivery: "", signedIn: "", signedInBefore: "", importId: "",
};

/** @typedef {{organization: string, importId: string}} Names of what is asked for, once they are known */

/** Each filter in words, in the order of the chips. @type {Record<keyof typeof FILTERS, (value: string, names: Names) => string>} */
const WORDS = {
	search: (value) => `Search: ${value}`,
	people: (people) => counted(people.split(",").length, "pasted address", "pasted addresses"),
	organization: (code, names) => `Organization: ${names.organization || code}`,
	role: (code) => `Role: ${roleTitle(code)}`,
	credentials: (state) => `Credentials: ${PASSWORDS[state] ?? state}`,
	delivery: () => "Emails not delivered",
	signedIn: () => "Never signed in",
	signedInBefore: (date) => `Not signed in since ${calendarDay(date)}`,
	importId: (_, names) => (names.importId ? `Import: ${names.importId}` : "Of one import"),
};

/** @param {Record<string, any>} shown @returns {string[]} the filters that narrow */
export const narrowing = (shown) => Object.keys(WORDS).filter((name) => shown[name]);

/** What the interface is asked for: in the address a day is one of the person's own, there it is a moment. @param {Record<string, any>} shown */
export function asked(shown) {
	const { signedInBefore: day, ...rest } = shown;
	return day ? { ...rest, signedInBefore: new Date(`${day}T00:00`).toISOString() } : rest;
}

/** @param {string | null} day in the address @returns {string} it, or nothing where it is none */
export const dayIn = (day) => (day && !Number.isNaN(Date.parse(`${day}T00:00`)) ? day : "");

/**
 * Each filter that narrows the list as a chip, which takes it off.
 *
 * @param {Record<string, any>} shown
 * @param {Names} known
 * @param {(change: Record<string, string>) => void} filter
 */
export function chips(shown, known, filter) {
	const names = narrowing(shown);
	if (names.length === 0) return nothing;
	return html`<div class="narrowed">
		<ul class="chips" aria-label="Filters">${repeat(names, (name) => name, (name) => {
			const words = WORDS[name](shown[name], known);
			return html`<li class="chip"><span>${words}</span><button type="button" class="icon-button" title="Remove this filter"
				@click=${() => filter({ [name]: "" })}><span class="visually-hidden">Remove the filter ${words}</span>${icon("cross")}</button></li>`;
		})}</ul>
		<button type="button" class="link" @click=${() => filter(FILTERS)}>Clear all</button></div>`;
}

const SINCE = "since";

/**
 * When somebody last signed in: at any time, never, or not since a day.
 *
 * @param {Record<string, any>} shown @param {string} today as 2026-12-02 @param {(change: Record<string, string>) => void} filter
 */
export function chooseSignedIn({ signedIn, signedInBefore }, today, filter) {
	const chosen = signedInBefore ? SINCE : signedIn;
	const choose = (value) => filter({ signedIn: value === SINCE ? "" : value, signedInBefore: value === SINCE ? today : "" });
	return html`<label class="chosen">Last signed in
		<select .value=${live(chosen)} @change=${(event) => choose(event.target.value)}>
			<option value="">At any time</option>
			<option value="never" ?selected=${chosen === "never"}>Never</option>
			<option value=${SINCE} ?selected=${chosen === SINCE}>Not since…</option>
		</select></label>
		${signedInBefore ? html`<label class="chosen"><span class="visually-hidden">Not signed in since</span><input type="date" required .value=${live(signedInBefore)} max=${today}
			@change=${(event) => event.target.value && filter({ signedIn: "", signedInBefore: event.target.value })}></label>` : nothing}`;
}
