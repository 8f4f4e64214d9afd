import { html, nothing } from "../ui/html.js";
import { columnOf } from "./imports.js";

/**
 * What would become another, field by field.
 *
 * @param {{field: string, before: string, after: string}[]} changes as the template spells them
 * @param {{label?: (field: string) => string, shown?: (field: string, value: string) => unknown}} words label: what the field is called;
 *     shown: a value in words
 */
export function changeList(changes, { label = columnOf, shown = (_, value) => value } = {}) {
	if (changes.length === 0) return nothing;
	return html`<ul class="plain-list">${changes.map(({ field, before, after }) => html`<li>${label(field)}:
		${before ? html`<del>${shown(field, before)}</del> → ` : nothing}${after ? html`<ins>${shown(field, after)}</ins>` : html`<ins>(blank)</ins>`}</li>`)}</ul>`;
}
