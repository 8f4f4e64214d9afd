import { organizations, organizationTitle } from "../session.js";
import { breakable } from "../ui/breakable.js";
import { debounced, Element } from "../ui/element.js";
import { html, nothing, repeat } from "../ui/html.js";
import { sitesInWords } from "../users/credentials.js";
import { changeList } from "./changes.js";
import { codesOf, roleName } from "./grid-row.js";
import { outcomeWords, stateOf } from "./states.js";

/** Groups up to this size are open from the beginning. */
const SMALL = 25;
/** Of a preview, and of what was applied. */
const SHORT = {
	created: ["new", "created"], updated: ["changed", "updated"], unchanged: ["unchanged", "unchanged"], rejected: ["to correct", "rejected"],
	corrected: ["", "corrected but not applied yet"], unknown: ["not checked", "changed but not checked"], pending: ["", "sent"],
};

/** What the file does, or would do, school by school: whom it is about, as what, and what changes. */
class SchoolGroups extends Element {
	/** @type {import("./sheet.js").Sheet} */
	#sheet;
	#known = new Map();
	/** Codes that the directory was asked about: those that it does not know once. */
	#asked = new Set();
	#opened = new Map();
	#later = debounced(() => this.#look(), 300);

	/** @param {import("./sheet.js").Sheet} sheet */
	set sheet(sheet) {
		if (this.#sheet === sheet) return;
		this.#sheet = sheet;
		sheet.addEventListener("changed", () => this.#later(), { signal: this.gone });
		this.#look();
	}

	async #look() {
		this.update();
		const codes = [...new Set(this.#sheet.rows.flatMap((row) => codesOf(row.value("Org"))))].filter((code) => !this.#asked.has(code));
		if (codes.length === 0) return;
		for (const code of codes) this.#asked.add(code);
		for (const [code, it] of await organizations(codes).catch(() => new Map())) this.#known.set(code, it);
		this.update();
	}

	/** Somebody of two schools is in both; what has no known one comes first. */
	#groups() {
		const groups = new Map();
		for (const row of this.#sheet.rows) {
			const known = codesOf(row.value("Org")).filter((code) => this.#known.has(code));
			for (const code of known.length ? known : [""]) groups.set(code, [...groups.get(code) ?? [], row]);
		}
		const titles = new Map([...groups.keys()].map((code) => [code, code && organizationTitle(this.#known.get(code))]));
		return [...groups].sort(([one], [other]) => titles.get(one).localeCompare(titles.get(other)));
	}

	template() {
		const sheet = this.#sheet;
		if (!sheet) return nothing;
		const groups = this.#groups();
		return html`
			<section aria-labelledby="schools-heading">
				<h2 id="schools-heading">${sheet.applied ? "What became of each record, by school" : "What the preview says, by school"}</h2>
				${repeat(groups, ([code]) => code, ([code, rows]) => this.#group(code, rows))}
			</section>`;
	}

	/** Of what was applied that holds; what is corrected and was not applied since is apart. */
	#countsOf(rows) {
		const { applied, isEditable } = this.#sheet;
		const before = (row) => (row.checking ? "unknown" : row.outcome);
		const since = (row) => (row.isMended ? "corrected" : row.outcome === "unknown" && "unknown");
		const after = (row) => since(row) || row.stored.outcome;
		const kinds = rows.map(applied ? after : before);
		return Object.keys(SHORT).map((kind) => [kinds.filter((it) => it === kind).length, SHORT[kind][applied || (kind === "rejected" && !isEditable) ? 1 : 0]])
			.filter(([count]) => count).map((it) => it.join(" ")).join(", ");
	}

	#group(code, rows) {
		const open = this.#opened.get(code) ?? this.#sheet.rows.length <= SMALL;
		return html`
			<details class="school" ?open=${open} @toggle=${(event) => {
				if (this.#opened.get(code) === event.target.open) return;
				this.#opened.set(code, event.target.open);
				this.update();
			}}>
				<summary><span class="school-name">${code ? html`${organizationTitle(this.#known.get(code))} <small>${code}</small>` : "No organization found"}</span>
					<span class="school-counts">${this.#countsOf(rows)}</span></summary>
				${open ? this.#table(code, rows) : nothing}
			</details>`;
	}

	#table(code, rows) {
		return html`<div class="table-holder"><table class="stacked" role="table">
			<thead role="rowgroup"><tr role="row"><th role="columnheader">Record</th><th role="columnheader">Name</th><th role="columnheader">Username</th>
				<th role="columnheader">Role</th><th role="columnheader">Outcome</th></tr></thead>
			<tbody role="rowgroup">${repeat(rows, (row) => row.record, (row) => this.#row(code, row))}</tbody></table></div>`;
	}

	#row(code, row) {
		const { applied } = this.#sheet;
		const { kind, words } = stateOf(row, applied);
		const { preview, userId } = row.stored;
		const username = row.value("Username");
		const elsewhere = codesOf(row.value("Org")).filter((it) => it !== code).map((it) => this.#known.get(it)?.name ?? it);
		const sent = row.verdict ? [] : row.stored.credentialsSent ?? [];
		return html`<tr role="row">
			<td role="cell" data-label="Record">${row.record}</td>
			<td role="cell" data-label="Name">${row.name}${code && elsewhere.length ? html`<br><span class="hint">also at ${elsewhere.join(", ")}</span>` : nothing}</td>
			<td role="cell" data-label="Username">${userId && applied ? html`<a href="/users/${userId}">${breakable(username)}</a>` : breakable(username)}</td>
			<td role="cell" data-label="Role">${roleName(row.value("Role"))}</td>
			<td role="cell"><span class="tag ${kind}">${words}</span>
				${preview ? html`<br><span class="hint">The preview said: ${outcomeWords(preview.outcome, false).toLowerCase()}</span>` : nothing}
				${row.isFaulty && !row.checking ? html`<p class="hint">${row.judgement.notes.map((it) => it.message).join("; ")}</p>` : nothing}
				${row.warnings.map((it) => html`<p class="hint">Warning: ${it.message}</p>`)}${changeList(row.judgement.changes ?? [])}
				${sent.length ? html`<p class="hint">New credentials for ${sitesInWords(sent)} ${applied ? "were" : "would be"} sent to the new address.</p>` : nothing}</td>
		</tr>`;
	}
}

customElements.define("school-groups", SchoolGroups);
