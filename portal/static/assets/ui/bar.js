import { Element } from "./element.js";
import { html, nothing, repeat } from "./html.js";
import { icon } from "./icons.js";

/**
 * The "blue bar" of the guide (V.B), which opens what is chosen from: Escape, a click elsewhere and going on to another control close it. Above it
 * is what was chosen, each with an × of its own where it may be given up.
 *
 * Subclasses draw <code>button</code>, and what it opens while <code>isOpen</code>.
 */
export class Bar extends Element {
	isOpen = false;
	/** What a pointer presses keeps its place until it is released: what closes in between would take it away from under it. */
	#pressed = false;

	connectedCallback() {
		super.connectedCallback();
		const options = { signal: this.gone };
		const outside = { ...options, capture: true };
		document.addEventListener("pointerdown", () => this.#press(true), outside);
		for (const released of ["pointerup", "pointercancel"]) document.addEventListener(released, () => this.#press(false), outside);
		document.addEventListener("click", (event) => this.isOpen && !this.#has(event.target) && this.close(), outside);
		this.addEventListener("focusout", ({ relatedTarget: next }) => {
			if (this.isOpen && next && !this.#pressed && !this.#has(next)) this.close();
		}, options);
		this.addEventListener("keydown", (event) => {
			if (event.key !== "Escape" || !this.isOpen) return;
			event.preventDefault();
			event.stopPropagation();
			this.close(true);
		}, options);
	}

	#press(pressed) {
		this.#pressed = pressed;
	}

	#has(target) {
		return this.contains(/** @type {Node} */ (target));
	}

	open() {
		this.isOpen = true;
		this.update();
	}

	/** @param {boolean} focus whether the bar gets it, as after what somebody has done within */
	close(focus = false) {
		this.isOpen = false;
		this.update();
		if (focus) this.querySelector(".bar").focus();
	}

	toggle() {
		if (this.isOpen) this.close();
		else this.open();
	}

	/**
	 * @param {string[]} chosen
	 * @param {{label: string, title: (id: string) => string, give: (id: string) => void, locked?: (id: string) => unknown}} how give: up; locked: what to
	 *     say beside one that is not to be given up here
	 */
	chips(chosen, { label, title, give, locked }) {
		if (chosen.length === 0) return nothing;
		return html`<ul class="chips" aria-label=${label}>
			${repeat(chosen, (id) => id, (id, at) => {
				const why = locked?.(id);
				return html`<li class="chip"><span>${title(id)}</span>${why ? html`${icon("lock")}<small>${why}</small>`
					: html`<button type="button" class="icon-button" aria-label="Remove ${title(id)}" @click=${() => this.#give(id, at, give)}>${icon("cross")}</button>`}</li>`;
			})}
		</ul>`;
	}

	/** The focus goes to the × that is there now, or to the bar. */
	async #give(id, at, give) {
		give(id);
		await Promise.resolve();
		await Promise.resolve();
		const crosses = [...this.querySelectorAll(".chips button")];
		/** @type {HTMLElement | undefined} */ (crosses[Math.min(at, crosses.length - 1)] ?? this.querySelector(".bar"))?.focus();
	}
}
