import { organizations, organizationTitle, session } from "../session.js";
import { calendarDay, counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, nothing, repeat } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { pager } from "../ui/pager.js";
import { confirmations, read } from "./confirmations.js";
import { howFar } from "./how-far.js";

/** So many districts are named. */
const NAMED = 3;

/** The confirmations that concern one, the latest first, and how far each is. */
class ConfirmationsScreen extends Element {
	/** @type {{items: import("./confirmations.js").Confirmation[], page: number, totalPages: number} | undefined} */
	#found;
	/** Names of districts by code. */
	#names = new Map();
	#problem;
	#page = 0;

	connectedCallback() {
		super.connectedCallback();
		this.#load();
		document.addEventListener("portal:retry", () => this.#load(), { signal: this.gone });
	}

	async #load() {
		try {
			const signal = this.gone;
			const found = await confirmations(this.#page, { signal });
			// The list does not say how far they are.
			const items = await Promise.all(found.items.map((it) => read(it.id, { signal }).then(({ data }) => data)));
			const named = await organizations([...new Set(items.flatMap((it) => it.districts.slice(0, NAMED)))]).catch(() => new Map());
			this.#names = new Map([...named].map(([code, it]) => [code, organizationTitle(it)]));
			this.#found = { ...found, items };
			this.#problem = undefined;
		} catch (problem) {
			if (problem.name === "AbortError") return;
			this.#problem = problem;
		}
		this.update();
	}

	#turn(page) {
		this.#page = page;
		this.#load();
	}

	template() {
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a></nav>
			<div class="title-row"><h1>Confirmations</h1>
				${session.me.role === "SC" ? html`<a class="button primary" href="/users/confirmations/new">${icon("plus")} Open a Confirmation</a>` : nothing}</div>
			<p class="lead">Once a year coordinators confirm who is still there, and who has left.</p>
			${this.#problem && !(this.#found && this.#problem.away) ? failure(this.#problem, tryAgain(this.#problem, () => this.#load())) : nothing}
			${this.#found ? this.#list(this.#found) : this.#problem ? nothing
				: html`<div class="placeholder" role="status"><span class="visually-hidden">Loading the confirmations</span></div>`}`;
	}

	#list(found) {
		if (found.items.length === 0) return html`<p>There is no confirmation yet.</p>`;
		return html`
			<div class="table-holder"><table class="stacked people" role="table">
				<caption class="visually-hidden">Confirmations</caption>
				<thead role="rowgroup"><tr role="row">${["Name", "Districts", "Deadline", "Progress"].map((title) => html`<th role="columnheader" scope="col">${title}</th>`)}</tr></thead>
				<tbody role="rowgroup">${repeat(found.items, (it) => it.id, (it) => html`<tr role="row">
					<td role="cell" data-label="Name"><a href="/users/confirmations/${it.id}">${it.name}</a></td>
					<td role="cell" data-label="Districts">${this.#districts(it)}</td>
					<td role="cell" data-label="Deadline">${calendarDay(it.deadline)}</td>
					<td role="cell" data-label="Progress">${howFar(it)}</td></tr>`)}</tbody>
			</table></div>
			${pager(found, (page) => this.#turn(page))}`;
	}

	#districts({ districts }) {
		if (districts.length === 0) return "The whole state";
		const rest = districts.length - NAMED;
		return [...districts.slice(0, NAMED).map((code) => this.#names.get(code) ?? code), ...rest > 0 ? [counted(rest, "more district")] : []].join(", ");
	}
}

customElements.define("confirmations-screen", ConfirmationsScreen);
