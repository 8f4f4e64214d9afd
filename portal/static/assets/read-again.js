import { getTagged } from "./api.js";

/** An answer of success says that what was asked for is so. What was saved is read again and held to that. */

/** The code of a field that was not taken although the answer was one of success. */
export const NOT_SAVED = "not-saved";

const UNSEEN = /\p{Cf}/gu;
const APOSTROPHES = /[\u2018\u2019\u02bc]/g;
const BLANKS = "[\\s\\u001c-\\u001f\\u115f\\u1160\\u3164\\uffa0\\u2800]+";
const BLANKS_AROUND = new RegExp(`^${BLANKS}|${BLANKS}$`, "g");

/**
 * What two spellings of a value that the service keeps as one have in common: no format characters, plain apostrophes, no blanks around
 * it, composed (NFC), with LF for a line's end; a list in no order. The service leaves some of that as it is in names.
 */
function kept(value) {
	if (Array.isArray(value)) return [...new Set(value)].sort().join("|");
	return (value ?? "").replace(/\r\n?/g, "\n").replace(UNSEEN, "").replace(APOSTROPHES, "'").replace(BLANKS_AROUND, "").normalize("NFC");
}

/** @returns {boolean} whether two values are kept as the same */
export const isSame = (one, other) => kept(one) === kept(other);

/**
 * Reads again what was saved.
 *
 * @param {string} address of the account
 * @param {object} sent what was asked for, by field
 * @param {{data: any, etag?: string}} answer the account as the answer had it: counts where it cannot be read any more, as after
 *     its last organization of one's own was removed
 * @param {Record<string, {label: string}>} fields those to look at
 * @param {(field: string, value: any) => string | Promise<string>} inWords a value as the form shows it
 * @returns {Promise<{data: any, etag?: string, errors: {field: string, code: string, message: string}[]}>} errors: one for each
 *     field that was not taken
 */
export async function readAgain(address, sent, answer, fields, inWords = (_field, value) => value) {
	const { data, etag } = await getTagged(address).catch(() => answer);
	const different = Object.keys(fields).filter((field) => field in sent && !isSame(sent[field], data[field]));
	const errors = await Promise.all(
		different.map(async (field) => {
			const value = await inWords(field, data[field] ?? "");
			const message = `${fields[field].label} ${Array.isArray(sent[field]) ? "were" : "was"} not saved. The account has ${value || "nothing"} there.`;
			return { field, code: NOT_SAVED, message };
		}),
	);
	return { data, etag, errors };
}
