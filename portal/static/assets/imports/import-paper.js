import { moment } from "../ui/dates.js";
import { html, nothing, render } from "../ui/html.js";
import { ACTIONS } from "./imports.js";
import { stateOf } from "./states.js";

/** So many rows go on one page of paper. */
const ROWS_A_PAGE = 50;
const COLUMNS = ["Username", "Fname", "Lname", "Role", "Org"];

/**
 * An import as it is put on paper: tables of one page each, in place of forms and buttons. It is drawn when it is asked for.
 *
 * Properties: <code>import</code>; <code>sheet</code> its records.
 */
class ImportPaper extends HTMLElement {
	/** @type {any} */
	import;
	/** @type {import("./sheet.js").Sheet | undefined} */
	sheet;
	#gone = new AbortController();

	connectedCallback() {
		this.#gone = new AbortController();
		const { signal } = this.#gone;
		const paper = matchMedia("print");
		addEventListener("beforeprint", () => this.#draw(true), { signal });
		addEventListener("afterprint", () => this.#draw(false), { signal });
		paper.addEventListener("change", () => this.#draw(paper.matches), { signal });
	}

	disconnectedCallback() {
		this.#gone.abort();
	}

	#draw(wanted) {
		render(wanted && this.sheet ? this.#pages(this.sheet) : nothing, this);
	}

	#pages(sheet) {
		const { rows } = sheet;
		const pages = Array.from({ length: Math.ceil(rows.length / ROWS_A_PAGE) }, (_, at) => rows.slice(at * ROWS_A_PAGE, (at + 1) * ROWS_A_PAGE));
		return pages.map((page, at) => html`<table class="import-page">
			<caption>${this.import.fileName} · ${ACTIONS[this.import.action]}${this.import.dryRun ? ", preview" : ""} · ${moment(this.import.submittedAt)} ·
				page ${at + 1} of ${pages.length}</caption>
			<thead><tr><th scope="col">Record</th>${COLUMNS.map((column) => html`<th scope="col">${column}</th>`)}<th scope="col">Outcome</th><th scope="col">Notes</th></tr></thead>
			<tbody>${page.map((row) => html`<tr><td>${row.record}</td>${COLUMNS.map((column) => html`<td>${row.value(column)}</td>`)}
				<td>${stateOf(row, sheet.applied).words}</td><td>${(row.judgement.notes ?? []).map((note) => note.message).join("; ")}</td></tr>`)}</tbody>
		</table>`);
	}
}

customElements.define("import-paper", ImportPaper);
