import { isMe, manages, roleTitle } from "../session.js";
import { breakable } from "../ui/breakable.js";
import { html, live, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";

/**
 * An account in the list of users, with what may be done to it.
 *
 * @param {any} user
 * @param {{chosen: boolean, active: boolean, choose: () => void, act: (name: "deactivate" | "reactivate") => void}} how active: whether the
 *     list is of active accounts
 */
export function userRow(user, { chosen, active, choose, act }) {
	const onClick = (event) => {
		if (!event.target.closest("a, button, input, label") && !getSelection().toString()) choose();
	};
	return html`
		<tr role="row" class=${chosen ? "selected" : ""} @click=${onClick}>
			<td role="cell" class="choose"><input type="checkbox" aria-label="Select ${user.username}" .checked=${live(chosen)} @change=${choose}></td>
			<td role="cell" data-label="First Name" class="name">${user.firstName}</td>
			<td role="cell" data-label="Last Name" class="name">${user.lastName}</td>
			<td role="cell" data-label="Email" class="long">${breakable(user.email)}${undelivered(user)}</td>
			<td role="cell" data-label="Username" class="long">${breakable(user.username)}</td>
			<td role="cell" data-label="Role">${roleTitle(user.role)}</td>
			<td role="cell" class="row-actions">${actions(user, active, act)}</td>
		</tr>`;
}

function undelivered(user) {
	const failed = Object.values(user.credentials ?? {}).some((it) => it.delivery === "failed");
	return failed ? html` <span class="tag bad">Email not delivered</span>` : nothing;
}

function actions(user, active, act) {
	if (isMe(user)) return html`<a class="icon-button" href="/profile" aria-label="Your profile" title="Your profile">${icon("edit")}</a>`;
	if (!manages(user)) return nothing;
	return html`
		<a class="icon-button" href="/users/${user.id}" aria-label="Edit User ${user.username}" title="Edit User">${icon("edit")}</a>
		${active
			? html`<button type="button" class="icon-button bad" aria-label="Deactivate User ${user.username}" title="Deactivate User"
				@click=${() => act("deactivate")}>${icon("cross")}</button>`
			: html`<button type="button" class="icon-button good" aria-label="Reactivate ${user.username}" title="Reactivate"
				@click=${() => act("reactivate")}>${icon("plus")}</button>`}`;
}
