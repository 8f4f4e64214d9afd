import { html, nothing, repeat } from "../ui/html.js";
import { confirmed } from "./confirmations.js";
import { STATES } from "./words.js";

/** @type {[string, (place: import("./confirmations.js").Place) => number][]} */
const COLUMNS = [
	["People", (it) => it.accounts],
	["Confirmed", confirmed],
	...Object.entries(STATES).map(([state, title]) => /** @type {[string, (place: any) => number]} */ ([title, (it) => it[state]])),
];

/** Where somebody is still open comes first, and each by name. @param {import("./confirmations.js").Place[]} places */
export const openFirst = (places, nameOf) => [...places].sort((one, other) => Number(other.open > 0) - Number(one.open > 0)
	|| (nameOf(one.code) ?? one.code).localeCompare(nameOf(other.code) ?? other.code));

/**
 * How far a confirmation is at each place.
 *
 * @param {import("./confirmations.js").Place[]} places
 * @param {{nameOf: (code: string) => string | undefined, title: string, addressOf?: (code: string) => string | undefined}} how title: of the column of
 *     places; addressOf: where a place leads to its people
 */
export function placesTable(places, { nameOf, title, addressOf = () => undefined }) {
	return html`
		<table class="stacked ready" role="table">
			<caption class="visually-hidden">How many are confirmed, by ${title.toLowerCase()}</caption>
			<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${title}</th>${COLUMNS.map(([column]) => html`
				<th role="columnheader" scope="col" class="number">${column}</th>`)}</tr></thead>
			<tbody role="rowgroup">${repeat(openFirst(places, nameOf), (it) => it.code, (it) => {
				const name = nameOf(it.code) ?? it.code;
				const address = addressOf(it.code);
				return html`<tr role="row">
					<th role="rowheader" scope="row">${address ? html`<a href=${address}>${name}</a>` : name}
						${name === it.code ? nothing : html`<small>${it.code}</small>`}</th>
					${COLUMNS.map(([column, figure]) => html`<td role="cell" class="number" data-label=${column}>${figure(it).toLocaleString("en-US")}</td>`)}</tr>`;
			})}</tbody>
		</table>`;
}
