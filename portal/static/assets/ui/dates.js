import { session } from "../session.js";

/** Times are told as the mails tell them: in the zone of the state, which stands behind them. The reader may be elsewhere. */
const formats = new Map();

function format(options) {
	const key = JSON.stringify([session.config.timeZone, options]);
	if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-US", { timeZone: session.config.timeZone, ...options }));
	return formats.get(key);
}

const DAY = /** @type {const} */ ({ month: "long", day: "numeric", year: "numeric" });

/** @param {string | null | undefined} instant ISO 8601 @returns {string} as "Dec 2, 2026, 3:34 PM EST" */
export const moment = (instant) =>
	instant
		? format({ month: "short", day: "numeric", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" }).format(new Date(instant))
		: "";

export const day = (instant) => (instant ? format(DAY).format(new Date(instant)) : "");

/** @param {string} date a day without a time, as 2026-12-18, which is the same in every time zone */
export const calendarDay = (date) => (date ? format({ ...DAY, timeZone: "UTC" }).format(new Date(`${date}T00:00Z`)) : "");

const SHORT_DAY = new Intl.DateTimeFormat("en-US", { dateStyle: "medium" });
const DAY_OF_YEAR = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric" });

/** "Dec 2, 2026" */
export const shortDay = (instant) => (instant ? SHORT_DAY.format(new Date(instant)) : "");

/** "Dec 2": of a day that is not far. */
export const dayOfYear = (instant) => (instant ? DAY_OF_YEAR.format(new Date(instant)) : "");

/** "1 user account", "2 user accounts" */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
