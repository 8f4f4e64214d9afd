import { get, post } from "../api.js";
import { counted } from "../ui/dates.js";
import { confirm, tell } from "../ui/dialog.js";
import { html, nothing } from "../ui/html.js";

/** Warnings named one by one, before it is said how many more there are. */
const NAMED = 12;

/**
 * Asks, and has a previewed file carried out with its corrections, or of a file that was carried out the corrected records.
 *
 * @param {any} it the import
 * @param {import("./sheet.js").Sheet} sheet
 * @param {import("./corrections.js").Corrections | undefined} corrections
 * @param {AbortSignal} [signal] when nobody is there any more to be asked
 * @returns {Promise<{applied: any[], problem?: any}>} applied: the imports that do it; none when it was not wanted or cannot be done.
 *     problem: why not all of it is done
 */
export async function apply(it, sheet, corrections, signal) {
	try {
		await corrections?.settled();
	} catch (problem) {
		await tell({
			signal,
			title: "Not all corrections are saved yet",
			body: html`<p>${problem.message}</p><p>They are still here. Apply them when they are saved.</p>`,
		});
		return { applied: [] };
	}
	if (!await (it.dryRun ? askForAll(it, sheet, signal) : askForCorrected(sheet, signal))) return { applied: [] };
	const ids = it.dryRun ? [it.id] : [...corrections.handedIn.keys()];
	const applied = [];
	try {
		for (const id of ids) applied.push(await commit(id, corrections));
	} catch (problem) {
		if (problem.status !== 412) return { applied, problem };
		await tell({ ...await whatChanged(it, applied, corrections), signal });
	}
	return { applied };
}

/** With the draft that was shown and no other. Asked twice it is done once. */
function commit(id, corrections) {
	return post(`/api/imports/${id}/commit`, undefined, { etag: corrections?.etagOf(id) });
}

/** The draft is another one than was shown: somebody corrects it elsewhere, or has applied it. */
async function whatChanged(it, applied, corrections) {
	const now = await get(`/api/imports/${it.id}`).catch(() => it);
	if (now.committedAs) {
		return { title: "This preview has been applied already", body: html`<p>It was applied in another window or on another device.</p>` };
	}
	await corrections.readAgain().catch(() => {}); // the import screen looks again, too
	return {
		title: "The corrections have been changed",
		body: html`<p>They were changed in another window or on another device, and ${applied.length
			? "only some of the records have been applied" : "nothing has been applied from here"}. The sheet shows the corrections as they are now:
			look at them, and apply again.</p>`,
	};
}

function askForAll(it, sheet, signal) {
	const { counts } = sheet;
	const { ready, faulty, total } = counts;
	const unsure = counts.unknown + counts.checking;
	const atLeast = unsure ? "At least " : "";
	return confirm({
		signal,
		title: "Apply these changes?",
		wide: sheet.rows.some((row) => row.warnings.length > 0),
		body: html`
			<p>${accounts(counts, atLeast)}
				${it.mails && !sheet.rows.some((row) => row.isCorrected) ? `${counted(it.mails, "email")} will be sent.` : nothing}</p>
			${faulty ? html`<p>${atLeast && ready === 0 ? nothing : `${atLeast}${ready} of ${total} records will be applied.`}
				${atLeast}${counted(faulty, "rejected record")} will be left out: you can correct ${faulty === 1 ? "it" : "them"} afterwards.</p>` : nothing}
			${unchecked(unsure)}
			${warnings(sheet.rows.filter((row) => !row.isFaulty))}`,
		action: "Apply",
	});
}

/** "At least 0" would say nothing. */
function accounts({ created, updated, corrected }, atLeast) {
	if (atLeast && created + updated === 0) return "It is not known yet how many user accounts will be created or updated.";
	const asCorrected = corrected ? `, ${counted(corrected, "record")} as corrected` : "";
	return `${atLeast}${counted(created, "user account")} will be created and ${counted(updated, "user account")} updated${asCorrected}.`;
}

function askForCorrected(sheet, signal) {
	const rows = sheet.rows.filter((row) => row.editable && row.isCorrected);
	const { corrected } = sheet.counts;
	const wrong = rows.filter((row) => row.isFaulty && !row.checking).length;
	return confirm({
		signal,
		title: "Apply the corrected records?",
		wide: rows.some((row) => row.warnings.length > 0),
		body: html`${corrected ? html`<p>${counted(corrected, "corrected record")} will be applied.</p>` : nothing}
			${wrong ? html`<p>${stillWrong(wrong, corrected ? "more record" : "record")}</p>` : nothing}
			${unchecked(rows.filter((row) => row.checking || row.outcome === "unknown").length)}
			${warnings(rows.filter((row) => !row.isFaulty))}`,
		action: "Apply",
	});
}

/** They are sent with the others. */
function stillWrong(count, record) {
	const [were, they, them] = count === 1 ? ["was changed but is", "it", "it"] : ["were changed but are", "they", "them"];
	return `${counted(count, record)} ${were} still not right: ${they} will be rejected again, and you can correct ${them} here afterwards.`;
}

/** Nobody could say what becomes of them. */
function unchecked(count) {
	return count ? html`<p>${counted(count, "record")} could not be checked yet. ${count === 1 ? "It is" : "They are"} checked when you apply, and what
		is rejected can be corrected afterwards.</p>` : nothing;
}

/** What is legal but hardly meant is named before it is done. */
function warnings(rows) {
	const warned = rows.filter((row) => row.warnings.length > 0);
	if (warned.length === 0) return nothing;
	return html`<h3>${counted(warned.length, "record")} with a warning</h3>
		<ul class="named">${warned.slice(0, NAMED).map((row) => html`<li>Record ${row.record}, ${row.value("Username")}:
			${row.warnings.map((it) => it.message).join("; ")}</li>`)}
			${warned.length > NAMED ? html`<li>and ${warned.length - NAMED} more</li>` : nothing}</ul>`;
}
