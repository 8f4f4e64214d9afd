import { get } from "../api.js";
import { moment } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { failure } from "../ui/failure.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const TRACE = /[0-9a-f]{32}/i;
const RECORD = /(?:^|[^0-9a-f-])(\d{1,4})$/;

/** What somebody has pasted: an address or a line of a log may be around it. @returns {{id?: string, record?: string, trace?: string}} */
export function meant(text) {
	const id = text.match(ID)?.[0].toLowerCase();
	if (id) return { id, record: text.slice(text.search(ID) + id.length).trim().match(RECORD)?.[1] };
	return { trace: text.match(TRACE)?.[0].toLowerCase() };
}

/** Nothing where it is none of these. */
const orNothing = (promise) => promise.catch((problem) => {
	if (problem.status === 404) return undefined;
	throw problem;
});

/**
 * The way of an import, of one of its records, of an account, or of what has a trace.
 *
 * Properties: <code>letters</code> the dead letters that are open.
 */
class TimelineSearch extends Element {
	letters = [];
	#text = "";
	#found;
	#problem;
	#asked = "";

	template() {
		return html`
			<form class="search" role="search" @submit=${(event) => this.#search(event)}>
				<label class="visually-hidden" for="timeline-search">Import, account or trace</label>
				<input type="search" id="timeline-search" placeholder="Import, account or trace" autocomplete="off" spellcheck="false" maxlength="300" .value=${this.#text}
					@input=${(event) => {
						this.#text = event.target.value;
					}}>
				<button class="icon-button" aria-label="Search">${icon("search")}</button>
			</form>
			<div role="status">${this.#problem ? failure(this.#problem, nothing) : this.#found ? this.#result() : nothing}</div>`;
	}

	async #search(event) {
		event.preventDefault();
		const { id, record, trace } = meant(this.#text);
		const asked = this.#asked = this.#text;
		this.#problem = undefined;
		try {
			const found = { id, trace, ...id ? await this.#byId(id, record) : {} };
			if (asked === this.#asked) this.#found = found;
		} catch (problem) {
			this.#problem = problem;
		}
		this.update();
	}

	async #byId(id, record) {
		const read = (address) => orNothing(get(`/api/operations/${address}`, { signal: this.gone }));
		const [imported, account, row] = await Promise.all([read(`imports/timeline/${id}`), read(`users/timeline/${id}`),
			record ? read(`imports/timeline/${id}/rows/${record}`) : undefined]);
		return { imported, account, row, record };
	}

	#result() {
		const { id, trace, imported, account, row, record } = this.#found;
		if (!id && !trace) return html`<p class="hint">Enter the id of an import or of an account, or the 32 signs of a trace.</p>`;
		if (imported) return html`${this.#import(imported)}${record ? this.#row(record, row) : nothing}${this.#ofTrace(imported.traceId)}`;
		if (account) return this.#account(account);
		return trace ? this.#ofTrace(trace, true) : html`<p class="hint">There is no import and no account with this id.</p>`;
	}

	#import(it) {
		return html`<section class="card"><h2>Import ${it.id}</h2>
			<ol class="history">
				<li><strong>Submitted</strong><p class="hint">${moment(it.submittedAt)} by ${it.submittedBy}; ${it.action}${it.dryRun ? ", a preview" : ""}</p></li>
				<li><strong>Sent ${it.dispatched} of ${it.total} records</strong>${it.redispatches ? html`<p class="hint">${it.redispatches} sent again</p>` : nothing}</li>
				<li><strong>Done ${it.done} of ${it.total} records</strong><p class="hint">${it.progressAt ? `Last ${moment(it.progressAt)}` : "None yet"}</p></li>
				<li><strong>${it.completedAt ? "Completed" : "Not completed"}</strong>${it.completedAt ? html`<p class="hint">${moment(it.completedAt)}</p>` : nothing}</li>
			</ol>
			${it.traceId ? html`<p class="hint">Trace ${it.traceId}</p>` : nothing}</section>`;
	}

	#row(record, row) {
		return html`<p class="notice">${row ? html`<span>Record ${record}: ${row.stage}${row.codes.length ? ` (${row.codes.join(", ")})` : ""}${row.accountId
			? html`, account ${row.accountId}` : nothing}</span>` : `There is no record ${record} in this import.`}</p>`;
	}

	#account(it) {
		return html`<section class="card"><h2>Account ${it.id}</h2>
			<p>Version ${it.version}, ${it.status}. ${Object.entries(it.mails).map(([site, how]) => `Emails of ${site}: ${how}.`).join(" ")}</p>
			<ol class="history">${it.steps.map((step) => html`<li><strong>${step.what}</strong> <span class="hint">version ${step.version}</span>
				<p class="hint">${moment(step.at)}${step.by ? ` by ${step.by}` : ""}, ${step.way}${step.importId ? ` (import ${step.importId}, record ${step.recordNumber})` : ""}${step.fields?.length
					? `: ${step.fields.join(", ")}` : ""}</p></li>`)}</ol></section>`;
	}

	#ofTrace(trace, alone = false) {
		const letters = trace ? this.letters.filter((letter) => letter.traceId === trace) : [];
		if (letters.length === 0) return alone ? html`<p class="hint">No open dead letter has this trace. The tracing system has the rest of it.</p>` : nothing;
		return html`<section class="card"><h2>Dead letters of trace ${trace}</h2>
			<ul>${letters.map((letter) => html`<li>${letter.origin}: ${letter.type}, ${moment(letter.at)}</li>`)}</ul></section>`;
	}
}

customElements.define("timeline-search", TimelineSearch);
