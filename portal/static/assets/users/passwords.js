import { dayOfYear } from "../ui/dates.js";
import { html, live } from "../ui/html.js";

/** What somebody signs in to the Portal with, by the names that the interface filters by: each account has one of them. */
export const PASSWORDS = {
	set: "Own password set",
	issued: "Password sent",
	expiring: "Password expires within a day",
	expired: "New credentials needed",
};

/** @param {string} chosen one of them, or nothing for all @param {(state: string) => void} choose */
export function chooseCredentials(chosen, choose) {
	return html`<label class="chosen">Credentials
		<select .value=${live(chosen)} @change=${(event) => choose(event.target.value)}>
			<option value="">All</option>
			${Object.entries(PASSWORDS).map(([state, title]) => html`<option value=${state} ?selected=${state === chosen}>${title}</option>`)}
		</select></label>`;
}

/**
 * How somebody's password at the Portal stands, in the list: the server says which of {@link PASSWORDS} it is.
 *
 * @param {{portalPassword: string, credentials?: Record<string, any>}} user
 */
export function passwordState({ portalPassword, credentials = {} }) {
	if (portalPassword === "set") return html`<span class="tag good">Signed in</span>`;
	if (Object.values(credentials).some((it) => it.delivery === "failed" || it.delivery === "expired")) return html`<span class="tag bad">Not delivered</span>`;
	if (portalPassword === "expired") return html`<span class="tag bad">Expired</span>`;
	return html`<span class="tag ${portalPassword === "expiring" ? "caution" : ""}">Password until ${dayOfYear(credentials.portal?.expiresAt)}</span>`;
}
