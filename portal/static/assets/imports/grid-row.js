import { roleTitle } from "../session.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { stateOf } from "./states.js";

/** Columns that are one word each: they need no more room. */
const NARROW = ["Role", "Program", "Phone", "Fax", "Fname"];

/** By the names of the style sheet. */
const widthOf = (column) => (NARROW.includes(column) ? "var(--narrow)" : column === "Org" ? "var(--wide)" : "var(--plain)");

/** How wide the columns are, and all of them: a row has its own layout, so that one out of sight costs nothing. */
export function layOut(table, columns) {
	const widths = ["var(--first)", ...columns.map(widthOf)];
	table.style.setProperty("--columns", widths.map((it, index) => (index ? `minmax(${it}, 1fr)` : it)).join(" "));
	table.style.setProperty("--width", `calc(${widths.join(" + ")})`);
}

/**
 * The cells of a record.
 *
 * @param {import("./row.js").Row} row
 * @param {{columns: string[], applied: boolean, unsaved: boolean, nameOf: (code: string) => string | undefined}} how nameOf: an
 *     organization's, once it is known
 */
export function rowTemplate(row, { columns, applied, unsaved, nameOf }) {
	const { kind, words } = stateOf(row, applied);
	return html`
		<th role="rowheader" scope="row" tabindex="-1"><div class="value">${row.record}<span class="visually-hidden">, ${row.name}</span></div>
			<span class="tag ${kind}">${words}</span>
			${unsaved ? html`<span class="cell-note caution">not saved yet</span>` : nothing}
			${row.notesBeside(columns).map(({ message }) => note(message, "bad"))}</th>
		${columns.map((column) => cell(row, column, nameOf))}`;
}

function cell(row, column, nameOf) {
	const notes = row.notesAt(column);
	const value = row.value(column);
	const was = row.original(column);
	const ways = row.editable ? row.suggestionsAt(column) : [];
	return html`<td role="gridcell" tabindex="-1" aria-invalid=${notes.length ? "true" : nothing}
		aria-readonly=${row.editable ? nothing : "true"} ?data-corrected=${value !== was}><div class="cell">
		<div class="value">${shown(column, value, nameOf)}</div>
		${value === was ? nothing : html`<div class="was"><span class="visually-hidden">was </span><del>${was === "" ? "(blank)" : was}</del></div>`}
		${notes.map(({ message }) => note(message, "bad"))}${row.warningsAt(column).map(({ message }) => note(message, "caution"))}
		${ways.map((way) => html`<button type="button" tabindex="-1" class="link" data-use=${way.value} title=${way.reason ?? nothing}>${way.value === ""
			? "Leave blank" : `Use ${way.value}`}</button>`)}</div></td>`;
}

function note(message, kind) {
	return html`<p class="cell-note ${kind}">${icon("warning")}${message}</p>`;
}

function shown(column, value, nameOf) {
	if (column === "Role") return roleName(value) === value ? value : html`${roleName(value)} <small>${value}</small>`;
	return column === "Org" ? schools(value, nameOf) : value;
}

/** A role's title; a word that is none stays as it is written. */
export function roleName(value) {
	const code = value.trim().toUpperCase();
	const title = roleTitle(code);
	return title === code ? value : title;
}

/** Names with their codes beside them; what the directory does not know stays as it is written. */
export function schools(value, nameOf) {
	const codes = codesOf(value);
	if (!codes.some((code) => nameOf(code))) return value;
	return codes.map((code, index) => html`${index ? html`<br>` : nothing}${nameOf(code) ?? nothing} <small>${code}</small>`);
}

/** Several are separated by a pipe, blanks around it do not count (guide, Table 4). */
export function codesOf(value) {
	return value.split("|").map((code) => code.trim()).filter(Boolean);
}
