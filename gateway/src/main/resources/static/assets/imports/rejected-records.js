import { counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { fieldError } from "../ui/form.js";
import { html, nothing, repeat } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { COLUMNS } from "./imports.js";

/** Whether a note or suggestion is about this column. */
const concerns = (it, column) => (COLUMNS[it.field] ?? it.field).toLowerCase() === column.toLowerCase();

/**
 * The rejected records with what is wrong at each cell, to be corrected right there. Fires "resubmit" with the cells of the
 * corrected ones alone; the others stay as they are.
 */
class RejectedRecords extends Element {
	#records = [];
	#corrected = new Map();

	columns = [];
	dryRun = false;

	set records(records) {
		if (this.#records === records) return;
		this.#records = records;
		this.update();
	}

	/** Whether corrections would be lost. */
	get unsaved() {
		return this.#corrected.size > 0;
	}

	/** The corrections have been handed in. */
	settle() {
		this.#corrected.clear();
	}

	template() {
		const count = this.#corrected.size;
		return html`
			<section class="card" aria-labelledby="rejected-heading">
				<h2 id="rejected-heading">Correct the rejected records</h2>
				<p>Correct the marked fields here and upload just these records again, or download the records with errors and correct them
					in the file.</p>
				${repeat(this.#records, (record) => record.recordNumber, (record) => this.#record(record))}
				<div class="button-row">
					<button type="button" class="button primary" ?disabled=${count === 0} @click=${() => this.#submit()}>${icon("upload")}
						${count === 0 ? "Upload Corrected Records" : `Upload ${counted(count, "Corrected Record")}`}</button>
					<p class="hint" role="status">${count === 0 ? "No record has been corrected yet." : `${counted(count, "record")} of ${this.#records.length} corrected.`}</p>
				</div>
			</section>`;
	}

	#record(record) {
		const cells = { ...record.cells, ...this.#corrected.get(record.recordNumber) };
		const wrong = this.columns.filter((column) => record.notes.some((note) => concerns(note, column)));
		const others = this.columns.filter((column) => !wrong.includes(column));
		const fields = (columns) => html`<div class="record-fields">${columns.map((column) => this.#cell(record, column, cells[column] ?? ""))}</div>`;
		return html`
			<fieldset class="record">
				<legend>Record ${record.recordNumber}${this.#corrected.has(record.recordNumber) ? html` <span class="tag good">corrected</span>` : nothing}</legend>
				<p class="hint">${this.#who(record.cells)}</p>
				${wrong.length ? html`${fields(wrong)}<details><summary>Other fields of record ${record.recordNumber}</summary>${fields(others)}</details>` : fields(others)}
			</fieldset>`;
	}

	/** Whom the record is about, as far as it says so. */
	#who(cells) {
		const said = (name) => Object.entries(cells).find(([column]) => column.toLowerCase() === name)?.[1]?.trim() ?? "";
		return [`${said("fname")} ${said("lname")}`.trim(), said("username")].filter(Boolean).join(" · ");
	}

	#cell(record, column, value) {
		const notes = record.notes.filter((it) => concerns(it, column)).map((note) => note.message);
		const suggestions = (record.suggestions ?? []).filter((it) => concerns(it, column));
		const id = `record-${record.recordNumber}-${column}`;
		const changed = value !== (record.cells[column] ?? "");
		return html`
			<div class="field">
				<label for=${id}>${column}</label>
				<input id=${id} .value=${value} autocomplete="off" spellcheck="false" aria-invalid=${notes.length && !changed ? "true" : nothing}
					aria-describedby=${notes.length ? `${id}-error` : nothing} @input=${(event) => this.#change(record, column, event.target.value)}>
				${notes.length ? fieldError(id, notes.join("; ")) : nothing}
				${suggestions.map((it) => (value === it.value ? nothing : html`
					<p class="suggestion"><button type="button" class="link" @click=${() => this.#change(record, column, it.value)}>Use
						${it.value}</button>${it.reason ? html`<br><span class="hint">${it.reason}</span>` : nothing}</p>`))}
			</div>`;
	}

	#change(record, column, value) {
		const changes = { ...this.#corrected.get(record.recordNumber), [column]: value };
		if (value === (record.cells[column] ?? "")) delete changes[column];
		if (Object.keys(changes).length) this.#corrected.set(record.recordNumber, changes);
		else this.#corrected.delete(record.recordNumber);
		this.update();
	}

	#submit() {
		const rows = this.#records.filter((record) => this.#corrected.has(record.recordNumber))
			.map((record) => ({ ...record.cells, ...this.#corrected.get(record.recordNumber) }));
		this.dispatchEvent(new CustomEvent("resubmit", { detail: rows }));
	}
}

customElements.define("rejected-records", RejectedRecords);
