import { wordsOf } from "../api.js";
import { html, nothing } from "./html.js";
import { icon } from "./icons.js";

/** What could not be read, in place of it or above. @param {import("../api.js").Problem} problem @param {unknown} next what to do about it */
export const failure = (problem, next) => html`<div class="notice bad" role="alert">${icon("warning")}<span>${wordsOf(problem)}</span>${next}</div>`;

/**
 * Nothing comes of asking again for what is not there, or not for this person.
 *
 * @param {import("../api.js").Problem} problem
 * @param {() => unknown} again
 * @param {unknown} instead where nothing comes of it
 */
export const tryAgain = ({ status }, again, instead = nothing) => ([403, 404].includes(status) ? instead
	: html`<button type="button" class="button small" @click=${again}>Try Again</button>`);
