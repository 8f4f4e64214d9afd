import { post } from "../api.js";

/**
 * What an import did, taken back by an import of its own.
 *
 * @typedef {{field: string, code: string, message: string}} Note
 * @typedef {{recordNumber: number, undoes: number, outcome: string, userId?: string, cells: Record<string, string>, notes: Note[],
 *     changes: {field: string, before: string, after: string}[], credentialsSent: string[]}} UndoneRow
 */

/** A new account that stays for this alone is deactivated nevertheless when somebody says so. */
const USED = "used-since";

/** Characters that an Idempotency-Key may have; what differs behind them is another request, which is refused. */
const MOST_OF_A_KEY = 255;

/** @param {string} id of the import that is to be undone */
const addressOf = (id) => `/api/imports/${encodeURIComponent(id)}/undo`;

/** What an undo would do now. @param {string} id @param {{signal?: AbortSignal}} options @returns {Promise<any>} an import */
export const preview = (id, options) => post(addressOf(id), { dryRun: true }, options);

/**
 * @param {string} id
 * @param {number[]} used records of the import whose new accounts are deactivated also though somebody has signed in to them
 * @param {string} seen id of the preview: asked again after it, for the same, it is the same undo
 * @returns {Promise<any>} an import
 */
export const undo = (id, used, seen) => post(addressOf(id), { used }, { key: [seen, ...used].join(".").slice(0, MOST_OF_A_KEY) });

/** @param {UndoneRow} row */
export const isDeactivation = ({ changes }) => changes.some((it) => it.field === "status");

/** @param {UndoneRow} row @returns {string | undefined} the address that the account gets back */
export const addressBack = ({ changes }) => changes.find((it) => it.field === "email")?.after;

const isKept = ({ outcome, notes }) => outcome !== "rejected" && notes.length > 0;

const isKeptAsUsed = (row) => isKept(row) && row.notes.every((note) => note.code === USED);

/** What a row of an undo is. One in which some goes back and some stays is two. @type {Record<string, (row: UndoneRow) => boolean>} */
const KINDS = {
	back: (row) => row.changes.length > 0 && !isDeactivation(row),
	deactivated: isDeactivation,
	used: isKeptAsUsed,
	kept: (row) => isKept(row) && !isKeptAsUsed(row),
	rejected: ({ outcome }) => outcome === "rejected",
	same: ({ outcome, notes }) => outcome === "unchanged" && notes.length === 0,
	mailed: (row) => addressBack(row) !== undefined,
};

/** @param {UndoneRow[]} rows @returns {Record<"back" | "deactivated" | "used" | "kept" | "rejected" | "same" | "mailed", UndoneRow[]>} */
export const sorted = (rows) => /** @type {any} */ (Object.fromEntries(Object.entries(KINDS).map(([kind, is]) => [kind, rows.filter(is)])));
