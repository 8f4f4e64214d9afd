import { manages, session } from "../session.js";
import { counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { html, live, nothing, repeat } from "../ui/html.js";
import { pager } from "../ui/pager.js";
import * as status from "../ui/status.js";
import { act, refusal, report } from "../users/actions.js";
import { Selection } from "../users/selection.js";
import { decide, everybody, missing } from "./confirmations.js";
import { columns, personRow } from "./person-row.js";
import { DECISIONS } from "./words.js";

/** @typedef {import("./confirmations.js").Person} Person */

/** As many as can be deactivated at once. */
const MOST = 1000;

/**
 * People of a confirmation, a page at a time, by organization: some are chosen, and what is said of them is said of all of those.
 * Properties: <code>confirmation</code>; <code>nameOf</code> organizations; <code>placeOf</code> a person, where they are shown by place;
 * <code>filter</code>; <code>page</code>. Fires "turn" with the number of a page, and "outdated" when something may have changed.
 */
class PeopleWorklist extends Element {
	/** @type {import("./confirmations.js").Confirmation} */
	confirmation;
	/** @type {(code: string) => string | undefined} */
	nameOf = () => undefined;
	/** @type {((person: Person) => string) | undefined} */
	placeOf;
	/** @type {import("./confirmations.js").Filter} */
	#filter = {};
	/** @type {import("./confirmations.js").Page} */
	#page;
	#selection = new Selection();
	#busy = false;

	/** Whoever was chosen in another list is not chosen any more. */
	set filter(filter) {
		if (JSON.stringify(filter) !== JSON.stringify(this.#filter)) this.#selection.clear();
		this.#filter = filter;
	}

	/** Set last: it draws. Who is chosen is as they were read last. */
	set page(page) {
		this.#page = page;
		this.#selection.choosePage(page.items.filter((it) => this.#selection.has(it) && this.#isChoosable(it)), true);
		this.#selection.drop(page.items.filter((it) => !this.#isChoosable(it)));
		this.update();
	}

	#isChoosable(person) {
		return person.may.length > 0 || this.#mayDeactivate(person);
	}

	/** Who has left; and after the deadline whom nobody has confirmed, by the service center. */
	#mayDeactivate(person) {
		return manages(person) && (person.state === "left" || (person.state === "open" && this.#isProposing));
	}

	get #isProposing() {
		return this.confirmation.status !== "open" && session.me.role === "SC";
	}

	template() {
		if (!this.#page) return nothing;
		const { items, totalItems } = this.#page;
		const choosable = items.filter((it) => this.#isChoosable(it));
		return html`
			${this.#bulk()}
			<div class="table-head">
				<p role="status">${counted(totalItems, "person", "people")}</p>
				${choosable.length ? html`<label class="check"><input type="checkbox" .checked=${live(this.#selection.hasPage(choosable))}
					@change=${(event) => this.#choose(choosable, event.target.checked)}> Select all on this page</label>` : nothing}
				${pager(this.#page, (page) => this.#turn(page))}
			</div>
			<div class="table-holder"><table class="stacked people choosing worklist" role="table">
				<caption class="visually-hidden">People</caption>
				<thead role="rowgroup"><tr role="row"><th role="columnheader" class="choose"><span class="visually-hidden">Selected</span></th>
					${Object.keys(columns(this.nameOf)).map((title) => html`<th role="columnheader" scope="col">${title}</th>`)}
					<th role="columnheader" class="row-actions"><span class="visually-hidden">Actions</span></th></tr></thead>
				${repeat(this.#places(items), ([place]) => place, ([place, people]) => this.#place(place, people))}
			</table></div>
			${items.length > 10 ? pager(this.#page, (page) => this.#turn(page), "Pages, below the table") : nothing}`;
	}

	/** @returns {[string, Person[]][]} the people of each place by its name */
	#places(items) {
		if (!this.placeOf) return [["", items]];
		const places = [...new Set(items.map(this.placeOf))].sort((one, other) => one.localeCompare(other));
		return places.map((place) => [place, items.filter((it) => this.placeOf(it) === place)]);
	}

	#place(place, people) {
		const shown = columns(this.nameOf);
		const choosable = people.filter((it) => this.#isChoosable(it));
		return html`<tbody role="rowgroup">
			${place ? html`<tr role="row" class="place"><td role="cell" class="choose">${choosable.length ? html`<input type="checkbox"
					aria-label="Select everybody of ${place} on this page" .checked=${live(this.#selection.hasPage(choosable))}
					@change=${(event) => this.#choose(choosable, event.target.checked)}>` : nothing}</td>
				<th role="rowheader" scope="rowgroup" colspan="7">${place} <small>${counted(people.length, "person", "people")}</small></th></tr>` : nothing}
			${repeat(people, (it) => it.id, (it) => personRow(it, {
				columns: shown, choosable: this.#isChoosable(it), chosen: this.#selection.has(it), choose: () => this.#choose([it], !this.#selection.has(it)),
			}))}</tbody>`;
	}

	#choose(people, chosen) {
		this.#selection.choosePage(people, chosen);
		this.update();
	}

	#turn(page) {
		this.dispatchEvent(new CustomEvent("turn", { detail: page }));
	}

	#bulk() {
		const chosen = this.#selection.accounts;
		const button = (label, kind, press) => html`<button type="button" class="button ${kind}" ?disabled=${this.#busy} @click=${press}>${label}</button>`;
		return html`
			<div class="bulk" ?hidden=${chosen.length === 0}>
				<p role="status">${chosen.length ? `${counted(chosen.length, "person", "people")} selected` : nothing}</p>
				<div class="button-row">
					${chosen.some((it) => it.may.length) ? Object.entries(DECISIONS).map(([decision, { title }]) =>
						button(title, decision === "stays" ? "primary" : "", () => this.#decide(decision))) : nothing}
					${chosen.length && chosen.every((it) => this.#mayDeactivate(it)) ? button("Deactivate", "danger", () => this.#deactivate()) : nothing}
					<button type="button" class="button quiet" @click=${() => this.#clear()}>Clear Selection</button>
				</div>
				${this.#offerAll()}
			</div>`;
	}

	/** After a whole page was chosen, all pages can be. */
	#offerAll() {
		const { items, totalItems, totalPages } = this.#page;
		const all = totalItems.toLocaleString("en-US");
		if (totalPages < 2 || totalItems > MOST || this.#selection.count(0) >= totalItems) return nothing;
		if (!this.#selection.hasPage(items.filter((it) => this.#isChoosable(it)))) return nothing;
		return html`<p class="hint">All people of this page are selected. <button type="button" class="link" ?disabled=${this.#busy}
			@click=${() => this.#chooseAll()}>Select all ${all} of this list</button></p>`;
	}

	#chooseAll() {
		return this.#whileBusy(async () => {
			const all = await everybody(this.confirmation.id, this.#filter, { signal: this.gone });
			this.#selection.choosePage(all.filter((it) => this.#isChoosable(it)), true);
		});
	}

	#clear() {
		this.#selection.clear();
		this.update();
		this.querySelector(".check input, .worklist input")?.focus();
	}

	#decide(decision) {
		return this.#whileBusy(async () => {
			this.#done(await decide(this.confirmation.id, decision, this.#selection.accounts));
		});
	}

	#deactivate() {
		return this.#whileBusy(async () => {
			await this.#dropOthers();
			const chosen = this.#selection.accounts;
			if (chosen.length > 0 && await act("deactivate", chosen, this.gone)) this.#done(chosen);
		});
	}

	/** The page may be older than what others have decided: nobody is deactivated of whom somebody says by now that they stay. */
	async #dropOthers() {
		const filter = { organization: this.#filter.organization, state: this.#isProposing ? "proposed" : "left" };
		const others = await missing(this.confirmation.id, filter, this.#selection.accounts, { signal: this.gone });
		if (others.length === 0) return;
		await report("deactivated", others, others.map((it) =>
			refusal(it, "Somebody has decided otherwise since you looked at it, or has deactivated or moved it.")));
		this.#done(others);
	}

	/** Also of nobody: then the deadline may have passed, or what was sent may be done although no answer came. */
	#done(people) {
		this.#selection.drop(people);
		this.dispatchEvent(new CustomEvent("outdated"));
	}

	async #whileBusy(work) {
		if (this.#busy) return;
		this.#busy = true;
		this.update();
		try {
			await work();
		} catch (problem) {
			if (problem.name !== "AbortError") status.failed(problem.message);
		} finally {
			this.#busy = false;
			this.update();
		}
	}
}

customElements.define("people-worklist", PeopleWorklist);
