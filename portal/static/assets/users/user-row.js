import { isMe, manages } from "../session.js";
import { html, live, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";

/**
 * An account in the list of users, with what may be done to it.
 *
 * @param {any} user
 * @param {{columns: import("./columns.js").Column[], nameOf: (code: string) => string | undefined, chosen: boolean, active: boolean,
 *     choose: (range: boolean) => void, act: (name: "deactivate" | "reactivate") => void}} how active: whether the list is of active accounts;
 *     range: all from the one that was chosen last
 */
export function userRow(user, { columns, nameOf, chosen, active, choose, act }) {
	const onClick = (event) => {
		if (!event.target.closest("a, button, input, label") && (event.shiftKey || !getSelection().toString())) choose(event.shiftKey);
	};
	return html`
		<tr role="row" class=${chosen ? "selected" : ""} @click=${onClick} @mousedown=${(event) => event.shiftKey && event.preventDefault()}>
			<td role="cell" class="choose"><input type="checkbox" aria-label="Select ${user.username}" .checked=${live(chosen)}
				@click=${(event) => choose(event.shiftKey)}></td>
			${columns.map(({ title, kind, cell }) => html`<td role="cell" data-label=${title} class=${kind}>${cell(user, nameOf)}</td> `)}
			<td role="cell" class="row-actions">${actions(user, active, act)}</td>
		</tr>`;
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
