import { freshKey, get, post, wordsOf } from "../api.js";
import { runsTheSystem, session, withNames } from "../session.js";
import { counted } from "../ui/dates.js";
import { ask, confirm, tell } from "../ui/dialog.js";
import { textField } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import * as status from "../ui/status.js";
import { addressOf } from "./accounts.js";
import { forget } from "./kept-selection.js";

/** Deactivate, reactivate, send new credentials: one account or many, each with its own outcome (guide, V.C). */

const MAX_AT_ONCE = 1000;
const NAMED = 10;
/** So many accounts are read again after an action: as many as a page of the list has, which is read again too. */
const READ_AGAIN = 50;
const READ_AT_ONCE = 6;

const numbered = (count) => count.toLocaleString("en-US");

/** A sentence about those who would lose one, with a blank before it. */
function ownPasswords(many, users) {
	const count = users.filter((user) => Object.values(user.credentials ?? {}).some((it) => it.state === "set")).length;
	if (count === 0) return "";
	if (!many) return " This person has a password of their own. It stops working, too.";
	return count === 1 ? " One of these people has a password of their own. It stops working, too."
		: ` ${numbered(count)} of these people have a password of their own. It stops working, too.`;
}

const ACTIONS = {
	deactivate: {
		path: "/api/users/deactivations",
		button: "Deactivate",
		kind: "danger",
		question: (count) => (count > 1 ? `Deactivate the ${numbered(count)} selected user accounts?` : "Deactivate this user account?"),
		undo: "reactivate",
		consequence: (many) => (many
			? "The accounts are removed from the list of active users and can no longer be used. Their usernames cannot be reused. An email tells each user."
			: "The account is removed from the list of active users and can no longer be used. Its username cannot be reused. An email tells the user."),
		past: "deactivated",
		isDone: (account) => account.status === "deactivated",
		notDone: "The account is still active.",
		disconnects: true,
	},
	reactivate: {
		path: "/api/users/reactivations",
		button: "Reactivate",
		kind: "primary",
		question: (count) => (count > 1 ? `Reactivate the ${numbered(count)} selected user accounts?` : "Reactivate this user account?"),
		undo: "deactivate",
		consequence: (many) => (many ? "The accounts can be used again, with their roles and organizations. An email tells each user."
			: "The account can be used again, with its role and organizations. An email tells the user."),
		past: "reactivated",
		letsIn: true,
		isDone: (account) => account.status === "active",
		notDone: "The account is still deactivated.",
	},
	credentials: {
		path: "/api/users/credentials",
		button: "Send New Credentials",
		kind: "primary",
		question: (count) => (count > 1 ? `Send new credentials for the ${numbered(count)} selected user accounts?` : "Send new credentials for this user account?"),
		consequence: (many, users) => `Emails with the username and a new password are sent for both sites. Earlier passwords stop working.${ownPasswords(many, users)}`,
		past: "sent new credentials",
		letsIn: true,
		isDone: (account, before) => Object.entries(account.credentials).every(([site, it]) => it.since !== before.credentials?.[site]?.since),
		notDone: "The account has the same passwords as before.",
		disconnects: true,
	},
};

/**
 * Asks, does it, and says what happened to each account.
 *
 * @param {"deactivate" | "reactivate" | "credentials"} name
 * @param {{id: string, firstName: string, lastName: string, username: string, role: string, credentials: object}[]} users as they were read last
 * @param {AbortSignal} signal of the screen that asks: what it has asked ends with it, what it has done does not
 * @param {{typed?: boolean, undone?: () => void}} how typed: how many they are has to be typed, as nobody has chosen them one by one;
 *     undone: told when it was undone
 * @returns {Promise<boolean>} whether anything may have changed
 */
export async function act(name, users, signal, { typed = false, undone } = {}) {
	const action = ACTIONS[name];
	const many = users.length > 1;
	if (users.length > MAX_AT_ONCE) {
		await tell({ title: "Too many accounts at once", body: `Please select at most ${numbered(MAX_AT_ONCE)} accounts.`, signal });
		return false;
	}
	const proof = {};
	const title = action.question(users.length);
	const body = html`${listed(users)}<p>${action.consequence(many, users)}${action.disconnects && users.some(mayHaveSystems) ? " Connected systems are disconnected." : ""}</p>
			${action.letsIn && users.some((user) => runsTheSystem(user.role)) ? textField({
				name: "currentPassword", label: "Your Current Password", type: "password", autocomplete: "current-password", required: true, value: "",
				hint: "Needed for those who have the role Service Center or Operations.",
				oninput: (value) => {
					proof.currentPassword = value;
				},
			}) : nothing}`;
	const agreed = await (typed && many ? confirmTyping(users.length, { title, body, action, signal })
		: confirm({ title, body, action: action.button, kind: action.kind, signal }));
	if (!agreed) return false;
	const answer = await postOnce(action.path, { userIds: users.map((user) => user.id), ...proof });
	if (!answer) return false;
	const results = await heldTo(action, users, answer.results);
	if (action.undo) forget(users.filter((user) => results.some((it) => it.userId === user.id && it.outcome !== "refused")));
	await report(action.past, users, results, undoOf(action, users, results, undone));
	return true;
}

/** Nobody has looked at each of them: how many they are is typed by whoever has seen it. */
function confirmTyping(count, { title, body, action, signal }) {
	let typed = "";
	let finish;
	return ask({
		title,
		body: html`${body}${textField({
			name: "howMany", label: `Type ${count} to confirm`, value: "", inputmode: "numeric", required: true,
			oninput: (value) => {
				typed = value.trim();
			},
		})}<p class="field-error" id="how-many-error" role="alert" hidden>Type ${count} to say that you mean all of them.</p>`,
		buttons: [{ label: action.button, value: true, kind: action.kind }, { label: "Cancel", value: false }],
		signal,
		ready: (close) => {
			finish = close;
		},
		onPress: (agreed) => {
			if (!agreed || typed.replaceAll(",", "") === String(count)) {
				finish(agreed);
				return;
			}
			const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
			dialog?.querySelector("#how-many-error").removeAttribute("hidden");
			dialog?.querySelector("#howMany").focus();
		},
	});
}

/**
 * For as long as nobody else has changed them: what was done is taken back of those that are as it left them.
 *
 * @returns {status.Action | undefined}
 */
function undoOf(action, users, results, undone) {
	const tags = Object.fromEntries(results.filter((it) => it.outcome === "done" && it.etag).map((it) => [it.userId, it.etag]));
	const of = users.filter((user) => user.id in tags);
	if (!action.undo || of.length === 0) return undefined;
	const back = ACTIONS[action.undo];
	return {
		label: "Undo",
		run: async () => {
			const answer = await postOnce(back.path, { userIds: of.map((user) => user.id), ifMatch: tags });
			if (!answer) return;
			forget(of);
			await report(back.past, of, await heldTo(back, of, answer.results));
			document.dispatchEvent(new Event("portal:retry")); // whatever is on the screen is read again
			undone?.();
		},
	};
}

/**
 * A request that nobody answered is asked again with the same key: it is done once.
 *
 * @param {string} path @param {object} json
 * @returns {Promise<any>} its answer; nothing where the person has given up
 */
export async function postOnce(path, json) {
	const key = freshKey();
	for (;;) {
		try {
			return await post(path, json, { key });
		} catch (problem) {
			if (isFinal(problem)) {
				await tell({ title: "That did not work", body: wordsOf(problem) });
				return undefined;
			}
			const again = await ask({
				title: "That did not work",
				body: problem.message,
				buttons: [{ label: "Try Again", value: true, kind: "primary", focus: true }, { label: "Cancel", value: false }],
			});
			if (!again) return undefined;
		}
	}
}

/** Nothing comes of asking again: the current password is as it was typed, the deadline has passed. Another person's session may end. */
const isFinal = ({ errors, status: number, code }) => errors.length > 0 || (number === 409 && code !== "another-account");

/** The outcomes, and a refusal for whatever is not as they say when it is read again. */
async function heldTo(action, users, results) {
	const byId = new Map(results.map((result) => [result.userId, result]));
	const held = users.map((user) => byId.get(user.id) ?? refusal(user, "What became of this account is not known. Please look at it."));
	const done = users.filter((user) => byId.has(user.id) && byId.get(user.id).outcome !== "refused").slice(0, READ_AGAIN);
	const undone = new Set();
	const next = async () => {
		for (let user = done.pop(); user; user = done.pop()) {
			const account = await get(addressOf(user.id), { quiet: true }).catch(() => undefined);
			if (account && !action.isDone(account, user)) undone.add(user.id);
		}
	};
	await Promise.all(Array.from({ length: READ_AT_ONCE }, next));
	return held.map((result) => (undone.has(result.userId) ? refusal({ id: result.userId }, action.notDone) : result));
}

/** What {@link report} says of one to whom something was not done. */
export const refusal = (user, message) => ({ userId: user.id, outcome: "refused", message });

/**
 * Says what was done, and by name what was not.
 *
 * @param {string} past what has been done to those that were not refused
 * @param {{id: string, firstName: string, lastName: string, username: string, organizations?: string[]}[]} users
 * @param {{userId: string, outcome: string, message?: string}[]} results of each
 * @param {status.Action} [undo]
 */
export async function report(past, users, results, undo = undefined) {
	const refused = results.filter((result) => result.outcome === "refused");
	const fine = results.length - refused.length;
	const summary = fine === 0 ? "" : `${counted(fine, "user account")} ${fine === 1 ? "has" : "have"} been ${past}.`;
	if (refused.length === 0) {
		status.done(summary, { action: undo });
		return;
	}
	const byId = new Map(users.map((user) => [user.id, user]));
	const named = await Promise.all(refused.map(async ({ userId, message = "" }) => ({
		user: byId.get(userId), message: await withNames(message, byId.get(userId)?.organizations ?? []),
	})));
	await tell({
		title: fine === 0 ? `Not ${past}` : `${counted(refused.length, "account")} not ${past}`,
		wide: true,
		body: html`
			${summary ? html`<p>${summary}</p>` : nothing}
			<ul class="outcomes">
				${named.map(({ user, message }) => html`<li><strong>${nameOf(user)}</strong> ${message}</li>`)}
			</ul>`,
	});
	if (summary) status.done(summary, { action: undo });
}

/** Whether somebody in this role may have programs act for them. */
const mayHaveSystems = (user) => session.reference.roles.find((role) => role.code === user.role)?.permissions.includes("manage-users") ?? true;

const nameOf = (user) => `${user.firstName} ${user.lastName} (${user.username})`;

function listed(users) {
	const rest = users.length - NAMED;
	return html`<ul class="named">
		${users.slice(0, NAMED).map((user) => html`<li>${nameOf(user)}</li>`)}
		${rest > 0 ? html`<li>and ${counted(rest, "more account")}</li>` : nothing}
	</ul>`;
}
