import { codesOf } from "../imports/grid-row.js";
import { organizations, organizationTitle } from "../session.js";
import { counted, day, moment } from "../ui/dates.js";
import { debounced, Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { folded, heading, section, table } from "../users/people-table.js";
import { agrees, read, recordsOf } from "./comparisons.js";
import { groups } from "./groups.js";
import "./list-previews.js";
import "./people-to-choose.js";
import "./right-list.js";
import "./same-person.js";

/** So long further decisions are waited for before the list is compared anew. */
const PATIENCE_MILLISECONDS = 600;

/** What differs between a list of all staff and the user accounts, as work to be done until nothing does. */
class ComparisonScreen extends Element {
	/** What the shell has found in the address. @type {RegExpMatchArray} */
	route;
	/** @type {import("./comparisons.js").Comparison | undefined} */
	#found;
	/** When it was compared. */
	#at = "";
	#problem;
	#loading = false;
	#request;
	/** Names of organizations by code. */
	#names = new Map();
	#later = debounced(() => this.#load(), PATIENCE_MILLISECONDS);

	connectedCallback() {
		super.connectedCallback();
		this.#load();
		document.addEventListener("portal:retry", () => this.#problem && this.#load(), { signal: this.gone });
	}

	disconnectedCallback() {
		super.disconnectedCallback();
		this.#request?.abort();
		this.#later.cancel();
	}

	async #load() {
		this.#later.cancel();
		this.#request?.abort(); // an older answer must not come over a newer one
		const { signal } = this.#request = new AbortController();
		this.#loading = true;
		this.update();
		try {
			const found = await read(this.route[1], { signal });
			const names = await organizations(codesIn(found)).catch(() => new Map());
			if (signal.aborted) return;
			this.#names = new Map([...names].map(([code, it]) => [code, organizationTitle(it)]));
			this.#found = found;
			this.#at = new Date().toISOString();
			this.#problem = undefined;
		} catch (problem) {
			if (signal.aborted) return;
			this.#problem = problem;
		}
		this.#loading = false;
		this.update();
	}

	/** What was read before a decision says nothing of it. */
	#decided() {
		this.#request?.abort();
		this.#later();
	}

	/** The focus stays where one worked, or goes to the top when that is gone. */
	async #acted() {
		await this.#load();
		await Promise.resolve();
		if (!document.activeElement || document.activeElement === document.body) this.querySelector("h1")?.focus();
	}

	template() {
		const found = this.#found;
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a></nav>
			<div class="title-row"><h1 tabindex="-1">Compare With a Staff List</h1>
				<a class="button" href="/users/compare">${icon("upload")} Compare Another List</a></div>
			${this.#problem && !(found && this.#problem.away) ? failure(this.#problem, tryAgain(this.#problem, () => this.#load())) : nothing}
			${found ? html`${this.#summary(found)}${this.#work(found)}`
				: this.#problem ? nothing : html`<div class="placeholder" role="status"><span class="visually-hidden">Comparing the list</span></div>`}`;
	}

	#summary(found) {
		const { fileName, organizations: codes, createdAt, keptUntil, records, people } = found;
		return html`
			<section class="card" aria-labelledby="list-heading" ?data-loading=${this.#loading}>
				<h2 id="list-heading">${fileName}</h2>
				<p>Compared with ${codes.map((code) => this.#nameOf(code) ?? code).join(", ")}</p>
				<p class="hint">Uploaded ${moment(createdAt)}, kept until ${day(keptUntil)}</p>
				<div role="status">${this.#loading ? html`<span class="visually-hidden">Comparing the list</span>` : nothing}${sentence(found)}
					<p>${counted(records.length, "record")} in the list, ${counted(people, "user account")} that you manage here. Compared
						${moment(this.#at)}.</p></div>
				<p><button type="button" class="button" @click=${() => this.#acted()}>Compare Again</button></p>
			</section>`;
	}

	#nameOf = (code) => this.#names.get(code);

	#work(found) {
		const words = groups(this.#nameOf);
		const mayAct = () => this.querySelector("right-list").pass();
		const returned = recordsOf(found, "returned").filter((it) => it.account).map((it) => it.account);
		return html`
			<same-person .nameOf=${this.#nameOf} .comparison=${found} @decided=${() => this.#decided()}></same-person>
			<right-list .comparison=${found}></right-list>
			${this.#changes(found, words, mayAct)}
			${this.#choice(found.left, { action: "deactivate", mayAct, title: "Left",
				text: "They have a user account here but are not in the list. Choose those who have left, and deactivate their accounts." })}
			${this.#choice(returned, { action: "reactivate", mayAct: () => true, title: "Returned",
				text: "They are in the list, but their user accounts are deactivated. Choose those who are back, and reactivate their accounts." })}
			${section("rejected", words.rejected, recordsOf(found, "rejected"))}
			${section("kept", words.kept, found.kept)}
			${folded(words.same, recordsOf(found, "same"))}`;
	}

	#changes(found, words, mayAct) {
		const changes = ["new", "changed", "moved"].map((group) => ({ group, rows: recordsOf(found, group) })).filter(({ rows }) => rows.length);
		if (changes.length === 0 && recordsOf(found, "rejected").length === 0) return nothing;
		return html`
			<section class="card" aria-labelledby="changes-heading">
				<h2 id="changes-heading">What the list adds and changes</h2>
				<p>A preview shows what would become of each record, and changes nothing. You apply it on its own page.</p>
				<list-previews .mayAct=${mayAct} .comparison=${found} @stale=${() => this.#load()}></list-previews>
				${changes.map(({ group, rows }) => html`<section aria-labelledby="${group}-heading">
					<h3 id="${group}-heading">${heading(words[group], rows)}</h3>
					<p>${words[group].words}</p>${table(words[group], rows)}</section>`)}
			</section>`;
	}

	#choice(accounts, { action, mayAct, title, text }) {
		if (accounts.length === 0) return nothing;
		return html`
			<section class="card" aria-labelledby="${action}-heading">
				<h2 id="${action}-heading">${heading({ title }, accounts)}</h2>
				<p>${text}</p>
				<people-to-choose .caption=${title} .action=${action} .nameOf=${this.#nameOf} .mayAct=${mayAct} .accounts=${accounts}
					@acted=${() => this.#acted()}></people-to-choose>
			</section>`;
	}
}

/** Of those that are shown by name. What was rejected may have anything for a code. */
function codesIn({ organizations: own, records, left, kept }) {
	const accounts = [...left, ...kept.map((it) => it.account), ...records.flatMap((it) => it.account ?? [])];
	const cells = records.filter((it) => it.group !== "rejected").flatMap((it) => codesOf(it.cells?.Org ?? ""));
	const changes = records.flatMap((it) => it.changes).filter((it) => it.field === "organizations").flatMap((it) => [it.before, it.after]);
	return [...new Set([...own, ...accounts.flatMap((it) => it.organizations), ...cells, ...changes.flatMap(codesOf)])];
}

function sentence(found) {
	if (!agrees(found)) return html`<p><strong>The list and the user accounts differ.</strong> Go through the groups below, then compare again.</p>`;
	return html`<p class="notice good">${icon("done")}<strong>The list and the user accounts agree${
		found.kept.length ? ", except for the accounts under Not Compared" : nothing}.</strong></p>`;
}

customElements.define("comparison-screen", ComparisonScreen);
