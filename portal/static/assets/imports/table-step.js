import { session } from "../session.js";
import { counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { html, live, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { match, missing, proposed, targets } from "./matching.js";

const listed = (words) => new Intl.ListFormat("en-US").format(words);
const titleOf = ({ title, index }) => title || `Column ${index + 1}`;

const REASONS = { title: "found by its title", content: "found by what is in it", remembered: "as you chose it before" };

/**
 * Which column of a table goes where: as it is proposed, until it is changed by hand. Its property <code>table</code> is what the server
 * has found in the table. Fires "reread" with the sheet and the line of the titles when they are to be others.
 */
class TableStep extends Element {
	#table;
	#chosen = new Map();
	#freed = [];

	set table(table) {
		if (this.#table === table) return;
		this.#table = table;
		this.#chosen = proposed(table.columns);
		this.#freed = [];
		this.update();
	}

	/** What the upload says beside the file. @returns {import("./submit.js").Matching} */
	get matching() {
		const { sheet, headerLine } = this.#table;
		return { sheet, headerLine, columns: Object.fromEntries(this.#chosen) };
	}

	template() {
		const { columns, sheets, skippedLines } = this.#table;
		return html`
			<div class="where">
				${sheets.length > 1 ? this.#sheets() : nothing}
				${this.#line()}
			</div>
			${skippedLines.length ? html`<p class="hint">Skipped lines: ${skippedLines.map((it) => `“${it}”`).join(", ")}</p>` : nothing}
			<div role="status">${this.#summary()}</div>
			${this.#chosen.size < columns.length ? html`<p class="hint">What is ignored stays in the file, which is kept with the import.</p>` : nothing}
			<div class="table-holder">
				<table class="stacked matching" role="table">
					<caption class="visually-hidden">Columns of the table, and what they go into</caption>
					<thead role="rowgroup"><tr role="row"><th role="columnheader">Column</th><th role="columnheader">What is in it</th>
						<th role="columnheader">Goes into</th></tr></thead>
					<tbody role="rowgroup">${columns.map((it) => this.#column(it))}</tbody>
				</table>
			</div>`;
	}

	#sheets() {
		const { sheet, sheets } = this.#table;
		return html`<label>Sheet <select .value=${live(sheet)} @change=${(event) => this.#reread({ sheet: event.target.value })}>
			${sheets.map((it) => html`<option value=${it} ?selected=${it === sheet}>${it}</option>`)}</select></label>`;
	}

	#line() {
		const { sheet, headerLine } = this.#table;
		return html`<label>Line with the column names (0 if there is none) <input type="number" min="0" .value=${live(String(headerLine))}
			@change=${(event) => event.target.value && this.#reread({ sheet, headerLine: Number(event.target.value) })}></label>`;
	}

	#reread({ sheet, headerLine = undefined }) {
		this.dispatchEvent(new CustomEvent("reread", { detail: { sheet: sheet || undefined, headerLine } }));
	}

	#column({ index, title, samples, column, reason }) {
		const target = this.#chosen.get(index) ?? "";
		const id = `column-${index}`;
		const why = !target ? "" : target === column ? REASONS[reason] ?? "" : "chosen by you";
		return html`<tr role="row">
			<td role="cell"><label for=${id}><strong>${titleOf({ title, index })}</strong></label></td>
			<td role="cell" data-label="What is in it">${samples.length ? html`<ul class="samples">${samples.map((it) => html`<li>${it}</li>`)}</ul>` : nothing}</td>
			<td role="cell"><select id=${id} aria-describedby=${why ? `${id}-why` : nothing} .value=${live(target)} @change=${(event) => this.#match(index, event.target.value)}>
				<option value="">Ignored</option>
				${targets(session.reference.fields.map((it) => it.column)).map(([value, words]) => html`<option value=${value} ?selected=${value === target}>${words}</option>`)}
			</select>${why ? html`<span class="hint" id="${id}-why">${why}</span>` : nothing}</td>
		</tr>`;
	}

	#match(index, target) {
		const { chosen, freed } = match(this.#chosen, index, target);
		[this.#chosen, this.#freed] = [chosen, freed];
		this.update();
	}

	#summary() {
		const { columns, records } = this.#table;
		const lacking = missing(this.#chosen, session.reference.fields.filter((it) => it.required).map((it) => it.column));
		const nowhere = columns.filter((it) => !this.#chosen.has(it.index)).map(titleOf);
		const freed = columns.filter((it) => this.#freed.includes(it.index)).map(titleOf);
		return html`
			${freed.length ? html`<p>${listed(freed)} went there before and ${freed.length === 1 ? "is" : "are"} ignored now.</p>` : nothing}
			${lacking.length ? html`<p class="notice caution">${icon("warning")}<span>No column goes into
				<strong>${listed(lacking)}</strong>. Every record needs ${lacking.length === 1 ? "it" : "them"}. Choose a column for
				${lacking.length === 1 ? "it" : "each"}.</span></p>` : nothing}
			<p>${counted(records, "record")}. ${nowhere.length ? html`Ignored: ${listed(nowhere)}.` : "No column is ignored."}</p>`;
	}
}

customElements.define("table-step", TableStep);
