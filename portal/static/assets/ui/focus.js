/**
 * Whoever works with the keyboard stays where they were when what they pressed goes: the focus never falls to the body, from where
 * all of the page lies before them again.
 */

const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";

/** What had the focus last, and what was around it then, from the inside outwards. */
let last = { element: /** @type {HTMLElement | undefined} */ (undefined), around: /** @type {HTMLElement[]} */ ([]) };
let scheduled = false;

const remember = (element) => {
	const around = [];
	for (let it = element?.parentElement; it && it !== document.body; it = it.parentElement) around.push(it);
	last = { element: element ?? undefined, around };
};

const canBeFocused = (element) => element.isConnected && !element.matches(":disabled, fieldset:disabled *") && !element.closest("[hidden], [inert]");

/** What a section is called says where one is: its heading takes the focus where it can. */
function headingOf(element) {
	const heading = document.getElementById(element?.closest("[aria-labelledby]")?.getAttribute("aria-labelledby") ?? "");
	return heading?.matches("[tabindex]") ? heading : undefined;
}

/** Gives the focus back where it was lost, or to what is next to there. */
export function restoreFocus() {
	if (!last.element || (document.activeElement && document.activeElement !== document.body)) return;
	if (canBeFocused(last.element)) {
		last.element.focus({ preventScroll: true });
		return;
	}
	// What is only disabled, as while something is being saved, gets it back when it can be pressed again.
	if (last.element.isConnected && last.element.matches(":disabled, fieldset:disabled *") && !last.element.closest("[hidden]")) return;
	const stays = last.around.find((it) => canBeFocused(it)) ?? document.querySelector("main");
	const place = headingOf(stays) ?? stays;
	if (!(place instanceof HTMLElement)) return;
	// The next Tab goes on from here; it is no stop of its own for later.
	const stops = place.hasAttribute("tabindex");
	if (!stops) {
		place.setAttribute("tabindex", "-1");
		place.addEventListener("blur", () => place.removeAttribute("tabindex"), { once: true });
	}
	place.focus({ preventScroll: true });
}

/** Looks when the browser has noticed, which of what is disabled or hidden it does after drawing. */
function soon() {
	if (scheduled) return;
	scheduled = true;
	requestAnimationFrame(() => setTimeout(() => {
		scheduled = false;
		restoreFocus();
	}));
}

/** From the start of the page on. */
export function keepFocus() {
	document.addEventListener("focusin", (event) => remember(/** @type {Element} */ (event.target)), true);
	// A click beside every control is meant: then nothing has the focus.
	document.addEventListener("pointerdown", (event) => {
		remember(/** @type {Element} */ (event.target).closest(CONTROLS));
	}, true);
	new MutationObserver(soon).observe(document.body, {
		subtree: true, childList: true, attributes: true, attributeFilter: ["disabled", "hidden"],
	});
}
