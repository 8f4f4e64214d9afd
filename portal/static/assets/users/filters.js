import { roleTitle } from "../session.js";
import { html, nothing, repeat } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { PASSWORDS } from "./passwords.js";

/** What narrows the list of users, by the names that the interface and the address have for it; blank where it does not. */
export const FILTERS = { search: "", organization: "", role: "", credentials: "", delivery: "" };

/** Each filter in words, in the order of the chips. @type {Record<keyof typeof FILTERS, (value: string, organization: string) => string>} */
const WORDS = {
	search: (value) => `Search: ${value}`,
	organization: (code, name) => `Organization: ${name || code}`,
	role: (code) => `Role: ${roleTitle(code)}`,
	credentials: (state) => `Credentials: ${PASSWORDS[state] ?? state}`,
	delivery: () => "Emails not delivered",
};

/** @param {Record<string, any>} shown @returns {string[]} the filters that narrow */
export const narrowing = (shown) => Object.keys(WORDS).filter((name) => shown[name]);

/**
 * Each filter that narrows the list as a chip, which takes it off.
 *
 * @param {Record<string, any>} shown
 * @param {string} organization the name of the one that is asked for, once it is known
 * @param {(change: Record<string, string>) => void} filter
 */
export function chips(shown, organization, filter) {
	const names = narrowing(shown);
	if (names.length === 0) return nothing;
	return html`<div class="narrowed">
		<ul class="chips" aria-label="Filters">${repeat(names, (name) => name, (name) => {
			const words = WORDS[name](shown[name], organization);
			return html`<li class="chip"><span>${words}</span><button type="button" class="icon-button" title="Remove this filter"
				@click=${() => filter({ [name]: "" })}><span class="visually-hidden">Remove the filter ${words}</span>${icon("cross")}</button></li>`;
		})}</ul>
		<button type="button" class="link" @click=${() => filter(FILTERS)}>Clear all</button></div>`;
}
