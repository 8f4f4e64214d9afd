import { change, everything, get, getTagged, jsonOf, pages, query, send } from "../api.js";
import { postOnce, report } from "../users/actions.js";
import { DECISIONS, whenAndByWhom } from "./words.js";

/**
 * Coordinators confirm until a deadline who is still there.
 *
 * @typedef {{accounts: number, open: number, stays: number, left: number, wrong: number, settled: number, proposed: number}} Figures
 * @typedef {{code: string} & Figures} Place
 * @typedef {{id: string, name: string, districts: string[], deadline: string, endsAt: string, reminders: string[], status: "open" | "over" | "closed",
 *     openedAt: string, closedAt: string | null, handOvers: {school: string, userId: string}[], progress?: Figures}} Confirmation districts: none
 *     for the state
 * @typedef {{id: string, userId: string, username: string, firstName: string, lastName: string, email: string, role: string, organizations: string[],
 *     status: string, lastSignInAt: string | null, flags: string[], state: string,
 *     decision: {decision: string, version: number, at: string, by?: {name: string}} | null, may: string[]}} Person id: the account's, as elsewhere
 * @typedef {{organization?: string, state?: string, mine?: boolean | ""}} Filter mine: only whose decision is one's own duty
 * @typedef {{items: Person[], page: number, size: number, totalItems: number, totalPages: number}} Page
 */

const PATH = "/api/confirmations";
/** The most that the interface gives at once, and takes. */
const AT_ONCE = 200;
const DAY_MILLISECONDS = 86_400_000;

/** @param {string} id */
const addressOf = (id) => `${PATH}/${encodeURIComponent(id)}`;

/** The latest first. @returns {Promise<{items: Confirmation[], page: number, totalPages: number}>} */
export const confirmations = (page = 0, options = {}) => get(`${PATH}?${query({ page, size: 50 })}`, options);

/** @param {string} id @returns {Promise<{data: Confirmation, etag: string}>} */
export const read = (id, options = {}) => getTagged(addressOf(id), options);

/**
 * @param {{name: string, districts: string[], deadline: string, reminders: string[]}} plan
 * @param {string} key the same for the same again, so that it is opened once
 * @returns {Promise<Confirmation>}
 */
export const open = async (plan, key) => jsonOf(await send(PATH, { method: "POST", json: plan, key }));

/** @param {string} id @param {{deadline?: string, reminders?: string[], closed?: true}} changes @param {string} etag */
export const alter = (id, changes, etag) => change("PATCH", addressOf(id), changes, etag);

/** @param {string} id @param {string} organization a code, or blank @returns {Promise<{people: Figures, places: Place[]}>} */
export const progress = (id, organization, options = {}) => get(`${addressOf(id)}/progress?${query({ organization })}`, options);

/** @param {string} id @param {Filter} filter @returns {Promise<Page>} */
export async function people(id, filter, page = 0, options = {}, size = AT_ONCE) {
	const found = await get(`${addressOf(id)}/accounts?${query({ ...filter, page, size })}`, options);
	return { ...found, items: found.items.map((it) => ({ ...it, id: it.userId })) };
}

/** However many pages there are. @param {string} id @param {Filter} filter @returns {Promise<Person[]>} */
export const everybody = (id, filter, options = {}) => everything((page) => people(id, filter, page, options));

/**
 * Who of some people is not in a list any more. It is read only until all of them are found.
 *
 * @param {string} id @param {Filter} filter @param {Person[]} wanted
 * @returns {Promise<Person[]>}
 */
export async function missing(id, filter, wanted, options = {}) {
	const left = new Map(wanted.map((it) => [it.id, it]));
	for await (const items of pages((page) => people(id, filter, page, options))) {
		for (const it of items) left.delete(it.id);
		if (left.size === 0) break;
	}
	return [...left.values()];
}

/** How many one still has to confirm. @param {string} id @returns {Promise<number>} */
export const duties = async (id, options = {}) => (await people(id, { state: "open", mine: true }, 0, options, 1)).totalItems;

/**
 * Says what became of each.
 *
 * @param {string} id @param {string} decision @param {Person[]} chosen as they were read last
 * @returns {Promise<Person[]>} those of whom something may have been decided
 */
export async function decide(id, decision, chosen) {
	const asked = [];
	const results = [];
	while (asked.length < chosen.length) {
		const part = chosen.slice(asked.length, asked.length + AT_ONCE);
		const answer = await postOnce(`${addressOf(id)}/decisions`, {
			decisions: part.map((it) => ({ userId: it.id, decision, version: it.decision?.version ?? 0 })),
		});
		if (!answer) break;
		asked.push(...part);
		results.push(...answer.results.map(explained));
	}
	if (asked.length > 0) await report(DECISIONS[decision].past, asked, results);
	return asked;
}

/** What somebody else was quicker to decide is said with it. */
function explained(result) {
	if (result.code !== "already-decided") return result;
	const { decision } = result;
	return { ...result, message: `${result.message} It was ${DECISIONS[decision.decision].past} (${whenAndByWhom(decision)}).` };
}

/**
 * @param {string} id
 * @param {{school: string, userId?: string}[]} changes without userId the school is the district's again; one that is not named stays as it is
 * @returns {Promise<Confirmation>}
 */
export const handOver = async (id, changes) => jsonOf(await send(`${addressOf(id)}/hand-overs`, { method: "PATCH", json: { handOvers: changes } }));

/** @param {string} id */
export const reportAddress = (id) => `${addressOf(id)}/report`;

/** @param {Figures} figures */
export const confirmed = ({ accounts, open }) => accounts - open;

/** Begun days, until the deadline's is over. @param {Confirmation} confirmation */
export const daysLeft = ({ endsAt }) => Math.max(0, Math.ceil((Date.parse(endsAt) - Date.now()) / DAY_MILLISECONDS));
