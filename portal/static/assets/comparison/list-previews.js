import { freshKey, get } from "../api.js";
import { ACTIONS } from "../imports/imports.js";
import { statusOf } from "../imports/words.js";
import { counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import * as status from "../ui/status.js";
import { memoryOf, preview } from "./comparisons.js";

/** Answers after which the accounts are others than the page has. */
const CHANGED_MEANWHILE = ["confirmation-required", "nothing-to-preview"];

/** The server's sentence about the number is for programs. */
const MORE_BY_NOW = "More people have changed or left since you compared. Look at the list again.";

/**
 * Previews of what a list adds and changes: made by a button, applied on their own pages. Properties: <code>mayAct</code>, asked before;
 * <code>comparison</code>. Fires "stale" when it is another one by now.
 */
class ListPreviews extends Element {
	mayAct = () => true;
	/** @type {import("./comparisons.js").Comparison} */
	#comparison;
	/** The same for the same comparison again, which is previewed once. */
	#key = freshKey();
	#busy = false;

	/** Set last: it draws. */
	set comparison(comparison) {
		if (this.#comparison === comparison) return;
		this.#comparison = comparison;
		this.#key = freshKey();
		this.update();
		this.#look();
	}

	get #memory() {
		return memoryOf(this.#comparison.id);
	}

	/** What became of those that are there. */
	async #look() {
		const memory = this.#memory;
		const made = memory.previews;
		const now = await Promise.all(made.map((it) => get(`/api/imports/${it.id}`, { quiet: true, signal: this.gone }).catch(() => it)));
		if (memory.previews !== made) return; // there are others meanwhile
		memory.previews = now;
		this.update();
	}

	template() {
		if (!this.#comparison) return nothing;
		const made = this.#memory.previews;
		return html`
			<div role="status">${this.#busy ? html`<p>The previews are being made.</p>` : made.length ? html`<p>${made.length === 1
				? "The preview is made. Look at it, and apply it on its page."
				: `${made.length} previews are made. Look at each, and apply it on its page.`}</p>` : nothing}</div>
			${made.length ? html`<ul class="plain-list">${made.map((it, index) => html`<li><a href="/users/imports/${it.id}${it.committedAs ? "" : "?fresh"}">Preview ${index + 1}:
				${ACTIONS[it.action]}, ${counted(it.total, "record")}</a> ${this.#state(it)}</li>`)}</ul>` : nothing}
			<p><button type="button" class="button primary" @click=${() => this.#make()}>${icon("file")} Preview These Changes</button></p>`;
	}

	#state(it) {
		if (it.status !== "completed") return nothing;
		const { text, kind } = statusOf(it);
		return html`<span class="tag ${kind}">${text}</span>`;
	}

	async #make() {
		if (this.#busy || !this.mayAct()) return;
		this.#busy = true;
		this.update();
		const { id, held, affected } = this.#comparison;
		try {
			const { previews } = await preview(id, held ? affected : undefined, this.#key);
			this.#memory.previews = previews;
			await this.#rest();
			this.querySelector("a")?.focus();
		} catch (problem) {
			await this.#rest();
			status.failed(problem.code === "confirmation-required" ? MORE_BY_NOW : problem.message);
			if (CHANGED_MEANWHILE.includes(problem.code)) this.dispatchEvent(new CustomEvent("stale"));
		}
	}

	async #rest() {
		this.#busy = false;
		this.update();
		await Promise.resolve();
	}
}

customElements.define("list-previews", ListPreviews);
