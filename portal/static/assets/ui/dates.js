const MOMENT = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" });
const DAY = new Intl.DateTimeFormat("en-US", { dateStyle: "long" });

/** @param {string | null | undefined} instant ISO 8601 @returns {string} in the reader's time zone */
export const moment = (instant) => (instant ? MOMENT.format(new Date(instant)) : "");

export const day = (instant) => (instant ? DAY.format(new Date(instant)) : "");

/** @param {string} date a day without a time, as 2026-12-18, which is the same in every time zone */
export const calendarDay = (date) => day(`${date}T00:00`);

/** "1 user account", "2 user accounts" */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
