import { change, freshKey, getTagged, jsonOf, send } from "../api.js";
import { FIELDS, labelOf, TEXTS } from "../fields.js";
import { isSame, readAgain } from "../read-again.js";
import { guardLeaving, navigate, rewrite } from "../router.js";
import { grantableRoles, isMe, manages, organizations, organizationTitle, owns, roleTitle, runsTheSystem, session } from "../session.js";
import { breakable } from "../ui/breakable.js";
import { ask } from "../ui/dialog.js";
import { Element } from "../ui/element.js";
import { errorOf, errorSummary, fieldError, star, textField } from "../ui/form.js";
import { html, live, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import "../systems/connected-systems.js";
import "../ui/organization-picker.js";
import * as status from "../ui/status.js";
import { act } from "./actions.js";
import "./account-history.js";
import { credentialState, credentialsSent, siteName, sitesInWords } from "./credentials.js";
import { list } from "./list.js";

/** @type {Record<string, any>} */
const EMPTY = Object.fromEntries(Object.entries(FIELDS).map(([field, it]) => [field, it.several ? [] : ""]));

/** Create New User and Edit User (guide, V.B). */
class UserScreen extends Element {
	/** What the shell has found in the address. @type {RegExpMatchArray} */
	route;
	#id;
	#account;
	#etag;
	#draft = structuredClone(EMPTY);
	#saved = JSON.stringify(EMPTY);
	#errors = [];
	/** Fields that were changed since they were refused: what is in them now is not what was wrong. */
	#touched = new Set();
	#problem;
	#saving = false;
	#programsOpen = false;
	/** One's own, asked for when a role is granted that runs the system; never part of what is filled in. */
	#currentPassword = "";
	#known = new Map();
	/** The last attempt at creating: the same again has the same key, so that nobody is created twice. */
	#attempt = {};

	async connectedCallback() {
		super.connectedCallback();
		this.#id = location.pathname === "/users/new" ? undefined : this.route[1];
		guardLeaving(() => !this.#saving && JSON.stringify(this.#draft) !== this.#saved, this.gone);
		if (this.#id) {
			document.addEventListener("portal:retry", () => this.#account ?? this.#load(), { signal: this.gone });
			await this.#load();
			return;
		}
		const wanted = new URLSearchParams(location.search).get("organization");
		if (wanted) this.#draft.organizations = [wanted];
		else if (atOneSchool()) this.#draft.organizations = [...session.me.organizations];
		this.#remember();
	}

	async #load() {
		try {
			const { data, etag } = await getTagged(`/api/users/${encodeURIComponent(this.#id)}`);
			this.#take(data, etag);
			this.#problem = undefined;
		} catch (problem) {
			this.#problem = problem;
		}
		this.update();
	}

	#take(account, etag) {
		this.#account = account;
		this.#etag = etag;
		this.#draft = draftOf(account);
		this.#currentPassword = "";
		this.#errors = [];
		this.#remember();
		this.closest("portal-shell")?.setTitle(`Edit User ${account.username}`);
	}

	#remember() {
		this.#saved = JSON.stringify(this.#draft);
		this.#nameOrganizations();
		this.update();
	}

	async #nameOrganizations() {
		this.#known = await organizations(this.#draft.organizations).catch(() => new Map());
		this.update();
	}

	#set(field, value) {
		this.#draft[field] = value;
		this.#touched.add(field);
		if (field === "organizations") this.#nameOrganizations();
		this.update();
	}

	template() {
		if (this.#id && !this.#account) return this.#problem ? this.#missing() : html`<div class="placeholder" role="status"><span class="visually-hidden">Loading the user</span></div>`;
		const account = this.#account;
		const name = account ? `${account.firstName} ${account.lastName}` : "New User";
		const mine = account && isMe(account);
		const mayChange = !account || (manages(account) && account.status === "active");
		const inPart = mayChange && this.#outside().length > 0;
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href=${list.address}>Users</a></nav>
			<form novalidate @submit=${(event) => this.#save(event)}>
				<h1>${account ? html`Edit User ${breakable(account.username)} (${name})` : "Create New User"}</h1>
				${mayChange ? html`
					<div class="button-row form-buttons">
						<button class="button primary" ?disabled=${this.#saving}>Save User</button>
						<button type="button" class="button" @click=${() => navigate(list.address)}>Cancel</button>
					</div>` : html`<p class="notice">${mine
						? html`This is your own account: change it in <a href="/profile">your profile</a>.`
						: account.status === "deactivated" ? "This account is deactivated. Reactivate it to change it."
							: "Your role does not include changing this account."}</p>`}
				${inPart ? html`<p class="notice">${name} also belongs to organizations outside your own. Here you can add or remove
					your own organizations. Only somebody who has all of these organizations can change the rest.</p>` : nothing}
				${errorSummary(this.#errors)}
				<div class="columns">
					<fieldset class="card" ?disabled=${!mayChange || inPart}>
						<legend><h2>Contact Information</h2></legend>
						<p class="hint">Fields with a red asterisk (<span class="star">*</span>) are required.</p>
						${TEXTS.map((field) => this.#text(field))}
					</fieldset>
					<div>
						<fieldset class="card" ?disabled=${!mayChange}>
							<legend><h2>Roles &amp; Organizations</h2></legend>
							${this.#roles(name, inPart)}
							${this.#organizations(name)}
							${this.#programs(name, inPart)}
						</fieldset>
						${account ? this.#about(account) : nothing}
					</div>
				</div>
			</form>`;
	}

	#errorOf(field) {
		return this.#touched.has(field) ? undefined : errorOf(this.#errors, field);
	}

	#text(name) {
		return html`${textField({
			...FIELDS[name], name, value: this.#draft[name], error: this.#errorOf(name), readonly: name === "username" && !!this.#account,
			hint: this.#hint(name), autocomplete: "off", oninput: (value) => this.#set(name, value),
		})}${name === "email" ? this.#newCredentials() : nothing}`;
	}

	#hint(name) {
		const made = !!this.#account;
		switch (name) {
			case "username": return made ? "A username never changes." : "Use the new user's email address as their username.";
			case "email": return made ? undefined : "Ensure the email address is accurate: the username and the password are sent to it.";
			default: return FIELDS[name].hint;
		}
	}

	/** The account's organizations that are not within one's own. */
	#outside() {
		return (this.#account?.organizations ?? []).filter((code) => this.#known.has(code) && !owns(this.#known.get(code)));
	}

	/** A password that was sent to the old address ends when another one is saved; one of the user's own stays. */
	#newCredentials() {
		const account = this.#account;
		const sites = !account || isSame(account.email, this.#draft.email) ? []
			: Object.entries(account.credentials ?? {}).filter(([, credential]) => credential.state !== "set").map(([site]) => site);
		return html`<div role="status">${sites.length ? html`<p class="notice">${icon("mail")}<span>When you save, new credentials for
			${sitesInWords(sites)} are sent to the new address. The passwords that were sent before stop working.</span></p>` : nothing}</div>`;
	}

	#roles(name, fixed) {
		const offered = grantableRoles();
		const present = this.#account?.role;
		const error = this.#errorOf("role");
		return html`
			<div class="field">
				<label for="role">${name} has the following role:${star(true)}</label>
				<select id="role" class="bar" ?disabled=${fixed} aria-required="true" aria-invalid=${error ? "true" : nothing} aria-describedby=${error ? "role-error" : nothing}
					@change=${(event) => this.#set("role", event.target.value)}>
					${present ? nothing : html`<option value="">No role selected. Click here to choose role.</option>`}
					${present && !offered.some((role) => role.code === present) ? html`<option value=${present} selected>${roleTitle(present)}</option>` : nothing}
					${offered.map((role) => html`<option value=${role.code} ?selected=${role.code === this.#draft.role}>${role.title}</option>`)}
				</select>
				<p class="hint">Each user account can only be assigned one role: the one with the highest level of permission that the
					user's tasks need.</p>
				${fieldError("role", error)}
			</div>
			${this.#takesPassword() ? textField({
				name: "currentPassword", label: "Your Current Password", type: "password", autocomplete: "current-password", required: true,
				value: this.#currentPassword, error: this.#errorOf("currentPassword"),
				hint: `Needed to give somebody the role ${roleTitle(this.#draft.role)}.`,
				oninput: (value) => {
					this.#currentPassword = value;
					this.#touched.add("currentPassword");
					this.update();
				},
			}) : nothing}`;
	}

	#takesPassword() {
		return runsTheSystem(this.#draft.role) && this.#draft.role !== this.#account?.role;
	}

	/** What is sent beside the form. */
	#proof() {
		return this.#takesPassword() ? { currentPassword: this.#currentPassword } : {};
	}

	#organizations(name) {
		const error = this.#errorOf("organizations");
		const levels = session.reference.roles.find((role) => role.code === this.#draft.role)?.levels ?? ["district", "school"];
		return html`
			<div class="field" id="organizations" role="group" aria-labelledby="organizations-label">
				<p class="label" id="organizations-label">${name} belongs to the following organizations:${star(true)}</p>
				<organization-picker .levels=${levels} .selected=${this.#draft.organizations} .invalid=${!!error}
					.fixed=${this.#outside()} .describedBy=${error ? "organizations-error" : ""} @choose=${(event) => this.#set("organizations", event.detail)}></organization-picker>
				${fieldError("organizations", error)}
			</div>`;
	}

	/** A program of certain districts is offered to those who belong to one of them. */
	#offeredPrograms() {
		const districts = [...this.#known.values()].map((it) => it.parent ?? it.code);
		return session.reference.programs.filter((program) => program.districts.length === 0
			|| program.districts.some((district) => districts.includes(district)) || this.#draft.programs.includes(program.id));
	}

	#programs(name, fixed) {
		const error = this.#errorOf("programs");
		const chosen = this.#draft.programs;
		return html`
			<div class="field" id="programs" role="group" aria-labelledby="programs-label">
				<p class="label" id="programs-label">${name} has access to the following programs:</p>
				${chosen.length ? html`<ul class="chips">${chosen.map((id) => html`<li class="chip">${this.#programName(id)}</li>`)}</ul>` : nothing}
				<button type="button" class="bar" ?disabled=${fixed} aria-expanded=${this.#programsOpen} aria-controls="program-list"
					aria-describedby=${error ? "programs-error" : "programs-hint"} @click=${() => {
						this.#programsOpen = !this.#programsOpen;
						this.update();
					}}><span>${chosen.length ? "Click here to select program(s)." : "No program selected. Click here to choose program(s)."}</span>${icon("down")}</button>
				<div class="bar-panel flow" id="program-list" ?hidden=${!this.#programsOpen}>
					<ul class="options">${this.#offeredPrograms().map((program) => html`
						<li><label class="option"><input type="checkbox" .checked=${live(chosen.includes(program.id))} @change=${(event) => this.#set("programs",
							event.target.checked ? [...chosen, program.id] : chosen.filter((id) => id !== program.id))}><span>${program.name}</span></label></li>`)}
					</ul>
				</div>
				<p class="hint" id="programs-hint">If none is selected, the user has access to all programs.</p>
				${fieldError("programs", error)}
			</div>`;
	}

	#programName(id) {
		return session.reference.programs.find((program) => program.id === id)?.name ?? id;
	}

	#about(account) {
		return html`
			<section class="card" aria-labelledby="credentials-heading">
				<h2 id="credentials-heading">Credentials</h2>
				<dl class="facts">
					<dt>Account</dt><dd>${account.status === "active" ? "Active" : html`<span class="tag bad">Deactivated</span>`}</dd>
					${Object.entries(account.credentials ?? {}).map(([site, credential]) => html`
						<dt>${siteName(site)}</dt><dd>${credentialState(credential)}</dd>`)}
				</dl>
				${manages(account) ? html`<div class="button-row">
					${account.status === "active" ? html`
						<button type="button" class="button" @click=${() => this.#act("credentials")}>${icon("mail")} Send New Credentials</button>
						<button type="button" class="button danger" @click=${() => this.#act("deactivate")}>Deactivate User</button>`
						: html`<button type="button" class="button primary" @click=${() => this.#act("reactivate")}>Reactivate</button>`}
				</div>` : nothing}
			</section>
			${manages(account) || isMe(account) ? html`<connected-systems .account=${account.id} @disconnected=${() => this.#readAgain()}></connected-systems>` : nothing}
			<section class="card" aria-labelledby="history-heading">
				<h2 id="history-heading">History</h2>
				<account-history .account=${account.id} .version=${this.#etag}></account-history>
			</section>`;
	}

	#missing() {
		return html`
			<section class="narrow">
				<h1>${this.#problem.status === 404 ? "There is no such user" : "The user cannot be shown"}</h1>
				<p class="lead">${this.#problem.message}</p>
				<div class="button-row"><a class="button primary" href=${list.address}>Users</a>
					<button type="button" class="button" @click=${() => this.#load()}>Try Again</button></div>
			</section>`;
	}

	async #act(name) {
		if (await act(name, [this.#account])) await this.#readAgain();
	}

	/** Keeps what was typed. */
	async #readAgain() {
		const unsaved = JSON.stringify(this.#draft) === this.#saved ? undefined : this.#draft;
		await this.#load();
		if (this.#problem) status.failed(this.#problem.message);
		if (unsaved) this.#draft = unsaved;
		this.update();
	}

	async #save(event) {
		event.preventDefault();
		if (this.#saving) return;
		this.#saving = true;
		this.#errors = [];
		this.update();
		try {
			await (this.#id ? this.#change(this.#etag) : this.#create());
		} catch (problem) {
			if (problem.status === 412) await this.#resolve().catch((another) => this.#refused(another));
			else this.#refused(problem);
		} finally {
			this.#saving = false;
			this.update();
		}
	}

	async #create() {
		const content = JSON.stringify(this.#draft);
		if (this.#attempt.content !== content) this.#attempt = { content, key: freshKey() };
		const sent = structuredClone(this.#draft);
		const created = await jsonOf(await send("/api/users", { method: "POST", json: { ...sent, ...this.#proof() }, key: this.#attempt.key }));
		if (!await this.#isTaken(sent, { data: created }, `The user account ${created.username} has been created, but not as it was filled in.`)) return;
		await this.#leave(`The user account ${created.username} has been created. Two emails for each site are on their way to ${created.email}.`, "/users");
	}

	async #change(etag) {
		const sent = structuredClone(this.#draft);
		const answer = await change("PUT", `/api/users/${encodeURIComponent(this.#id)}`, { ...sent, ...this.#proof() }, etag);
		const { username } = answer.data;
		if (!await this.#isTaken(sent, answer, `Not all of the changes to ${username} have been saved.`)) return;
		await this.#leave(`The changes to ${username} have been saved.${credentialsSent(answer.data)}`, list.address);
	}

	/** Whether the account is now as it was sent. If not, the form stays as it was filled in, and says at each field what was not taken. */
	async #isTaken(sent, answer, otherwise) {
		const address = `/api/users/${encodeURIComponent(answer.data.id)}`;
		const words = async (field, value) => this.#inWords(field, value, field === "organizations" ? await organizations(value) : undefined);
		const { data, etag, errors } = await readAgain(address, sent, answer, FIELDS, words);
		if (errors.length === 0) return true;
		this.#id = data.id;
		this.#take(data, etag);
		this.#draft = structuredClone(sent);
		rewrite(`/users/${data.id}`);
		status.failed(otherwise);
		this.#showErrors(errors);
		return false;
	}

	async #leave(message, address) {
		this.#saved = JSON.stringify(this.#draft);
		status.doneBeforeNext(message);
		await navigate(address);
	}

	#refused(problem) {
		if (problem.errors.length === 0) status.failed(problem.message);
		this.#showErrors(problem.errors);
	}

	#showErrors(errors) {
		this.#errors = errors;
		this.#touched.clear();
		this.update();
		if (errors.length > 0) requestAnimationFrame(() => this.querySelector("#error-summary")?.focus());
	}

	/** Another save was quicker: shows what it changed, and lets the person decide. */
	async #resolve() {
		const { data, etag } = await getTagged(`/api/users/${encodeURIComponent(this.#id)}`);
		const before = JSON.parse(this.#saved);
		const theirs = draftOf(data);
		const differing = Object.keys(FIELDS).filter((field) => String(before[field]) !== String(theirs[field]));
		// A password that was set meanwhile is a new version too, and nothing that the form has.
		if (differing.length === 0) {
			await this.#change(etag);
			return;
		}
		const known = await organizations([...before.organizations, ...theirs.organizations, ...this.#draft.organizations]);
		const shown = (field, version) => this.#inWords(field, version[field], known) || "(blank)";
		const isMine = (field) => String(before[field]) !== String(this.#draft[field]);
		const answer = await ask({
			title: "This account has changed in the meantime",
			wide: true,
			body: html`
				<p>While you were editing, this account was saved by someone else, or by you in another window. Nothing of yours is lost.</p>
				<table class="diff"><caption class="visually-hidden">What was changed</caption>
					<thead><tr><th scope="col">Field</th><th scope="col">Before</th><th scope="col">Now</th><th scope="col">Yours</th></tr></thead>
					<tbody>${differing.map((field) => html`<tr><th scope="row">${labelOf(field)}</th><td>${shown(field, before)}</td>
						<td><ins>${shown(field, theirs)}</ins></td>
						<td>${isMine(field) ? html`<ins>${shown(field, this.#draft)}</ins>` : html`<span class="hint">not changed by you</span>`}</td></tr>`)}</tbody></table>`,
			buttons: [
				{ label: "Keep Those Changes Too", value: "merge", kind: "primary", focus: true },
				{ label: "Overwrite Them", value: "mine" },
				{ label: "Discard Mine", value: "theirs" },
			],
		});
		if (!answer) return;
		if (answer === "theirs") {
			this.#take(data, etag);
			return;
		}
		const mine = this.#draft;
		this.#take(data, etag);
		for (const field of Object.keys(FIELDS)) {
			if (answer === "mine" || String(mine[field]) !== String(before[field])) this.#draft[field] = mine[field];
		}
		this.update();
		if (answer === "mine") {
			await this.#change(etag).catch((problem) => this.#refused(problem));
		} else {
			status.done("Those changes are in the form now, beside yours. Look at it and save.");
		}
	}

	/** As the form shows it, not as the interface spells it. */
	#inWords(field, value, known) {
		switch (field) {
			case "role": return roleTitle(value);
			case "organizations": return value.map((code) => (known.has(code) ? organizationTitle(known.get(code)) : code)).join(", ");
			case "programs": return value.map((id) => this.#programName(id)).join(", ");
			default: return value;
		}
	}
}

/** Then there is nothing to choose. */
function atOneSchool() {
	const levels = session.reference.roles.find((role) => role.code === session.me.role)?.levels ?? [];
	return session.me.organizations.length === 1 && levels.length === 1 && levels[0] === "school";
}

function draftOf(account) {
	const draft = structuredClone(EMPTY);
	for (const field of Object.keys(EMPTY)) draft[field] = structuredClone(account[field] ?? EMPTY[field]);
	return draft;
}

customElements.define("user-screen", UserScreen);
