import { download } from "../api.js";
import { session } from "../session.js";
import * as status from "../ui/status.js";

/** What the screens of imports share. */

export const ACTIONS = { add: "Add New Users", update: "Update Existing Users" };

/** What a file was uploaded for, or what was done instead. @param {{action: string, undo?: boolean}} it */
export const actionOf = ({ action, undo }) => (undo ? "Undo" : ACTIONS[action]);

/** The file's column of a field that a note or a change names. */
export const columnOf = (field) => session.reference.fields.find((it) => it.id === field)?.column ?? field;

/** The guide's lines of a summary, word for word (V.D); of an undo, which it does not know, our own. */
export function countLines(it) {
	if (it.undo) {
		const [back, deactivated, kept, rejected] = it.dryRun
			? ["To change back", "To deactivate", "To keep as they are", "Cannot be undone"]
			: ["Changed back", "Deactivated", "Kept as they were", "Not undone"];
		return [
			["Records that created or updated a user", it.total],
			[back, it.updated - it.deactivated],
			[deactivated, it.deactivated],
			[kept, it.unchanged],
			[rejected, it.rejected],
		];
	}
	return [
		["Total number of records present in the uploaded file", it.total],
		["Number of Records Rejected", it.rejected],
		["Number of Records Processed", it.processed],
		["Number of Users Created", it.created],
		["Number of Users Updated", it.updated],
	];
}

export async function downloadErrors(id) {
	await keep(() => download(`/api/imports/${id}/errors`, "users-errors.csv"));
}

export async function downloadUpload(it) {
	await keep(() => download(`/api/imports/${it.id}/file`, it.fileName));
}

export async function downloadTemplate() {
	await keep(() => download("/api/imports/template", "users-template.csv"));
}

async function keep(fetching) {
	try {
		const name = await fetching();
		status.done(`${name} has been downloaded.`);
	} catch (problem) {
		status.failed(problem.message);
	}
}
