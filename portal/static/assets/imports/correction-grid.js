import { organizations } from "../session.js";
import { Element, uniqueId } from "../ui/element.js";
import { html, render } from "../ui/html.js";
import * as status from "../ui/status.js";
import { openEditor } from "./cell-editor.js";
import { cellsOf, textOf } from "./clipboard.js";
import { moved } from "./grid-keys.js";
import { codesOf, layOut, rowTemplate } from "./grid-row.js";
import { chooseOrganizations } from "./organization-choice.js";

/** Records named one by one, before it is said how many more there are. */
const NAMED = 8;
/** Rows from which on those out of sight are left out of the layout. */
const MANY = 60;

/**
 * Records as a sheet: one row each, corrected in place, by the keyboard as sheets are. A row is drawn when it is another, never all of
 * them. The head of a row is its first cell.
 */
class CorrectionGrid extends Element {
	/** @type {import("./sheet.js").Sheet} */
	#sheet;
	/** @type {import("./row.js").Row[]} */
	#rows = [];
	#lines = new Map();
	#names = new Map();
	#active = { row: 0, column: 1 };
	#editor;
	/** Whether the organizations of a cell are being chosen. */
	#choosing = false;
	/** The cell of the last click: a second one opens it, as where there is no double click. */
	#clicked;
	#hint = uniqueId("grid-hint");

	/** Whether the corrections of a row are not on the server. @type {(row: import("./row.js").Row) => boolean} */
	isUnsaved = () => false;

	/**
	 * The cell where one was is found again by its record's number and its column's name, since the rows may have been read anew; what is
	 * typed stays open.
	 *
	 * @param {import("./sheet.js").Sheet} sheet @param {import("./row.js").Row[]} rows those to be shown
	 */
	show(sheet, rows) {
		const focused = this.contains(document.activeElement);
		const before = this.#row?.record;
		const column = this.#column;
		const typed = this.#editor?.take();
		this.#editor = undefined;
		if (this.#sheet !== sheet) sheet.addEventListener("changed", (/** @type {CustomEvent} */ event) => this.#draw(event.detail), { signal: this.gone });
		this.#sheet = sheet;
		this.#rows = rows;
		this.#fill();
		const at = rows.findIndex((row) => row.record === before);
		this.#activate({ row: Math.max(at, 0), column: column ? 1 + sheet.columns.indexOf(column) : this.#active.column }, focused);
		if (typed === undefined) return;
		if (this.#row?.editable && at >= 0 && this.#column === column) this.#open({ typed });
		else this.#correct(before, column, typed);
	}

	connectedCallback() {
		super.connectedCallback();
		const signal = this.gone;
		this.addEventListener("keydown", (event) => this.#onKey(event), { signal });
		this.addEventListener("click", (event) => this.#onClick(event), { signal });
		this.addEventListener("focusin", (event) => this.#onFocus(event.target), { signal });
		this.addEventListener("paste", (event) => this.#onPaste(event), { signal });
		this.addEventListener("copy", (event) => this.#onCopy(event), { signal });
	}

	/** The records are nobody's to correct any more, or one has gone back. */
	disconnectedCallback() {
		super.disconnectedCallback();
		if (this.#editor?.take() !== undefined) tellLost(this.#row.record, this.#column);
		this.#editor = undefined;
	}

	/** Shows the cell and gives it the focus. */
	focusCell(row, column) {
		const at = this.#rows.indexOf(row);
		if (at >= 0) this.#activate({ row: at, column: 1 + Math.max(this.#sheet.columns.indexOf(column), 0) }, true);
	}

	/** Rows that look otherwise for a reason of their own. */
	redraw(rows) {
		this.#draw(rows);
	}

	/** All of it, once: from then on it is rows that are drawn. */
	#fill() {
		const { columns } = this.#sheet;
		const editable = this.#sheet.isEditable;
		render(html`
			<p class="visually-hidden" id=${this.#hint}>${editable ? "Enter or any letter changes a cell. Escape cancels the change." : ""}</p>
			<div class="table-holder">
				<table class="grid" role="grid" aria-label="Records of the file" aria-describedby=${this.#hint} aria-rowcount=${this.#rows.length + 1}
					aria-colcount=${columns.length + 1} aria-readonly=${!editable}
					?data-many=${this.#rows.length > MANY}>
					<thead role="rowgroup"><tr role="row" aria-rowindex="1"><th role="columnheader" scope="col">Record</th>
						${columns.map((it) => html`<th role="columnheader" scope="col">${it}</th>`)}</tr></thead>
					<tbody role="rowgroup"></tbody>
				</table>
			</div>`, this);
		layOut(this.querySelector("table"), columns);
		this.#lines = new Map(this.#rows.map((row, index) => {
			const line = document.createElement("tr");
			line.setAttribute("role", "row");
			line.dataset.record = String(row.record);
			line.setAttribute("aria-rowindex", String(index + 2));
			return [row, line];
		}));
		this.querySelector("tbody").replaceChildren(...this.#lines.values());
		this.#draw(this.#rows);
	}

	update() {} // what it shows comes with show(), row by row

	#draw(rows) {
		const how = { columns: this.#sheet.columns, applied: this.#sheet.applied, nameOf: (code) => this.#names.get(code) };
		for (const row of rows) {
			const line = this.#lines.get(row);
			if (!line) continue;
			render(rowTemplate(row, { ...how, unsaved: this.isUnsaved(row) }), line);
			line.toggleAttribute("data-faulty", row.isFaulty && !row.checking);
		}
		this.#name(rows);
	}

	/** Schools by their names, which the directory knows. */
	async #name(rows) {
		const codes = [...new Set(rows.flatMap((row) => codesOf(row.value("Org"))))].filter((code) => !this.#names.has(code));
		if (codes.length === 0) return;
		for (const code of codes) this.#names.set(code, undefined); // asked for once
		const found = await organizations(codes).catch(() => new Map());
		for (const [code, it] of found) this.#names.set(code, it.name);
		this.#draw(rows.filter((row) => codesOf(row.value("Org")).some((code) => found.has(code))));
	}

	#cell({ row, column }) {
		return this.#lines.get(this.#rows[row])?.children[column];
	}

	/** Where a node of the sheet is. */
	#at(node) {
		const cell = node.closest?.("tbody [role=gridcell], tbody [role=rowheader]");
		if (!cell || !this.contains(cell)) return undefined;
		return { row: [...this.#lines.values()].indexOf(cell.parentElement), column: [...cell.parentElement.children].indexOf(cell) };
	}

	/** One cell can be reached by Tab: the one where one was. */
	#activate(at, focus) {
		this.#clicked = undefined;
		this.#cell(this.#active)?.setAttribute("tabindex", "-1");
		this.#active = { row: Math.min(at.row, this.#rows.length - 1), column: Math.min(at.column, this.#sheet.columns.length) };
		const cell = this.#cell(this.#active);
		cell?.setAttribute("tabindex", "0");
		if (focus) cell?.focus();
	}

	get #size() {
		return { rows: this.#rows.length, columns: this.#sheet.columns.length + 1 };
	}

	get #row() {
		return this.#rows[this.#active.row];
	}

	get #column() {
		return this.#sheet?.columns[this.#active.column - 1];
	}

	#onFocus(target) {
		const at = this.#editor ? undefined : this.#at(target);
		if (at && (at.row !== this.#active.row || at.column !== this.#active.column)) this.#activate(at, false);
	}

	#onClick(event) {
		const at = this.#at(event.target);
		if (!at || this.#editor?.holder.contains(event.target)) return;
		const again = this.#clicked === this.#cell(at);
		const use = event.target.closest("[data-use]")?.dataset.use;
		this.#activate(at, true);
		if (use !== undefined) this.#write(use);
		else if (again) this.#open({ pointer: true });
		this.#clicked = this.#cell(at);
	}

	#onKey(event) {
		if (this.#editor || event.isComposing || !this.#at(event.target)) return;
		const to = moved(event, this.#active, this.#size);
		if (to) {
			event.preventDefault();
			this.#activate(to, true);
			return;
		}
		const command = event.ctrlKey || event.metaKey;
		if (command && event.key.toLowerCase() === "z") this.#step(event, event.shiftKey ? "redo" : "undo");
		else if (command && event.key.toLowerCase() === "y") this.#step(event, "redo");
		else if (command) return;
		else if (event.altKey && event.key === "Enter") this.#takeSuggestion(event);
		else if (event.altKey) return;
		else if (event.key === "Enter" || event.key === "F2") this.#open({ event });
		else if (event.key === "Delete" || event.key === "Backspace") this.#write("", event);
		else if (event.key.length === 1) this.#open({ event, typed: event.key });
	}

	#step(event, way) {
		event.preventDefault();
		const { row, column } = this.#sheet[way]() ?? {};
		if (row) this.focusCell(row, column);
	}

	/** What the cell was probably meant to be, by the keyboard. */
	#takeSuggestion(event) {
		event.preventDefault();
		const [way] = this.#column ? this.#row.suggestionsAt(this.#column) : [];
		if (way) this.#write(way.value);
	}

	#write(value, event) {
		event?.preventDefault();
		if (this.#column && this.#row?.editable) this.#correct(this.#row.record, this.#column, value);
	}

	/** By the record's number: the rows may have been read anew since the cell was opened, and the record sent. */
	#correct(record, column, value) {
		const row = this.#sheet.byRecord.get(record);
		if (row.editable) this.#sheet.edit(`${column} of record ${record}`, [{ row, column, value }]);
		else tellLost(record, column);
	}

	async #open({ event = undefined, typed = undefined, pointer = false } = {}) {
		const [row, column] = [this.#row, this.#column];
		if (this.#editor || this.#choosing || !column || !row?.editable) return;
		event?.preventDefault();
		if (column === "Org" && typed === undefined) {
			await this.#choose(row);
			return;
		}
		const { record } = row;
		this.#editor = openEditor(this.#cell(this.#active), {
			column, record, value: row.value(column), typed, pointer,
			onInput: (value) => this.#sheet.type(this.#sheet.byRecord.get(record), column, value),
			onDone: (value, by) => this.#closed(record, column, value, by),
		});
	}

	async #choose(row) {
		this.#choosing = true;
		const chosen = await chooseOrganizations(row, this.gone).finally(() => {
			this.#choosing = false;
		});
		if (chosen !== undefined) this.#correct(row.record, "Org", chosen);
		this.focusCell(this.#sheet.byRecord.get(row.record), "Org");
	}

	/** @param {any} [by] a key goes on to the next cell; without it the focus is elsewhere by now */
	#closed(record, column, value, by) {
		this.#editor = undefined;
		if (value === undefined) this.#sheet.stopTyping(this.#sheet.byRecord.get(record));
		else this.#correct(record, column, value);
		if (!by) return;
		const key = by.key === "Enter" ? { key: by.shiftKey ? "ArrowUp" : "ArrowDown" } : by;
		this.#activate(moved(key, this.#active, this.#size) ?? this.#active, true);
	}

	/** A column or a block goes down and to the right from the cell; one value into one cell. */
	#onPaste(event) {
		const text = event.clipboardData?.getData("text/plain") ?? "";
		if (this.#editor || text === "" || !this.#at(event.target)) return;
		event.preventDefault();
		const { row: top, column: left } = this.#active;
		const cells = cellsOf(text).flatMap((line, down) => line.map((value, right) => (
			{ row: this.#rows[top + down], column: this.#sheet.columns[left - 1 + right], value })));
		const wanted = cells.filter(({ row, column }) => row?.editable && column);
		const isStep = this.#sheet.edit(cells.length > 1 ? `paste of ${cells.length} cells` : `${this.#column} of record ${this.#row.record}`, wanted);
		this.#tellPasted(cells, wanted, isStep ? ` Undo takes ${wanted.length === 1 ? "it" : "them"} back.` : "");
	}

	/** Where a block went is not to be seen at once when not all of it had a place, or records between are not shown. */
	#tellPasted(cells, wanted, undo) {
		const records = [...new Set(wanted.map(({ row }) => row.record))];
		if (wanted.length === 0) {
			status.failed("Nothing was pasted: these cells cannot be changed.");
		} else if (wanted.length < cells.length) {
			status.failed(`Only ${wanted.length} of the ${cells.length} pasted cells had a place here.${undo}`);
		} else if (records.length > 1 && records.at(-1) - records[0] >= records.length) {
			const named = records.length > NAMED ? [...records.slice(0, NAMED), `${records.length - NAMED} more`] : records;
			status.done(`The cells went into the records that are shown: ${named.join(", ")}.${undo}`);
		}
	}

	#onCopy(event) {
		if (this.#editor || !this.#column || !this.#at(event.target) || !getSelection()?.isCollapsed) return;
		event.preventDefault();
		event.clipboardData.setData("text/plain", textOf([[this.#row.value(this.#column)]]));
	}
}

function tellLost(record, column) {
	status.failed(`Your change of ${column} in record ${record} was not saved.`);
}

customElements.define("correction-grid", CorrectionGrid);
