import { Element, uniqueId } from "./element.js";
import { html, nothing } from "./html.js";
import { icon } from "./icons.js";

/**
 * A button that opens what is below it, over the page: closed by itself, Escape, or a click elsewhere.
 *
 * Properties: <code>label</code> on the button; <code>content</code> what it opens, a template, set last.
 */
class PopUp extends Element {
	label = "";
	#content;
	#open = false;
	#panel = uniqueId("pop-up");

	set content(content) {
		this.#content = content;
		this.update();
	}

	connectedCallback() {
		super.connectedCallback();
		document.addEventListener("pointerdown", (event) => {
			if (this.#open && !this.contains(/** @type {Node} */ (event.target))) this.close();
		}, { signal: this.gone });
		this.addEventListener("focusout", (event) => {
			if (this.#open && event.relatedTarget && !this.contains(/** @type {Node} */ (event.relatedTarget))) this.close();
		}, { signal: this.gone });
		this.addEventListener("keydown", (event) => {
			if (!this.#open || event.key !== "Escape") return;
			event.preventDefault();
			event.stopPropagation();
			this.close();
			this.querySelector("button").focus();
		}, { signal: this.gone });
	}

	close() {
		this.#open = false;
		this.update();
	}

	template() {
		return html`
			<button type="button" class="button small" aria-expanded=${this.#open} aria-controls=${this.#panel} @click=${() => {
				this.#open = !this.#open;
				this.update();
			}}>${this.label} ${icon("down")}</button>
			<div class="pop-up-panel" id=${this.#panel} ?hidden=${!this.#open}>${this.#open ? this.#content : nothing}</div>`;
	}
}

customElements.define("pop-up", PopUp);
