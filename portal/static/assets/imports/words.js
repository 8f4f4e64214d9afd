import { counted } from "../ui/dates.js";

/** What is said of an import in few words. */

/**
 * Where it stands.
 *
 * @param {{status: string, dryRun: boolean, committedAs?: string, rejected: number, open?: number}} it
 * @returns {{text: string, kind: string}} kind: the color of its tag
 */
export function statusOf(it) {
	if (it.status !== "completed") return { text: it.dryRun ? "Being checked" : "Being applied", kind: "" };
	if (it.dryRun) return it.committedAs ? { text: "Preview, applied", kind: "" } : { text: "Preview, not applied", kind: "caution" };
	const open = it.open ?? it.rejected;
	return open > 0 ? { text: `${counted(open, "record")} still open`, kind: "caution" } : { text: "Applied", kind: "good" };
}

/** @param {{corrections?: number}} it @returns {string} what of it waits to be applied; blank for nothing */
export const correctionsOf = (it) => (it.corrections ? `${counted(it.corrections, "corrected record")}, not applied yet` : "");

/** Over the message of Table 5, and never at odds with it. */
export function popUpTitle(it) {
	if (it.dryRun) return "Preview";
	if (it.processed === 0) return "No users uploaded";
	return it.rejected > 0 ? "File uploaded with errors" : "File uploaded";
}
