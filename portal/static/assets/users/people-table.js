import { codesOf, roleName, schools } from "../imports/grid-row.js";
import { breakable } from "../ui/breakable.js";
import { Element } from "../ui/element.js";
import { html, live, nothing, repeat } from "../ui/html.js";
import { pager } from "../ui/pager.js";

/** So many are shown at once. */
const SHOWN = 50;

/** @typedef {{name: string, username: string, email: string, role: string, organizations: string[]}} Person */

/** @param {import("../comparison/comparisons.js").Account} account @returns {Person} */
export const ofAccount = ({ firstName, lastName, ...account }) => ({ ...account, name: `${firstName} ${lastName}` });

/** Somebody as the list has them. @param {import("../comparison/comparisons.js").ComparedRecord} record @returns {Person} */
export function ofList({ cells = {} }) {
	const { Username = "", Fname = "", Lname = "", Email = "", Role = "", Org = "" } = cells;
	return { name: `${Fname} ${Lname}`.trim(), username: Username, email: Email, role: Role, organizations: codesOf(Org) };
}

/** @typedef {(code: string) => string | undefined} NameOf an organization's name, once it is known */

/**
 * The columns that tables of people share, by their titles.
 *
 * @param {(row: any) => Person} person
 * @param {NameOf} nameOf
 * @returns {Record<string, (row: any) => unknown>}
 */
export function personColumns(person, nameOf) {
	return {
		Name: (row) => person(row).name,
		Username: (row) => breakable(person(row).username),
		Email: (row) => breakable(person(row).email),
		Role: (row) => roleName(person(row).role),
		Organization: (row) => schools(person(row).organizations.join("|"), nameOf),
	};
}

/** @typedef {{title: string, words: string, columns: [string, (row: any) => unknown][]}} Group people in one table, and what they have in common */

/** @param {{title: string}} group @param {any[]} rows */
export const heading = ({ title }, rows) => `${title} (${rows.length.toLocaleString("en-US")})`;

/** @param {Omit<Group, "words">} group @param {any[]} rows */
export const table = ({ title, columns }, rows) => html`<people-table .caption=${title} .columns=${columns} .rows=${rows}></people-table>`;

/** A group with its table; nothing where nobody is in it. @param {string} name @param {Group} group @param {any[]} rows @param {unknown} content instead of the table alone */
export function section(name, group, rows, content = table(group, rows)) {
	if (rows.length === 0) return nothing;
	return html`
		<section class="card" aria-labelledby="${name}-heading">
			<h2 id="${name}-heading">${heading(group, rows)}</h2>
			<p>${group.words}</p>${content}
		</section>`;
}

/** One that is opened by whoever wants to see it. @param {Group} group @param {any[]} rows */
export function folded(group, rows) {
	if (rows.length === 0) return nothing;
	return html`<details class="card"><summary>${heading(group, rows)}</summary>${table(group, rows)}</details>`;
}

/**
 * People in a table, a page of them at a time. Properties: <code>caption</code>; <code>columns</code>, each with its title and what a row
 * has there; <code>rows</code>; and, where people are chosen by hand, <code>selection</code>, whose changes it tells by "choose".
 */
class PeopleTable extends Element {
	caption = "";
	/** @type {[string, (row: any) => unknown][]} */
	columns = [];
	/** @type {import("./selection.js").Selection | undefined} */
	selection;
	/** @type {any[]} */
	#rows = [];
	#page = 0;

	/** Set last: it draws. */
	set rows(rows) {
		this.#rows = rows;
		this.update();
	}

	template() {
		const totalPages = Math.ceil(this.#rows.length / SHOWN);
		const page = Math.min(this.#page, Math.max(0, totalPages - 1));
		return html`
			<div class="table-holder"><table class="stacked people ${this.selection ? "choosing" : ""}" role="table">
				<caption class="visually-hidden">${this.caption}</caption>
				<thead role="rowgroup"><tr role="row">${this.selection ? html`<th role="columnheader" class="choose"><span class="visually-hidden">Selected</span></th>` : nothing}
					${this.columns.map(([title]) => html`<th role="columnheader">${title}</th>`)}</tr></thead>
				<tbody role="rowgroup">${repeat(this.#rows.slice(page * SHOWN, (page + 1) * SHOWN), (row) => row.recordNumber ?? row.id ?? row, (row) => this.#row(row))}</tbody>
			</table></div>
			${pager({ page, totalPages }, (next) => this.#turn(next), `Pages, ${this.caption}`)}`;
	}

	#row(row) {
		const chosen = this.selection?.has(row) ?? false;
		return html`<tr role="row" class=${chosen ? "selected" : ""}>
			${this.selection ? html`<td role="cell" class="choose"><input type="checkbox" aria-label="Select ${row.username}" .checked=${live(chosen)}
				@change=${() => this.#choose(row)}></td>` : nothing}
			${this.columns.map(([title, cell]) => html`<td role="cell" data-label=${title}>${cell(row)}</td>`)}</tr>`;
	}

	#choose(row) {
		this.selection.toggle(row, this.#rows);
		this.update();
		this.dispatchEvent(new CustomEvent("choose"));
	}

	#turn(page) {
		this.#page = page;
		this.update();
		this.scrollIntoView({ block: "nearest" });
	}
}

customElements.define("people-table", PeopleTable);
