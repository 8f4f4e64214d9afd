import { freshKey, get, jsonOf, post, query, send } from "../api.js";
import { guardLeaving, navigate, rewrite } from "../router.js";
import { breakable } from "../ui/breakable.js";
import { counted, moment } from "../ui/dates.js";
import { confirm, tell } from "../ui/dialog.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { pager } from "../ui/pager.js";
import * as status from "../ui/status.js";
import { sitesInWords } from "../users/credentials.js";
import { ACTIONS, COLUMNS, countLines, csv, downloadErrors, downloadUpload } from "./imports.js";
import { follow } from "./progress.js";
import "./rejected-records.js";

const OUTCOMES = {
	created: ["good", "Created", "Would be created"], updated: ["good", "Updated", "Would be updated"], unchanged: ["", "Unchanged", "Unchanged"],
	rejected: ["bad", "Rejected", "Would be rejected"], pending: ["", "Waiting", "Waiting"],
};
const PAGE = 50;
const ALL = 500;

/** One import: how far it is, then its summary, its records, and the rejected ones to correct (guide, V.D and Table 5). */
class ImportScreen extends Element {
	#id;
	#fresh = false;
	#import;
	#problem;
	#rows;
	#outcome = "";
	#rejected = [];
	#columns = [];
	#spoken = "";
	#busy = false;
	/** What was sent last, with its key: the same again, after an answer that never came, is done once. */
	#attempt = {};

	connectedCallback() {
		super.connectedCallback();
		this.#id = this.route[1];
		this.#fresh = new URLSearchParams(location.search).has("fresh");
		if (this.#fresh) rewrite(location.pathname);
		guardLeaving(() => this.querySelector("rejected-records")?.unsaved ?? false, this.gone);
		document.addEventListener("portal:retry", () => this.#problem && this.#follow(), { signal: this.gone });
		this.#follow();
	}

	#follow() {
		this.#problem = undefined;
		follow(this.#id, (state) => this.#onState(state), (problem) => {
			this.#problem = problem;
			this.update();
		}, this.gone);
	}

	async #onState(state) {
		const before = this.#import;
		this.#import = { ...before, ...state };
		this.#speak();
		this.update();
		if (state.status !== "completed") return;
		await this.#readRows();
		if (this.#fresh || before?.status === "processing") await this.#popUp();
	}

	/** Read out at a quarter, a half, … : not at every step. */
	#speak() {
		const it = this.#import;
		if (it.status === "completed") this.#spoken = it.message ?? "";
		else if (it.total) this.#spoken = `${Math.floor(4 * it.done / it.total) * 25} percent of the records are done.`;
	}

	/** The pop-up of Table 5 with the summary, when the reader was waiting for it. */
	async #popUp() {
		this.#fresh = false;
		const it = this.#import;
		await tell({
			title: it.dryRun ? "Preview" : "File uploaded",
			wide: true,
			body: html`<p><strong>${it.message}</strong></p>${this.#counts()}
				${it.rejected > 0 && !it.dryRun ? html`<p>${this.#errorFile()}</p>` : nothing}`,
		});
		this.querySelector("h1")?.focus();
	}

	async #readRows() {
		try {
			const rejected = await get(`/api/imports/${this.#id}/rows?${query({ outcome: "rejected", size: ALL })}`);
			this.#rejected = rejected.items;
			this.#columns = Object.keys(rejected.items[0]?.cells ?? {});
			await this.#turn(0);
		} catch (problem) {
			this.#problem = problem;
			this.update();
		}
	}

	async #turn(page) {
		try {
			this.#rows = await get(`/api/imports/${this.#id}/rows?${query({ outcome: this.#outcome, page, size: PAGE })}`);
			this.#problem = undefined;
		} catch (problem) {
			this.#problem = problem;
		}
		this.update();
	}

	template() {
		const it = this.#import;
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a> › <a href="/users/imports">Import History</a></nav>
			<div class="title-row"><h1 tabindex="-1">Upload Users${it?.dryRun ? ": Preview" : ""}</h1>
				<a class="button" href="/users/import">${icon("upload")} Upload Another File</a></div>
			<p class="visually-hidden" role="status">${this.#spoken}</p>
			${this.#problem && !(it && this.#problem.away) ? this.#failure() : nothing}
			${it ? html`${this.#summary()}${it.status === "completed" ? this.#results() : nothing}`
				: this.#problem ? nothing : html`<div class="placeholder" role="status"><span class="visually-hidden">Loading the import</span></div>`}`;
	}

	/** Nothing comes of asking again for what is not there, or not for this person. */
	#failure() {
		return html`<div class="notice bad" role="alert">${icon("warning")}<span>${this.#problem.message}</span>
			${[403, 404].includes(this.#problem.status) ? html`<a class="button small" href="/users/imports">Import History</a>`
				: html`<button type="button" class="button small" @click=${() => this.#follow()}>Try Again</button>`}</div>`;
	}

	#summary() {
		const it = this.#import;
		const waiting = it.status !== "completed";
		return html`
			<section class="card" aria-labelledby="summary-heading">
				<h2 id="summary-heading">${it.fileName}</h2>
				<p class="hint">${ACTIONS[it.action]} · uploaded ${moment(it.submittedAt)} by ${it.submittedBy}</p>
				${this.#warnings()}
				${it.changedSincePreview ? html`<p class="notice caution">${icon("warning")}<span>${counted(it.changedSincePreview, "record")} came out
					otherwise than the preview said, because accounts were changed meanwhile. The list below says which.</span></p>` : nothing}
				${waiting ? this.#progress() : html`<p class="notice ${it.rejected === 0 ? (it.dryRun ? "" : "good") : it.processed === 0 ? "bad" : "caution"}">${icon(it.rejected === 0 ? "done" : "warning")}<strong>${it.message}</strong></p>`}
				${this.#counts()}
				<p class="downloads">${!waiting && it.rejected > 0 ? this.#errorFile() : nothing}
					${it.keptUntil ? html`<button type="button" class="link" @click=${() => downloadUpload(it)}>${icon("file")} Download the uploaded file</button>` : nothing}</p>
				${!waiting && it.dryRun ? this.#commit() : nothing}
			</section>`;
	}

	#warnings() {
		const same = this.#import.warnings?.find((warning) => warning.code === "same-content");
		if (!same) return nothing;
		return html`<p class="notice caution">${icon("warning")}<span>${same.message}
			${same.importId ? html`<a href="/users/imports/${same.importId}">See that import</a>.` : nothing}</span></p>`;
	}

	#progress() {
		const it = this.#import;
		const ahead = it.rowsAhead ?? 0;
		return html`
			<p id="progress-text">${it.done === 0 && ahead > 0 ? `Waiting: ${counted(ahead, "record")} of earlier files come first.`
				: `${it.done ?? 0} of ${counted(it.total, "record")} done.`}
				${it.secondsLeft ? `About ${counted(Math.ceil(it.secondsLeft), "second")} left.` : nothing}</p>
			<progress aria-labelledby="progress-text" max=${it.total || 1} .value=${it.done ?? 0}></progress>
			<p class="hint">You can leave this page: the import goes on, and Import History has its result.</p>`;
	}

	#counts() {
		return html`<ul class="counts">${countLines(this.#import).map(([label, count]) => html`<li><span>${label}:</span> <strong>${count}</strong></li>`)}</ul>`;
	}

	#errorFile() {
		return html`<button type="button" class="link" @click=${() => downloadErrors(this.#id)}>${icon("download")} Download records with errors</button>`;
	}

	#commit() {
		const it = this.#import;
		const committed = it.committedAs;
		if (committed) return html`<p>This preview has been applied: <a href="/users/imports/${committed}">see the import</a>.</p>`;
		if (it.processed === 0) return nothing;
		return html`
			${it.mails ? html`<p>${counted(it.mails, "email")} would be sent.</p>` : nothing}
			<div class="button-row"><button type="button" class="button primary" ?disabled=${this.#busy} @click=${() => this.#apply()}>Apply These Changes</button></div>`;
	}

	async #apply() {
		const it = this.#import;
		const sure = await confirm({
			title: "Apply these changes?",
			body: html`<p>${counted(it.created, "user account")} will be created and ${counted(it.updated, "user account")} updated. Rejected records
				stay out.</p>`,
			action: "Apply",
		});
		if (!sure) return;
		this.#busy = true;
		this.update();
		try {
			const applied = await post(`/api/imports/${this.#id}/commit`);
			await navigate(`/users/imports/${applied.id}?fresh`);
		} catch (problem) {
			status.failed(problem.message);
		} finally {
			this.#busy = false;
			this.update();
		}
	}

	#results() {
		return html`
			${this.#rejected.length ? html`
				<rejected-records .records=${this.#rejected} .columns=${this.#columns} .dryRun=${this.#import.dryRun}
					@resubmit=${(event) => this.#resubmit(event.detail)}></rejected-records>` : nothing}
			${this.#rows ? this.#table() : nothing}`;
	}

	#table() {
		const choices = ["created", "updated", "unchanged", "rejected"].filter((outcome) => this.#import[outcome] > 0);
		return html`
			<section aria-labelledby="records-heading">
				<div class="title-row">
					<h2 id="records-heading">${this.#import.dryRun ? "What the file would do" : "All records"}</h2>
					<label class="check">Show <select @change=${(event) => {
						this.#outcome = event.target.value;
						this.#turn(0);
					}}><option value="">all records</option>${choices.map((it) => html`<option value=${it}>${OUTCOMES[it][1].toLowerCase()} (${this.#import[it]})</option>`)}</select></label>
				</div>
				<div class="table-holder">
					<table class="stacked" role="table">
						<caption class="visually-hidden">Records of the file and their outcome</caption>
						<thead role="rowgroup"><tr role="row"><th role="columnheader">Record</th><th role="columnheader">Username</th>
							<th role="columnheader">Outcome</th><th role="columnheader">Details</th></tr></thead>
						<tbody role="rowgroup">${this.#rows.items.map((row) => this.#row(row))}</tbody>
					</table>
				</div>
				${pager(this.#rows, (page) => this.#turn(page))}
			</section>`;
	}

	#row(row) {
		const [kind, done, would] = OUTCOMES[row.outcome];
		const username = Object.entries(row.cells).find(([column]) => column.toLowerCase() === "username")?.[1] ?? "";
		return html`<tr role="row">
			<td role="cell" data-label="Record">${row.recordNumber}</td>
			<td role="cell" data-label="Username">${row.userId && !this.#import.dryRun ? html`<a href="/users/${row.userId}">${breakable(username)}</a>` : breakable(username)}</td>
			<td role="cell"><span class="tag ${kind}">${this.#import.dryRun ? would : done}</span>
				${row.preview ? html`<br><span class="hint">The preview said: ${OUTCOMES[row.preview.outcome][2].toLowerCase()}</span>` : nothing}</td>
			<td role="cell">${row.notes.length ? row.notes.map((note) => note.message).join("; ") : nothing}${this.#changes(row.changes ?? [])}
				${row.credentialsSent?.length ? html`<p class="hint">New credentials for ${sitesInWords(row.credentialsSent)}
					${this.#import.dryRun ? "would be" : "were"} sent to the new address.</p>` : nothing}</td>
		</tr>`;
	}

	#changes(changes) {
		if (changes.length === 0) return nothing;
		return html`<ul class="plain-list">${changes.map((it) => html`<li>${COLUMNS[it.field] ?? it.field}:
			${it.before ? html`<del>${it.before}</del> → ` : nothing}${it.after ? html`<ins>${it.after}</ins>` : html`<ins>(blank)</ins>`}</li>`)}</ul>`;
	}

	/** The corrected records alone, as a file of their own with the same columns. */
	async #resubmit(rows) {
		const it = this.#import;
		const name = `${it.fileName.replace(/(-corrected)?\.csv$/i, "")}-corrected.csv`;
		const content = csv(this.#columns, rows);
		if (this.#attempt.content !== content) this.#attempt = { content, key: freshKey() };
		const form = new FormData();
		form.append("action", it.action);
		form.append("dryRun", String(it.dryRun));
		form.append("file", new File([content], name, { type: "text/csv" }));
		try {
			const accepted = await jsonOf(await send("/api/imports", { method: "POST", body: form, key: this.#attempt.key }));
			this.#attempt = {};
			this.querySelector("rejected-records").settle();
			await navigate(`/users/imports/${accepted.id}?fresh`);
		} catch (problem) {
			status.failed(problem.uncertain ? `${problem.message} Sent once more, it is not taken twice.` : `Nothing was uploaded. ${problem.message}`);
		}
	}
}

customElements.define("import-screen", ImportScreen);
