import { get, query } from "../api.js";
import { rewrite } from "../router.js";
import { breakable } from "../ui/breakable.js";
import { moment } from "../ui/dates.js";
import { debounced, Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, nothing, repeat } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { pager } from "../ui/pager.js";
import { actionOf } from "./imports.js";
import { stories } from "./stories.js";
import { correctionsOf, statusOf } from "./words.js";

const COLUMNS = ["File", "Action", "Uploaded", "By", "Records", "Rejected", "Status"];
const NUMBERS = ["Records", "Rejected"];

/** Imports of one's own and of those whose accounts one may manage, the latest first, each with what followed on it. */
class ImportHistoryScreen extends Element {
	#search = "";
	#page = 0;
	#list;
	#problem;
	#request;
	#typed = debounced(() => this.#find(this.querySelector("#search").value.trim()), 200);

	connectedCallback() {
		super.connectedCallback();
		const asked = new URLSearchParams(location.search);
		this.#search = asked.get("search") ?? "";
		this.#page = Number.parseInt(asked.get("page"), 10) || 0;
		this.#load();
		document.addEventListener("portal:retry", () => this.#load(), { signal: this.gone });
	}

	#find(search) {
		this.#typed.cancel();
		if (search === this.#search) return;
		this.#search = search;
		this.#turn(0);
	}

	#turn(page) {
		this.#page = page;
		this.#load();
	}

	async #load() {
		const shown = query({ search: this.#search, page: this.#page || "" });
		rewrite(shown ? `/users/imports?${shown}` : "/users/imports");
		this.#request?.abort();
		const request = this.#request = new AbortController();
		try {
			this.#list = await get(`/api/imports?${query({ search: this.#search, page: this.#page, size: 25 })}`, { signal: request.signal });
			this.#problem = undefined;
		} catch (problem) {
			if (problem.name === "AbortError") return;
			this.#problem = problem;
		}
		this.update();
	}

	template() {
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a></nav>
			<div class="title-row">
				<h1>Import History</h1>
				<form class="search" role="search" @submit=${(event) => {
					event.preventDefault();
					this.#find(this.querySelector("#search").value.trim());
				}}>
					<label class="visually-hidden" for="search">Search imports</label>
					<input id="search" type="search" placeholder="File name or uploader" autocomplete="off" maxlength="100" value=${this.#search} @input=${() => this.#typed()}>
					<button class="icon-button" aria-label="Search">${icon("search")}</button>
				</form>
			</div>
			${this.#problem && !(this.#list && this.#problem.away) ? failure(this.#problem, tryAgain(this.#problem, () => this.#load())) : nothing}
			${this.#list ? this.#table()
				: this.#problem ? nothing : html`<div class="placeholder" role="status"><span class="visually-hidden">Loading the imports</span></div>`}`;
	}

	#table() {
		const list = this.#list;
		return html`
			<div class="table-holder">
				${list.items.length ? html`<table class="stacked" role="table">
					<caption class="visually-hidden">Imports, newest first</caption>
					<thead role="rowgroup"><tr role="row">${COLUMNS.map((title) => html`<th role="columnheader" class=${NUMBERS.includes(title) ? "number" : nothing}>${title}</th>`)}</tr></thead>
					${repeat(stories(list.items), (it) => it.first.id, (it) => html`<tbody role="rowgroup">${this.#row(it.first, "")}
						${it.later.map((next) => this.#row(next, next.undo ? "Undo" : next.correctionOf ? "Corrected records" : "Applied"))}</tbody>`)}
				</table>` : html`<div class="empty"><p>${this.#search ? "No import matches your search." : "Nothing has been imported yet."}</p>
					<a class="button" href="/users/import">Import Users</a></div>`}
			</div>
			${pager(list, (page) => this.#turn(page))}`;
	}

	/** @param {string} follows what it is to the one before it */
	#row(it, follows) {
		const state = statusOf(it);
		const corrections = correctionsOf(it);
		return html`<tr role="row" class=${follows ? "follows" : ""}>
			<td role="cell"><a href="/users/imports/${it.id}">${follows ? html`<span class="visually-hidden">${it.fileName}: </span>${follows}` : it.fileName}</a></td>
			<td role="cell" data-label="Action">${actionOf(it)}</td>
			<td role="cell" data-label="Uploaded">${moment(it.submittedAt)}</td>
			<td role="cell" data-label="By">${breakable(it.submittedBy)}</td>
			<td role="cell" class="number" data-label="Records">${it.total}</td>
			<td role="cell" class="number" data-label="Rejected">${it.rejected}</td>
			<td role="cell"><span class="tag ${state.kind}">${state.text}</span>${corrections ? html`<br><span class="hint">${corrections}</span>` : nothing}</td>
		</tr>`;
	}
}

customElements.define("import-history-screen", ImportHistoryScreen);
