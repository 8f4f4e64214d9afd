import { counts, progress } from "../imports/import-summary.js";
import { moment } from "../ui/dates.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";

/**
 * What became of an undo as a whole, or would, and which import it takes back.
 *
 * @param {any} it the undo
 * @param {unknown} [more] what else can be done with it
 */
export function undoSummary(it, more = nothing) {
	return html`
		<section class="card" aria-labelledby="summary-heading">
			<h2 id="summary-heading">${it.fileName}</h2>
			<p>${it.undoOf ? html`Undoes <a href="/users/imports/${it.undoOf}">an earlier import of this file</a>.`
				: "Undoes an earlier import of this file, which you may not see."}</p>
			<p class="hint">Undo${it.dryRun ? ", preview" : ""} · ${moment(it.submittedAt)} by ${it.submittedBy}</p>
			${it.status === "completed" ? outcome(it) : progress(it)}
			${counts(it)}${more}
		</section>`;
}

function outcome({ message, dryRun, updated, total }) {
	const kind = dryRun ? "" : updated === total ? "good" : "caution";
	return html`<p class="notice ${kind}">${icon(kind === "caution" ? "warning" : "done")}<strong>${message}</strong></p>`;
}
