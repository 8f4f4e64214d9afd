import { session } from "../session.js";
import { Selection } from "./selection.js";

/** What is chosen in the list outlives the screen: in this tab, for this person, apart for active and for deactivated accounts. */

const STATUSES = ["active", "deactivated"];

const keyOf = (status) => `rollcall-selected-${status}-${session.me.id}`;

/** No more of an account than is shown of it before something is done to it. */
const kept = ({ id, firstName, lastName, username, email, role, organizations, credentials }) => ({
	id, firstName, lastName, username, email, role, organizations, credentials,
});

/** @param {string} status */
export function selectionOf(status) {
	try {
		return new Selection(JSON.parse(sessionStorage.getItem(keyOf(status)) ?? "[]"));
	} catch {
		return new Selection();
	}
}

/** @param {string} status @param {Selection} selection */
export function keep(status, selection) {
	const accounts = selection.accounts.map(kept);
	try {
		if (accounts.length > 0) sessionStorage.setItem(keyOf(status), JSON.stringify(accounts));
		else sessionStorage.removeItem(keyOf(status));
	} catch {
		// it is there until the screen goes
	}
}

/** Accounts that have another status now are chosen no longer. @param {{id: string}[]} accounts */
export function forget(accounts) {
	for (const status of STATUSES) {
		const selection = selectionOf(status);
		selection.drop(accounts);
		keep(status, selection);
	}
}
