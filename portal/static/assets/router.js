import { confirm } from "./ui/dialog.js";

/** Addresses inside the portal: what is shown follows the address, back and forward work, unsaved work asks before it goes. */

/** Addresses that the server answers itself. */
const SERVERS = /^\/(login|logout|auth|api|portal)(\/|$)/;

const UNSAVED = {
	title: "Leave without saving?",
	body: "What you have entered on this page has not been saved.",
	action: "Leave Without Saving",
};

let routes = [];
let shown = location.pathname + location.search;
let show;
let guard;
let closing = [];
let within;

/**
 * @param {[RegExp, (match: RegExpMatchArray) => unknown][]} table what each path shows; the first that fits
 * @param {(screen: unknown) => void} display called with what the table gives
 */
export function start(table, display) {
	routes = table;
	show = display;
	addEventListener("popstate", onPopState);
	document.addEventListener("click", onClick);
	addEventListener("beforeunload", (event) => {
		if (guard?.() || closing.some((unsaved) => unsaved())) event.preventDefault();
	});
	display(screenOf(location.pathname));
}

/** @param {string} address path and query below the site */
export async function navigate(address, { replace = false } = {}) {
	if (!(await mayLeave())) return;
	history[replace ? "replaceState" : "pushState"](null, "", address);
	arrive();
}

/** Writes what the present screen shows into the address, without leaving it. */
export function rewrite(address) {
	history.replaceState(null, "", address);
	shown = address;
}

/** As {@link rewrite}, and Back leads to what was shown until now. */
export function enter(address) {
	if (address === shown) return;
	history.pushState(null, "", address);
	shown = address;
}

/**
 * Back and forward among the addresses of this path are the screen's own to show, as long as it is there.
 *
 * @param {() => void} show what the address says now
 * @param {AbortSignal} signal
 */
export function showsItself(show, signal) {
	const { pathname } = location;
	const screen = () => {
		if (location.pathname !== pathname) return false;
		show();
		return true;
	};
	within = screen;
	signal.addEventListener("abort", () => {
		if (within === screen) within = undefined;
	});
}

/**
 * While <code>unsaved</code> answers with a question, leaving asks it first; true stands for the usual one. Ends with the screen.
 *
 * @param {() => boolean | {title: string, body: string, action: string} | undefined} unsaved
 * @param {AbortSignal} signal
 */
export function guardLeaving(unsaved, signal) {
	guard = unsaved;
	signal.addEventListener("abort", () => {
		if (guard === unsaved) guard = undefined;
	});
}

/** While <code>unsaved</code> says so, closing the page asks first. Going to another screen loses nothing of it, and asks nothing. */
export function guardClosing(unsaved) {
	closing.push(unsaved);
}

/** The person has chosen to give up what is unsaved. */
export function letGo() {
	guard = undefined;
	closing = [];
}

function arrive() {
	shown = location.pathname + location.search;
	guard = undefined;
	show(screenOf(location.pathname));
}

function screenOf(path) {
	for (const [pattern, screen] of routes) {
		const match = path.match(pattern);
		if (match) return screen(match);
	}
	return undefined;
}

async function mayLeave() {
	const question = guard?.();
	if (!question) return true;
	return confirm({ ...(question === true ? UNSAVED : question), kind: "danger", cancel: "Stay on This Page" });
}

async function onPopState() {
	if (guard?.()) {
		const wanted = location.pathname + location.search;
		history.pushState(null, "", shown);
		if (!(await mayLeave())) return;
		history.replaceState(null, "", wanted);
	}
	if (within?.()) shown = location.pathname + location.search;
	else arrive();
}

/** Plain links inside the portal stay plain links: they only need no new page. */
function onClick(event) {
	if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
	const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
	if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
	if (link.hash && link.pathname === location.pathname) return;
	if (SERVERS.test(link.pathname) || !screenOf(link.pathname)) return;
	event.preventDefault();
	navigate(link.pathname + link.search);
}
