import { change, getTagged, Problem, send } from "../api.js";
import { OWN } from "../fields.js";
import { isSame, NOT_SAVED, readAgain } from "../read-again.js";
import { guardLeaving } from "../router.js";
import { becomes, isTraining, may, organizations, organizationTitle, roleTitle, session } from "../session.js";
import "../systems/connected-systems.js";
import { breakable } from "../ui/breakable.js";
import { day } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { errorOf, errorSummary, textField } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import * as status from "../ui/status.js";
import { credentialsSent } from "../users/credentials.js";
import { isMet } from "./password-rules.js";

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
		guardLeaving(() => (this.#editing && !this.#saving && this.#changed()) || this.querySelector("connected-systems")?.unsaved, this.gone);
		await this.#load();
	}

	async #load() {
		try {
			const { data, etag } = await getTagged("/api/me");
			this.#me = data;
			this.#etag = etag;
			const found = await organizations(data.organizations);
			this.#names = data.organizations.map((code) => (found.has(code) ? html`${organizationTitle(found.get(code))} <small>${code}</small>` : code));
		} catch (problem) {
			status.failed(problem.message);
		}
		this.update();
	}

	#original() {
		return Object.fromEntries(Object.keys(OWN).map((field) => [field, this.#me[field] ?? ""]));
	}

	#profileChanged() {
		return JSON.stringify(this.#draft) !== JSON.stringify(this.#original());
	}

	/** A current password alone is no wish for another one: browsers fill it in by themselves. */
	#passwordChanged() {
		return this.#passwords.newPassword !== "" || this.#passwords.repeated !== "";
	}

	#changed() {
		return this.#profileChanged() || this.#passwordChanged();
	}

	template() {
		return html`
			${this.#editing ? this.#form() : this.#profile()}
			${may("manage-users") ? html`<connected-systems ?hidden=${this.#editing}></connected-systems>` : nothing}`;
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
						${Object.entries(OWN).map(([field, { label }]) => html`<dt>${label}</dt><dd>${me[field] || "–"}</dd>`)}
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
				${errorSummary(this.#errors.filter(({ field }) => !this.#touched.has(field)))}
				<div class="columns">
					<fieldset class="card">
						<legend><h2>Contact Information</h2></legend>
						<p class="hint">Fields with a red asterisk (<span class="star">*</span>) are required.</p>
						${Object.entries(OWN).map(([name, it]) => textField({
							...it, name, value: this.#draft[name], error: this.#errorOf(name), hint: name === "email" ? emailHint() : it.hint,
							readonly: name === "email" && isTraining(),
							oninput: (value) => {
								this.#draft[name] = value;
								this.#touched.add(name);
								this.update();
							},
						}))}
					</fieldset>
					<fieldset class="card">
						<legend><h2>Password</h2></legend>
						${this.#password("currentPassword", "Current Password", "current-password",
							`Needed to change your ${isTraining() ? "" : "email address or "}password.`)}
						<p class="hint">Fill in a new password only if you want another one for this site. It ends your other sessions
							here.${may("manage-users") ? " Connected systems stay connected." : ""}</p>
						${this.#password("newPassword", "New Password", "new-password")}
						${this.#rules()}
						${this.#password("repeated", "Confirm New Password", "new-password")}
					</fieldset>
				</div>
				<div class="button-row">
					<button class="button primary" aria-disabled=${this.#saving ? "true" : nothing}>Save Profile</button>
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

	#password(name, label, autocomplete, hint) {
		return textField({
			name, label, value: this.#passwords[name], type: "password", autocomplete, hint, error: this.#errorOf(name),
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

	/** Back to the profile, and to the button that one came by. */
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
			this.#errors.push({ field: "repeated", message: "The two passwords are not the same." });
			await this.#showErrors();
			return;
		}
		this.#saving = true;
		this.update();
		let done = "";
		try {
			// The password first: when it is refused, the person is still looking at all that they have entered.
			if (this.#passwordChanged()) {
				await this.#savePassword();
				done = "Your new password has been saved, but the rest of your profile has not. ";
			}
			await this.#saveProfile();
		} catch (problem) {
			await this.#refused(problem, done);
		} finally {
			this.#saving = false;
			this.update();
		}
	}

	async #savePassword() {
		const typed = this.#passwords;
		await send("/api/me/password", { method: "PUT", json: { currentPassword: typed.currentPassword, newPassword: typed.newPassword } });
		this.#passwords = { ...PASSWORDS, currentPassword: typed.newPassword }; // it is that now
		const { data, etag } = await getTagged("/api/me");
		if (data.passwordExpiresAt && data.passwordExpiresAt === this.#me.passwordExpiresAt) {
			this.#passwords = typed;
			throw new Problem(200, { errors: [{ field: "newPassword", code: NOT_SAVED, message: "Your new password was not saved." }] });
		}
		// It is a new version of the account; more than that must not have changed meanwhile.
		if (Object.keys(OWN).every((field) => isSame(data[field], this.#me[field]))) this.#etag = etag;
	}

	async #saveProfile() {
		/** @type {Record<string, any>} */
		const sent = { ...this.#draft };
		let answer = { data: this.#me, etag: this.#etag };
		if (this.#profileChanged()) {
			const proof = isSame(sent.email, this.#me.email) ? {} : { currentPassword: this.#passwords.currentPassword };
			answer = await change("PATCH", "/api/me", { ...sent, ...proof }, this.#etag);
		}
		const { data, etag, errors } = await readAgain("/api/me", sent, answer, OWN);
		becomes(data);
		this.#me = data;
		this.#etag = etag;
		if (errors.length > 0) {
			status.failed("Not all of your profile has been saved.");
			this.#errors = errors;
			await this.#showErrors();
			return;
		}
		await this.#stop();
		status.done(`Your profile has been saved.${credentialsSent(answer.data)}`);
	}

	/** @param {string} done what was done before, as a sentence with a blank behind it; or nothing */
	async #refused(problem, done) {
		if (problem.status === 412) {
			await this.#load();
			status.failed(`${done}Your profile was changed elsewhere meanwhile. What you have entered is still here: look at it and save again.`);
			return;
		}
		this.#errors = problem.errors;
		if (done || this.#errors.length === 0) status.failed(this.#errors.length === 0 ? done + problem.message : done.trim());
		if (this.#errors.length > 0) await this.#showErrors();
	}

	async #showErrors() {
		this.#touched.clear();
		this.update();
		await Promise.resolve();
		this.querySelector("#error-summary")?.focus();
	}
}

function emailHint() {
	return isTraining()
		? html`You can change it in <a href="${session.config.otherSiteUrl}/profile">your profile in the ${session.config.otherSiteName}</a>.`
		: "To change it, enter your current password as well.";
}

customElements.define("profile-screen", ProfileScreen);
