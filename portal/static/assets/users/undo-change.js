import { isSame } from "../read-again.js";
import * as status from "../ui/status.js";
import { Draft } from "./account-draft.js";
import { save } from "./accounts.js";

/**
 * Another role or other organizations can be taken back for as long as nobody else has changed the account. Another address cannot: mails
 * have gone to it.
 *
 * @param {any} before the account as it was read
 * @param {{data: any, etag?: string}} saved as it is now
 * @returns {status.Action | undefined}
 */
export function undoOfChange(before, { data, etag }) {
	const isMoved = ["role", "organizations"].some((field) => !isSame(before[field], data[field]));
	if (!isMoved || !etag || !isSame(before.email, data.email)) return undefined;
	return {
		label: "Undo",
		run: async () => {
			try {
				const undone = await save(before.id, new Draft(before).values, etag);
				if (undone.errors.length > 0) status.failed(`Not all of the changes to ${before.username} have been undone.`);
				else status.done(`The changes to ${before.username} have been undone.`);
			} catch (problem) {
				status.failed(problem.status === 412 ? `Nothing has been undone. Somebody has changed ${before.username} meanwhile.` : problem.message);
			}
			document.dispatchEvent(new Event("portal:retry")); // whatever is on the screen is read again
		},
	};
}
