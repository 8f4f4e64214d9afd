import { Element } from "./element.js";
import { html, nothing } from "./html.js";
import { icon } from "./icons.js";

/** What was just done, said once: shown above the page until it is closed or the next one comes, and read out. */
class StatusMessage extends Element {
	#message;

	connectedCallback() {
		super.connectedCallback();
		document.addEventListener("portal:status", (/** @type {CustomEvent} */ event) => {
			this.#message = event.detail;
			this.update();
		}, { signal: this.gone });
	}

	/** It can be done once: the button goes with what it says. */
	#take(message) {
		this.#message = undefined;
		this.update();
		message.action.run();
	}

	template() {
		const message = this.#message;
		return html`
			<div class="status-holder" role="status">
				${message ? html`
					<div class="status ${message.kind}">
						${icon(message.kind === "done" ? "done" : "warning")}
						<span>${message.text}${message.links?.map(({ label, address }, i) => html`${i ? " · " : " "}<a href=${address}>${label}</a>`)}</span>
						${message.action ? html`<button type="button" class="button small" @click=${() => this.#take(message)}>${message.action.label}</button>` : nothing}
						<button type="button" class="icon-button" aria-label="Dismiss this message"
							@click=${() => {
								this.#message = undefined;
								this.update();
							}}>${icon("cross")}</button>
					</div>` : nothing}
			</div>`;
	}
}

customElements.define("status-message", StatusMessage);

/**
 * What may follow on what was done: links to where one may go on from there, and what can be done about it, by a button.
 *
 * @typedef {{label: string, run: () => void}} Action
 * @typedef {{links?: {label: string, address: string}[], action?: Action}} Next
 */

/** @param {string | undefined} text @param {string} kind @param {Next} [next] */
function say(text, kind, next) {
	document.dispatchEvent(new CustomEvent("portal:status", { detail: text ? { text, kind, ...next } : undefined }));
}

/** @param {string} text a sentence about what was done @param {Next} [next] */
export const done = (text, next) => say(text, "done", next);

/** @param {string} text what went wrong and what to do now */
export const failed = (text) => say(text, "failed");

/** @type {{text?: string, next?: Next}} */
let pending = {};

/** Said on the next screen: what was done on the one that is left. @param {string} text @param {Next} [next] */
export const doneBeforeNext = (text, next = undefined) => {
	pending = { text, next };
};

/** A new screen has nothing to say but what was done just before. */
export const clear = () => {
	say(pending.text, "done", pending.next);
	pending = {};
};
