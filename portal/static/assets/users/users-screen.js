import { get, query } from "../api.js";
import "../confirmation/confirmation-due.js";
import { labelOf } from "../fields.js";
import { enter, rewrite, showsItself } from "../router.js";
import { organizations, roles } from "../session.js";
import { counted } from "../ui/dates.js";
import { debounced, Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, live, nothing, repeat } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import "../ui/organization-picker.js";
import { pager } from "../ui/pager.js";
import { act } from "./actions.js";
import { exportUsers } from "./export.js";
import { chips, FILTERS, narrowing } from "./filters.js";
import { list } from "./list.js";
import { chooseCredentials } from "./passwords.js";
import { Selection } from "./selection.js";
import { userRow } from "./user-row.js";

/** Columns of the guide's table, by the name that the interface sorts by. */
const COLUMNS = ["firstName", "lastName", "email", "username", "role"].map((field) => [field, labelOf(field)]);
const DEFAULTS = { ...FILTERS, status: "active", sort: "lastName,asc", page: 0, size: 50 };
const SIZES = [25, 50, 100, 200];

/** User Management (guide, V.A): the address says what is shown, so that Back, reload and a bookmark find it again. */
class UsersScreen extends Element {
	#shown = { ...DEFAULTS };
	#list;
	#problem;
	#loading = false;
	#request;
	#organizationName = "";
	#selection = new Selection();
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
		document.addEventListener("portal:retry", () => this.#load(), { signal: this.gone });
	}

	disconnectedCallback() {
		super.disconnectedCallback();
		this.#request?.abort();
		this.#typed.cancel();
	}

	/** Back or forward among what was filtered: the address is another already. */
	#goBack() {
		this.#typed.cancel();
		this.#typing = false;
		const { status } = this.#shown;
		this.#shown = { ...DEFAULTS };
		this.#readAddress();
		this.#write(this.#searched);
		if (status !== this.#shown.status) this.#selection.clear();
		this.#selection.all = false;
		this.#load();
	}

	/** @param {string} search into the search box */
	#write(search) {
		this.querySelector("#search").value = search;
	}

	#readAddress() {
		const asked = new URLSearchParams(location.search);
		for (const name of Object.keys(DEFAULTS)) {
			if (!asked.has(name)) continue;
			this.#shown[name] = typeof DEFAULTS[name] === "number" ? Number.parseInt(asked.get(name), 10) || 0 : asked.get(name);
		}
		if (!SIZES.includes(this.#shown.size)) this.#shown.size = DEFAULTS.size;
		this.#searched = this.#shown.search;
		this.#nameOrganization();
	}

	async #nameOrganization() {
		const code = this.#shown.organization;
		this.#organizationName = "";
		if (!code) return;
		const found = await organizations([code]).catch(() => new Map());
		this.#organizationName = found.get(code)?.name ?? code;
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
		const other = changed.includes("status");
		const typing = changed.length === 1 && changed[0] === "search";
		Object.assign(this.#shown, { page: 0 }, change);
		this.#selection.all = false;
		if (other) this.#selection.clear(); // what can be done to them is another thing
		if (changed.includes("organization")) this.#nameOrganization();
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

	#turn(page) {
		this.#shown.page = page;
		this.#load();
		this.querySelector(".table-holder").scrollIntoView({ block: "nearest" });
	}

	/** @param {(address: string) => void} write what is shown into the address */
	async #load(write = rewrite) {
		const different = Object.fromEntries(Object.entries(this.#shown).filter(([name, value]) => value !== DEFAULTS[name]));
		const written = query(different);
		Object.assign(list, { address: written ? `/users?${written}` : "/users", title: "Users" });
		write(list.address);
		this.#request?.abort(); // an older answer must not come over a newer one
		const request = this.#request = new AbortController();
		this.#loading = true;
		this.update();
		try {
			const found = await get(`/api/users?${query(this.#shown)}`, { signal: request.signal });
			if (this.#shown.page > 0 && found.items.length === 0 && found.totalPages > 0) {
				this.#shown.page = found.totalPages - 1;
				this.#load();
				return;
			}
			this.#list = found;
			this.#problem = undefined;
		} catch (problem) {
			if (problem.name === "AbortError") return;
			this.#problem = problem;
		}
		this.#loading = false;
		this.update();
	}

	get #active() {
		return this.#shown.status === "active";
	}

	get #isNarrowed() {
		return narrowing(this.#shown).length > 0;
	}

	template() {
		const place = this.#organizationName;
		return html`
			<div class="title-row">
				<h1>Users</h1>
				<form class="search" role="search" @submit=${(event) => {
					event.preventDefault();
					this.#find();
				}}>
					<label class="visually-hidden" for="search">Search</label>
					<input id="search" type="search" placeholder="Name, username or email" autocomplete="off" spellcheck="false"
						maxlength="100" value=${this.#searched} @input=${() => this.#typed()}>
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
			</div>
			${chips(this.#shown, place, (change) => this.#chip(change))}
			${this.#bulk()}
			${this.#problem && !(this.#list && this.#problem.away) ? this.#failure() : nothing}
			${this.#list ? this.#table() : this.#problem ? nothing : html`<div class="placeholder" role="status"><span class="visually-hidden">Loading users</span></div>`}`;
	}

	#bulk() {
		const { all, accounts } = this.#selection;
		const count = this.#selection.count(this.#list?.totalItems ?? 0);
		return html`
			<div class="bulk" ?hidden=${count === 0}>
				<p role="status">${count ? `${counted(count, "account")} selected` : nothing}</p>
				<div class="button-row">
					${all ? nothing : this.#active
						? html`<button type="button" class="button danger" @click=${() => this.#act("deactivate", accounts)}>Deactivate</button>`
						: html`<button type="button" class="button primary" @click=${() => this.#act("reactivate", accounts)}>Reactivate</button>`}
					<button type="button" class="button" @click=${() => this.#export()}>${icon("download")} Export Users</button>
					${this.#active && !all ? html`<button type="button" class="button"
						@click=${() => this.#act("credentials", accounts)}>${icon("mail")} Send New Credentials</button>` : nothing}
					<button type="button" class="button quiet" @click=${() => this.#clearSelection()}>Clear Selection</button>
				</div>
				${this.#offerAll()}
			</div>`;
	}

	/** After a whole page was chosen, the rest of what matches can be exported with it. */
	#offerAll() {
		const shown = this.#list;
		if (this.#selection.all || !shown || shown.totalPages < 2 || !this.#selection.hasPage(shown.items)) return nothing;
		return html`<p class="hint">All accounts of this page are selected. <button type="button" class="link" @click=${() => {
			this.#selection.all = true;
			this.update();
		}}>Select all ${shown.totalItems.toLocaleString("en-US")} that match, to export them</button></p>`;
	}

	#failure() {
		return failure(this.#problem, tryAgain(this.#problem, () => this.#load()));
	}

	#table() {
		const { items, totalItems } = this.#list;
		return html`
			<div class="table-head">
				<p role="status">${this.#countText(totalItems)}</p>
				${pager(this.#list, (page) => this.#turn(page))}
				<label class="page-size hint">Rows
					<select .value=${live(String(this.#shown.size))} @change=${(event) => this.#filter({ size: Number(event.target.value) })}>
						${SIZES.map((size) => html`<option value=${size} ?selected=${size === this.#shown.size}>${size}</option>`)}
					</select></label>
			</div>
			<div class="table-holder" ?data-loading=${this.#loading}>
				<table class="users" role="table">
					<caption class="visually-hidden">${this.#active ? "Active users" : "Deactivated users"}</caption>
					<thead role="rowgroup"><tr role="row">
						<th role="columnheader" class="choose"><input type="checkbox" aria-label="Select all on this page"
							.checked=${live(this.#selection.hasPage(items))} ?disabled=${items.length === 0}
							@change=${(event) => this.#choosePage(event.target.checked)}></th>
						${COLUMNS.map(([name, title]) => this.#heading(name, title))}
						<th role="columnheader" class="row-actions"><span class="visually-hidden">Actions</span></th>
					</tr></thead>
					<tbody role="rowgroup">${repeat(items, (user) => user.id, (user) => this.#row(user))}</tbody>
				</table>
				${items.length === 0 ? this.#nobody() : nothing}
			</div>
			${items.length > 10 ? pager(this.#list, (page) => this.#turn(page), "Pages, below the table") : nothing}`;
	}

	#countText(total) {
		const what = counted(total, this.#active ? "active user" : "deactivated user");
		return this.#isNarrowed ? `${what} found` : what;
	}

	#nobody() {
		return html`<div class="empty"><p>${this.#isNarrowed ? "No user matches your search and filters."
			: this.#active ? "There are no active users yet." : "There are no deactivated users."}</p>
			${this.#isNarrowed ? html`<button type="button" class="button" @click=${() => this.#chip(FILTERS)}>Show All Users</button>` : nothing}</div>`;
	}

	#heading(name, title) {
		const [column, direction] = this.#shown.sort.split(",");
		const sorted = column === name;
		return html`<th role="columnheader" aria-sort=${sorted ? (direction === "desc" ? "descending" : "ascending") : nothing}>
			<button type="button" class="sort" @click=${() => this.#filter({ sort: `${name},${sorted && direction === "asc" ? "desc" : "asc"}` })}>
				${title}${icon(sorted ? (direction === "desc" ? "down" : "up") : "sort")}</button></th>`;
	}

	#row(user) {
		return userRow(user, {
			chosen: this.#selection.has(user),
			active: this.#active,
			choose: () => this.#choose(user),
			act: (name) => this.#act(name, [user]),
		});
	}

	#choose(user) {
		this.#selection.toggle(user, this.#list.items);
		this.update();
	}

	#choosePage(chosen) {
		this.#selection.choosePage(this.#list.items, chosen);
		this.update();
	}

	#clearSelection() {
		this.#selection.clear();
		this.update();
		this.querySelector(".users input")?.focus();
	}

	async #act(name, users) {
		if (!await act(name, users, this.gone)) return;
		if (name !== "credentials") this.#selection.drop(users);
		await this.#load();
		if (!document.activeElement || document.activeElement === document.body) this.closest("main")?.focus();
	}

	async #export() {
		const filter = Object.fromEntries([...Object.keys(FILTERS), "status"].map((name) => [name, this.#shown[name]]).filter(([, value]) => value));
		const { all, accounts } = this.#selection;
		await exportUsers(this.#selection.count(this.#list.totalItems), all ? filter : { userIds: accounts.map((it) => it.id) });
	}
}

customElements.define("users-screen", UsersScreen);
