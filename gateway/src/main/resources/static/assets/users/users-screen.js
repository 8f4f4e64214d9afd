import { download, get, query } from "../api.js";
import { rewrite } from "../router.js";
import { isMe, manages, organizations, roles, roleTitle } from "../session.js";
import { breakable } from "../ui/breakable.js";
import { counted } from "../ui/dates.js";
import { tell } from "../ui/dialog.js";
import { Element, debounced } from "../ui/element.js";
import { html, live, nothing, repeat } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import "../ui/organization-picker.js";
import { pager } from "../ui/pager.js";
import * as status from "../ui/status.js";
import { act } from "./actions.js";
import { list } from "./list.js";

/** Columns of the guide's table, by the name that the interface sorts by. */
const COLUMNS = [["firstName", "First Name"], ["lastName", "Last Name"], ["email", "Email"], ["username", "Username"], ["role", "Role"]];
const DEFAULTS = { search: "", organization: "", role: "", status: "active", delivery: "", sort: "lastName,asc", page: 0, size: 50 };
const SIZES = [25, 50, 100, 200];

/** User Management (guide, V.A): the address says what is shown, so that Back, reload and a bookmark find it again. */
class UsersScreen extends Element {
	#shown = { ...DEFAULTS };
	#list;
	#problem;
	#loading = false;
	#request;
	#organizationName = "";
	/** Kept over pages and searches: id → account. */
	#selected = new Map();
	/** What the search box says at first; from then on it is its own. */
	#searched = "";
	/** Everything that matches, however many pages: for the export alone. */
	#all = false;
	#typed = debounced(() => this.#filter({ search: this.querySelector("#search").value.trim() }), 200);

	connectedCallback() {
		super.connectedCallback();
		this.#readAddress();
		this.#load();
		document.addEventListener("portal:retry", () => this.#load(), { signal: this.gone });
	}

	disconnectedCallback() {
		super.disconnectedCallback();
		this.#request?.abort();
		this.#typed.cancel();
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

	/** A filter shows its first page and forgets the selection of "all". */
	#filter(change) {
		this.#typed.cancel();
		if (Object.entries(change).every(([name, value]) => this.#shown[name] === value)) return;
		const other = change.status && change.status !== this.#shown.status;
		Object.assign(this.#shown, { page: 0 }, change);
		this.#all = false;
		if (other) this.#selected.clear(); // what can be done to them is another thing
		if ("organization" in change) this.#nameOrganization();
		this.#load();
	}

	#turn(page) {
		this.#shown.page = page;
		this.#load();
		this.querySelector(".table-holder").scrollIntoView({ block: "nearest" });
	}

	async #load() {
		const different = Object.fromEntries(Object.entries(this.#shown).filter(([name, value]) => value !== DEFAULTS[name]));
		const written = query(different);
		list.address = written ? `/users?${written}` : "/users";
		rewrite(list.address);
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

	template() {
		const place = this.#organizationName;
		return html`
			<div class="title-row">
				<h1>Users</h1>
				<form class="search" role="search" @submit=${(event) => {
					event.preventDefault();
					this.#filter({ search: this.querySelector("#search").value.trim() });
				}}>
					<label class="visually-hidden" for="search">Search</label>
					<input id="search" type="search" placeholder="Name, username or email" autocomplete="off" spellcheck="false"
						maxlength="100" value=${this.#searched} @input=${() => this.#typed()}>
					<button class="icon-button" aria-label="Search">${icon("search")}</button>
				</form>
			</div>
			<div class="tools">
				<div class="button-row">
					<a class="button primary" href="/users/new${this.#shown.organization ? `?${query({ organization: this.#shown.organization })}` : ""}">${icon("plus")} Create New User${place ? ` in ${place}` : ""}</a>
					<a class="button" href="/users/import">${icon("upload")} Import Users</a>
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
			</div>
			${this.#bulk()}
			${this.#problem && !(this.#list && this.#problem.away) ? this.#failure() : nothing}
			${this.#list ? this.#table() : this.#problem ? nothing : html`<div class="placeholder" role="status"><span class="visually-hidden">Loading users</span></div>`}`;
	}

	#bulk() {
		const count = this.#all ? this.#list?.totalItems ?? 0 : this.#selected.size;
		const chosen = [...this.#selected.values()];
		return html`
			<div class="bulk" ?hidden=${count === 0}>
				<p role="status">${count ? `${counted(count, "account")} selected` : nothing}</p>
				<div class="button-row">
					${this.#all ? nothing : this.#active
						? html`<button type="button" class="button danger" @click=${() => this.#act("deactivate", chosen)}>Deactivate</button>`
						: html`<button type="button" class="button primary" @click=${() => this.#act("reactivate", chosen)}>Reactivate</button>`}
					<button type="button" class="button" @click=${() => this.#export()}>${icon("download")} Export Users</button>
					${this.#active && !this.#all ? html`<button type="button" class="button"
						@click=${() => this.#act("credentials", chosen)}>${icon("mail")} Send New Credentials</button>` : nothing}
					<button type="button" class="button quiet" @click=${() => this.#clearSelection()}>Clear Selection</button>
				</div>
				${this.#offerAll()}
			</div>`;
	}

	/** After a whole page was chosen, the rest of what matches can be exported with it. */
	#offerAll() {
		const shown = this.#list;
		if (this.#all || !shown || shown.totalPages < 2 || !this.#wholePage()) return nothing;
		return html`<p class="hint">All accounts of this page are selected. <button type="button" class="link" @click=${() => {
			this.#all = true;
			this.update();
		}}>Select all ${shown.totalItems.toLocaleString("en-US")} that match, to export them</button></p>`;
	}

	#wholePage() {
		return this.#list.items.length > 0 && this.#list.items.every((user) => this.#selected.has(user.id));
	}

	#failure() {
		return html`<div class="notice bad" role="alert">${icon("warning")}<span>${this.#problem.message}</span>
			<button type="button" class="button small" @click=${() => this.#load()}>Try Again</button></div>`;
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
							.checked=${live(this.#wholePage())} ?disabled=${items.length === 0} @change=${(event) => this.#choosePage(event.target.checked)}></th>
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
		return this.#shown.search || this.#shown.organization || this.#shown.role || this.#shown.delivery ? `${what} found` : what;
	}

	#nobody() {
		const filtered = this.#shown.search || this.#shown.organization || this.#shown.role || this.#shown.delivery;
		return html`<div class="empty"><p>${filtered ? "No user matches your search and filters."
			: this.#active ? "There are no active users yet." : "There are no deactivated users."}</p>
			${filtered ? html`<button type="button" class="button" @click=${() => this.#showAll()}>Show All Users</button>` : nothing}</div>`;
	}

	#showAll() {
		this.querySelector("#search").value = "";
		this.#filter({ search: "", organization: "", role: "", delivery: "" });
	}

	#heading(name, title) {
		const [column, direction] = this.#shown.sort.split(",");
		const sorted = column === name;
		return html`<th role="columnheader" aria-sort=${sorted ? (direction === "desc" ? "descending" : "ascending") : nothing}>
			<button type="button" class="sort" @click=${() => this.#filter({ sort: `${name},${sorted && direction === "asc" ? "desc" : "asc"}` })}>
				${title}${icon(sorted ? (direction === "desc" ? "down" : "up") : "sort")}</button></th>`;
	}

	#row(user) {
		const chosen = this.#all || this.#selected.has(user.id);
		return html`
			<tr role="row" class=${chosen ? "selected" : ""} @click=${(event) => this.#onRowClick(event, user)}>
				<td role="cell" class="choose"><input type="checkbox" aria-label="Select ${user.username}" .checked=${live(chosen)}
					@change=${() => this.#choose(user)}></td>
				<td role="cell" data-label="First Name" class="name">${user.firstName}</td>
				<td role="cell" data-label="Last Name" class="name">${user.lastName}</td>
				<td role="cell" data-label="Email" class="long">${breakable(user.email)}${this.#undelivered(user)}</td>
				<td role="cell" data-label="Username" class="long">${breakable(user.username)}</td>
				<td role="cell" data-label="Role">${roleTitle(user.role)}</td>
				<td role="cell" class="row-actions">${this.#actions(user)}</td>
			</tr>`;
	}

	#undelivered(user) {
		const failed = Object.values(user.credentials ?? {}).some((it) => it.delivery === "failed");
		return failed ? html` <span class="tag bad">Email not delivered</span>` : nothing;
	}

	#actions(user) {
		if (isMe(user)) return html`<a class="icon-button" href="/profile" aria-label="Your profile" title="Your profile">${icon("edit")}</a>`;
		if (!manages(user)) return nothing;
		return html`
			<a class="icon-button" href="/users/${user.id}" aria-label="Edit User ${user.username}" title="Edit User">${icon("edit")}</a>
			${this.#active
				? html`<button type="button" class="icon-button bad" aria-label="Deactivate User ${user.username}" title="Deactivate User"
					@click=${() => this.#act("deactivate", [user])}>${icon("cross")}</button>`
				: html`<button type="button" class="icon-button good" aria-label="Reactivate ${user.username}" title="Reactivate"
					@click=${() => this.#act("reactivate", [user])}>${icon("plus")}</button>`}`;
	}

	#onRowClick(event, user) {
		if (event.target.closest("a, button, input, label") || getSelection().toString()) return;
		this.#choose(user);
	}

	#choose(user) {
		if (this.#all) {
			this.#all = false;
			this.#selected.clear();
			for (const it of this.#list.items) this.#selected.set(it.id, it);
		}
		if (!this.#selected.delete(user.id)) this.#selected.set(user.id, user);
		this.update();
	}

	#choosePage(chosen) {
		this.#all = false;
		for (const user of this.#list.items) {
			if (chosen) this.#selected.set(user.id, user);
			else this.#selected.delete(user.id);
		}
		this.update();
	}

	#clearSelection() {
		this.#selected.clear();
		this.#all = false;
		this.update();
		this.querySelector(".users input")?.focus();
	}

	async #act(name, users) {
		if (!await act(name, users)) return;
		if (name !== "credentials") for (const user of users) this.#selected.delete(user.id);
		await this.#load();
		if (!document.activeElement || document.activeElement === document.body) this.closest("main")?.focus();
	}

	async #export() {
		const { search, organization, role, delivery, status: which } = this.#shown;
		const filter = Object.fromEntries(Object.entries({ search, organization, role, delivery, status: which }).filter(([, value]) => value));
		const count = this.#all ? this.#list.totalItems : this.#selected.size;
		try {
			const name = await download("/api/users/exports", "users.csv",
				{ method: "POST", json: this.#all ? filter : { userIds: [...this.#selected.keys()] } });
			await tell({
				title: "Users exported",
				body: html`<p>The data of ${counted(count, "user")} has been exported. The export file
					<strong>${name}</strong> has been downloaded.</p>`,
			});
		} catch (problem) {
			status.failed(`Nothing was exported. ${problem.message}`);
		}
	}
}

customElements.define("users-screen", UsersScreen);
