import { labelOf } from "../fields.js";
import { ask } from "../ui/dialog.js";
import { html } from "../ui/html.js";
import { Draft } from "./account-draft.js";
import { inWords } from "./in-words.js";

/**
 * Another save was quicker: shows what it changed, and lets the person decide.
 *
 * @param {Draft} draft what is filled in
 * @param {object} account as it is now
 * @param {AbortSignal} signal ends the question
 * @returns {Promise<"merge" | "mine" | "theirs" | undefined>} whose changes are to be in it; nothing where the person has not decided
 */
export async function askWhose(draft, account, signal) {
	const theirs = new Draft(account);
	const rows = await Promise.all(draft.changedIn(account).map((field) => row(field, draft, theirs)));
	return ask({
		title: "This account has changed in the meantime",
		wide: true,
		body: html`
			<p>While you were editing, this account was saved by someone else, or by you in another window. Nothing of yours is lost.</p>
			<table class="diff"><caption class="visually-hidden">What was changed</caption>
				<thead><tr><th scope="col">Field</th><th scope="col">Before</th><th scope="col">Now</th><th scope="col">Yours</th></tr></thead>
				<tbody>${rows}</tbody></table>`,
		buttons: [
			{ label: "Keep Those Changes Too", value: "merge", kind: "primary", focus: true },
			{ label: "Overwrite Them", value: "mine" },
			{ label: "Discard Mine", value: "theirs" },
		],
		signal,
	});
}

async function row(field, draft, theirs) {
	const shown = (values) => inWords(field, values[field]).then((words) => words || "(blank)");
	const [before, now, yours] = await Promise.all([draft.before, theirs.values, draft.values].map(shown));
	return html`<tr><th scope="row">${labelOf(field)}</th><td>${before}</td>
		<td><ins>${now}</ins></td>
		<td>${draft.isChanged(field) ? html`<ins>${yours}</ins>` : html`<span class="hint">not changed by you</span>`}</td></tr>`;
}
