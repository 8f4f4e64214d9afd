import { counted } from "../ui/dates.js";

/** What is said of an import in few words. */

/**
 * Where it stands.
 *
 * @param {{status: string, dryRun: boolean, committedAs?: string, rejected: number, open?: number, undo?: boolean, undoneAt?: string,
 *     updated?: number, total?: number}} it
 * @returns {{text: string, kind: string}} kind: the color of its tag
 */
export function statusOf(it) {
	if (it.status !== "completed") return { text: it.dryRun ? "Being checked" : it.undo ? "Being undone" : "Being applied", kind: "" };
	if (it.dryRun) return it.committedAs ? { text: "Preview, applied", kind: "" } : { text: "Preview, not applied", kind: "caution" };
	if (it.undo) return HOW_FAR[howFar(it)];
	if (it.undoneAt) return { text: "Undo started", kind: "" }; // which may still be running, or have left some
	const open = it.open ?? it.rejected;
	return open > 0 ? { text: `${counted(open, "record")} still open`, kind: "caution" } : { text: "Applied", kind: "good" };
}

/** How much of an import an undo takes back. */
const HOW_FAR = {
	nothing: { text: "Nothing undone", kind: "caution" },
	some: { text: "Partly undone", kind: "caution" },
	all: { text: "Undone", kind: "good" },
};

/** @param {{updated?: number, total?: number}} it an undo */
const howFar = ({ updated, total }) => (updated === 0 ? "nothing" : updated === total ? "all" : "some");

/** @param {{corrections?: number}} it @returns {string} what of it waits to be applied; blank for nothing */
export const correctionsOf = (it) => (it.corrections ? `${counted(it.corrections, "corrected record")}, not applied yet` : "");

/** Over the message of Table 5, and never at odds with it. */
export function popUpTitle(it) {
	if (it.dryRun) return "Preview";
	if (it.undo) return HOW_FAR[howFar(it)].text;
	if (it.processed === 0) return "No users uploaded";
	return it.rejected > 0 ? "File uploaded with errors" : "File uploaded";
}
