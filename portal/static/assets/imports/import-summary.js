import { counted, moment } from "../ui/dates.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { ACTIONS, countLines, downloadErrors, downloadUpload } from "./imports.js";

/**
 * What became of a file as a whole (guide, V.D and Table 5), and what of it is still to be done.
 *
 * @param {any} it the import
 * @param {import("./sheet.js").Sheet | undefined} sheet its records, once they are read
 */
export function summary(it, sheet) {
	const waiting = it.status !== "completed";
	return html`
		<section class="card" aria-labelledby="summary-heading">
			<h2 id="summary-heading">${it.fileName}</h2>
			<p class="hint">${ACTIONS[it.action]} · uploaded ${moment(it.submittedAt)} by ${it.submittedBy}</p>
			${sameContent(it)}
			${it.changedSincePreview ? html`<p class="notice caution">${icon("warning")}<span>${counted(it.changedSincePreview, "record")} had
				another outcome than the preview said, because accounts were changed in the meantime. The list below shows which
				${it.changedSincePreview === 1 ? "record" : "records"}.</span></p>` : nothing}
			${waiting ? progress(it) : outcome(it, sheet)}
			${counts(it.dryRun && sheet ? withCorrections(it, sheet) : it)}
			${later(it, sheet)}
			<p class="downloads">${!waiting && it.rejected > 0 ? errorFile(it) : nothing}
				${it.keptUntil ? html`<button type="button" class="link" @click=${() => downloadUpload(it)}>${icon("file")} Download the uploaded file</button>` : nothing}</p>
		</section>`;
}

function sameContent(it) {
	const same = it.warnings?.find((warning) => warning.code === "same-content");
	if (!same) return nothing;
	return html`<p class="notice caution">${icon("warning")}<span>${same.message}
		${same.importId ? html`<a href="/users/imports/${same.importId}">See that import</a>.` : nothing}</span></p>`;
}

/** How far it is. */
export function progress(it) {
	const ahead = it.rowsAhead ?? 0;
	return html`
		<p id="progress-text">${it.done === 0 && ahead > 0 ? `Waiting: ${counted(ahead, "record")} of earlier files come first.`
			: `${it.done ?? 0} of ${counted(it.total, "record")} done.`}
			${it.secondsLeft ? `About ${counted(Math.ceil(it.secondsLeft), "second")} left.` : nothing}</p>
		<progress aria-labelledby="progress-text" max=${it.total || 1} .value=${it.done ?? 0}></progress>
		${it.undo && it.dryRun ? nothing : html`<p class="hint">You can leave this page. The import goes on, and you will find its result in Import History.</p>`}`;
}

/** Whether the server's sentence holds, which is about the file as it came: with corrections, or once a preview is applied, it does not. */
export function isAsItCame(it, sheet) {
	return !it.committedAs && !(it.dryRun && sheet?.rows.some((row) => row.isTouched));
}

function outcome(it, sheet) {
	const [kind, words] = sentence(it, sheet);
	return html`<p class="notice ${kind}">${icon(kind === "" || kind === "good" ? "done" : "warning")}<strong>${words}</strong></p>`;
}

function sentence(it, sheet) {
	if (it.committedAs) return ["good", html`This preview has been applied: <a href="/users/imports/${it.committedAs}">see the import</a>.`];
	if (!isAsItCame(it, sheet)) {
		const { ready, total, faulty } = sheet.counts;
		const words = `Nothing has been changed yet. With your corrections, ${atLeast(sheet)}${ready} of ${counted(total, "record")} would be successfully uploaded.`;
		return [faulty ? "caution" : "", words];
	}
	if (it.rejected === 0) return [it.dryRun ? "" : "good", it.message];
	return [it.processed === 0 ? "bad" : "caution", it.message];
}

/** A preview says what would become of the file as it stands by now. */
function withCorrections(it, sheet) {
	const { total, ready, faulty, created, updated } = sheet.counts;
	if (it.committedAs) return it;
	const counts = Object.entries({ processed: ready, rejected: faulty, created, updated });
	return { total, ...Object.fromEntries(counts.map(([name, count]) => [name, `${atLeast(sheet)}${count}`])) };
}

/** Nobody knows yet what becomes of the others. */
function atLeast(sheet) {
	return sheet.counts.unknown + sheet.counts.checking ? "at least " : "";
}

/** The guide's own lines. */
export function counts(it) {
	return html`<ul class="counts">${countLines(it).map(([label, count]) => html`<li><span>${label}:</span> <strong>${count}</strong></li>`)}</ul>`;
}

/** What happened to the rejected records since: the counts above are those of the file as it was carried out. */
function later(it, sheet) {
	if (it.dryRun || !sheet) return nothing;
	const handedIn = sheet.rows.filter((row) => row.earlier);
	const as = (rows, ...outcomes) => rows.filter((row) => outcomes.includes(row.stored.outcome)).length;
	const open = as(sheet.rows, "rejected");
	const sent = as(handedIn, "pending");
	const applied = as(handedIn, "created", "updated", "unchanged");
	const is = (count) => `${count} ${count === 1 ? "is" : "are"}`;
	return html`${handedIn.length ? html`<p class="notice ${open ? "caution" : sent ? "" : "good"}">${icon(open ? "warning" : "done")}<span>${applied} of the
		${counted(it.rejected, "rejected record")} ${applied === 1 ? "has" : "have"} been corrected and applied since.
		${sent ? `${is(sent)} being applied.` : nothing} ${open ? `${is(open)} still open.` : sent ? nothing : "None is open."}</span></p>` : nothing}
		${corrected(sheet.rows.filter((row) => row.stored.correction))}`;
}

/** It is part of what the file did: what was corrected in it, by whom. */
function corrected(rows) {
	if (rows.length === 0) return nothing;
	return html`<details><summary>${counted(rows.length, "record")} ${rows.length === 1 ? "was" : "were"} applied as corrected</summary>
		<ul class="history">${rows.map(({ record, cells, stored: { correction } }) => html`<li>Record ${record}
			<span class="hint">by ${correction.by}, ${moment(correction.at)}</span>
			<ul>${Object.entries(correction.uploaded).map(([column, was]) => html`<li>${column}: ${was ? html`<del>${was}</del>` : "(blank)"} →
				<ins>${cells[column] || "(blank)"}</ins></li>`)}</ul></li>`)}</ul></details>`;
}

export function errorFile(it) {
	return html`<button type="button" class="link" @click=${() => downloadErrors(it.id)}>${icon("download")} Download records with errors</button>`;
}
