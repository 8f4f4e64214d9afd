import { html } from "./html.js";

/** An address breaks after its @ rather than in the middle of a word. */
export function breakable(text) {
	const at = text.lastIndexOf("@") + 1;
	return at === 0 ? text : html`${text.slice(0, at)}<wbr>${text.slice(at)}`;
}
