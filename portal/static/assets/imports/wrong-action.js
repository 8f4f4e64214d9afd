import { usernameOf } from "./row.js";

/** Files that were sent with the wrong one of the two actions. */

const SIGNS = {
	add: {
		code: "username-taken", other: "update", offer: "Update Them Instead",
		all: (count) => (count === 1 ? "The user of this file exists already." : `${count === 2 ? "Both" : `All ${count}`} users of this file exist already.`),
		most: (count) => `${count} users of this file exist already.`,
	},
	update: {
		code: "user-unknown", other: "add", offer: "Add Them Instead",
		all: (count) => (count === 1 ? "The user of this file does not exist." : count === 2 ? "Neither user of this file exists."
			: `None of the ${count} users of this file exists.`),
		most: (count) => `${count} users of this file do not exist.`,
	},
};

/**
 * Whether most of a file's people are there already though they were to be added, or not there though they were to be updated.
 *
 * @param {{action: string, total: number}} it
 * @param {{cells: Record<string, string>, notes: {code: string}[]}[]} rejected its rejected rows
 * @returns {{action: string, found: string, offer: string} | undefined} action: the one that was probably meant
 */
export function wrongAction({ action, total }, rejected) {
	const { code, other, offer, all, most } = SIGNS[action];
	const rows = rejected.filter((row) => row.notes.some((note) => note.code === code));
	// Somebody who stands in the file a second time exists by the first.
	const count = new Set(rows.map((row) => usernameOf(row.cells))).size;
	if (count * 2 <= total) return undefined;
	return { action: other, offer, found: count === total ? all(count) : most(count) };
}
