import { FIELDS, TEXTS } from "../fields.js";
import { grantableRoles, roleTitle, session } from "../session.js";
import { fieldError, star, textField } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import "../ui/organization-picker.js";
import { sitesInWords, sitesRenewed } from "./credentials.js";
import "./program-choice.js";

/**
 * What one fills in for an account, in the two parts of the guide's form (V.B).
 *
 * @typedef {object} Form
 * @property {any} account as it was read; nothing while it is to be created
 * @property {Record<string, any>} values what is filled in, by field
 * @property {string} name of the user
 * @property {Map<string, any>} known the organizations of which the directory has told, by code
 * @property {string[]} outside codes of the account's organizations that are not within one's own
 * @property {(field: string) => string | undefined} errorOf
 * @property {(field: string, value: any) => void} set
 */

/** @param {Form} form */
export function contactInformation(form) {
	return TEXTS.map((field) => html`${text(field, form)}${field === "email" ? newCredentials(form) : nothing}`);
}

/** @param {Form} form */
export function rolesAndOrganizations(form) {
	return html`${role(form)}${organizations(form)}${programs(form)}`;
}

function text(name, { account, values, errorOf, set }) {
	return textField({
		...FIELDS[name], name, value: values[name], error: errorOf(name), readonly: name === "username" && !!account,
		hint: hint(name, !!account), autocomplete: "off", oninput: (value) => set(name, value),
	});
}

function hint(name, made) {
	switch (name) {
		case "username": return made ? "A username never changes." : "Use the new user's email address as their username.";
		case "email": return made ? undefined : "Ensure the email address is accurate: the username and the password are sent to it.";
		default: return FIELDS[name].hint;
	}
}

function newCredentials({ account, values }) {
	const sites = account ? sitesRenewed(account, values.email) : [];
	return html`<div role="status">${sites.length ? html`<p class="notice">${icon("mail")}<span>When you save, new credentials for
		${sitesInWords(sites)} are sent to the new address. The passwords that were sent before stop working.</span></p>` : nothing}</div>`;
}

function role({ account, values, name, outside, errorOf, set }) {
	const offered = grantableRoles();
	const present = account?.role;
	const error = errorOf("role");
	return html`
		<div class="field">
			<label for="role">${name} has the following role:${star(true)}</label>
			<select id="role" class="bar" ?disabled=${outside.length > 0} aria-required="true" aria-invalid=${error ? "true" : nothing} aria-describedby=${error ? "role-error" : nothing}
				@change=${(event) => set("role", event.target.value)}>
				${present ? nothing : html`<option value="">No role selected. Click here to choose role.</option>`}
				${present && !offered.some((it) => it.code === present) ? html`<option value=${present} selected>${roleTitle(present)}</option>` : nothing}
				${offered.map((it) => html`<option value=${it.code} ?selected=${it.code === values.role}>${it.title}</option>`)}
			</select>
			<p class="hint">Each user account can only be assigned one role: the one with the highest level of permission that the
				user's tasks need.</p>
			${fieldError("role", error)}
		</div>`;
}

function organizations({ values, name, outside, errorOf, set }) {
	const error = errorOf("organizations");
	const levels = session.reference.roles.find((it) => it.code === values.role)?.levels ?? ["district", "school"];
	return html`
		<div class="field" id="organizations" role="group" aria-labelledby="organizations-label">
			<p class="label" id="organizations-label">${name} belongs to the following organizations:${star(true)}</p>
			<organization-picker .levels=${levels} .selected=${values.organizations} .invalid=${!!error}
				.fixed=${outside} .describedBy=${error ? "organizations-error" : ""} @choose=${(event) => set("organizations", event.detail)}></organization-picker>
			${fieldError("organizations", error)}
		</div>`;
}

function programs({ values, name, known, outside, errorOf, set }) {
	const error = errorOf("programs");
	return html`
		<div class="field" id="programs" role="group" aria-labelledby="programs-label">
			<p class="label" id="programs-label">${name} has access to the following programs:</p>
			<program-choice .selected=${values.programs} .fixed=${outside.length > 0} .describedBy=${error ? "programs-error" : "programs-hint"}
				.offered=${offeredPrograms(values, known)} @choose=${(event) => set("programs", event.detail)}></program-choice>
			<p class="hint" id="programs-hint">If none is selected, the user has access to all programs.</p>
			${fieldError("programs", error)}
		</div>`;
}

/** A program of certain districts is offered to those who belong to one of them. */
function offeredPrograms({ organizations: codes, programs: chosen }, known) {
	const districts = codes.map((code) => known.get(code)?.parent ?? code);
	return session.reference.programs.filter((program) => program.districts.length === 0
		|| program.districts.some((district) => districts.includes(district)) || chosen.includes(program.id));
}
