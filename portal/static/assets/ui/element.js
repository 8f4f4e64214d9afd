import { nothing, render } from "./html.js";

/**
 * A custom element that draws itself with lit-html into its own light DOM, so that one style sheet, labels and
 * <code>#main</code> reach everything. Subclasses give <code>template()</code> and call <code>update()</code> after a change.
 */
export class Element extends HTMLElement {
	#scheduled = false;
	#frame;
	#gone = new AbortController();

	connectedCallback() {
		if (this.#gone.signal.aborted) this.#gone = new AbortController();
		this.update();
	}

	disconnectedCallback() {
		this.#gone.abort();
	}

	/** Aborts when the element leaves the page: for requests and listeners that must not outlive it. */
	get gone() {
		return this.#gone.signal;
	}

	/** @returns {unknown} what it looks like now */
	template() {
		return nothing;
	}

	/** Draws with the next frame: what changes with every key need not keep pace with it. */
	updateWithFrame() {
		this.#frame ??= requestAnimationFrame(() => {
			this.#frame = undefined;
			this.update();
		});
	}

	/** Draws soon, and once however often it was asked. */
	update() {
		if (this.#scheduled) return;
		this.#scheduled = true;
		queueMicrotask(() => {
			this.#scheduled = false;
			if (this.isConnected) render(this.template(), this, { host: this });
		});
	}
}

/** Calls <code>action</code> when it was asked for the last time <code>milliseconds</code> ago. */
export function debounced(action, milliseconds) {
	let timer;
	const later = (...values) => {
		clearTimeout(timer);
		timer = setTimeout(() => action(...values), milliseconds);
	};
	later.cancel = () => clearTimeout(timer);
	return later;
}

let last = 0;

/** A fresh id for what must be pointed at by label or aria attribute. */
export function uniqueId(prefix) {
	return `${prefix}-${++last}`;
}
