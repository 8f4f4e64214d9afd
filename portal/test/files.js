// Files as the interface gives them.
import { Row } from "../static/assets/imports/row.js";
import { Sheet } from "../static/assets/imports/sheet.js";
import { session } from "../static/assets/session.js";

session.me = { id: "1", username: "pat", role: "DTC", permissions: [], organizations: [] };
session.reference = {
	fields: [
		{ id: "username", column: "Username" },
		{ id: "role", column: "Role" },
		{ id: "organizations", column: "Org" },
		{ id: "phone", column: "Phone" },
		{ id: "address", column: "Address" },
	],
	roles: [],
};

const PAT = { Username: "pat.one", Fname: "Pat", Lname: "One", Email: "p@x.example", Role: "TA", Org: "0005-1", Phone: "", Address: "" };

/** @param {string} field @param {string} message */
export const note = (field, message = `${field} is wrong`) => ({ field, code: `${field}-fault`, message });

/**
 * @param {number} recordNumber
 * @param {Record<string, string>} cells those that are not as everybody's
 * @param {{field: string, message: string}[]} notes
 * @param {any[]} suggestions
 */
export function stored(recordNumber, cells = {}, notes = [], suggestions = []) {
	const outcome = notes.length ? "rejected" : "created";
	return {
		recordNumber,
		cells: { ...PAT, Username: `pat.${recordNumber}`, ...cells },
		outcome,
		notes,
		warnings: [],
		changes: [],
		suggestions,
	};
}

/** @param {any[]} rows @param {string} id of the import */
export function sheetOf(rows, id = "i1") {
	return new Sheet({ action: "add", rows: rows.map((it) => new Row(it, { home: { id, record: it.recordNumber }, editable: true })) });
}
