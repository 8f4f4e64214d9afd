import { get, jsonOf, post, send } from "../api.js";
import { parts } from "../imports/submit.js";

/**
 * A list of all the staff of some organizations, compared with the user accounts there.
 *
 * @typedef {{userId: string, username: string, firstName: string, lastName: string, email: string, role: string, organizations: string[]}} Account
 * @typedef {{field: string, code: string, message: string}} Note
 * @typedef {{recordNumber: number, group: string, cells?: Record<string, string>, account?: Account, likeness?: string,
 *     changes: {field: string, before: string, after: string}[], notes: Note[], warnings: Note[]}} ComparedRecord
 * @typedef {{id: string, fileName: string, organizations: string[], createdAt: string, keptUntil: string, people: number, affected: number, held: boolean,
 *     records: ComparedRecord[], left: Account[], kept: {why: string, account: Account}[]}} Comparison
 */

/** @param {string} id */
const addressOf = (id) => `/api/comparisons/${encodeURIComponent(id)}`;

/**
 * Sent again after an answer that never came, a list is compared again; the earlier one is deleted when its time is over.
 *
 * @param {{organizations: string[], file: File, table?: import("../imports/submit.js").Matching}} list
 * @param {{onSent?: (sent: number, total: number) => void, signal?: AbortSignal}} options
 * @returns {Promise<Comparison>}
 */
export async function compare({ organizations, file, table }, options) {
	const body = parts({ file, table }, organizations.map((code) => ["organization", code]));
	return jsonOf(await send("/api/comparisons", { method: "POST", body, ...options }));
}

/** With the accounts as they are now. @param {string} id @param {{signal?: AbortSignal}} options @returns {Promise<Comparison>} */
export const read = (id, options) => get(addressOf(id), options);

/** @param {string} id @param {{recordNumber: number, userId: string, same: boolean | null}} decision null: it is taken back */
export const decide = (id, decision) => send(addressOf(id), { method: "PATCH", json: { decisions: [decision] } });

/**
 * Previews of what the list adds and changes.
 *
 * @param {string} id
 * @param {number | undefined} confirmed how many people have changed or left according to the list, where somebody has to say it
 * @param {string} key
 * @returns {Promise<{previews: any[]}>} imports
 */
export const preview = (id, confirmed, key) => post(`${addressOf(id)}/previews`, { confirmed }, { key });

/** @param {Comparison} comparison @param {...string} groups @returns {ComparedRecord[]} their records, in the order of the list */
export const recordsOf = ({ records }, ...groups) => records.filter((it) => groups.includes(it.group));

/** @param {Comparison} comparison @returns {boolean} whether nothing is to be done */
export const agrees = ({ records, left }) => left.length === 0 && records.every((it) => it.group === "same");

/** @typedef {{agreed: number, previews: any[], pairs: Map<string, {record: ComparedRecord, same?: boolean}>}} Memory */

/** @type {Map<string, Memory>} */
const memories = new Map();

/**
 * What was done with a comparison while the portal is open, and what its JSON does not say: how many people it may change or lose, the previews
 * that were made of it, the pairs that were decided. On the way to a preview and back it is not lost.
 *
 * @param {string} id
 */
export function memoryOf(id) {
	const memory = memories.get(id) ?? { agreed: 0, previews: [], pairs: new Map() };
	memories.set(id, memory);
	return memory;
}
