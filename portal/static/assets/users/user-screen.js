import { freshKey } from "../api.js";
import { guardLeaving, navigate, rewrite } from "../router.js";
import { isMe, manages, organizations, organizationTitle, owns, session } from "../session.js";
import { breakable } from "../ui/breakable.js";
import { Element } from "../ui/element.js";
import { errorOf, errorSummary } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import * as status from "../ui/status.js";
import { Draft } from "./account-draft.js";
import { contactInformation, rolesAndOrganizations } from "./account-fields.js";
import { accountState } from "./account-state.js";
import { create, read, save } from "./accounts.js";
import { act } from "./actions.js";
import { askWhose } from "./conflict.js";
import { credentialsSent } from "./credentials.js";
import { NOT_BY_YOUR_ROLE } from "./in-words.js";
import { list } from "./list.js";
import { undoOfChange } from "./undo-change.js";

/** Create New User and Edit User (guide, V.B): who may change what of an account, and what becomes of a save. */
class UserScreen extends Element {
	/** What the shell has found in the address. @type {RegExpMatchArray} */
	route;
	#id;
	#account;
	#etag;
	#draft = new Draft();
	#errors = [];
	/** Fields that were changed since they were refused: what is in them now is not what was wrong. */
	#touched = new Set();
	/** A new user's address is their username, as the guide wants it, until another one is typed. */
	#emailFollows = true;
	#problem;
	#saving = false;
	/** Organizations of which the directory has told, by code. */
	#known = new Map();
	/** The last attempt at creating: the same again has the same key, so that nobody is created twice. */
	#attempt = {};

	async connectedCallback() {
		super.connectedCallback();
		this.#id = location.pathname === "/users/new" ? undefined : this.route[1];
		guardLeaving(() => !this.#saving && this.#draft.isAnythingChanged, this.gone);
		if (this.#id) {
			document.addEventListener("portal:retry", () => this.#account ?? this.#load(), { signal: this.gone });
			await this.#load();
			return;
		}
		this.#draft = new Draft({ organizations: organizationsAtFirst() });
		this.#nameOrganizations();
	}

	/** Keeps what was typed. */
	async #load() {
		try {
			const { data, etag } = await read(this.#id);
			this.#take(data, etag, this.#draft.over(data));
			this.#problem = undefined;
		} catch (problem) {
			this.#problem = problem;
		}
		this.update();
	}

	#take(account, etag, draft) {
		this.#account = account;
		this.#etag = etag;
		this.#draft = draft;
		this.#errors = [];
		this.#nameOrganizations();
		this.update();
		this.closest("portal-shell")?.setTitle(`Edit User ${account.username}`);
	}

	async #nameOrganizations() {
		const found = await organizations(this.#draft.values.organizations).catch(() => new Map());
		for (const [code, organization] of found) this.#known.set(code, organization);
		this.update();
	}

	#set(field, value) {
		this.#draft.set(field, value);
		this.#touched.add(field);
		if (field === "email") this.#emailFollows = false;
		if (field === "username" && this.#emailFollows) {
			this.#draft.set("email", value.includes("@") ? value : "");
			this.#touched.add("email");
		}
		if (field === "organizations") this.#nameOrganizations();
		this.update();
	}

	template() {
		if (this.#id && !this.#account) return this.#problem ? this.#missing() : html`<div class="placeholder" role="status"><span class="visually-hidden">Loading the user</span></div>`;
		const account = this.#account;
		const name = account ? `${account.firstName} ${account.lastName}` : "New User";
		const mayChange = !account || (manages(account) && account.status === "active");
		const outside = this.#outside();
		const form = {
			account, name, outside, known: this.#known, values: this.#draft.values,
			errorOf: (field) => (this.#touched.has(field) ? undefined : errorOf(this.#errors, field)),
			set: (field, value) => this.#set(field, value),
		};
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href=${list.address}>${list.title}</a></nav>
			<form novalidate @submit=${(event) => this.#save(event)}>
				<h1>${account ? html`Edit User ${breakable(account.username)} (${name})` : "Create New User"}</h1>
				${mayChange ? html`
					<div class="button-row form-buttons">
						<button class="button primary" aria-disabled=${this.#saving ? "true" : nothing}>Save User</button>
						<button type="button" class="button" @click=${() => navigate(list.address)}>Cancel</button>
					</div>` : html`<p class="notice">${whyNot(account)}</p>`}
				${mayChange && outside.length ? html`<p class="notice">${icon("lock")}<span><strong>Also at ${inOneLine(outside.map((code) => organizationTitle(this.#known.get(code))))}.</strong>
					Here you can add or remove your own organizations. The MCAS Service Center, or somebody who has all of these organizations, can change
					the rest.</span></p>` : nothing}
				${errorSummary(this.#errors.filter(({ field }) => !this.#touched.has(field)))}
				<div class="columns">
					<fieldset class="card" ?disabled=${!mayChange || outside.length > 0}>
						<legend><h2>Contact Information</h2></legend>
						<p class="hint">Fields with a red asterisk (<span class="star">*</span>) are required.</p>
						${contactInformation(form)}
					</fieldset>
					<div>
						<fieldset class="card" ?disabled=${!mayChange}>
							<legend><h2>Roles &amp; Organizations</h2></legend>
							${rolesAndOrganizations(form)}
						</fieldset>
						${account ? accountState(account, {
							version: this.#etag,
							act: (what) => this.#act(what),
							changed: () => this.#readAgain(),
						}) : nothing}
					</div>
				</div>
			</form>`;
	}

	/** The account's organizations that are not within one's own. */
	#outside() {
		return (this.#account?.organizations ?? []).filter((code) => this.#known.has(code) && !owns(this.#known.get(code)));
	}

	#missing() {
		return html`
			<section class="narrow">
				<h1>${this.#problem.status === 404 ? "There is no such user" : "The user cannot be shown"}</h1>
				<p class="lead">${this.#problem.message}</p>
				<div class="button-row"><a class="button primary" href=${list.address}>${list.title}</a>
					<button type="button" class="button" @click=${() => this.#load()}>Try Again</button></div>
			</section>`;
	}

	async #act(name) {
		if (await act(name, [this.#account], this.gone, { undone: () => this.#readAgain() })) await this.#readAgain();
	}

	async #readAgain() {
		await this.#load();
		if (this.#problem) status.failed(this.#problem.message);
	}

	async #save(event) {
		event.preventDefault();
		if (this.#saving) return;
		this.#saving = true;
		this.#errors = [];
		this.update();
		try {
			await (this.#id ? this.#change() : this.#create());
		} catch (problem) {
			if (problem.status === 412) await this.#resolve().catch((another) => this.#refused(another));
			else this.#refused(problem);
		} finally {
			this.#saving = false;
			this.update();
		}
	}

	async #create() {
		const sent = this.#draft.values;
		const content = JSON.stringify(sent);
		if (this.#attempt.content !== content) this.#attempt = { content, key: freshKey() };
		const saved = await create(sent, this.#attempt.key);
		const { username, email } = saved.answered;
		if (saved.errors.length > 0) this.#stay(sent, saved, `The user account ${username} has been created, but not as it was filled in.`);
		else await this.#leave(`The user account ${username} has been created. Two emails for each site are on their way to ${email}.`, "/users", { links: [
			{ label: "View", address: `/users/${saved.answered.id}` },
			{ label: "Create another", address: `/users/new${location.search}` },
		] });
	}

	async #change() {
		const before = this.#account;
		const sent = this.#draft.values;
		const saved = await save(this.#id, sent, this.#etag);
		const { username } = saved.answered;
		if (saved.errors.length > 0) this.#stay(sent, saved, `Not all of the changes to ${username} have been saved.`);
		else await this.#leave(`The changes to ${username} have been saved.${credentialsSent(saved.answered)}`, list.address, { action: undoOfChange(before, saved) });
	}

	/** Whoever has gone on meanwhile stays there. */
	async #leave(message, address, next = undefined) {
		if (this.gone.aborted) {
			status.done(message, next);
			return;
		}
		status.doneBeforeNext(message, next);
		await navigate(address);
	}

	/**
	 * The account is not now as it was sent: the form stays as it was filled in, and says at each field what was not taken.
	 *
	 * @param {object} sent @param {import("./accounts.js").Saved} saved @param {string} message
	 */
	#stay(sent, { data, etag, errors }, message) {
		this.#id = data.id;
		this.#take(data, etag, new Draft(data, sent));
		rewrite(`/users/${data.id}`);
		status.failed(message);
		this.#showErrors(errors);
	}

	#refused(problem) {
		if (problem.errors.length === 0) status.failed(problem.message);
		this.#showErrors(inTheForm(problem.errors, this.#draft.values));
	}

	#showErrors(errors) {
		this.#errors = errors;
		this.#touched.clear();
		this.update();
		if (errors.length > 0) requestAnimationFrame(() => this.querySelector("#error-summary")?.focus());
	}

	async #resolve() {
		const { data, etag } = await read(this.#id);
		const draft = this.#draft;
		// A password that was set meanwhile is a new version too, and nothing that the form has.
		const whose = draft.changedIn(data).length === 0 ? "mine" : await askWhose(draft, data, this.gone);
		switch (whose) {
			case "theirs":
				this.#take(data, etag, new Draft(data));
				break;
			case "merge":
				this.#take(data, etag, draft.over(data));
				status.done("Those changes are in the form now, beside yours. Check the form, then save.");
				break;
			case "mine":
				this.#take(data, etag, new Draft(data, draft.values));
				await this.#change();
				break;
			default: // not decided
		}
	}
}

const CHOOSE = {
	role: "Choose a role",
	organizations: "Choose at least one organization",
};

/** Where nothing was chosen, that is to be said; the words of the guide's Table 6 are for what a file has. */
function inTheForm(errors, filledIn) {
	return errors.map((error) => (CHOOSE[error.field] && filledIn[error.field].length === 0 ? { ...error, message: CHOOSE[error.field] } : error));
}

/** Where the list was of one organization, that one; where there is nothing to choose, one's own school. */
function organizationsAtFirst() {
	const wanted = new URLSearchParams(location.search).get("organization");
	if (wanted) return [wanted];
	const { role, organizations: own } = session.me;
	const levels = session.reference.roles.find((it) => it.code === role)?.levels ?? [];
	return own.length === 1 && levels.length === 1 && levels[0] === "school" ? own : [];
}

const LISTED = new Intl.ListFormat("en-US");
const NAMED = 3;

/** "Adams Elementary (Boston), and 12 others" where there are more than anybody reads. */
function inOneLine(titles) {
	const more = titles.length - NAMED;
	return LISTED.format(more > 1 ? [...titles.slice(0, NAMED), `${more} others`] : titles);
}

/** Why an account is not to be changed here. */
function whyNot(account) {
	if (isMe(account)) return html`This is your own account: change it in <a href="/profile">your profile</a>.`;
	return account.status === "deactivated" ? "This account is deactivated. Reactivate it to change it."
		: NOT_BY_YOUR_ROLE;
}

customElements.define("user-screen", UserScreen);
