import { get } from "../api.js";
import { decisionName } from "../confirmation/words.js";
import { labelOf } from "../fields.js";
import { codesOf, schools } from "../imports/grid-row.js";
import { organizations, organizationTitle, roleTitle } from "../session.js";
import { breakable } from "../ui/breakable.js";
import { moment } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { addressOf } from "./accounts.js";
import { siteName } from "./credentials.js";
import { programName } from "./in-words.js";

const WHAT = {
	created: "Created", updated: "Edited", deactivated: "Deactivated", reactivated: "Reactivated", "password-changed": "Password changed",
	"credentials-sent": "New credentials sent", "api-client-made": "System connected", "api-client-revoked": "System disconnected",
	confirmed: "Confirmed",
};

/** What happened to an account: when, who, by which way, what before and after. Newest first. */
class AccountHistory extends Element {
	#account;
	#version;
	#entries = [];
	#list;
	#problem;
	/** Of the organizations that entries tell of, by code. */
	#names = new Map();
	/** Of the files that entries tell of, by their import. */
	#files = new Map();

	set account(id) {
		this.#account = id;
	}

	/** Reads again when the account was changed. */
	set version(version) {
		if (version === this.#version) return;
		this.#version = version;
		this.#load(0);
	}

	async #load(page) {
		try {
			this.#list = await get(`${addressOf(this.#account)}/history?page=${page}&size=20`);
			this.#entries = page === 0 ? this.#list.items : [...this.#entries, ...this.#list.items];
			this.#problem = undefined;
			this.#nameOrganizations();
			this.#nameFiles();
		} catch (problem) {
			this.#problem = problem;
		}
		this.update();
	}

	async #nameOrganizations() {
		const changes = this.#entries.flatMap((entry) => entry.changes).filter(({ field }) => field === "organizations");
		const codes = changes.flatMap(({ before, after }) => [before, after]).flatMap((value) => codesOf(value ?? ""));
		const found = await organizations([...new Set(codes)]).catch(() => new Map());
		for (const [code, organization] of found) this.#names.set(code, organizationTitle(organization));
		this.update();
	}

	/** One that this person does not see, or that is gone, has no name. */
	async #nameFiles() {
		const imports = new Set(this.#entries.map(({ importId }) => importId).filter((id) => id && !this.#files.has(id)));
		await Promise.all([...imports].map(async (id) => {
			const { fileName } = await get(`/api/imports/${id}`, { quiet: true }).catch(() => ({}));
			if (fileName) this.#files.set(id, fileName);
		}));
		this.update();
	}

	#shown(field, value) {
		switch (field) {
			case "role": return roleTitle(value);
			case "organizations": return schools(value, (code) => this.#names.get(code));
			case "programs": return codesOf(value).map(programName).join(", ");
			default: return value;
		}
	}

	template() {
		if (this.#problem && this.#entries.length === 0) return html`<p class="hint">${this.#problem.message}</p>`;
		if (!this.#list) return html`<p class="hint">Loading …</p>`;
		const more = this.#list.page + 1 < this.#list.totalPages;
		return html`
			${this.#entries.length === 0 ? html`<p class="hint">Nothing yet.</p>` : nothing}
			<ol class="history">${this.#entries.map((entry) => this.#entry(entry))}</ol>
			${this.#problem ? html`<p class="field-error" role="alert">${this.#problem.message}</p>` : nothing}
			${more ? html`<button type="button" class="button small" @click=${() => this.#load(this.#list.page + 1)}>Show Earlier</button>` : nothing}`;
	}

	#entry(entry) {
		return html`
			<li>
				<strong>${WHAT[entry.what] ?? entry.what}</strong>${entry.sites.length && entry.what !== "created" ? html` <span class="hint">${entry.sites.map(siteName).join(", ")}</span>` : nothing}
				${entry.apiClients?.length ? html`<ul>${entry.apiClients.map((it) => html`<li>${it.name}</li>`)}</ul>` : nothing}
				${entry.confirmation ? confirmation(entry.confirmation) : nothing}
				<p class="hint">${moment(entry.at)} ${this.#author(entry)}</p>
				${entry.changes.length && entry.what !== "created" ? html`<ul>${entry.changes.map((it) => html`<li>${labelOf(it.field)}:
					${it.before ? html`<del>${this.#shown(it.field, it.before)}</del>` : "(blank)"} → ${it.after ? html`<ins>${this.#shown(it.field, it.after)}</ins>` : "(blank)"}</li>`)}</ul>` : nothing}
			</li>`;
	}

	#author(entry) {
		const by = entry.by ? `by ${entry.by.name}` : "";
		switch (entry.way) {
			// Whose is out of sight has no id here.
			case "import": return entry.importId
				? html`${by} by ${this.#import(entry.importId)}, record ${entry.recordNumber}`
				: "by import";
			case "training-form": return `${by} at the ${siteName("training")}`;
			case "api-client": return `${by} by connected system ${entry.clientId ?? ""}`;
			case "system": return "by the system";
			default: return by;
		}
	}

	#import(id) {
		const address = `/users/imports/${id}`;
		const file = this.#files.get(id);
		return file ? html`import <a href=${address}>${breakable(file)}</a>` : html`<a href=${address}>import</a>`;
	}
}

function confirmation({ id, name, decision, before }) {
	return html`<ul><li>${before ? html`<del>${decisionName(before)}</del> → <ins>${decisionName(decision)}</ins>` : decisionName(decision)}, in
		<a href="/users/confirmations/${id}">${name}</a></li></ul>`;
}

customElements.define("account-history", AccountHistory);
