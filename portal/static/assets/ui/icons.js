import { html, svg } from "./html.js";

const SHAPES = {
	users: svg`<path d="M16 19v-1a4 4 0 0 0-4-4H7a4 4 0 0 0-4 4v1M9.5 10.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M21 19v-1a4 4 0 0 0-3-3.9M15.5 3.7a3.5 3.5 0 0 1 0 6.6"/>`,
	administration: svg`<path d="M4 5h16v12H4zM9 21h6M12 17v4M8 11l2.5 2.5L16 8.5"/>`,
	reporting: svg`<path d="M4 20V4M4 20h16M8 16v-4M12.5 16V8M17 16v-6"/>`,
	edit: svg`<path d="M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19zM14.5 6.5l3 3"/>`,
	cross: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
	plus: svg`<path d="M12 5v14M5 12h14"/>`,
	search: svg`<path d="M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M20 20l-4.8-4.8"/>`,
	upload: svg`<path d="M12 15V4M7.5 8.5L12 4l4.5 4.5M4 15v4a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-4"/>`,
	download: svg`<path d="M12 4v11M7.5 10.5L12 15l4.5-4.5M4 15v4a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-4"/>`,
	mail: svg`<path d="M4 6h16v12H4zM4 7l8 6 8-6"/>`,
	warning: svg`<path d="M12 4L2.5 20h19zM12 10v4.5M12 17.2v.3"/>`,
	done: svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`,
	down: svg`<path d="M6 9l6 6 6-6"/>`,
	up: svg`<path d="M6 15l6-6 6 6"/>`,
	sort: svg`<path d="M8 10l4-4 4 4M8 14l4 4 4-4"/>`,
	previous: svg`<path d="M15 6l-6 6 6 6"/>`,
	next: svg`<path d="M9 6l6 6-6 6"/>`,
	undo: svg`<path d="M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3"/>`,
	external: svg`<path d="M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5"/>`,
	menu: svg`<path d="M4 7h16M4 12h16M4 17h16"/>`,
	circle: svg`<path d="M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14"/>`,
	lock: svg`<path d="M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11"/>`,
	file: svg`<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>`,
};

/** The site's mark, in its colour. */
export function brandMark() {
	return html`<svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="7"/><path
		d="M8 10h9M8 16h9M8 22h5M17.5 21.5l3 3 5.5-7"/></svg>`;
}

/** A picture beside words: hidden from screen readers, for which the words are there. */
export function icon(name) {
	return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
}
