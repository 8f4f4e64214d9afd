import { get, query } from "../api.js";
import { organizations, organizationTitle } from "../session.js";
import { Bar } from "./bar.js";
import { debounced, uniqueId } from "./element.js";
import { html, live, nothing, repeat } from "./html.js";
import { icon } from "./icons.js";

const SHOWN = 50;
const NO_DISTRICT = "00000000";

/**
 * The blue bar of organizations: opens a list of those that the person has, searched on the server as one types. Fires
 * "choose" with the chosen codes as detail ("change" is what its own inputs fire, and bubbles).
 *
 * Properties: <code>selected</code> the chosen codes; <code>fixed</code> those of them that are not one's own to remove;
 * <code>single</code> one at most, as for a filter; <code>all</code> what none is called there, or nothing where one has to be chosen;
 * <code>levels</code>
 * which are offered ("district", "school"); <code>prompt</code> the words on the bar; <code>invalid</code> and
 * <code>describedBy</code> for a form's message.
 */
class OrganizationPicker extends Bar {
	#selected = [];
	#fixed = [];
	#titles = new Map();
	/** What the directory has told of chosen ones, by code. */
	#places = new Map();
	#found = [];
	#total = 0;
	/** There is nothing to show yet. */
	#finding = false;
	#search = "";
	#request;
	#problem;
	#panel = uniqueId("organizations");
	#later = debounced(() => this.#find(), 150);

	single = false;
	all = "All organizations";
	levels = ["district", "school"];
	prompt = "Click here to select organization(s).";
	describedBy = "";
	invalid = false;

	set selected(codes) {
		this.#selected = codes;
		this.#name(codes);
		this.update();
	}

	get selected() {
		return this.#selected;
	}

	connectedCallback() {
		super.connectedCallback();
		this.addEventListener("keydown", (event) => this.#onKey(event), { signal: this.gone });
	}

	async #name(codes) {
		const missing = codes.filter((code) => !this.#titles.has(code));
		if (missing.length === 0) return;
		const found = await organizations(missing).catch(() => new Map());
		for (const [code, organization] of found) {
			this.#titles.set(code, organizationTitle(organization));
			this.#places.set(code, organization);
		}
		this.update();
	}

	set fixed(codes) {
		this.#fixed = codes;
		this.update();
	}

	/** A school's district has its coordinators; the placeholder of non-public schools has none. */
	#whoChanges(code) {
		const { name, parent, parentName } = this.#places.get(code) ?? {};
		const district = parent ? parentName : name;
		return district && parent !== NO_DISTRICT ? `coordinators of ${district}` : "the MCAS Service Center";
	}

	#title(code) {
		return this.#titles.get(code) ?? code;
	}

	async #find() {
		this.#request?.abort();
		const request = this.#request = new AbortController();
		this.#finding = this.#found.length === 0;
		try {
			const page = await get(`/api/organizations?${query({ search: this.#search.trim(), ...this.#wanted(), size: SHOWN })}`, { signal: request.signal });
			this.#found = page.items;
			this.#total = page.totalItems;
			this.#problem = undefined;
			for (const it of this.#found) this.#titles.set(it.code, organizationTitle(it));
		} catch (problem) {
			if (problem.name === "AbortError") return;
			this.#problem = problem;
		}
		this.#finding = false;
		this.update();
	}

	/** Of all levels there is no word for it; what takes nobody new is never chosen. */
	#wanted() {
		return { level: this.levels.length === 1 ? this.levels[0] : undefined, assignable: true };
	}

	template() {
		return html`
			${this.single ? nothing : this.#chips()}
			<button type="button" class="bar ${this.single ? "bar-filter" : ""}" aria-expanded=${this.isOpen} aria-controls=${this.#panel}
				aria-describedby=${this.describedBy || nothing} ?data-invalid=${this.invalid} ?data-empty=${this.#selected.length === 0} @click=${() => this.toggle()}>
				<span>${this.#barText()}</span>${icon("down")}</button>
			<div class="bar-panel ${this.single ? "" : "flow"}" id=${this.#panel} ?hidden=${!this.isOpen}>
				${this.isOpen ? this.#list() : nothing}
			</div>`;
	}

	#barText() {
		if (this.single) return this.#selected.length ? `Filter: ${this.#title(this.#selected[0])}` : this.prompt;
		if (this.#selected.length) return "Click here to select organization(s).";
		return "No organizations selected. Click here to choose organization(s).";
	}

	#chips() {
		return html`${this.chips(this.#selected, {
			label: "Selected organizations",
			title: (code) => this.#title(code),
			give: (code) => this.#choose(code, false),
			locked: (code) => (this.#fixed.includes(code) ? `Only ${this.#whoChanges(code)} can change this.` : undefined),
		})}`;
	}

	#list() {
		const name = `${this.#panel}-choice`;
		return html`
			<label class="visually-hidden" for="${this.#panel}-search">Search organizations</label>
			<input type="search" id="${this.#panel}-search" placeholder="Search by name or code" autocomplete="off" maxlength="100" .value=${live(this.#search)}
				@input=${(event) => {
					this.#search = event.target.value;
					this.#later();
				}}>
			<p class="hint" role="status">${this.#problem ? this.#problem.message : this.#countText()}</p>
			<ul class="options">
				${this.single && this.all ? html`<li><label class="option"><input type="radio" name=${name} .checked=${live(this.#selected.length === 0)}
					@click=${(event) => this.#pick([], event)}><span>${this.all}</span></label></li>` : nothing}
				${repeat(this.#found, (it) => it.code, (it) => html`<li><label class="option">
					<input type=${this.single ? "radio" : "checkbox"} name=${name} .checked=${live(this.#selected.includes(it.code))}
						@change=${this.single ? nothing : (event) => this.#choose(it.code, event.target.checked)}
						@click=${this.single ? (event) => this.#pick([it.code], event) : nothing}>
					<span>${organizationTitle(it)} <small>${it.code}</small></span></label></li>`)}
			</ul>`;
	}

	#countText() {
		if (this.#finding) return "";
		if (this.#found.length === 0) return this.#search.trim() ? "No organization found." : "There is no organization that you could choose here.";
		return this.#total > SHOWN ? `The first ${SHOWN} of ${this.#total.toLocaleString()} organizations. Type to find others.`
			: `${this.#found.length} organization${this.#found.length === 1 ? "" : "s"}`;
	}

	async open() {
		this.#search = "";
		this.#found = []; // of another level perhaps
		this.#find();
		super.open();
		await Promise.resolve();
		this.querySelector("input[type=search]")?.focus();
	}

	close(focus = false) {
		this.#later.cancel();
		this.#request?.abort();
		super.close(focus);
	}

	/** Arrow keys move the choice among radio buttons, which is a click without a pointer: the list stays open for the next. */
	#pick(codes, event) {
		this.#set(codes);
		if (event.detail > 0) this.close(true);
	}

	#choose(code, chosen) {
		this.#set(chosen ? [...this.#selected, code] : this.#selected.filter((it) => it !== code));
	}

	#set(codes) {
		this.#selected = codes;
		this.update();
		this.dispatchEvent(new CustomEvent("choose", { detail: codes }));
	}

	#onKey(event) {
		if (!this.isOpen) return;
		if (event.key === "Enter" && event.target.matches("input")) {
			event.preventDefault(); // a form around it must not be sent
			if (this.single) this.close(true);
		} else if (event.key === "ArrowDown" && event.target.matches("input[type=search]")) {
			event.preventDefault();
			this.querySelector(".options input")?.focus();
		}
	}
}

customElements.define("organization-picker", OrganizationPicker);
