const MOMENT = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat("en-US", { dateStyle: "long" });

/** @param {string | null | undefined} instant ISO 8601 @returns {string} in the reader's time zone */
export const moment = (instant) => (instant ? MOMENT.format(new Date(instant)) : "");

export const day = (instant) => (instant ? DAY.format(new Date(instant)) : "");

/** "1 user account", "2 user accounts" */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
