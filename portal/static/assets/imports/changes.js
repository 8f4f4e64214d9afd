import { labelOf } from "../fields.js";
import { html, nothing } from "../ui/html.js";
import { programName } from "../users/in-words.js";
import { codesOf, roleName, schools } from "./grid-row.js";
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

/**
 * The same in the words of the forms.
 *
 * @param {{field: string, before: string, after: string}[]} changes
 * @param {import("../users/people-table.js").NameOf} nameOf
 */
export const changesInWords = (changes, nameOf) => changeList(changes, { label: labelOf, shown: shownBy(nameOf) });

/** A value of a field in words. @param {import("../users/people-table.js").NameOf} nameOf @returns {(field: string, value: string) => unknown} */
const shownBy = (nameOf) => (field, value) => {
	switch (field) {
		case "role": return roleName(value);
		case "organizations": return schools(value, nameOf);
		case "programs": return codesOf(value).map(programName).join(", ");
		default: return value;
	}
};
