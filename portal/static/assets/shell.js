import { connection } from "./api.js";
import * as router from "./router.js";
import { begin, isTraining, may, operates, ping, session } from "./session.js";
import { Element } from "./ui/element.js";
import { keepFocus } from "./ui/focus.js";
import { html, nothing } from "./ui/html.js";
import { brandMark, icon } from "./ui/icons.js";
import * as status from "./ui/status.js";

/** A screen is a module that is fetched when it is first shown, and the element that it defines. */
const screen = (title, load, element) => (match) => ({ title, load, element, match });

/** @typedef {[RegExp, ReturnType<typeof screen>][]} Routes */

/** @type {Routes} */
const MANAGERS = [
	[/^\/users$/, screen("Users", () => import("./users/users-screen.js"), "users-screen")],
	[/^\/users\/new$/, screen("Create New User", () => import("./users/user-screen.js"), "user-screen")],
	[/^\/users\/import$/, screen("Upload Users", () => import("./imports/upload-screen.js"), "upload-screen")],
	[/^\/users\/imports$/, screen("Import History", () => import("./imports/history-screen.js"), "import-history-screen")],
	[/^\/users\/imports\/([^/]+)$/, screen("Upload Users", () => import("./imports/import-screen.js"), "import-screen")],
	[/^\/users\/imports\/([^/]+)\/undo$/, screen("Undo an Import", () => import("./undo/undo-screen.js"), "undo-screen")],
	[/^\/users\/ready$/, screen("Ready to Test", () => import("./users/ready-screen.js"), "ready-screen")],
	[/^\/users\/compare$/, screen("Compare With a Staff List", () => import("./comparison/compare-screen.js"), "compare-screen")],
	[/^\/users\/compare\/([^/]+)$/, screen("Compare With a Staff List", () => import("./comparison/comparison-screen.js"), "comparison-screen")],
	[/^\/users\/confirmations$/, screen("Confirmations", () => import("./confirmation/confirmations-screen.js"), "confirmations-screen")],
	[/^\/users\/confirmations\/new$/, screen("Open a Confirmation", () => import("./confirmation/open-screen.js"), "open-confirmation-screen")],
	[/^\/users\/confirmations\/([^/]+)$/, screen("Confirmation", () => import("./confirmation/confirmation-screen.js"), "confirmation-screen")],
	[/^\/users\/([^/]+)$/, screen("Edit User", () => import("./users/user-screen.js"), "user-screen")],
];
/** @type {Routes} */
const EVERYBODY = [
	[/^\/$/, screen("Home", () => import("./home/home-screen.js"), "home-screen")],
	[/^\/profile$/, screen("Your Profile", () => import("./profile/profile-screen.js"), "profile-screen")],
	[/^\/log-out$/, screen("Logout", () => import("./session/log-out-screen.js"), "log-out-screen")],
	[/^\/session-restored$/, screen("Signed in again", () => import("./session/restored-screen.js"), "restored-screen")],
	[/^\/signed-out$/, screen("Signed out", () => import("./session/welcome-screen.js"), "welcome-screen")],
];
/** @type {Routes} */
const EXPORTERS = [
	[/^\/downloads$/, screen("Downloads", () => import("./home/downloads-screen.js"), "downloads-screen")],
];
/** @type {Routes} */
const OPERATORS = [
	[/^\/operations\/?$/, screen("Operations", () => import("./operations/operations-screen.js"), "operations-screen")],
];
/** @type {Routes} */
const NOBODY = [
	[/./, screen("Welcome", () => import("./session/welcome-screen.js"), "welcome-screen")],
];
const NOTHING_HERE = screen("Page not found", () => import("./session/nothing-screen.js"), "nothing-screen");

/** Everything around the screens: the menu of the role, the site's band, messages, contact. */
class PortalShell extends Element {
	#screen;
	#node;
	#away;
	#broken;
	#ready = false;
	/** A screen's module could not be loaded. */
	#missing = false;
	/** Matters in narrow windows alone: in others the menu is always there. */
	#menuOpen = false;

	async connectedCallback() {
		super.connectedCallback();
		const signal = this.gone;
		connection.addEventListener("lost", (/** @type {CustomEvent} */ event) => this.#setAway(event.detail), { signal });
		connection.addEventListener("found", () => this.#setAway(undefined), { signal });
		addEventListener("offline", () => this.#setAway({ message: "You are offline." }), { signal });
		addEventListener("online", () => this.#tryAgain(), { signal });
		document.addEventListener("portal:me", () => this.update(), { signal });
		keepFocus();
		await this.#begin();
	}

	async #begin() {
		try {
			await begin();
			this.#broken = undefined;
		} catch (problem) {
			this.#broken = problem;
			this.update();
			return;
		}
		if (session.me && sessionStorage.length) import("./imports/drafts.js").catch(() => {}); // corrections that a reload kept
		this.#ready = true;
		document.documentElement.dataset.site = isTraining() ? "training" : "portal";
		router.start(this.#routes(), (found) => this.#show(found ?? NOTHING_HERE()));
	}

	#routes() {
		if (!session.me) return NOBODY;
		return [
			...EVERYBODY,
			...may("export-test-status") ? EXPORTERS : [],
			...may("manage-users") ? MANAGERS : [],
			...operates() ? OPERATORS : [],
		];
	}

	async #show(found) {
		this.#screen = found;
		this.#menuOpen = false;
		const first = !this.#node;
		try {
			// What is there already is shown at once, so that nothing is typed into the screen that is about to go.
			if (!customElements.get(found.element)) await found.load();
		} catch {
			this.#missing = true;
			this.#setAway({ message: "This page could not be loaded. Please check your connection and try again." });
			return;
		}
		if (this.#screen !== found) return; // somebody has gone on meanwhile
		if (!first) status.clear();
		this.#node = document.createElement(found.element);
		this.#node.route = found.match;
		this.setTitle(found.title);
		this.update();
		if (!first) {
			await Promise.resolve();
			scrollTo(0, 0);
			this.querySelector("#main")?.focus({ preventScroll: true });
		}
	}

	/** @param {string} title what the screen is about */
	setTitle(title) {
		document.title = `${title} – ${session.config.siteName}`;
	}

	#setAway(problem) {
		this.#away = problem;
		this.update();
	}

	async #tryAgain() {
		if (!await ping()) {
			this.#setAway({ message: "The portal still cannot be reached." });
			return;
		}
		if (this.#missing) {
			location.reload(); // a module that failed to load is not asked for again by every browser
			return;
		}
		this.#setAway(undefined);
		document.dispatchEvent(new Event("portal:retry"));
	}

	template() {
		if (this.#broken) return this.#outOfService();
		if (!this.#ready) return html`<div class="starting" role="status"><span class="visually-hidden">Loading</span></div>`;
		const { config, me } = session;
		return html`
			<a class="skip-link" href="#main">Skip to main content</a>
			<header><div class="site-band" ?hidden=${!isTraining()}><strong>Training Site</strong> For practice: nothing here is a real test
				administration.</div>
			<div class="site-header" @keydown=${(event) => this.#onKey(event)}>${this.#brand(config.siteName)}${me ? this.#menu() : nothing}</div></header>
			<status-message></status-message>
			<div class="away-holder" role="alert">${this.#away ? html`
				<div class="away">${icon("warning")}<span>${this.#away.message}</span>
					<button type="button" class="button small" @click=${() => this.#tryAgain()}>Try Again</button></div>` : nothing}
			</div>
			<main id="main" tabindex="-1">${this.#node ?? nothing}</main>
			<footer class="site-footer">
				<p>${config.contactEmail ? html`<a href="mailto:${config.contactEmail}">Contact Us</a>` : nothing}
					${config.contactPhone ? html`<span>MCAS Service Center: <a href="tel:${config.contactPhone}">${config.contactPhone}</a></span>` : nothing}</p>
				${config.otherSiteUrl ? html`<p><a href=${config.otherSiteUrl}>${isTraining() ? "Go to the MCAS Portal" : "Go to the MCAS Training Site"}</a></p>` : nothing}
			</footer>`;
	}

	#menu() {
		const { config, me } = session;
		const here = location.pathname;
		const current = (path) => (here === path || here.startsWith(`${path}/`) ? "page" : nothing);
		return html`
			<button type="button" class="menu-button" aria-expanded=${this.#menuOpen} aria-controls="site-menu"
				@click=${() => this.#openMenu(!this.#menuOpen)}>${icon(this.#menuOpen ? "cross" : "menu")} Menu</button>
			<nav class="site-menu" id="site-menu" aria-label="Main" ?data-open=${this.#menuOpen}>
				<ul>
					${may("manage-users") ? html`<li><a href="/users" aria-current=${current("/users")}>Users</a></li>` : nothing}
					${may("export-test-status") ? html`<li><a href="/downloads" aria-current=${current("/downloads")}>Downloads</a></li>` : nothing}
					${operates() ? html`<li><a href="/operations" aria-current=${current("/operations")}>Operations</a></li>` : nothing}
				</ul>
				<ul>
					<li><a href="/profile" aria-current=${current("/profile")} title="Your profile">${me.firstName} ${me.lastName}</a></li>
					${config.resourceCenterUrl ? html`<li><a href=${config.resourceCenterUrl} target="_blank" rel="noopener">MCAS
						Resource Center ${icon("external")}<span class="visually-hidden">(opens in a new tab)</span></a></li>` : nothing}
					<li><a href="/log-out" aria-current=${current("/log-out")}>Logout</a></li>
				</ul>
			</nav>`;
	}

	#openMenu(open) {
		this.#menuOpen = open;
		this.update();
	}

	#onKey(event) {
		if (event.key !== "Escape" || !this.#menuOpen) return;
		this.#openMenu(false);
		this.querySelector(".menu-button").focus();
	}

	#brand(name) {
		return html`<a class="brand" href="/" aria-label="${name} home">${brandMark()}<span>${name}</span></a>`;
	}

	/** Who is signed in, or even at which site, may not be known then. */
	#outOfService() {
		return html`
			<header class="site-header">${this.#brand(session.config.siteName ?? "MCAS")}</header>
			<main id="main" class="out-of-service" tabindex="-1">
				<h1>The portal is not available at the moment</h1>
				<p class="lead">${this.#broken.message}</p>
				<p><button type="button" class="button primary" @click=${() => this.#begin()}>Try Again</button></p>
			</main>`;
	}
}

customElements.define("portal-shell", PortalShell);
