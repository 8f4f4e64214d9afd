import { freshKey, send } from "../api.js";
import { navigate } from "../router.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import * as status from "../ui/status.js";
import { maybeATable, readTable, submit } from "./submit.js";
import { wrongAction } from "./wrong-action.js";

/**
 * For a file that was sent with the wrong action: a preview of the same file with the other one. Properties: <code>import</code>, and
 * its <code>rejected</code> rows. Shows nothing where there is nothing to offer.
 */
class OtherAction extends Element {
	#import;
	#rejected = [];
	#busy = false;
	#key = freshKey();

	set import(it) {
		this.#import = it;
		this.update();
	}

	set rejected(rows) {
		this.#rejected = rows;
		this.update();
	}

	template() {
		const it = this.#import;
		// What was corrected and sent has its records alone, and the whole file behind it.
		const wrong = it?.status === "completed" && !it.correctionOf ? wrongAction(it, this.#rejected) : undefined;
		if (!wrong) return nothing;
		return html`<div class="notice caution">${icon("warning")}<span>${wrong.found}</span>
			<button type="button" class="button small" ?disabled=${this.#busy} @click=${() => this.#preview(wrong.action)}>${wrong.offer}</button></div>`;
	}

	async #preview(action) {
		this.#busy = true;
		this.update();
		try {
			const { id, fileName } = this.#import;
			const content = await (await send(`/api/imports/${encodeURIComponent(id)}/file`)).blob();
			const upload = { action, dryRun: true, file: new File([content], fileName) };
			const preview = await submit(upload, { key: this.#key, signal: this.gone }).catch((problem) => this.#asTable(upload, problem));
			await navigate(`/users/imports/${preview.id}?fresh`);
		} catch (problem) {
			if (problem.name !== "AbortError") status.failed(problem.message);
		} finally {
			this.#busy = false;
			this.update();
		}
	}

	/** It was read as a table then, too. Its columns go where it is proposed: as they were chosen, where that is remembered. */
	async #asTable(upload, problem) {
		if (!maybeATable(problem)) throw problem;
		const { sheet, headerLine, columns } = await readTable(upload.file);
		const known = columns.filter((it) => it.column).map((it) => [it.index, it.column]);
		return submit({ ...upload, table: { sheet, headerLine, columns: Object.fromEntries(known) } }, { signal: this.gone });
	}
}

customElements.define("other-action", OtherAction);
