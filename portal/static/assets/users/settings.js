import { session } from "../session.js";

/**
 * How a person likes the list, remembered by the browser for this person alone.
 *
 * @typedef {{columns?: string[], compact?: boolean, size?: number, views?: {name: string, address: string}[]}} Settings
 */

const key = () => `rollcall-list-${session.me.id}`;

/** @returns {Settings} */
export function settings() {
	try {
		return JSON.parse(localStorage.getItem(key()) ?? "{}");
	} catch {
		return {}; // a browser may keep nothing for us
	}
}

/** @param {Settings} change */
export function remember(change) {
	try {
		localStorage.setItem(key(), JSON.stringify({ ...settings(), ...change }));
	} catch {
		// it is so until the next time
	}
}
