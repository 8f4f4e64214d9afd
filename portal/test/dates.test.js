import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { session } from "../static/assets/session.js";
import { calendarDay, day, moment } from "../static/assets/ui/dates.js";

afterEach(() => {
	session.config = {};
});

const plain = (/** @type {string} */ text) => text.replace(/\s/g, " ");

test("times are told in the zone of the mails, which stands behind them", () => {
	session.config = { timeZone: "America/New_York" };
	assert.equal(plain(moment("2026-12-02T20:34:00Z")), "Dec 2, 2026, 3:34 PM EST");
	assert.equal(plain(moment("2026-07-02T03:34:00Z")), "Jul 1, 2026, 11:34 PM EDT");
	assert.equal(day("2026-12-03T02:00:00Z"), "December 2, 2026");
	assert.equal(moment(undefined), "");
});

test("a day without a time is that day wherever one is", () => {
	for (const timeZone of ["America/New_York", "Asia/Tokyo", undefined]) {
		session.config = { timeZone };
		assert.equal(calendarDay("2026-12-18"), "December 18, 2026");
	}
});
