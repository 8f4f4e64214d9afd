import { everything, get, query } from "../api.js";
import { session } from "../session.js";
import { readDraft } from "./drafts.js";
import { Row } from "./row.js";
import { Sheet } from "./sheet.js";

const PAGE = 500;
/** Sent, and nothing else is known of it. */
const PENDING = { outcome: "pending", notes: [], warnings: [], changes: [], suggestions: [] };

/**
 * Reads an import with its draft, and with the imports that took over its rejected records: together they are one file.
 *
 * @param {any} it the import, completed
 * @param {{signal?: AbortSignal}} options
 * @returns {Promise<{sheet: Sheet, drafts: Map<string, {data: any, etag?: string, asked: number}>, running: string[]}>} drafts: those that may be
 *     changed, by import; running: the imports that are not done yet
 */
export async function readSheet(it, options = {}) {
	const found = { drafts: new Map(), running: [] };
	const rows = await readRows(it, found, options);
	return { sheet: new Sheet({ action: it.action, rows, applied: !it.dryRun }), ...found };
}

async function readRows(it, found, options) {
	if (it.status !== "completed") found.running.push(it.id);
	const [stored, draft] = await Promise.all([readAll(it.id, options), readDraft(it.id, options).catch(unseen)]);
	const sent = it.dryRun ? new Map() : await readSent(draft?.data.sent ?? [], stored, found, options);
	const open = draft !== undefined && mayCorrect(it, draft.data);
	if (open) found.drafts.set(it.id, draft);
	return stored.map((row) => {
		const later = sent.get(row.recordNumber);
		if (later) return new Row(later.stored, { home: later.home, editable: later.editable, number: row.recordNumber, earlier: row.cells });
		const editable = open && (it.dryRun || row.outcome === "rejected");
		return new Row(row, { home: { id: it.id, record: row.recordNumber }, editable });
	});
}

/** What became of the records that were handed in later, by their number in the file; pending where it is not to be seen, or not yet. */
async function readSent(sent, stored, found, options) {
	const numbers = sent.flatMap(({ recordNumbers }) => recordNumbers);
	const rows = new Map(stored.filter((row) => numbers.includes(row.recordNumber))
		.map((row) => [row.recordNumber, new Row({ ...row, ...PENDING })]));
	for (const { importId, recordNumbers } of sent) {
		const it = importId && await get(`/api/imports/${importId}`, options).catch(unseen);
		if (!it) continue;
		const later = await readRows(it, found, options);
		const records = [...recordNumbers].sort((one, other) => one - other);
		for (const [index, row] of later.entries()) rows.set(records[index], row);
	}
	return rows;
}

/** Corrections are the submitter's, as long as what they are for is still to be done. The draft knows first that a preview is applied. */
function mayCorrect(it, { sent = [] }) {
	return it.status === "completed" && it.submittedBy === session.me.username && !(it.dryRun && (it.committedAs || sent.length));
}

/** @returns {Promise<any[]>} the rows of an import, as the interface gives them */
export const readAll = (id, options) => everything((page) => get(`/api/imports/${id}/rows?${query({ page, size: PAGE })}`, options));

/** Of what one may not see there is nothing to correct. */
function unseen(problem) {
	if (![403, 404, 405, 410].includes(problem.status)) throw problem;
	return undefined;
}
