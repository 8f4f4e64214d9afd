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

	template() {
		const message = this.#message;
		return html`
			<div class="status-holder" role="status">
				${message ? html`
					<div class="status ${message.kind}">
						${icon(message.kind === "done" ? "done" : "warning")}
						<span>${message.text}${message.links?.map(({ label, address }, i) => html`${i ? " · " : " "}<a href=${address}>${label}</a>`)}</span>
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

function say(text, kind, links) {
	document.dispatchEvent(new CustomEvent("portal:status", { detail: text ? { text, kind, links } : undefined }));
}

/** @param {string} text a sentence about what was done @param {{label: string, address: string}[]} links where one may go on from there */
export const done = (text, links = undefined) => say(text, "done", links);

/** @param {string} text what went wrong and what to do now */
export const failed = (text) => say(text, "failed");

let pending;

/** Said on the next screen: what was done on the one that is left. */
export const doneBeforeNext = (text, links = undefined) => {
	pending = { text, links };
};

/** A new screen has nothing to say but what was done just before. */
export const clear = () => {
	say(pending?.text, "done", pending?.links);
	pending = undefined;
};
