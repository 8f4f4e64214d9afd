import { jsonOf, send } from "../api.js";

/** The ways of a file to the server, which reads and judges it. */

/** Refusals after which the file may still be a table: it is no CSV, or its first line does not name the columns. */
const MAYBE_A_TABLE = ["not-csv", "no-header", "not-the-header", "missing-column", "duplicate-column", "unknown-column"];

/** @param {{code?: string}} problem @returns {boolean} whether "Read it as a table" is offered */
export const maybeATable = (problem) => MAYBE_A_TABLE.includes(problem.code);

/**
 * @typedef {{sheet: string | null, headerLine: number, columns: Record<string, string>}} Matching which column of a table goes into which
 *     of the template's
 */

/**
 * @param {{action: string, dryRun: boolean, file: File, table?: Matching}} upload
 * @param {{key?: string, onSent?: (sent: number, total: number) => void, signal?: AbortSignal}} options key: the same for the same
 *     upload, which is then done once
 * @returns {Promise<{id: string}>} the import
 */
export async function submit({ action, dryRun, file, table }, options = {}) {
	const body = parts({ file, table }, [["action", action], ["dryRun", String(dryRun)]]);
	return jsonOf(await send("/api/imports", { method: "POST", body, ...options }));
}

/** @param {{file: File, table?: Matching}} upload @param {[string, string][]} more what is said beside it */
export function parts({ file, table }, more) {
	const form = new FormData();
	for (const [name, value] of more) form.append(name, value);
	form.append("file", file);
	if (table) form.append("table", JSON.stringify(table));
	return form;
}

/**
 * Asks what is in a table: its columns, and what they probably are.
 *
 * @param {File} file
 * @param {{sheet?: string, headerLine?: number}} where instead of what is found
 * @param {{onSent?: (sent: number, total: number) => void, signal?: AbortSignal}} options
 */
export async function readTable(file, { sheet, headerLine } = {}, options = {}) {
	const form = new FormData();
	form.append("file", file);
	if (sheet !== undefined) form.append("sheet", sheet);
	if (headerLine !== undefined) form.append("headerLine", String(headerLine));
	return jsonOf(await send("/api/imports/tables", { method: "POST", body: form, ...options }));
}
