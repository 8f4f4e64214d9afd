import { post } from "../api.js";
import { session } from "../session.js";
import { counted } from "../ui/dates.js";
import { ask } from "../ui/dialog.js";
import { html, nothing } from "../ui/html.js";
import { linesIn } from "./counting.js";
import { maybeATable } from "./submit.js";

/** What is asked before an upload without a preview, and after a refusal. */

/** Two for each site: one with the username, one with the password. */
const MAILS_FOR_ACCOUNT = 4;

/** So long the server may think about what looks unusual; so many of it are named. */
const PATIENCE_MILLISECONDS = 3000;
const NAMED = 5;

/**
 * @param {{action: string, file: Blob}} upload
 * @param {AbortSignal} signal when nobody is there any more to be asked
 * @returns {Promise<"upload" | "preview" | undefined>} what to do; nothing to ask when there are no records, which the server says
 */
export async function agreed({ action, file }, signal) {
	const [columns, ...records] = await linesIn(file);
	if (!records.length) return "upload";
	const warnings = await warningsAbout(action, columns, records);
	const accounts = counted(records.length, "account");
	return ask({
		signal,
		title: "Upload without a preview?",
		body: html`
			<p>${action === "add"
				? html`This creates up to <strong>${accounts}</strong> and sends up to <strong>${counted(records.length * MAILS_FOR_ACCOUNT, "email")}</strong>.`
				: html`This changes up to <strong>${accounts}</strong>. Users whose email address changes get emails.`}</p>
			${warnings.length ? html`<p>${counted(warnings.length, "record looks", "records look")} unusual:</p>
				<ul class="named">${warnings.slice(0, NAMED).map((it) => html`<li>${it}</li>`)}
					${warnings.length > NAMED ? html`<li>and ${warnings.length - NAMED} more</li>` : nothing}</ul>` : nothing}
			<p class="hint">A preview shows what would become of each record, and what looks unusual in it.</p>`,
		buttons: [{ label: "Preview First", value: "preview", kind: "primary", focus: true }, { label: "Upload", value: "upload" }, { label: "Cancel", value: undefined }],
	});
}

/** What is legal in the file, but hardly meant. The upload does not depend on it: where nobody answers in time, nothing is named. */
async function warningsAbout(action, columns, records) {
	const rows = records.slice(0, session.reference.importLimits.records).map((cells) => ({
		cells: Object.fromEntries(columns.map((column, i) => [column.trim(), cells[i]]).filter(([column, cell]) => column && cell !== undefined)),
	}));
	try {
		const { results } = await post("/api/users/row-validations", { action, rows }, { quiet: true, signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
		return results.flatMap(({ warnings = [] }, i) => (warnings.length ? [`Record ${i + 1}: ${warnings.map((it) => it.message).join("; ")}`] : []));
	} catch {
		return [];
	}
}

/**
 * What a file was to be sent for, in the words of its refusal.
 *
 * @typedef {{refused: string, uncertain?: {title: string, next: string}, asATable: string}} Purpose uncertain: where it matters whether a
 *     file has arrived; asATable: what comes of reading it as a table
 */

/** @type {Purpose} */
export const UPLOAD = {
	refused: "The file was not uploaded",
	uncertain: {
		title: "It is not known whether the file was uploaded",
		next: "Send it once more. A file that has arrived already is not uploaded twice.",
	},
	asATable: "see a preview before anything is uploaded",
};

/**
 * @param {import("../api.js").Problem | DOMException} problem
 * @param {{purpose: Purpose, reading?: boolean, mayBeATable?: boolean, signal: AbortSignal}} how reading: it was only to be read, as a table;
 *     mayBeATable: it was not read as one so far
 * @returns {Promise<"table" | undefined>} whether it is to be read as a table
 */
export async function tellRefused(problem, { purpose, reading = false, mayBeATable = false, signal }) {
	const { code, status, uncertain } = /** @type {any} */ (problem);
	const open = reading || !uncertain ? undefined : purpose.uncertain;
	const text = problem instanceof DOMException ? "The file could not be read. Please choose it again." : problem.message;
	const offered = mayBeATable && maybeATable({ code });
	const close = { label: "Close", value: undefined };
	return ask({
		signal,
		title: reading ? (status === 422 ? "The file cannot be read as a table" : "The file was not read") : open?.title ?? purpose.refused,
		body: html`<p>${text}</p>
			${open ? html`<p>${open.next}</p>` : nothing}
			${offered ? nextSteps(code, purpose) : nothing}`,
		buttons: offered ? [{ label: "Read It as a Table", value: "table", kind: "primary", focus: true }, close] : [{ ...close, kind: "primary", focus: true }],
	});
}

/** Guide, Table 5, and the way that spares one to do it. */
function nextSteps(code, { asATable }) {
	return html`
		${code === "not-csv" ? html`<p class="hint">Open your original Users file. Click Save As, select a file location, click on Save as type: drop-down menu,
			select .CSV (Comma delimited), then click Save.</p>` : nothing}
		<p>Or have the file read as a table: you choose what each column is, and ${asATable}.</p>`;
}
