import { get } from "../api.js";
import { day, moment } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";

/**
 * Of an import by whom and when an undo was started, and whether it can be undone. Properties: <code>onlyUndone</code>, for the first alone;
 * <code>import</code>. Shows nothing where there is nothing to undo.
 */
class UndoState extends Element {
	onlyUndone = false;
	#import;
	/** The import that took it back, once it is read. */
	#undo;

	set import(it) {
		const before = this.#import;
		this.#import = it;
		if (it?.undoneBy && it.undoneBy !== before?.undoneBy) this.#read(it.undoneBy);
		this.update();
	}

	async #read(id) {
		this.#undo = await get(`/api/imports/${encodeURIComponent(id)}`, { quiet: true, signal: this.gone }).catch(() => undefined);
		this.update();
	}

	template() {
		return html`${this.#undone()}${this.onlyUndone ? nothing : this.#possible()}`;
	}

	#undone() {
		const { undoneAt, undoneBy } = this.#import ?? {};
		if (!undoneAt) return nothing;
		return html`<p class="notice">${icon("done")}<span>${undoneBy
			? html`An undo was started ${this.#undo ? `by ${this.#undo.submittedBy} ` : nothing}on ${moment(undoneAt)}: <a href="/users/imports/${undoneBy}">see the undo</a>.`
			: `Somebody whose imports you may not see started an undo on ${moment(undoneAt)}.`}</span></p>`;
	}

	/** What was kept, or was not this person's to take back, may go later. */
	#possible() {
		const { id, undoneAt, undoUntil } = this.#import ?? {};
		if (!undoUntil) return nothing;
		if (Date.parse(undoUntil) < Date.now()) return undoneAt ? nothing : html`<p class="hint">This import could be undone until ${day(undoUntil)}.</p>`;
		return html`<div class="button-row"><a class="button" href="/users/imports/${id}/undo">${icon("undo")} ${undoneAt ? "Undo What Is Left" : "Undo This Import"}</a>
			<p class="hint">You can do this until ${day(undoUntil)}. First you see what it would change.</p></div>`;
	}
}

customElements.define("undo-state", UndoState);
