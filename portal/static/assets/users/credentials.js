import { isSame } from "../read-again.js";
import { moment } from "../ui/dates.js";
import { html, nothing } from "../ui/html.js";

const STATES = {
	issued: (it) => `Password sent, good until ${moment(it.expiresAt)}`,
	used: () => "Signed in with the password that was sent",
	expired: (it) => `The password that was sent expired ${moment(it.expiresAt)}`,
	set: (it) => `Password of their own, since ${moment(it.since)}`,
};
const DELIVERIES = {
	queued: ["", "Emails waiting to be sent"], sent: ["good", "Emails sent"], failed: ["bad", "Emails not delivered"],
	expired: ["bad", "Emails not sent in time"],
};

const REASONS = {
	rejected: "The mail server refused the address.", "invalid-address": "Nothing can be sent to this address.",
	expired: "The password expired before its email could be sent.", "unreadable-secret": "Please send new credentials.",
	superseded: "The account was deactivated before the emails could be sent. Once it is active again, please send new credentials.",
};

const SITES = { portal: "MCAS Portal", training: "MCAS Training Site" };

/** @param {string} site as the interface spells it, in large letters or small */
export const siteName = (site) => SITES[site.toLowerCase()] ?? site;

/** "the MCAS Portal and the MCAS Training Site" */
export const sitesInWords = (sites) => sites.map((site) => `the ${siteName(site)}`).join(" and ");

/**
 * A password that was sent to the old address ends when another one is saved; one of the user's own stays.
 *
 * @returns {string[]} sites for which new ones are sent
 */
export function sitesRenewed(account, email) {
	if (isSame(account.email, email)) return [];
	return Object.entries(account.credentials ?? {}).filter(([, credential]) => credential.state !== "set").map(([site]) => site);
}

/** What the answer to a change of the address says beside it, as a sentence with a blank before it; or nothing. */
export function credentialsSent({ credentialsSent: sites, email }) {
	return sites?.length ? ` New credentials for ${sitesInWords(sites)} were sent to ${email}.` : "";
}

/** How an account's password at one site stands, and whether its mails arrived. */
export function credentialState(credential) {
	const [kind, text] = DELIVERIES[credential.delivery] ?? [];
	return html`${STATES[credential.state]?.(credential) ?? credential.state}
		${text ? html`<br><span class="tag ${kind}">${text}</span>${REASONS[credential.deliveryReason] ? html` <span class="hint">${REASONS[credential.deliveryReason]}</span>` : nothing}` : nothing}`;
}
