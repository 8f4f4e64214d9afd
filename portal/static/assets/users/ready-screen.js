import { query } from "../api.js";
import { rewrite } from "../router.js";
import { roles, roleTitle, session } from "../session.js";
import { counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, nothing, repeat } from "../ui/html.js";
import "../ui/organization-picker.js";
import { PASSWORDS } from "./passwords.js";
import { isOpenSchool, ownDistricts, readinessOf } from "./readiness.js";

/** Whom every school needs. */
const COORDINATOR = "STC";

/**
 * @typedef {import("./readiness.js").Place} Place
 * @typedef {{title: string, short?: string, filter: object, levels?: string[], of: (place: Place) => number | undefined}} Column filter: what
 *     the list of users is narrowed by to those whom it counts; levels: where there can be any
 */

/** @type {Column[]} */
const STATES = [
	{ title: "Accounts", filter: {}, of: (place) => place.accounts },
	...Object.entries(PASSWORDS).map(([state, title]) => ({ title, filter: { credentials: state }, of: (place) => place.credentials[state] })),
	{ title: "Emails not delivered", filter: { delivery: "failed" }, of: (place) => place.undelivered },
];

/** @returns {Column} */
const ofRole = ({ code, title, levels }) => ({ title, short: code, filter: { role: code }, levels, of: (place) => place.roles[code] });

const listOf = (filter) => `/users?${query(filter)}`;

/** Before a test: which school of a district is not ready, and who is missing there. The address says which district. */
class ReadyScreen extends Element {
	/** Names by code: those that one has to choose from. */
	#districts = new Map();
	#district = "";
	/** @type {import("./readiness.js").Readiness | undefined} */
	#found;
	#problem;
	#loading = false;
	#request;

	connectedCallback() {
		super.connectedCallback();
		this.#district = new URLSearchParams(location.search).get("organization") ?? "";
		this.#load();
		document.addEventListener("portal:retry", () => this.#load(), { signal: this.gone });
	}

	disconnectedCallback() {
		super.disconnectedCallback();
		this.#request?.abort();
	}

	#choose(district) {
		this.#district = district;
		this.#found = undefined;
		this.#load();
	}

	async #load() {
		this.#request?.abort(); // an older answer must not come over a newer one
		const { signal } = this.#request = new AbortController();
		this.#problem = undefined;
		this.#loading = true;
		this.update();
		try {
			if (!this.#choosesOfAll) await this.#chooseOfOwn();
			if (signal.aborted) return;
			rewrite(this.#districts.size === 1 || !this.#district ? "/users/ready" : `/users/ready?${query({ organization: this.#district })}`);
			const found = this.#district ? await readinessOf(this.#district, { signal }) : undefined;
			if (signal.aborted) return;
			this.#found = found;
		} catch (problem) {
			if (signal.aborted) return;
			this.#problem = problem;
		}
		this.#loading = false;
		this.update();
	}

	get #choosesOfAll() {
		return session.me.role === "SC";
	}

	async #chooseOfOwn() {
		this.#districts = await ownDistricts();
		if (!this.#districts.has(this.#district)) [this.#district = ""] = this.#districts.keys();
	}

	template() {
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a></nav>
			<div class="title-row"><h1>Ready to Test</h1>${this.#chooser()}</div>
			${this.#problem && !(this.#found && this.#problem.away) ? this.#failure() : nothing}
			<div role="status">${this.#loading && !this.#found ? html`<div class="placeholder"><span class="visually-hidden">Loading the schools</span></div>` : nothing}
				${this.#found ? this.#summary(this.#found) : nothing}</div>
			${this.#found?.places.length ? this.#table(this.#found.places) : nothing}
			${!this.#district && !this.#choosesOfAll && !this.#loading && !this.#problem ? html`<p class="lead">You have no organization yet.</p>` : nothing}
			${!this.#district && this.#choosesOfAll ? html`<p class="lead">Choose a district to see which of its schools are ready.</p>` : nothing}`;
	}

	#chooser() {
		if (this.#choosesOfAll) {
			return html`<organization-picker class="filter-organization" .single=${true} .prompt=${"Choose a District"} .all=${""} .levels=${["district"]}
				.selected=${this.#district ? [this.#district] : []} @choose=${(event) => this.#choose(event.detail[0] ?? "")}></organization-picker>`;
		}
		if (this.#districts.size < 2) return nothing;
		return html`<label class="chosen">District
			<select @change=${(event) => this.#choose(event.target.value)}>${[...this.#districts].map(([code, name]) => html`
				<option value=${code} ?selected=${code === this.#district}>${name}</option>`)}</select></label>`;
	}

	#failure() {
		return failure(this.#problem, tryAgain(this.#problem, () => this.#load()));
	}

	#summary({ places, people }) {
		return html`<p>${coordinators(places.filter(isOpenSchool))}</p>
			<p>${this.#people(people)}</p>`;
	}

	#people({ accounts, credentials: { set = 0, expired = 0 } }) {
		const people = accounts - set;
		if (accounts === 0) return "Nobody has an active account here yet.";
		if (people === 0) return "Everybody has a password of their own.";
		const needing = people === 1 ? "needs new credentials" : `${expired.toLocaleString("en-US")} of them ${expired === 1 ? "needs" : "need"} new credentials`;
		return html`${counted(people, "person", "people")} ${people === 1 ? "has" : "have"} no password of their own yet${
			expired ? html`, and <a href=${listOf({ organization: this.#district, credentials: "expired" })}>${needing}</a>` : nothing}.`;
	}

	#table(places) {
		const byRole = roles().filter((role) => places.some((it) => role.levels.includes(it.level))).map(ofRole);
		const columns = [...byRole, ...STATES];
		return html`
			<div class="table-holder" ?data-loading=${this.#loading}><table class="stacked ready" role="table">
				<caption class="visually-hidden">Accounts of each school, by role and by password</caption>
				<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">School</th>${columns.map(({ title, short }) => html`
					<th role="columnheader" scope="col" class="number">${short ? html`<abbr title=${title}>${short}</abbr>` : title}</th>`)}</tr></thead>
				<tbody role="rowgroup">${repeat(places, (it) => it.code, (it) => html`<tr role="row">
					<th role="rowheader" scope="row">${it.name}${it.level === "district" ? " (district office)" : nothing}
						<small>${it.code}</small>${it.closed ? html` <span class="tag">Closed</span>` : nothing}</th>
					${columns.map((column) => html`<td role="cell" class="number" data-label=${column.title}>${this.#figure(it, column)}</td>`)}</tr>`)}</tbody>
			</table></div>`;
	}

	/** @param {Place} place @param {Column} column */
	#figure(place, column) {
		const count = column.of(place) ?? 0;
		if (count === 0 && column.levels && !column.levels.includes(place.level)) return nothing;
		if (count === 0) return column.short === COORDINATOR && isOpenSchool(place) ? html`<span class="tag bad">No ${COORDINATOR}</span>` : "0";
		const shown = count.toLocaleString("en-US");
		if (!this.#isListed(place, column)) return shown;
		return html`<a href=${listOf({ organization: place.code, ...column.filter })}
			aria-label="${shown} – ${column.title}, ${place.name}">${shown}</a>`;
	}

	/** Whether the list of users can show just these: that of a district has the people of its schools, too. */
	#isListed(place, column) {
		return place.level !== "district" || this.#found.places.every((it) => it === place || !column.of(it));
	}
}

/** @param {Place[]} schools those that should be ready */
function coordinators(schools) {
	const title = roleTitle(COORDINATOR);
	const without = schools.filter((it) => !it.roles[COORDINATOR]).length;
	if (schools.length === 0) return "There is no open school here.";
	if (schools.length === 1) return `The school has ${without ? "no" : "a"} ${title}.`;
	if (without === 0) return `Every school has a ${title}.`;
	return `${without.toLocaleString("en-US")} of ${counted(schools.length, "school")} ${without === 1 ? "has" : "have"} no ${title}.`;
}

customElements.define("ready-screen", ReadyScreen);
