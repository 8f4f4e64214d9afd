import { changesInWords } from "../imports/changes.js";
import { html, nothing } from "../ui/html.js";
import { NOT_BY_YOUR_ROLE } from "../users/in-words.js";
import { ofAccount, ofList, personColumns } from "../users/people-table.js";

/** The groups of a comparison that are only looked at: what each is, and what its table has. */

/** Why it is not for this person to say whether somebody has left. */
const WHY_KEPT = {
	oneself: "This is your own account.",
	role: NOT_BY_YOUR_ROLE,
	"organizations-outside": "This account also belongs to organizations outside your own.",
};

/** What a record is about, in the words of its note. */
const messages = (notes) => notes.map(({ message }) => message).join("; ");

const warnings = (record) => (record.warnings.length ? html`<p class="hint">Warning: ${messages(record.warnings)}</p>` : nothing);

/**
 * @param {import("../users/people-table.js").NameOf} nameOf
 * @returns {Record<string, import("../users/people-table.js").Group>} by the names of the interface
 */
export function groups(nameOf) {
	const Record = (record) => record.recordNumber;
	const listed = personColumns(ofList, nameOf);
	const there = personColumns((row) => ofAccount(row.account), nameOf);
	const changes = (record) => html`${changesInWords(record.changes, nameOf)}${warnings(record)}`;
	const changed = Object.entries({ Record, Name: there.Name, Username: there.Username, Changes: changes });
	return {
		new: {
			title: "New",
			words: "They have no user account yet.",
			columns: Object.entries({ Record, ...listed, Name: (record) => html`${listed.Name(record)}${warnings(record)}` }),
		},
		changed: { title: "Changed", words: "The list and their user accounts differ.", columns: changed },
		moved: { title: "Moved", words: "Their user accounts belong to other organizations.", columns: changed },
		rejected: {
			title: "Rejected",
			words: "These records cannot be compared. Correct them in the file, then compare the corrected file. You can also correct most of them in a preview. The list on this page does not change by that.",
			columns: Object.entries({ Record, Name: listed.Name, Username: listed.Username, Notes: (record) => messages(record.notes) }),
		},
		same: {
			title: "Same",
			words: "",
			columns: Object.entries({ Record, Name: there.Name, Username: there.Username, Role: there.Role, Organization: there.Organization }),
		},
		kept: {
			title: "Not Compared",
			words: "These people are not in the list. Their user accounts stay as they are.",
			columns: Object.entries({ Name: there.Name, Username: there.Username, Role: there.Role, Organization: there.Organization,
				Reason: ({ why }) => WHY_KEPT[why] ?? why }),
		},
	};
}
