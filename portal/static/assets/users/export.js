import { download } from "../api.js";
import { counted } from "../ui/dates.js";
import { tell } from "../ui/dialog.js";
import { html } from "../ui/html.js";
import * as status from "../ui/status.js";

/**
 * Export Users: a file with the columns of the upload's template.
 *
 * @param {number} count of the accounts
 * @param {object} wanted their ids, or what they have in common
 */
export async function exportUsers(count, wanted) {
	try {
		const name = await download("/api/users/exports", "users.csv", { method: "POST", json: wanted });
		await tell({
			title: "Users exported",
			body: html`<p>The data of ${counted(count, "user")} has been exported. The export file
				<strong>${name}</strong> has been downloaded.</p>
				<p class="hint">Spreadsheets remove the zeros in front of codes such as 03480000. The preview of your upload offers to restore them.</p>`,
		});
	} catch (problem) {
		status.failed(`Nothing was exported. ${problem.message}`);
	}
}
