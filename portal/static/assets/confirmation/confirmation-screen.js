import { download, query } from "../api.js";
import { guardLeaving, rewrite } from "../router.js";
import { organizations, organizationTitle, owns, session } from "../session.js";
import { calendarDay, counted, day } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, live, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import "../ui/organization-picker.js";
import * as status from "../ui/status.js";
import { list } from "../users/list.js";
import "./confirmation-settings.js";
import { everybody, people, progress, read, reportAddress } from "./confirmations.js";
import "./hand-overs.js";
import { howFar } from "./how-far.js";
import "./people-worklist.js";
import { paperTable } from "./person-row.js";
import { openFirst, placesTable } from "./places-table.js";
import { STATES } from "./words.js";

/** What the service center is told to deactivate. */
const PROPOSED = "proposed";
/** Everybody but those who are deactivated by now. */
const ALL = "all";

/**
 * One confirmation: for coordinators their worklist, for the service center how far all districts are and who is proposed for deactivation. The
 * address says who is shown.
 */
class ConfirmationScreen extends Element {
	/** What the shell has found in the address. @type {RegExpMatchArray} */
	route;
	/** @type {import("./confirmations.js").Confirmation | undefined} */
	#confirmation;
	#etag = "";
	/** @type {import("./confirmations.js").Place[]} */
	#places = [];
	/** @type {import("./confirmations.js").Page | undefined} */
	#people;
	/** Who is shown; what is absent is as it is at first. @type {{organization?: string, state?: string, mine?: boolean, page?: number}} */
	#asked = {};
	/** The directory's organizations by code. */
	#known = new Map();
	/** Everybody who goes on paper, from when that was asked for. @type {import("./confirmations.js").Person[] | undefined} */
	#onPaper;
	#problem;
	#loading = false;
	#request;

	connectedCallback() {
		super.connectedCallback();
		const asked = new URLSearchParams(location.search);
		this.#asked = {
			organization: asked.get("organization") ?? undefined,
			state: asked.get("state") ?? undefined,
			mine: asked.has("mine") ? asked.get("mine") === "true" : undefined,
			page: Number.parseInt(asked.get("page") ?? "", 10) || undefined,
		};
		guardLeaving(() => [...this.querySelectorAll("confirmation-settings, hand-overs")].some((it) => it.unsaved), this.gone);
		document.addEventListener("portal:retry", () => this.#load(), { signal: this.gone });
		this.#load();
	}

	disconnectedCallback() {
		super.disconnectedCallback();
		this.#request?.abort();
	}

	get #isServiceCenter() {
		return session.me.role === "SC";
	}

	/** Who is shown: at first who is left to be confirmed by oneself, and after the deadline who is proposed to be deactivated. */
	get #shown() {
		const isOver = this.#confirmation.status !== "open";
		const state = isOver && this.#isServiceCenter ? PROPOSED : "open";
		const wanted = { organization: "", state, mine: !isOver, page: 0 };
		for (const [name, value] of Object.entries(this.#asked)) if (value !== undefined) wanted[name] = value;
		return wanted;
	}

	/** The same as the interface asks for it. */
	get #filter() {
		const { organization, state, mine } = this.#shown;
		return { organization, state: state === ALL ? "" : state, mine: mine || /** @type {""} */ ("") };
	}

	#narrow(change) {
		this.#asked = { ...this.#asked, page: undefined, ...change };
		this.#load();
	}

	async #load() {
		this.#request?.abort(); // an older answer must not come over a newer one
		const { signal } = this.#request = new AbortController();
		this.#loading = true;
		this.#onPaper = undefined;
		this.update();
		try {
			const { data, etag } = await read(this.route[1], { signal });
			if (signal.aborted) return;
			this.#confirmation = data;
			this.#etag = etag;
			this.#keepAddress();
			const { page } = this.#shown;
			const [far, found] = await Promise.all([
				progress(data.id, this.#isServiceCenter ? this.#shown.organization : "", { signal }),
				people(data.id, this.#filter, page, { signal }),
			]);
			await this.#name([...data.districts, ...far.places.map((it) => it.code), ...found.items.flatMap((it) => it.organizations)]);
			if (signal.aborted) return;
			if (page > 0 && found.items.length === 0) {
				this.#narrow({ page: found.totalPages > 1 ? found.totalPages - 1 : undefined });
				return;
			}
			this.#places = far.places;
			this.#people = found;
			this.#problem = undefined;
			this.closest("portal-shell")?.setTitle(data.name);
		} catch (problem) {
			if (signal.aborted) return;
			this.#problem = problem;
		}
		this.#loading = false;
		this.update();
	}

	/** From the page of an account one comes back here. */
	#keepAddress() {
		const written = query({ ...this.#asked, mine: this.#asked.mine === undefined ? "" : String(this.#asked.mine) });
		const path = `/users/confirmations/${this.route[1]}`;
		Object.assign(list, { address: written ? `${path}?${written}` : path, title: this.#confirmation.name });
		rewrite(list.address);
	}

	async #name(codes) {
		const found = await organizations([...new Set(codes)]).catch(() => new Map());
		for (const [code, organization] of found) this.#known.set(code, organization);
	}

	/** Of the service center, which has not chosen any place. */
	get #isEverywhere() {
		return this.#isServiceCenter && !this.#shown.organization;
	}

	#nameOf = (code) => {
		const found = this.#known.get(code);
		if (!found) return undefined;
		if (this.#isServiceCenter && found.level !== "district") return organizationTitle(found);
		return found.level === "district" && !this.#isEverywhere ? `${found.name} (district office)` : found.name;
	};

	/** Whether the list can show just its people: that of a district has those of its schools, too. */
	#isListed = (code) => this.#isEverywhere || !this.#places.some((it) => this.#known.get(it.code)?.parent === code);

	/** The first of a person's organizations that is one's own. */
	#placeOf = (person) => {
		const code = person.organizations.find((it) => this.#places.some((place) => place.code === it)) ?? person.organizations[0];
		return code ? this.#nameOf(code) ?? code : "No organization";
	};

	template() {
		const it = this.#confirmation;
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a> › <a href="/users/confirmations">Confirmations</a></nav>
			<div class="title-row"><h1 tabindex="-1">${it?.name ?? "Confirmation"}</h1>
				${this.#people ? html`<div class="button-row">
					<button type="button" class="button" @click=${() => this.#download()}>${icon("download")} Download Report (.CSV)</button>
					<button type="button" class="button" @click=${() => this.#print()}>${icon("file")} Print</button></div>` : nothing}</div>
			${this.#problem && !(this.#people && this.#problem.away) ? failure(this.#problem, tryAgain(this.#problem, () => this.#load())) : nothing}
			${this.#people ? html`${this.#summary(it)}
				${this.#onPaper ? html`<div class="paper">${this.#paper()}</div>` : nothing}
				<div class="on-screen" ?data-loading=${this.#loading}>${this.#next(it)}${this.#worklist(it)}${this.#progress(it)}${this.#more(it)}</div>`
				: this.#problem ? nothing : html`<div class="placeholder" role="status"><span class="visually-hidden">Loading the confirmation</span></div>`}`;
	}

	#summary(it) {
		return html`
			<p class="lead" role="status">${howFar(it)}</p>
			${this.#isServiceCenter ? html`<p>${it.districts.length ? it.districts.map((code) => this.#known.get(code)?.name ?? code).join(", ") : "The whole state"}</p>` : nothing}
			<p class="hint">${it.status === "closed" ? `Closed ${day(it.closedAt)}.` : `Deadline: ${calendarDay(it.deadline)}`}</p>`;
	}

	/** What is to be done beside confirming. */
	/** @param {import("./confirmations.js").Confirmation} confirmation */
	#next({ status: phase, progress: figures }) {
		const { state } = this.#shown;
		const isProposing = this.#isServiceCenter && figures.proposed > 0; // among them those who have left
		const show = (wanted, text) => html`<p class="notice">${icon("users")}<span id="next-${wanted}">${text}</span>
			<button type="button" class="button small" aria-describedby="next-${wanted}" @click=${() => this.#narrow({ state: wanted, mine: false })}>Show Them</button></p>`;
		return html`
			${phase !== "open" && !this.#isServiceCenter ? html`<p class="notice">${phase === "over"
				? "The deadline has passed. Only the service center can still confirm people here." : "This confirmation is closed. Nobody can be confirmed in it any more."}</p>` : nothing}
			${phase === "over" && this.#isServiceCenter ? html`<p class="notice">The deadline has passed. You can still confirm people, or move the deadline.</p>` : nothing}
			${isProposing && state !== PROPOSED ? show(PROPOSED, `${are(figures.proposed)} proposed for deactivation.`) : nothing}
			${figures.left > 0 && !isProposing && state !== "left"
				? show("left", `${counted(figures.left, "person has", "people have")} left, and their ${figures.left === 1 ? "account is" : "accounts are"} still active.`) : nothing}
			${figures.wrong > 0 && state !== "wrong" ? show("wrong", `${counted(figures.wrong, "person has", "people have")} a wrong role or school.`) : nothing}`;
	}

	#worklist(it) {
		return html`
			<section aria-labelledby="people-heading">
				<h2 id="people-heading" tabindex="-1">People</h2>
				${this.#explanation(it)}
				${this.#filters(it)}
				${this.#people.totalItems ? html`<people-worklist .confirmation=${it} .nameOf=${this.#nameOf} .filter=${this.#filter}
					.placeOf=${this.#isEverywhere ? undefined : this.#placeOf} .page=${this.#people}
					@turn=${(event) => this.#narrow({ page: event.detail || undefined })} @outdated=${() => this.#load()}></people-worklist>` : this.#nobody()}
			</section>`;
	}

	/** To confirm is explained only to those who still can. */
	#explanation({ status: phase }) {
		const mayConfirm = phase === "open" || (phase === "over" && this.#isServiceCenter);
		const text = { ...deactivating, ...mayConfirm ? confirming(phase) : {} }[this.#shown.state];
		return text ? html`<p>${text}</p>` : nothing;
	}

	#filters({ status: phase }) {
		const { state, mine } = this.#shown;
		const states = { ...this.#isServiceCenter && phase !== "open" ? { [PROPOSED]: "Proposed for Deactivation" } : {}, ...STATES, [ALL]: "All" };
		return html`<div class="filters">
			${this.#chooseOrganization()}
			<label class="chosen">Show
				<select .value=${live(state)} @change=${(event) => this.#narrow({ state: event.target.value })}>
					${Object.entries(states).map(([value, title]) => html`<option value=${value} ?selected=${value === state}>${title}</option>`)}</select></label>
			<label class="check"><input type="checkbox" .checked=${live(mine)} @change=${(event) => this.#narrow({ mine: event.target.checked })}>
				${this.#isServiceCenter ? "Only those whom no coordinator can confirm" : "Only those you have to confirm"}</label>
		</div>`;
	}

	#chooseOrganization() {
		const { organization } = this.#shown;
		if (this.#isServiceCenter) {
			return html`<organization-picker class="filter-organization" .single=${true} .prompt=${"Choose an Organization"}
				.selected=${organization ? [organization] : []} @choose=${(event) => this.#narrow({ organization: event.detail[0] ?? undefined })}></organization-picker>`;
		}
		if (this.#places.length < 2) return nothing;
		return html`<label class="chosen">Of
			<select .value=${live(organization)} @change=${(event) => this.#narrow({ organization: event.target.value || undefined })}>
				<option value="" ?selected=${organization === ""}>All organizations</option>
				${openFirst(this.#places, this.#nameOf).filter((it) => this.#isListed(it.code)).map((it) => html`<option value=${it.code} ?selected=${it.code === organization}>
					${this.#nameOf(it.code) ?? it.code} (${it.open.toLocaleString("en-US")} to be confirmed)</option>`)}</select></label>`;
	}

	#nobody() {
		const { state, mine, organization } = this.#shown;
		const rest = this.#confirmation.progress.open;
		const done = state === "open" && !organization;
		return html`<div class="empty">
			<p>${done && rest === 0 ? "Everybody is confirmed." : done && mine ? "You have nobody to confirm." : "Nobody is in this list."}</p>
			${mine && rest > 0 ? html`<button type="button" class="button" @click=${() => this.#narrow({ mine: false })}>Show the Others</button>` : nothing}</div>`;
	}

	get #placesTitle() {
		return this.#isEverywhere ? "District" : "Organization";
	}

	#progress(it) {
		if (this.#places.length === 0) return nothing;
		return html`
			<section class="card" aria-labelledby="progress-heading">
				<h2 id="progress-heading">Progress by ${this.#placesTitle}</h2>
				<div class="table-holder">${placesTable(this.#places, { nameOf: this.#nameOf, title: this.#placesTitle,
					addressOf: (code) => (this.#isListed(code) ? `/users/confirmations/${it.id}?${query({ organization: code })}` : undefined) })}</div>
			</section>`;
	}

	#more(it) {
		if (this.#isServiceCenter) {
			return html`<confirmation-settings .etag=${this.#etag} .confirmation=${it} @outdated=${() => this.#load()}></confirmation-settings>`;
		}
		if (session.me.role !== "DTC" || it.status !== "open") return nothing;
		const schools = this.#places.map(({ code }) => this.#known.get(code)).filter((school) => school?.level === "school" && owns(school))
			.sort((one, other) => one.name.localeCompare(other.name));
		return html`<hand-overs .schools=${schools} .confirmation=${it} @outdated=${() => this.#load()}></hand-overs>`;
	}

	/** Of everywhere there are too many for paper: that has the districts. */
	#paper() {
		return this.#onPaper.length === 0 ? placesTable(this.#places, { nameOf: this.#nameOf, title: this.#placesTitle }) : paperTable(this.#onPaper, this.#nameOf);
	}

	/** Who is deactivated by now is in no list but that of the deactivated. */
	async #everybodyHere() {
		const { organization } = this.#shown;
		const read = (state) => everybody(this.#confirmation.id, { organization, state }, { signal: this.gone });
		return (await Promise.all([read(""), read("settled")])).flat();
	}

	async #print() {
		try {
			const found = this.#isEverywhere ? [] : await this.#everybodyHere();
			await this.#name(found.flatMap((it) => it.organizations));
			this.#onPaper = found;
			this.update();
			await Promise.resolve();
			window.print();
		} catch (problem) {
			if (problem.name !== "AbortError") status.failed(problem.message);
		}
	}

	async #download() {
		try {
			const name = await download(reportAddress(this.#confirmation.id), "confirmation.csv");
			status.done(`${name} has been downloaded.`);
		} catch (problem) {
			status.failed(problem.message);
		}
	}
}

const are = (count) => counted(count, "person is", "people are");

/** What to do with the people of a list, by their state. */
const confirming = (phase) => ({
	open: `Choose people, then say that they stay, have left, or have a wrong role or school. You can change what you have said until ${
		phase === "open" ? "the deadline" : "the confirmation is closed"}.`,
	wrong: "Edit their accounts, then say that they stay.",
});

/** The same in every phase. */
const deactivating = {
	[PROPOSED]: "Nobody has confirmed them, or they have left. No account is deactivated automatically: select the accounts to deactivate.",
	left: "Choose those whose accounts you want to deactivate.",
};

customElements.define("confirmation-screen", ConfirmationScreen);
