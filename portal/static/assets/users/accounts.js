import { change, getTagged, jsonOf, send } from "../api.js";
import { FIELDS } from "../fields.js";
import { readAgain } from "../read-again.js";
import { inWords } from "./in-words.js";

/** One account in the interface. What is saved is read again. */

/** @param {string} id */
export const addressOf = (id) => `/api/users/${encodeURIComponent(id)}`;

/** @returns {Promise<{data: any, etag: string}>} */
export const read = (id) => getTagged(addressOf(id));

/**
 * What became of a save: the account as the answer had it and as it is now, and for each field that was not taken what to say there.
 *
 * @typedef {{answered: any, data: any, etag?: string, errors: {field: string, code: string, message: string}[]}} Saved
 */

/** @param {object} fields @param {string} key the same for the same again, so that nobody is created twice @returns {Promise<Saved>} */
export async function create(fields, key) {
	return held(fields, { data: await jsonOf(await send("/api/users", { method: "POST", json: fields, key })) });
}

/** @param {string} id @param {object} fields @param {string} etag of the version that they were changed in @returns {Promise<Saved>} */
export async function save(id, fields, etag) {
	return held(fields, await change("PUT", addressOf(id), fields, etag));
}

async function held(sent, answer) {
	return { answered: answer.data, ...await readAgain(addressOf(answer.data.id), sent, answer, FIELDS, inWords) };
}
