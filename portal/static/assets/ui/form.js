import { NOT_SAVED } from "../read-again.js";
import { html, nothing } from "./html.js";
import { icon } from "./icons.js";

/**
 * A labelled input with its hint and what the server says about it.
 *
 * @param {{name: string, label: string, value: string, error?: string, required?: boolean, hint?: unknown, type?: string,
 *     readonly?: boolean, autocomplete?: string, inputmode?: string, multiline?: boolean, oninput?: (value: string) => void,
 *     tidied?: (value: string) => string}} field tidied: what was typed, as it is shown once the field is left
 */
export function textField({ name, label, value, error, required = false, hint, type = "text", readonly = false,
	autocomplete = "off", inputmode, multiline = false, oninput, tidied }) {
	const described = [hint ? `${name}-hint` : "", error ? `${name}-error` : ""].filter(Boolean).join(" ") || nothing;
	const input = (event) => oninput?.(event.target.value);
	const left = (event) => {
		const better = tidied?.(event.target.value) ?? event.target.value;
		if (better === event.target.value) return;
		event.target.value = better;
		oninput?.(better);
	};
	const passwordInput = () => html`<input id=${name} name=${name} type="password" .value=${value} autocomplete=${autocomplete} spellcheck="false"
		autocapitalize="none" aria-required=${required ? "true" : nothing} aria-invalid=${error ? "true" : nothing} aria-describedby=${described} @input=${input}>`;
	return html`
		<div class="field">
			<label for=${name}>${label}${star(required)}</label>
			${type === "password" ? html`<span class="password">${passwordInput()}<button type="button" class="button quiet small" aria-controls=${name}
				@click=${showOrHide}><span>Show</span><span class="visually-hidden"> ${label}</span></button></span>` : multiline
				? html`<textarea id=${name} name=${name} rows="3" .value=${value} autocomplete=${autocomplete} aria-required=${required ? "true" : nothing}
					aria-invalid=${error ? "true" : nothing} aria-describedby=${described} @input=${input}></textarea>`
				: html`<input id=${name} name=${name} type=${type} .value=${value} ?readonly=${readonly} autocomplete=${autocomplete} inputmode=${inputmode ?? nothing} spellcheck="false"
					aria-required=${required ? "true" : nothing} aria-invalid=${error ? "true" : nothing} aria-describedby=${described} @input=${input} @change=${left}>`}
			${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
			${fieldError(name, error)}
		</div>`;
}

/** The button beside a password: what was typed can be read, and is hidden again. */
function showOrHide({ currentTarget: button }) {
	const input = button.parentElement.querySelector("input");
	input.type = input.type === "password" ? "text" : "password";
	button.firstElementChild.textContent = input.type === "password" ? "Show" : "Hide";
}

export function star(required) {
	return required ? html`<span class="star" aria-hidden="true">*</span>` : nothing;
}

export function fieldError(name, error) {
	return error ? html`<p class="field-error" id="${name}-error">${icon("warning")}${error}</p>` : nothing;
}

/**
 * All that is still wrong, above the form, each a way to its field; focused so that it is read first. What was corrected is left out by
 * whoever asks; then its title alone is read again.
 *
 * @param {{field: string, code?: string, message: string}[]} errors
 */
export function errorSummary(errors) {
	if (errors.length === 0) return nothing;
	const fields = new Set(errors.map((error) => error.field)).size;
	const title = errors.every((error) => error.code === NOT_SAVED)
		? (fields === 1 ? "This field was not saved" : `These ${fields} fields were not saved`)
		: `Please correct ${fields === 1 ? "this field" : `these ${fields} fields`}`;
	return html`
		<div class="notice bad" id="error-summary" tabindex="-1" role="alert" aria-atomic="false">
			${icon("warning")}
			<div><h2>${title}</h2>
				<ul>${errors.map(({ field, message }) => html`<li><a href="#${field}" @click=${(event) => {
					event.preventDefault();
					focusField(event.target.closest("form, main"), field);
				}}>${message}</a></li>`)}</ul></div>
		</div>`;
}

/** @param {ParentNode | null} form @param {string} name of a field, or of what has its control in it */
export function focusField(form, name) {
	const field = form?.querySelector(`#${CSS.escape(name)}`);
	(field?.matches("input, select, textarea, button") ? field : field?.querySelector("input, select, textarea, button"))?.focus();
}

/** All messages of one field in one line. */
export function errorOf(errors, field) {
	const messages = errors.filter((error) => error.field === field).map((error) => error.message);
	return messages.length ? messages.join("; ") : undefined;
}
