// Undos as the interface gives them.

/** @param {string} id @param {object} more */
export const imported = (id, more = {}) => ({
	id,
	action: "update",
	fileName: "staff.csv",
	status: "completed",
	dryRun: false,
	submittedBy: "pat",
	submittedAt: "2026-05-04T10:00:00Z",
	completedAt: "2026-05-04T10:00:01Z",
	keptUntil: "2126-08-02T10:00:00Z",
	message: "All is done.",
	total: 3,
	processed: 3,
	rejected: 0,
	created: 1,
	updated: 2,
	unchanged: 0,
	deactivated: 0,
	mails: 0,
	undo: false,
	undoOf: null,
	undoUntil: "2126-06-03T10:00:01Z",
	undoneAt: null,
	undoneBy: null,
	...more,
});

/** @param {string} id @param {string} of @param {object} more */
export const undoOf = (id, of, more = {}) =>
	imported(id, { undo: true, undoOf: of, undoUntil: null, created: 0, message: "It is undone.", ...more });

/** @param {number} recordNumber @param {object} more that takes back the record of ten times its number */
export const row = (recordNumber, more = {}) => ({
	recordNumber,
	undoes: recordNumber * 10,
	userId: `id-${recordNumber}`,
	outcome: "unchanged",
	cells: { Username: `user.${recordNumber}`, Fname: "Pat", Lname: `No ${recordNumber}`, Role: "TA", Org: "0710-1" },
	notes: [],
	warnings: [],
	changes: [],
	credentialsSent: [],
	...more,
});

export const DEACTIVATION = { outcome: "updated", changes: [{ field: "status", before: "active", after: "deactivated" }] };

/** @param {string} field @param {string} before @param {string} after */
export const back = (field, before, after) => ({ outcome: "updated", changes: [{ field, before, after }] });

export const USED = { notes: [{ field: "username", code: "used-since", message: "Somebody has signed in to the account" }] };

export const EDITED = {
	notes: [{ field: "lastName", code: "changed-since", message: "Last name was changed by Pat Smith on May 5, 2026" }],
};
