import { html, nothing } from "./html.js";
import { icon } from "./icons.js";

/**
 * "Page 1 of 2" with its buttons; nothing where there is one page alone.
 *
 * @param {{page: number, totalPages: number}} list from 0, as the lists of the interface count
 * @param {(page: number) => void} turn
 * @param {string} label tells two of them on one screen apart
 */
export function pager({ page, totalPages }, turn, label = "Pages") {
	if (totalPages <= 1) return nothing;
	const last = totalPages - 1;
	return html`
		<nav class="pager" aria-label=${label}>
			<button type="button" class="icon-button" aria-label="Previous page" ?disabled=${page <= 0} @click=${() => turn(page - 1)}>${icon("previous")}</button>
			<span>Page ${(page + 1).toLocaleString()} of ${(last + 1).toLocaleString()}</span>
			<button type="button" class="icon-button" aria-label="Next page" ?disabled=${page >= last} @click=${() => turn(page + 1)}>${icon("next")}</button>
		</nav>`;
}
