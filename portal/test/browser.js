// A page for the modules to stand on (happy-dom), and lit-html where the gateway serves it. A test file has a process of its own.
import { register } from "node:module";
import { Window } from "happy-dom";

const library = import.meta.resolve("lit-html").replace(/lit-html\.js$|node\/.*$/, "");
register(
	`data:text/javascript,${encodeURIComponent(`export function resolve(name, context, next) {
		return next(name.replace(/^\\/webjars\\/lit-html\\//, ${JSON.stringify(library)}), context);
	}`)}`,
);

const page = new Window({ url: "http://localhost:8080/" });
// Node's own fetch, streams, events of the connection, crypto and timers stay: the modules speak HTTP by them as in a browser.
for (const name of [
	"document",
	"location",
	"history",
	"customElements",
	"CSS",
	"Element",
	"HTMLElement",
	"Node",
	"addEventListener",
	"open",
	"sessionStorage",
	"localStorage",
	"ResizeObserver",
	"requestAnimationFrame",
	"MutationObserver",
	"matchMedia",
]) {
	const value = page[name];
	globalThis[name] = typeof value === "function" && !value.prototype ? value.bind(page) : value;
}
globalThis.window = page;
globalThis.addEventListener = page.addEventListener.bind(page);

// Its nodes take its own events alone, and what the modules make is Node's, as Node's targets want it.
const { dispatchEvent } = page.Node.prototype;
page.Node.prototype.dispatchEvent = function (event) {
	const { type, bubbles, detail } = /** @type {any} */ (event);
	return dispatchEvent.call(this, event instanceof page.Event ? event : new page.CustomEvent(type, { bubbles, detail }));
};
