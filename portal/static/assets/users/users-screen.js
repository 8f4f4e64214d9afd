import { everything, get, query } from "../api.js";
import "../confirmation/confirmation-due.js";
import { enter, rewrite, showsItself } from "../router.js";
import { organizations, roles } from "../session.js";
import { debounced, Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, live, nothing, repeat } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import "../ui/organization-picker.js";
import { pager } from "../ui/pager.js";
import * as status from "../ui/status.js";
import { act } from "./actions.js";
import { bulkBar } from "./bulk-bar.js";
import { columnsOf, USUAL } from "./columns.js";
import { exportUsers } from "./export.js";
import { asked, chips, chooseSignedIn, dayIn, FILTERS, narrowing } from "./filters.js";
import { keep, selectionOf } from "./kept-selection.js";
import { list } from "./list.js";
import { listHead } from "./list-head.js";
import { chooseCredentials } from "./passwords.js";
import { addressesIn, MOST_PEOPLE } from "./pasted.js";
import { remember, settings } from "./settings.js";
import { userRow } from "./user-row.js";
import { saveView } from "./views.js";

const DEFAULTS = { ...FILTERS, status: "active", sort: "lastName,asc", page: 0, size: 50 };
const SIZES = [25, 50, 100, 200];
/** So many accounts are read at once where something is done to all that match: it is as many as that may be. */
const AT_ONCE = 200;

/** User Management (guide, V.A): the address says what is shown, so that Back, reload and a bookmark find it again. */
class UsersScreen extends Element {
	#shown = { ...DEFAULTS };
	#settings = settings();
	#list;
	#problem;
	#loading = false;
	#request;
	/** Of what the filters ask for. */
	#names = { organization: "", importId: "" };
	/** Organizations of which the directory has told, by code. */
	#known = new Map();
	#selection = selectionOf(DEFAULTS.status);
	/** What the search box says at first; from then on it is its own. */
	#searched = "";
	/** Whether the last filter was typed: what is typed on is one step back, not a step each key. */
	#typing = false;
	#typed = debounced(() => this.#find(), 200);

	connectedCallback() {
		super.connectedCallback();
		this.#readAddress();
		this.#load();
		showsItself(() => this.#goBack(), this.gone);
		this.#measureBar();
		document.addEventListener("portal:retry", () => this.#load(), { signal: this.gone });
	}

	disconnectedCallback() {
		super.disconnectedCallback();
		this.#request?.abort();
		this.#typed.cancel();
	}

	/** The head of the table sticks below the bar, however many lines that has. */
	async #measureBar() {
		await Promise.resolve();
		const bar = this.querySelector(".bulk");
		const observer = new ResizeObserver(() => this.style.setProperty("--bulk", `${bar.offsetHeight}px`));
		observer.observe(bar);
		this.gone.addEventListener("abort", () => observer.disconnect());
	}

	/** Back or forward among what was filtered: the address is another already. */
	#goBack() {
		this.#typed.cancel();
		this.#typing = false;
		this.#readAddress();
		this.#write(this.#searched);
		this.#load();
	}

	/** @param {string} search into the search box */
	#write(search) {
		this.querySelector("#search").value = search;
	}

	#readAddress() {
		const address = new URLSearchParams(location.search);
		this.#shown = { ...DEFAULTS, size: this.#usualSize };
		for (const name of Object.keys(DEFAULTS)) {
			if (!address.has(name)) continue;
			this.#shown[name] = typeof DEFAULTS[name] === "number" ? Number.parseInt(address.get(name), 10) || 0 : address.get(name);
		}
		if (!SIZES.includes(this.#shown.size)) this.#shown.size = DEFAULTS.size;
		this.#shown.signedInBefore = dayIn(this.#shown.signedInBefore);
		this.#searched = this.#shown.search;
		this.#selection = selectionOf(this.#shown.status);
		this.#nameFilters();
	}

	get #usualSize() {
		return SIZES.includes(this.#settings.size) ? this.#settings.size : DEFAULTS.size;
	}

	async #nameFilters() {
		const { organization: code, importId } = this.#shown;
		this.#names = { organization: "", importId: "" };
		const [found, file] = await Promise.all([
			code ? organizations([code]).catch(() => new Map()) : new Map(),
			importId ? get(`/api/imports/${encodeURIComponent(importId)}`, { quiet: true }).then((it) => it.fileName, () => "") : "",
		]);
		if (code !== this.#shown.organization || importId !== this.#shown.importId) return;
		this.#names = { organization: code && (found.get(code)?.name ?? code), importId: file };
		this.update();
	}

	#find() {
		this.#filter({ search: this.querySelector("#search").value.trim() });
	}

	/** A filter shows its first page and forgets the selection of "all". Back takes it off again. */
	#filter(change) {
		this.#typed.cancel();
		const changed = Object.keys(change).filter((name) => this.#shown[name] !== change[name]);
		if (changed.length === 0) return;
		const typing = changed.length === 1 && changed[0] === "search";
		Object.assign(this.#shown, { page: 0 }, change);
		this.#selection.all = false;
		if (changed.includes("status")) this.#selection = selectionOf(this.#shown.status); // what can be done to them is another thing
		if (changed.includes("organization") || changed.includes("importId")) this.#nameFilters();
		const isStep = changed.some((name) => name in FILTERS || name === "status") && !(typing && this.#typing);
		this.#typing = typing;
		this.#load(isStep ? enter : rewrite);
	}

	/** As {@link #filter}, by what is not the search box: it says what is asked for, too, and the focus has somewhere to be. */
	async #chip(change) {
		if ("search" in change) this.#write("");
		this.#filter(change);
		await Promise.resolve();
		const left = this.querySelector(".narrowed button") ?? this.querySelector("#search");
		left?.focus();
	}

	/** A column of addresses is no search but a list of people. */
	#paste(event) {
		const people = addressesIn(event.clipboardData?.getData("text/plain") ?? "");
		if (!people) return;
		event.preventDefault();
		if (people.length > MOST_PEOPLE) status.failed(`Please paste at most ${MOST_PEOPLE} addresses. These are ${people.length.toLocaleString("en-US")}.`);
		else this.#chip({ search: "", people: people.join(",") });
	}

	/** @param {boolean} below whether by the pager below the table: then the new page is read from its top, and the keys go on there */
	async #turn(page, below = false) {
		const label = /** @type {HTMLElement} */ (document.activeElement)?.getAttribute("aria-label");
		this.#shown.page = page;
		await this.#load();
		if (!below || this.#problem) return;
		this.querySelector(".table-head").scrollIntoView({ block: "start" });
		const buttons = [...this.querySelectorAll(".table-head .pager button:not(:disabled)")];
		(buttons.find((it) => it.getAttribute("aria-label") === label) ?? buttons[0])?.focus({ preventScroll: true });
	}

	/** @param {(address: string) => void} write what is shown into the address */
	async #load(write = rewrite) {
		const usual = { ...DEFAULTS, size: this.#usualSize };
		const different = Object.fromEntries(Object.entries(this.#shown).filter(([name, value]) => value !== usual[name]));
		const written = query(different);
		Object.assign(list, { address: written ? `/users?${written}` : "/users", title: "Users" });
		write(list.address);
		this.#request?.abort(); // an older answer must not come over a newer one
		const request = this.#request = new AbortController();
		this.#loading = true;
		this.update();
		try {
			const found = await get(`/api/users?${query(asked(this.#shown))}`, { signal: request.signal });
			if (this.#shown.page > 0 && found.items.length === 0 && found.totalPages > 0) {
				this.#shown.page = found.totalPages - 1;
				await this.#load();
				return;
			}
			this.#list = found;
			this.#problem = undefined;
			this.#selection.renew(found.items);
			this.#nameSchools(found.items);
		} catch (problem) {
			if (problem.name === "AbortError") return;
			this.#problem = problem;
		}
		this.#loading = false;
		this.update();
		if (this.#problem) await this.#showProblem();
	}

	/** However far down one is. */
	async #showProblem() {
		await Promise.resolve();
		this.querySelector(".notice.bad")?.scrollIntoView({ block: "nearest" });
	}

	/** As soon as they are to be seen. */
	async #nameSchools(items) {
		if (!this.#columns.includes("schools")) return;
		const codes = [...new Set(items.flatMap((it) => it.organizations))].filter((code) => !this.#known.has(code));
		for (let from = 0; from < codes.length; from += AT_ONCE) {
			const found = await organizations(codes.slice(from, from + AT_ONCE)).catch(() => new Map());
			for (const [code, { name }] of found) this.#known.set(code, name);
		}
		this.update();
	}

	get #active() {
		return this.#shown.status === "active";
	}

	get #isNarrowed() {
		return narrowing(this.#shown).length > 0;
	}

	get #columns() {
		return this.#settings.columns ?? USUAL;
	}

	/** @param {import("./settings.js").Settings} change */
	#like(change) {
		remember(change);
		this.#settings = settings();
		if (change.columns && this.#list) this.#nameSchools(this.#list.items);
		this.update();
	}

	template() {
		const place = this.#names.organization;
		return html`
			<div class="title-row">
				<h1>Users</h1>
				<form class="search" role="search" @submit=${(event) => {
					event.preventDefault();
					this.#find();
				}}>
					<label class="visually-hidden" for="search">Search</label>
					<input id="search" type="search" placeholder="Name, username or email" autocomplete="off" spellcheck="false"
						maxlength="100" value=${this.#searched} @input=${() => this.#typed()} @paste=${(event) => this.#paste(event)}>
					<button class="icon-button" aria-label="Search">${icon("search")}</button>
				</form>
			</div>
			<confirmation-due></confirmation-due>
			<div class="tools">
				<div class="button-row">
					<a class="button primary" href="/users/new${this.#shown.organization ? `?${query({ organization: this.#shown.organization })}` : ""}">${icon("plus")} Create New User${place ? ` in ${place}` : ""}</a>
					<a class="button" href="/users/import">${icon("upload")} Import Users</a>
					<a class="button quiet" href="/users/imports">Import History</a>
					<a class="button quiet" href="/users/ready">Ready to Test</a>
					<a class="button quiet" href="/users/compare">Compare With a Staff List</a>
					<a class="button quiet" href="/users/confirmations">Confirmations</a>
				</div>
				<div class="filters">
					<organization-picker class="filter-organization" .single=${true} .prompt=${"Choose an Organization"}
						.selected=${this.#shown.organization ? [this.#shown.organization] : []}
						@choose=${(event) => this.#filter({ organization: event.detail[0] ?? "" })}></organization-picker>
					<label class="visually-hidden" for="role-filter">Choose a Role</label>
					<select id="role-filter" .value=${live(this.#shown.role)} @change=${(event) => this.#filter({ role: event.target.value })}>
						<option value="">Choose a Role</option>
						${roles().map((role) => html`<option value=${role.code} ?selected=${role.code === this.#shown.role}>${role.title}</option>`)}
					</select>
				</div>
			</div>
			<div class="which">
				<label class="check"><input type="checkbox" .checked=${live(!this.#active)}
					@change=${(event) => this.#filter({ status: event.target.checked ? "deactivated" : "active" })}> Show Deactivated
					Accounts</label>
				<label class="check"><input type="checkbox" .checked=${live(this.#shown.delivery === "failed")}
					@change=${(event) => this.#filter({ delivery: event.target.checked ? "failed" : "" })}> Emails Not Delivered</label>
				${chooseCredentials(this.#shown.credentials, (credentials) => this.#filter({ credentials }))}
				${chooseSignedIn(this.#shown, new Date().toLocaleDateString("en-CA"), (change) => this.#filter(change))}
			</div>
			${chips(this.#shown, this.#names, (change) => this.#chip(change))}
			${this.#bulk()}
			${this.#problem && !(this.#list && this.#problem.away) ? this.#failure() : nothing}
			${this.#list ? this.#table() : this.#problem ? nothing : html`<div class="placeholder" role="status"><span class="visually-hidden">Loading users</span></div>`}`;
	}

	#bulk() {
		return bulkBar(this.#selection, {
			active: this.#active,
			list: this.#list,
			act: (name) => this.#act(name),
			exportAll: () => this.#export(),
			selectAll: () => {
				this.#selection.all = true;
				this.update();
			},
			changed: () => this.#chosen(),
			clear: () => this.#clearSelection(),
		});
	}

	#failure() {
		return failure(this.#problem, tryAgain(this.#problem, () => this.#load()));
	}

	#table() {
		const { items } = this.#list;
		const columns = columnsOf(this.#columns);
		const compact = this.#settings.compact ?? false;
		return html`
			${listHead(this.#list, {
				active: this.#active,
				isNarrowed: this.#isNarrowed,
				size: this.#shown.size,
				sizes: SIZES,
				columns: this.#columns,
				compact,
				turn: (page) => this.#turn(page),
				like: (change) => this.#like(change),
				showColumn: (id, shown) => this.#like({ columns: [...this.#columns.filter((it) => it !== id), ...(shown ? [id] : [])] }),
				chooseSize: (size) => {
					this.#like({ size });
					this.#filter({ size });
				},
				saveView: () => this.#saveView(),
			})}
			${this.#missing()}
			<div class="table-holder users-holder ${columns.length > USUAL.length + 1 ? "broad" : ""}" ?data-loading=${this.#loading}>
				<table class="users ${compact ? "compact" : ""}" role="table">
					<caption class="visually-hidden">${this.#active ? "Active users" : "Deactivated users"}</caption>
					<thead role="rowgroup"><tr role="row">
						<th role="columnheader" class="choose"><input type="checkbox" aria-label="Select all on this page"
							.checked=${live(this.#selection.hasPage(items))} ?disabled=${items.length === 0}
							@change=${(event) => this.#choosePage(event.target.checked)}></th>
						${columns.map((column) => this.#heading(column))}
						<th role="columnheader" class="row-actions"><span class="visually-hidden">Actions</span></th>
					</tr></thead>
					<tbody role="rowgroup">${repeat(items, (user) => user.id, (user) => this.#row(user, columns))}</tbody>
				</table>
				${items.length === 0 ? this.#nobody() : nothing}
			</div>
			${items.length > 10 ? pager(this.#list, (page) => this.#turn(page, true), "Pages, below the table") : nothing}`;
	}

	/** Who of those whose addresses were pasted is not there, once all who are can be seen. */
	#missing() {
		if (!this.#shown.people || this.#list.totalPages > 1 || this.#loading) return nothing;
		const found = new Set(this.#list.items.flatMap((it) => [it.username, it.email]).map((it) => it.toLowerCase()));
		const missing = this.#shown.people.split(",").filter((it) => !found.has(it.toLowerCase()));
		return missing.length === 0 ? nothing
			: html`<p class="notice caution"><span>${missing.length === 1 ? "One of them is" : `${missing.length} of them are`} not in this list: ${missing.join(", ")}</span></p>`;
	}

	/** Then it is good news that nobody is there. */
	get #asksForUndeliveredAlone() {
		return this.#active && this.#shown.delivery === "failed" && Object.keys(FILTERS).every((name) => name === "delivery" || !this.#shown[name]);
	}

	#nobody() {
		return html`<div class="empty"><p>${this.#asksForUndeliveredAlone ? "All emails have arrived." : this.#isNarrowed ? "No user matches your search and filters."
			: this.#active ? "There are no active users yet." : "There are no deactivated users."}</p>
			${this.#isNarrowed ? html`<button type="button" class="button" @click=${() => this.#chip(FILTERS)}>Show All Users</button>` : nothing}</div>`;
	}

	/** @param {import("./columns.js").Column} column */
	#heading({ id, title, isSorted, kind }) {
		if (!isSorted) return html`<th role="columnheader" class=${kind}>${title}</th>`;
		const [by, direction] = this.#shown.sort.split(",");
		const sorted = by === id;
		return html`<th role="columnheader" class=${kind} aria-sort=${sorted ? (direction === "desc" ? "descending" : "ascending") : nothing}>
			<button type="button" class="sort" @click=${() => this.#filter({ sort: `${id},${sorted && direction === "asc" ? "desc" : "asc"}` })}>
				${title}${icon(sorted ? (direction === "desc" ? "down" : "up") : "sort")}</button></th>`;
	}

	#row(user, columns) {
		return userRow(user, {
			columns,
			nameOf: (code) => this.#known.get(code),
			chosen: this.#selection.has(user),
			active: this.#active,
			choose: (range) => this.#choose(user, range),
			act: (name) => this.#act(name, [user]),
		});
	}

	#choose(user, range) {
		this.#selection.toggle(user, this.#list.items, range);
		this.#chosen();
	}

	#choosePage(chosen) {
		this.#selection.choosePage(this.#list.items, chosen);
		this.#chosen();
	}

	#chosen() {
		keep(this.#shown.status, this.#selection);
		this.update();
	}

	#clearSelection() {
		this.#selection.clear();
		this.#chosen();
		this.querySelector(".users input")?.focus();
	}

	/** @param {any[] | undefined} some instead of those that are chosen */
	async #act(name, some = undefined) {
		const { all } = this.#selection;
		const users = some ?? (all ? await this.#everybody() : this.#selection.accounts);
		if (users && await act(name, users, this.gone, { typed: !some && all })) {
			this.#selection = selectionOf(this.#shown.status); // whoever has another status now is in it no more
			await this.#load();
		}
		if (!document.activeElement || document.activeElement === document.body) this.closest("main")?.focus();
	}

	/** All that match, however many pages they are. */
	async #everybody() {
		try {
			return await everything((page) => get(`/api/users?${query({ ...asked(this.#shown), page, size: AT_ONCE })}`));
		} catch (problem) {
			status.failed(problem.message);
			return undefined;
		}
	}

	async #export() {
		const filter = Object.fromEntries([...Object.keys(FILTERS), "status"].map((name) => [name, this.#shown[name]]).filter(([, value]) => value));
		const { all, accounts } = this.#selection;
		await exportUsers(this.#selection.count(this.#list.totalItems), all ? asked(filter) : { userIds: accounts.map((it) => it.id) });
	}

	async #saveView() {
		const { page: _, size: __, ...kept } = this.#shown;
		const written = query(Object.fromEntries(Object.entries(kept).filter(([name, value]) => value !== DEFAULTS[name])));
		const name = await saveView(written ? `/users?${written}` : "/users", this.gone);
		if (name) status.done(`The view “${name}” has been saved.`);
		this.update();
	}
}

customElements.define("users-screen", UsersScreen);
