import { ask } from "../ui/dialog.js";
import { textField } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { remember, settings } from "./settings.js";

const LONGEST = 40;

/** @typedef {{name: string, address: string}} View filters, order and status under a name, as the address has them */

/** @returns {View[]} */
export const views = () => settings().views ?? [];

/** @param {View[]} all */
const keepAll = (all) => remember({ views: all.toSorted((one, other) => one.name.localeCompare(other.name)) });

/**
 * Asks for a name, and saves under it; one that is taken is taken over.
 *
 * @param {string} address @param {AbortSignal} signal
 * @returns {Promise<string | undefined>} the name, if it is saved
 */
export async function saveView(address, signal) {
	let name = "";
	const wanted = await ask({
		title: "Save this view",
		body: html`<p>A view keeps the search, the filters and the order of the list under a name. Only you see it, in this browser.</p>
			${textField({ name: "viewName", label: "Name of the View", value: "", oninput: (value) => {
				name = value.trim().slice(0, LONGEST);
			} })}`,
		buttons: [{ label: "Save View", value: true, kind: "primary" }, { label: "Cancel", value: false }],
		signal,
	});
	if (!wanted || !name) return undefined;
	keepAll([...views().filter((it) => it.name !== name), { name, address }]);
	return name;
}

/** @param {{save: () => void, changed: () => void}} how save: the present one; changed: told when one is gone */
export function viewChoice({ save, changed }) {
	const all = views();
	return html`
		${all.length ? html`<ul class="plain-list views">${all.map(({ name, address }) => html`<li><a href=${address}>${name}</a>
			<button type="button" class="icon-button" title="Delete this view" @click=${() => {
				keepAll(views().filter((it) => it.name !== name));
				changed();
			}}><span class="visually-hidden">Delete the view ${name}</span>${icon("cross")}</button></li>`)}</ul>` : html`<p class="hint">You have saved no view yet.</p>`}
		${save ? html`<button type="button" class="link" @click=${save}>Save this view…</button>` : nothing}`;
}
