import { get } from "../api.js";
import { navigate, rewrite } from "../router.js";
import { session } from "../session.js";
import { counted } from "../ui/dates.js";
import { tell } from "../ui/dialog.js";
import { Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import * as status from "../ui/status.js";
import "../undo/undo-records.js";
import "../undo/undo-state.js";
import { undoSummary } from "../undo/undo-summary.js";
import "./import-paper.js";
import { apply } from "./apply.js";
import { Corrections } from "./corrections.js";
import { saverOf } from "./drafts.js";
import "./fix-all.js";
import { counts, errorFile, isAsItCame, summary } from "./import-summary.js";
import { readSheet } from "./loading.js";
import "./other-action.js";
import { follow } from "./progress.js";
import "./record-sheet.js";
import "./school-groups.js";
import { popUpTitle } from "./words.js";

/**
 * One file to its end: how far it is, what it did or would do, its records to correct, and what of it is still open (guide, V.D and
 * Table 5).
 */
class ImportScreen extends Element {
	/** What the shell has found in the address. @type {RegExpMatchArray} */
	route;
	#id;
	#fresh = false;
	#import;
	#problem;
	/** @type {import("./sheet.js").Sheet | undefined} */
	#sheet;
	/** Of those who may correct. @type {Corrections | undefined} */
	#corrections;
	/** Ends what belongs to the records as they were read. */
	#reading = new AbortController();
	#readings = 0;
	/** Imports that carry out corrections of this one, as far as they are. @type {Map<string, any>} */
	#following = new Map();
	/** Each of them when it is done. @type {Map<string, Promise<any>>} */
	#ends = new Map();
	#sheetWanted = false;
	#busy = false;

	connectedCallback() {
		super.connectedCallback();
		this.#id = this.route[1];
		this.#fresh = new URLSearchParams(location.search).has("fresh");
		if (this.#fresh) rewrite(location.pathname);
		this.gone.addEventListener("abort", () => this.#reading.abort());
		document.addEventListener("portal:retry", () => this.#problem && this.#follow(), { signal: this.gone });
		document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#lookAgain(), { signal: this.gone });
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
		this.update();
		if (state.status !== "completed") return;
		if (!state.undo) await this.#read(this.#import);
		if (this.#fresh || before?.status === "processing") {
			this.#fresh = false;
			await this.#popUp(this.#import);
		}
	}

	/** The pop-up of Table 5 with the summary, when the reader was waiting for it. */
	async #popUp(it) {
		await tell({
			title: popUpTitle(it),
			wide: true,
			signal: this.gone,
			body: html`<p><strong>${it.message}</strong></p>${counts(it)}${it.rejected > 0 && !it.dryRun && !it.undo ? html`<p>${errorFile(it)}</p>` : nothing}`,
		});
		this.querySelector("h1")?.focus();
	}

	/** @param {any} [state] the import, where it was read just now */
	async #read(state) {
		const reading = ++this.#readings;
		try {
			const it = state ?? await get(`/api/imports/${this.#id}`, { signal: this.gone });
			const { sheet, drafts, running } = await readSheet(it, { signal: this.gone });
			if (reading !== this.#readings || this.gone.aborted) return; // an older answer must not come over a newer one
			this.#import = it;
			this.#reading.abort();
			this.#reading = new AbortController();
			const { signal } = this.#reading;
			this.#sheet = sheet;
			this.#corrections = drafts.size ? new Corrections(sheet, drafts, signal) : undefined;
			this.#corrections?.addEventListener("late", () => this.#read(), { signal });
			sheet.addEventListener("changed", () => this.updateWithFrame(), { signal });
			this.#problem = undefined;
			if (it.committedAs) saverOf(it.id).tryAgain(); // what came too late is told
			const others = running.filter((id) => !this.#ends.has(id));
			if (others.length) Promise.all(others.map((id) => this.#completed(id))).then(() => this.#read(), () => {});
		} catch (problem) {
			if (problem.name === "AbortError" || reading !== this.#readings) return;
			this.#problem = problem;
		}
		this.update();
	}

	/** @returns {Promise<any>} the import, when it is done */
	#completed(id) {
		const known = this.#ends.get(id);
		if (known) return known;
		const end = new Promise((resolve, reject) => follow(id, (state) => {
			this.#following.set(id, { ...this.#following.get(id), ...state });
			this.update();
			if (state.status === "completed") resolve(state);
		}, reject, this.gone)).finally(() => {
			this.#following.delete(id);
			this.#ends.delete(id);
			this.update();
		});
		this.#ends.set(id, end);
		return end;
	}

	/** Somebody may have worked on it elsewhere meanwhile, this person on another device. */
	async #lookAgain() {
		if (this.#import?.status !== "completed" || this.#import.undo || this.#busy) return;
		try {
			const state = await get(`/api/imports/${this.#id}`, { signal: this.gone, quiet: true });
			const other = state.committedAs !== this.#import.committedAs || state.followUps?.length !== this.#import.followUps?.length;
			this.#import = { ...this.#import, ...state };
			this.update();
			if (other || this.#problem) await this.#read(this.#import);
			else await this.#corrections?.readAgain();
		} catch {
			// What cannot be read now is read at the next look.
		}
	}

	template() {
		const it = this.#import;
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a> › <a href="/users/imports">Import History</a></nav>
			<div class="title-row"><h1 tabindex="-1">${it?.undo ? "Undo an Import" : "Upload Users"}${it?.dryRun ? ": Preview" : ""}</h1>
				<div class="button-row">${it?.status === "completed" && !it.dryRun && !it.undo && it.created + it.updated > 0
					? html`<a class="button" href="/users?importId=${it.id}">Show These Users</a>` : nothing}
				<a class="button" href="/users/import">${icon("upload")} Upload Another File</a></div></div>
			<p class="visually-hidden" role="status">${this.#spoken}</p>
			${this.#problem && !(this.#sheet && this.#problem.away) ? this.#failure() : nothing}
			${it?.undo ? html`${undoSummary(it)}${it.status === "completed" ? html`<undo-records .undo=${it}></undo-records>` : nothing}`
				: it ? html`${summary(it, this.#sheet)}<undo-state .import=${it}></undo-state><other-action .import=${it} .rejected=${this.#rejected}></other-action>
					${it.status === "completed" && this.#sheet ? html`${this.#records()}<import-paper .import=${it} .sheet=${this.#sheet}></import-paper>` : nothing}`
				: this.#problem ? nothing : html`<div class="placeholder" role="status"><span class="visually-hidden">Loading the import</span></div>`}`;
	}

	/** The sentence of the import, as long as it holds. */
	get #spoken() {
		const it = this.#import;
		if (it?.status !== "completed") return it ? quarters([it]) : "";
		return isAsItCame(it, this.#sheet) ? it.message ?? "" : "";
	}

	/** As the file came, and nobody has corrected them. */
	get #rejected() {
		return (this.#sheet?.rows ?? []).filter((row) => row.isFaulty && !row.isCorrected).map((row) => row.stored);
	}

	#failure() {
		return failure(this.#problem, tryAgain(this.#problem, () => this.#follow(), html`<a class="button small" href="/users/imports">Import History</a>`));
	}

	#records() {
		return html`
			${this.#progress()}
			${this.#corrections ? this.#correct() : nothing}
			<school-groups .sheet=${this.#sheet}></school-groups>
			${this.#applyBar()}`;
	}

	/** How far the corrected records are on their way. */
	#progress() {
		const under = [...this.#following.values()];
		return html`<p class="visually-hidden" role="status">${quarters(under)}</p>
			${under.length ? html`<p class="notice">${icon("upload")}<span>The corrected records are being applied: ${sum(under, "done")} of
				${sum(under, "total")} done.</span></p>` : nothing}`;
	}

	/** The sheet comes by itself where there is something to do in it. */
	#correct() {
		const sheet = this.#sheet;
		const { faulty, warned, corrected, unknown, checking } = sheet.counts;
		if (!sheet.isEditable) return nothing;
		this.#sheetWanted ||= faulty + warned + corrected + unknown + checking > 0;
		if (!this.#sheetWanted) {
			return html`<p><button type="button" class="button" @click=${() => {
				this.#sheetWanted = true;
				this.update();
			}}>${icon("edit")} Change Records</button></p>`;
		}
		return html`
			<fix-all .sheet=${sheet}></fix-all>
			<section class="card" aria-labelledby="sheet-heading">
				<h2 id="sheet-heading">${faulty ? `${counted(faulty, "record")} to correct` : "Records"}</h2>
				<record-sheet .corrections=${this.#corrections}></record-sheet>
			</section>`;
	}

	/** Of a preview the whole file; of what was applied the corrected records, once one of them may be right: what is still wrong goes along. */
	#applyBar() {
		const it = this.#import;
		const { ready, faulty, unknown, warned, corrected, checking } = this.#sheet.counts;
		const words = [it.dryRun ? `${counted(ready, "record")} ready` : `${counted(corrected, "record")} corrected`,
			faulty ? `${faulty} to correct` : "", unknown ? `${unknown} not checked` : "", warned ? `${warned} with a warning` : "", checking ? `checking ${checking}` : ""].filter(Boolean);
		const own = it.submittedBy === session.me.username;
		if (!own || (it.dryRun ? it.committedAs || ready + unknown + checking === 0 : !this.#sheet.isEditable)) return nothing;
		return html`
			<div class="apply-bar"><p>${words.join(" · ")}</p>
				<button type="button" class="button primary" ?disabled=${this.#busy || (!it.dryRun && corrected + unknown + checking === 0)} @click=${() => this.#apply()}>${it.dryRun
					? "Apply These Changes" : "Apply Corrected Records"}</button></div>`;
	}

	async #apply() {
		if (this.#busy) return;
		this.#busy = true;
		this.update();
		let applied = [];
		try {
			const result = await apply(this.#import, this.#sheet, this.#corrections, this.gone);
			applied = result.applied;
			// Who has left meanwhile stays where one is.
			if (applied.length && !this.gone.aborted) await (this.#import.dryRun ? navigate(`/users/imports/${applied[0].id}?fresh`) : this.#goOn(applied));
			if (result.problem) throw result.problem;
		} catch (problem) {
			status.failed(problem.uncertain ? `${problem.message} You can apply it again: nothing is done twice.` : problem.message);
		}
		this.#busy = false;
		this.update();
		if (applied.length === 0) await this.#lookAgain();
	}

	/** Whoever corrects an applied file stays on it until nothing is open. What was sent is nobody's to correct from now on. */
	async #goOn(applied) {
		const completed = Promise.all(applied.map((it) => this.#completed(it.id)));
		const [results] = await Promise.all([completed, this.#read()]);
		await this.#read();
		for (const result of results) await this.#popUp(result);
	}
}

const sum = (imports, name) => imports.reduce((all, it) => all + (it[name] ?? 0), 0);

/** Read out at a quarter, a half, … : not at every step. */
function quarters(imports) {
	const total = sum(imports, "total");
	return total ? `${Math.floor(4 * sum(imports, "done") / total) * 25} percent of the records are done.` : "";
}

customElements.define("import-screen", ImportScreen);
