import { change, getTagged, send } from "../api.js";
import { guardLeaving } from "../router.js";
import { organizations, organizationTitle, readMeAgain, roleTitle, session } from "../session.js";
import { breakable } from "../ui/breakable.js";
import { day } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { errorOf, errorSummary, textField } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import * as status from "../ui/status.js";
import { isMet } from "./password-rules.js";

const FIELDS = { firstName: "First Name", lastName: "Last Name", email: "Email", phone: "Phone Number", fax: "Fax Number", address: "Address" };
const PASSWORDS = { currentPassword: "", newPassword: "", repeated: "" };

/** One's own profile (guide, IV.B): contact information, organizations and role; the first and the password are one's own to change. */
class ProfileScreen extends Element {
	#me = session.me;
	/** The version that is shown; before it is known there is nothing that could be saved. */
	#etag;
	#names = [];
	#editing = false;
	#draft = {};
	#passwords = { ...PASSWORDS };
	#errors = [];
	/** Fields that were changed since they were refused. */
	#touched = new Set();
	#saving = false;

	async connectedCallback() {
		super.connectedCallback();
		guardLeaving(() => this.#editing && !this.#saving && this.#changed(), this.gone);
		await this.#load();
	}

	async #load() {
		try {
			const { data, etag } = await getTagged("/api/me");
			this.#me = data;
			this.#etag = etag;
			const found = await organizations(data.organizations);
			this.#names = data.organizations.map((code) => (found.has(code) ? organizationTitle(found.get(code)) : code));
		} catch (problem) {
			status.failed(problem.message);
		}
		this.update();
	}

	#original() {
		return Object.fromEntries(Object.keys(FIELDS).map((field) => [field, this.#me[field] ?? ""]));
	}

	#profileChanged() {
		return JSON.stringify(this.#draft) !== JSON.stringify(this.#original());
	}

	#passwordChanged() {
		return Object.values(this.#passwords).some((text) => text !== "");
	}

	#changed() {
		return this.#profileChanged() || this.#passwordChanged();
	}

	template() {
		return this.#editing ? this.#form() : this.#profile();
	}

	#profile() {
		const me = this.#me;
		return html`
			<div class="title-row"><h1>${me.firstName} ${me.lastName}</h1>
				<button type="button" class="button primary" ?disabled=${!this.#etag} @click=${() => this.#edit()}>Edit Information</button></div>
			<div class="columns">
				<section class="card"><h2>Contact Information</h2>
					<dl class="facts">
						<dt>Username</dt><dd>${me.username}</dd>
						${Object.entries(FIELDS).map(([field, label]) => html`<dt>${label}</dt><dd>${me[field] || "–"}</dd>`)}
					</dl>
				</section>
				<section class="card"><h2>Role &amp; Organizations</h2>
					<dl class="facts">
						<dt>Role</dt><dd>${roleTitle(me.role)}</dd>
						<dt>Organizations</dt><dd>${this.#names.length ? this.#names.map((name) => html`<div>${name}</div>`) : "All (state-wide)"}</dd>
						${me.passwordExpiresAt ? html`<dt>Password expires</dt><dd>${day(me.passwordExpiresAt)}</dd>` : nothing}
					</dl>
				</section>
			</div>`;
	}

	#form() {
		const me = this.#me;
		return html`
			<form novalidate @submit=${(event) => this.#save(event)}>
				<h1 tabindex="-1">Edit User ${breakable(me.username)} (${me.firstName} ${me.lastName})</h1>
				${errorSummary(this.#errors)}
				<div class="columns">
					<fieldset class="card">
						<legend><h2>Contact Information</h2></legend>
						<p class="hint">Fields with a red asterisk (<span class="star">*</span>) are required.</p>
						${Object.entries(FIELDS).map(([name, label]) => textField({
							name, label, value: this.#draft[name], error: this.#errorOf(name), required: ["firstName", "lastName", "email"].includes(name),
							type: name === "email" ? "email" : "text", multiline: name === "address", hint: name === "phone" || name === "fax" ? "xxx-xxx-xxxx" : undefined,
							autocomplete: AUTOCOMPLETE[name],
							oninput: (value) => {
								this.#draft[name] = value;
								this.#touched.add(name);
								this.update();
							},
						}))}
					</fieldset>
					<fieldset class="card">
						<legend><h2>Password</h2></legend>
						<p class="hint">Fill these in only to change your password for this site. It ends your other sessions here.</p>
						${this.#password("currentPassword", "Current Password", "current-password")}
						${this.#password("newPassword", "New Password", "new-password")}
						${this.#rules()}
						${this.#password("repeated", "Repeat the New Password", "new-password")}
					</fieldset>
				</div>
				<div class="button-row">
					<button class="button primary" ?disabled=${this.#saving}>Save Profile</button>
					<button type="button" class="button" @click=${() => this.#stop()}>Cancel</button>
				</div>
			</form>`;
	}

	#errorOf(field) {
		return this.#touched.has(field) ? undefined : errorOf(this.#errors, field);
	}

	#rules() {
		const text = this.#passwords.newPassword;
		return html`<ul class="password-rules" aria-label="Password requirements">${session.reference.passwordRules.map((rule) => {
			const met = isMet(rule, text);
			return html`<li ?data-met=${met}>${icon(met ? "done" : "circle")}<span>${rule.message}${met ? html`<span class="visually-hidden"> (met)</span>` : nothing}</span></li>`;
		})}</ul>`;
	}

	#password(name, label, autocomplete) {
		return textField({
			name, label, value: this.#passwords[name], type: "password", autocomplete, error: this.#errorOf(name),
			oninput: (value) => {
				this.#passwords[name] = value;
				this.#touched.add(name);
				this.update();
			},
		});
	}

	async #edit() {
		this.#draft = this.#original();
		this.#passwords = { ...PASSWORDS };
		this.#errors = [];
		this.#editing = true;
		this.update();
		await Promise.resolve();
		this.querySelector("h1").focus();
	}

	async #stop() {
		this.#editing = false;
		this.update();
		await Promise.resolve();
		this.querySelector(".button.primary").focus();
	}

	async #save(event) {
		event.preventDefault();
		if (this.#saving) return;
		this.#errors = [];
		if (this.#passwords.newPassword !== this.#passwords.repeated) {
			this.#errors.push({ field: "repeated", message: "The two new passwords are not the same." });
			await this.#showErrors();
			return;
		}
		this.#saving = true;
		this.update();
		try {
			// The password first: when it is refused, the person is still looking at all that they have entered.
			if (this.#passwordChanged()) {
				const { currentPassword, newPassword } = this.#passwords;
				await send("/api/me/password", { method: "PUT", json: { currentPassword, newPassword } });
				this.#passwords = { ...PASSWORDS };
				await this.#followOwnChange();
			}
			if (this.#profileChanged()) await change("PATCH", "/api/me", this.#draft, this.#etag);
			await readMeAgain();
			await this.#load();
			this.#editing = false;
			status.done("Your profile has been saved.");
		} catch (problem) {
			await this.#refused(problem);
		} finally {
			this.#saving = false;
			this.update();
		}
	}

	/** The new password is a new version of the account; more than that must not have changed meanwhile. */
	async #followOwnChange() {
		const { data, etag } = await getTagged("/api/me");
		if (Object.keys(FIELDS).every((field) => (data[field] ?? "") === (this.#me[field] ?? ""))) this.#etag = etag;
	}

	async #refused(problem) {
		if (problem.status === 412) {
			await this.#load();
			status.failed("Your profile was changed elsewhere meanwhile. What you have entered is still here: look at it and save again.");
			return;
		}
		this.#errors = problem.errors;
		if (this.#errors.length === 0) status.failed(problem.message);
		else await this.#showErrors();
	}

	async #showErrors() {
		this.#touched.clear();
		this.update();
		await Promise.resolve();
		this.querySelector("#error-summary")?.focus();
	}
}

const AUTOCOMPLETE = { firstName: "given-name", lastName: "family-name", email: "email", phone: "tel-national", address: "street-address" };

customElements.define("profile-screen", ProfileScreen);
