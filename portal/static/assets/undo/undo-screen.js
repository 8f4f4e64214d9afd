import { get } from "../api.js";
import { follow } from "../imports/progress.js";
import { navigate, rewrite } from "../router.js";
import { counted } from "../ui/dates.js";
import { confirm } from "../ui/dialog.js";
import { Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, nothing } from "../ui/html.js";
import * as status from "../ui/status.js";
import { Selection } from "../users/selection.js";
import "./undo-records.js";
import "./undo-state.js";
import { undoSummary } from "./undo-summary.js";
import { preview, sorted, undo } from "./undos.js";

/** @param {string} id of an import */
const addressOf = (id) => `/api/imports/${encodeURIComponent(id)}`;

/** Undoes an import: shows what that would do, and does it. The address has the preview, so that a reload shows it again. */
class UndoScreen extends Element {
	/** What the shell has found in the address. @type {RegExpMatchArray} */
	route;
	#id;
	/** That is to be undone. */
	#import;
	/** The dry run. */
	#preview;
	/** @type {import("./undos.js").UndoneRow[] | undefined} */
	#rows;
	#selection = new Selection();
	#problem;
	#busy = false;
	/** Ends the look at an older preview. */
	#looking = new AbortController();

	connectedCallback() {
		super.connectedCallback();
		this.#id = this.route[1];
		this.gone.addEventListener("abort", () => this.#looking.abort());
		document.addEventListener("portal:retry", () => this.#problem && this.#look(this.#asked), { signal: this.gone });
		this.#look(this.#asked);
	}

	get #asked() {
		return new URLSearchParams(location.search).get("preview");
	}

	/** @param {string | null} [made] a preview that is there */
	async #look(made) {
		this.#looking.abort();
		const { signal } = this.#looking = new AbortController();
		[this.#problem, this.#preview, this.#rows, this.#selection] = [undefined, undefined, undefined, new Selection()];
		this.update();
		try {
			this.#import = await get(addressOf(this.#id), { signal });
			const shown = await this.#there(made, signal) ?? await preview(this.#id, { signal });
			if (signal.aborted) return;
			this.update();
			rewrite(`${location.pathname}?preview=${shown.id}`);
			follow(shown.id, (state) => {
				this.#preview = { ...this.#preview, ...state };
				this.update();
			}, (problem) => this.#fail(problem), signal);
		} catch (problem) {
			if (!signal.aborted) this.#fail(problem);
		}
	}

	/** @returns {Promise<any>} the preview, unless it is none of this import, or not there any more */
	async #there(made, signal) {
		const it = made ? await get(addressOf(made), { signal }).catch(() => undefined) : undefined;
		return it?.dryRun && it.undoOf === this.#import.id && it.keptUntil ? it : undefined;
	}

	#fail(problem) {
		this.#problem = problem;
		this.update();
	}

	async #again() {
		await this.#look();
		await Promise.resolve();
		this.querySelector("h1")?.focus();
	}

	template() {
		const it = this.#import;
		const shown = this.#preview;
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a> › <a href="/users/imports">Import History</a>${it
				? html` › <a href="/users/imports/${it.id}">${it.fileName}</a>` : nothing}</nav>
			<div class="title-row"><h1 tabindex="-1">Undo an Import</h1></div>
			<p class="visually-hidden" role="status">${shown?.status === "completed" ? shown.message : nothing}</p>
			${this.#problem ? this.#failure() : nothing}
			${it?.undoneAt ? html`<undo-state .onlyUndone=${true} .import=${it}></undo-state>` : nothing}
			${shown ? undoSummary(shown, this.#more()) : this.#problem ? nothing
				: html`<div class="placeholder" role="status"><span class="visually-hidden">Checking what can be undone</span></div>`}
			${shown?.status === "completed" ? html`
				<undo-records .selection=${this.#selection} .undo=${shown} @choose=${() => this.update()} @read=${(event) => {
					this.#rows = event.detail;
					this.update();
				}}></undo-records>
				${this.#rows ? this.#bar() : nothing}` : nothing}`;
	}

	/** Nor does anything come of asking again for what cannot be undone. */
	#failure() {
		return failure(this.#problem, [409, 410].includes(this.#problem.status) ? html`<a class="button small" href="/users/imports/${this.#id}">See the Import</a>`
			: tryAgain(this.#problem, () => this.#look(this.#asked), html`<a class="button small" href="/users/imports">Import History</a>`));
	}

	#more() {
		if (this.#preview.status !== "completed") return nothing;
		return html`<p><button type="button" class="button" ?disabled=${this.#busy} @click=${() => this.#again()}>Preview Again</button></p>`;
	}

	/** How many accounts it is about, with those that are chosen to be deactivated nevertheless. */
	get #counts() {
		const { back, deactivated, kept, used, rejected, same } = sorted(this.#rows ?? []);
		const chosen = this.#selection.count(0);
		const staying = kept.filter((row) => !back.includes(row)).length + used.length - chosen + same.length + rejected.length;
		return { back: back.length, deactivated: deactivated.length + chosen, chosen, staying };
	}

	#bar() {
		const { back, deactivated, staying } = this.#counts;
		const words = [back ? `${back} to change back` : "", deactivated ? `${deactivated} to deactivate` : "", staying ? `${staying} ${staying === 1 ? "stays" : "stay"} as ${
			staying === 1 ? "it is" : "they are"}` : ""].filter(Boolean);
		return html`
			<div class="apply-bar"><p>${words.join(" · ")}</p>
				<button type="button" class="button danger" ?disabled=${this.#busy || back + deactivated === 0} @click=${() => this.#undo()}>Undo This Import</button></div>`;
	}

	async #undo() {
		if (this.#busy || !await this.#isWanted()) return;
		this.#busy = true;
		this.update();
		try {
			if ((await get(addressOf(this.#id))).undoneAt !== this.#import.undoneAt) {
				status.failed("Somebody has undone this import meanwhile. Look at what is left.");
				await this.#again();
			} else {
				const { id } = await undo(this.#id, this.#selection.accounts.map((row) => row.undoes), this.#preview.id);
				if (this.gone.aborted) return; // who has left meanwhile stays where one is
				await navigate(`/users/imports/${id}?fresh`);
			}
		} catch (problem) {
			status.failed(problem.uncertain ? `${problem.message} You can undo it again: nothing is done twice.` : problem.message);
		}
		this.#busy = false;
		this.update();
	}

	#isWanted() {
		const { back, deactivated, chosen, staying } = this.#counts;
		const { mails } = this.#preview;
		return confirm({
			signal: this.gone,
			title: "Undo this import?",
			body: html`<ul>
				${back ? html`<li>${counted(back, "user account")} will be changed back.</li>` : nothing}
				${deactivated ? html`<li>${counted(deactivated, "new user account")} will be deactivated${chosen ? `, although somebody has signed in to ${deactivated === 1 ? "it" : `${chosen} of them`}` : ""}.</li>` : nothing}
				${staying ? html`<li>${counted(staying, "user account")} will stay as ${staying === 1 ? "it is" : "they are"}.</li>` : nothing}
				<li>${mails + chosen ? `${counted(mails + chosen, "email")} will be sent.` : "No email will be sent."}</li></ul>
				<p>If somebody changes an account or signs in to it before then, it stays as it is, unless you selected it.</p>`,
			action: "Undo",
			kind: "danger",
		});
	}
}

customElements.define("undo-screen", UndoScreen);
