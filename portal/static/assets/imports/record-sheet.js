import { wordsOf } from "../api.js";
import { counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { html, live, nothing } from "../ui/html.js";
import "./correction-grid.js";
import { stateOf } from "./states.js";

/** Which records are shown. @type {Record<string, [string, (row: import("./row.js").Row) => boolean]>} */
const FILTERS = {
	faulty: ["to correct", (row) => row.isFaulty && row.editable],
	warned: ["with warnings", (row) => row.warnings.length > 0],
	corrected: ["corrected", (row) => row.isMended],
	unknown: ["not checked", (row) => row.outcome === "unknown"],
	all: ["all records", () => true],
};

/** The sheet of records with what stands around it: which are shown, undo, and whether the corrections are saved. */
class RecordSheet extends Element {
	/** @type {import("./sheet.js").Sheet} */
	#sheet;
	/** @type {import("./corrections.js").Corrections} */
	#corrections;
	#filter;
	#spoken = "";
	/** The rows that are marked as not saved. */
	#marked = new Set();
	/** The row that was edited last: what the server says of it is read out. */
	#edited;

	/** @param {import("./corrections.js").Corrections} corrections with the sheet that they are in */
	set corrections(corrections) {
		if (this.#corrections === corrections) return;
		const { sheet } = corrections;
		this.#sheet = sheet;
		this.#corrections = corrections;
		this.#filter = [this.#filter ?? "faulty", "faulty", "warned"].find((it) => sheet.rows.some(FILTERS[it][1])) ?? "all";
		const signal = this.gone;
		sheet.addEventListener("edited", (/** @type {CustomEvent} */ event) => {
			this.#edited = event.detail.length === 1 ? event.detail[0].row : undefined;
			if (!this.#edited) this.#spoken = `${event.detail.length} cells changed.`;
		}, { signal });
		sheet.addEventListener("changed", (/** @type {CustomEvent} */ event) => this.#onChange(event.detail), { signal });
		corrections.addEventListener("state", () => this.#onState(), { signal });
		this.update();
		queueMicrotask(() => this.#refill());
	}

	/** Shows these records alone, or as many of them as there are. */
	filter(name) {
		this.#filter = name;
		this.update();
		this.#refill();
	}

	get #grid() {
		return this.querySelector("correction-grid");
	}

	/** Records that are right now stay where they are until one chooses anew: nothing goes from under one's hands. */
	#refill() {
		const grid = this.#grid;
		if (!grid) return;
		grid.isUnsaved = (row) => this.#corrections.isUnsaved(row);
		grid.show(this.#sheet, this.#sheet.rows.filter(FILTERS[this.#filter][1]));
		this.#marked = this.#unsaved;
	}

	get #unsaved() {
		return new Set(this.#sheet.rows.filter((row) => this.#corrections.isUnsaved(row)));
	}

	#onChange(rows) {
		const row = this.#edited;
		if (row && rows.includes(row) && !row.checking) {
			const notes = [...row.judgement.notes ?? [], ...row.warnings].map((it) => it.message).join("; ");
			this.#spoken = `Record ${row.record}: ${stateOf(row, this.#sheet.applied).words}${notes ? `. ${notes}` : ""}`;
			this.#edited = undefined;
		}
		this.updateWithFrame();
	}

	#onState() {
		const unsaved = this.#unsaved;
		this.#grid?.redraw(this.#sheet.rows.filter((row) => unsaved.has(row) !== this.#marked.has(row)));
		this.#marked = unsaved;
		this.updateWithFrame();
	}

	template() {
		const sheet = this.#sheet;
		if (!sheet) return nothing;
		return html`
			<div class="sheet-tools">
				<label class="check">Show <select .value=${live(this.#filter)} @change=${(event) => this.filter(event.target.value)}>
					${Object.entries(FILTERS).map(([name, [words, is]]) => html`<option value=${name} ?selected=${name === this.#filter}>${words}
						(${sheet.rows.filter(is).length})</option>`)}</select></label>
				${sheet.isEditable ? html`
					<button type="button" class="button small" ?disabled=${!sheet.undoable} title=${sheet.undoable ?? nothing} @click=${() => this.#step("undo")}>Undo</button>
					<button type="button" class="button small" ?disabled=${!sheet.redoable} title=${sheet.redoable ?? nothing} @click=${() => this.#step("redo")}>Redo</button>
					<p class="saved" role="status">${this.#savedWords()}</p>
					${this.#corrections.isStuck ? html`<button type="button" class="button small" @click=${() => this.#corrections.saveAgain()}>Save Now</button>` : nothing}`
					: nothing}
			</div>
			<p class="visually-hidden" role="status">${this.#spoken}</p>
			<correction-grid></correction-grid>
			${sheet.isEditable ? html`<details class="keys"><summary>Keyboard shortcuts</summary>
				<p class="hint">The arrow keys go from cell to cell. Enter, F2 or any letter opens a cell. In an open cell, Enter takes the change and
					goes to the cell below, Tab takes it and goes to the next cell, and Escape cancels it. Delete empties a cell. Alt+Enter takes
					what is suggested. A copied column or block is pasted from the current cell on. Ctrl+Z undoes a change, and Ctrl+Y redoes it.
					At the end of a row, Tab leaves the sheet.</p></details>` : nothing}`;
	}

	#savedWords() {
		const count = this.#corrections.unsaved;
		if (this.#corrections.isStuck) {
			return html`<span class="tag caution">Not saved yet: ${counted(count, "record")}</span> ${wordsOf(this.#corrections.problem)}`;
		}
		if (count) return "Saving";
		return !this.#corrections.lost && this.#sheet.rows.some((row) => row.isCorrected) ? "All corrections are saved." : "";
	}

	#step(way) {
		const { row, column } = this.#sheet[way]() ?? {};
		if (row) this.#grid.focusCell(row, column);
	}
}

customElements.define("record-sheet", RecordSheet);
