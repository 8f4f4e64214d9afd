import { grantableRoles } from "../session.js";
import { html, nothing, render } from "../ui/html.js";

const LONGEST = 10_000;

/**
 * Opens a cell: a list for roles, a line of text for all others. Blanks at the ends are the file's business and stay.
 *
 * @param {HTMLElement} cell
 * @param {{column: string, record: number, value: string, typed?: string, pointer?: boolean, onInput: (value: string) => void,
 *     onDone: (value: string | undefined, by?: Event) => void}} how typed: what was typed on the closed cell, in place of its
 *     value; pointer: opened by one; onDone: once, with nothing where it was given up or is as it was, and what closed it unless the focus
 *     has gone on
 * @returns {{holder: HTMLElement, take: () => string | undefined}} take: closes it without a word and gives what is typed, if it is another
 */
export function openEditor(cell, { column, record, value, typed, pointer = false, onInput, onDone }) {
	const holder = document.createElement("div");
	holder.className = "editor";
	render(column === "Role" ? roles(record, value) : html`<input aria-label="${column} of record ${record}" autocomplete="off" spellcheck="false"
		maxlength=${LONGEST} .value=${value}>`, holder);
	cell.append(holder);
	cell.toggleAttribute("data-open", true);
	const field = holder.querySelector("input, select");
	// A field does not show everything as it is: what nobody has changed in it is no correction.
	const before = field.value;
	if (typed !== undefined && field.matches("input")) field.value = typed;
	let open = true;
	const take = () => {
		open = false;
		holder.remove();
		cell.toggleAttribute("data-open", false);
		return field.value === before ? undefined : field.value;
	};
	const close = (event, kept = true) => {
		if (!open) return;
		const value = take();
		onDone(kept ? value : undefined, event);
	};
	field.addEventListener("input", () => onInput(field.value));
	field.addEventListener("blur", () => close());
	field.addEventListener("keydown", (event) => {
		event.stopPropagation(); // the sheet's own keys are for closed cells
		if (event.isComposing) return;
		if (event.key === "Escape") {
			event.preventDefault();
			close(event, false);
		} else if (event.key === "Enter" || event.key === "Tab") {
			event.preventDefault();
			close(event);
		}
	});
	for (const type of ["pointerdown", "dblclick", "paste", "copy"]) field.addEventListener(type, (event) => event.stopPropagation());
	field.focus();
	if (typed !== undefined) onInput(field.value);
	if (field.matches("select")) {
		if (typed) chooseBy(field, typed, onInput);
		if (pointer) {
			field.addEventListener("change", (event) => close(event));
			showChoices(field);
		}
	} else if (typed === undefined) field.select();
	return { holder, take };
}

/** Those that one may give; a word that is none of them is there as it came. */
function roles(record, value) {
	const offered = grantableRoles();
	const known = offered.some((role) => role.code === value.toUpperCase());
	return html`<select aria-label="Role of record ${record}">
		${known ? nothing : html`<option value=${value} selected>${value === "" ? "Choose a role" : value}</option>`}
		${offered.map((role) => html`<option value=${role.code} ?selected=${role.code === value.toUpperCase()}>${role.code}: ${role.title}</option>`)}
	</select>`;
}

/** The key that opened it is the first letter of what is looked for. */
function chooseBy(select, typed, onInput) {
	const found = [...select.options].find((it) => it.text.toLowerCase().startsWith(typed.toLowerCase()) && it.value !== select.value);
	if (!found) return;
	select.value = found.value;
	onInput(select.value);
}

function showChoices(select) {
	try {
		select.showPicker();
	} catch {
		// The list stays closed, and opens as any other.
	}
}
