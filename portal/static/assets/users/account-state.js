import { isMe, manages } from "../session.js";
import "../systems/connected-systems.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import "./account-history.js";
import { credentialState, siteName } from "./credentials.js";

/**
 * What became of an account that there is, beside its form: its credentials at both sites with what may be done to them, the systems
 * that act for it, what happened to it.
 *
 * @param {any} account
 * @param {{version: string, act: (name: "deactivate" | "reactivate" | "credentials") => void, changed: () => void}} how version: entity
 *     tag; changed: told of changes made here by others than <code>act</code>
 */
export function accountState(account, { version, act, changed }) {
	return html`
		<section class="card" aria-labelledby="credentials-heading">
			<h2 id="credentials-heading">Credentials</h2>
			<dl class="facts">
				<dt>Account</dt><dd>${account.status === "active" ? "Active" : html`<span class="tag bad">Deactivated</span>`}</dd>
				${Object.entries(account.credentials ?? {}).map(([site, credential]) => html`
					<dt>${siteName(site)}</dt><dd>${credentialState(credential)}</dd>`)}
			</dl>
			${manages(account) ? html`<div class="button-row">
				${account.status === "active" ? html`
					<button type="button" class="button" @click=${() => act("credentials")}>${icon("mail")} Send New Credentials</button>
					<button type="button" class="button danger" @click=${() => act("deactivate")}>Deactivate User</button>`
					: html`<button type="button" class="button primary" @click=${() => act("reactivate")}>Reactivate</button>`}
			</div>` : nothing}
		</section>
		${manages(account) || isMe(account) ? html`<connected-systems .account=${account.id} @disconnected=${changed}></connected-systems>` : nothing}
		<section class="card" aria-labelledby="history-heading">
			<h2 id="history-heading">History</h2>
			<account-history .account=${account.id} .version=${version}></account-history>
		</section>`;
}
