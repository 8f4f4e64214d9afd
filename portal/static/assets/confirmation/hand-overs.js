import { everything, get, query, wordsOf } from "../api.js";
import { counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, live, nothing, repeat } from "../ui/html.js";
import * as status from "../ui/status.js";
import { handOver } from "./confirmations.js";

/** Who can have a school. */
const COORDINATOR = "STC";
const AT_ONCE = 200;

/**
 * A district's coordinator gives schools to their own coordinators, or takes them back. Properties: <code>confirmation</code>;
 * <code>schools</code>. Fires "outdated" when it is another one by now.
 */
class HandOvers extends Element {
	/** @type {{code: string, name: string}[]} */
	schools = [];
	/** @type {import("./confirmations.js").Confirmation} */
	#confirmation;
	/** Who has each school that was chosen for anew; blank for the district. @type {Map<string, string>} */
	#chosen = new Map();
	/** @type {any[] | undefined} */
	#coordinators;
	#problem;
	#saving = false;

	/** Set last: it draws. */
	set confirmation(confirmation) {
		this.#confirmation = confirmation;
		this.update();
	}

	get unsaved() {
		return this.#changes.length > 0;
	}

	/** What was chosen and is not so already. */
	get #changes() {
		return [...this.#chosen].filter(([school, owner]) => owner !== this.#savedOwnerOf(school)).map(([school, owner]) => ({ school, userId: owner || undefined }));
	}

	async #load() {
		this.#problem = undefined;
		try {
			this.#coordinators = await everything((page) =>
				get(`/api/users?${query({ role: COORDINATOR, status: "active", page, size: AT_ONCE })}`, { signal: this.gone }));
		} catch (problem) {
			if (problem.name === "AbortError") return;
			this.#problem = problem;
		}
		this.update();
	}

	#savedOwnerOf(school) {
		return this.#confirmation.handOvers.find((it) => it.school === school)?.userId ?? "";
	}

	#ownerOf(school) {
		return this.#chosen.get(school) ?? this.#savedOwnerOf(school);
	}

	#coordinatorsOf(school) {
		return this.#coordinators.filter((it) => it.organizations.includes(school));
	}

	template() {
		if (!this.#confirmation || this.schools.length === 0) return nothing;
		const handedOver = this.#confirmation.handOvers.length;
		return html`
			<details class="card" @toggle=${(event) => event.target.open && !this.#coordinators && this.#load()}>
				<summary>Hand Over Schools${handedOver ? ` (${counted(handedOver, "school")} handed over)` : nothing}</summary>
				<p>You can hand a school over to its School Test Coordinator, who then confirms its people and gets the reminders. You still see them, and can still confirm them.</p>
				${this.#problem ? failure(this.#problem, tryAgain(this.#problem, () => this.#load())) : nothing}
				${this.#coordinators ? this.#form() : this.#problem ? nothing : html`<p role="status" class="hint">Loading …</p>`}
			</details>`;
	}

	#form() {
		return html`
			<form novalidate @submit=${(event) => this.#save(event)}>
				<ul class="hand-overs">${repeat(this.schools, (it) => it.code, (it) => html`<li>${this.#school(it)}</li>`)}</ul>
				<div class="button-row"><button class="button primary" ?disabled=${this.#saving}>Save Hand-Overs</button></div>
			</form>`;
	}

	#school({ code, name }) {
		const here = this.#coordinatorsOf(code);
		const owner = this.#ownerOf(code);
		const gone = owner && !here.some((it) => it.id === owner);
		if (here.length === 0 && !gone) return html`<span>${name}</span> <span class="tag">No School Test Coordinator</span>`;
		return html`
			<label for="hand-over-${code}">${name}</label>
			<select id="hand-over-${code}" .value=${live(owner)} @change=${(event) => {
				this.#choose(code, event.target.value);
			}}>
				<option value="" ?selected=${owner === ""}>The district</option>
				${gone ? html`<option value=${owner} selected disabled>Somebody who is no coordinator there any more</option>` : nothing}
				${here.map((it) => html`<option value=${it.id} ?selected=${it.id === owner}>${it.firstName} ${it.lastName}</option>`)}
			</select>`;
	}

	/** A choice that one has put back shows what somebody else has chosen meanwhile. */
	#choose(school, owner) {
		if (owner === this.#savedOwnerOf(school)) this.#chosen.delete(school);
		else this.#chosen.set(school, owner);
		this.update();
	}

	async #save(event) {
		event.preventDefault();
		if (this.#saving) return;
		if (!this.unsaved) {
			status.done("You have not changed any hand-over.");
			return;
		}
		this.#saving = true;
		this.#problem = undefined;
		this.update();
		try {
			this.#confirmation = await handOver(this.#confirmation.id, this.#changes);
			this.#chosen.clear();
			const count = this.#confirmation.handOvers.length;
			status.done(count ? `${counted(count, "school is", "schools are")} handed over.` : "No school is handed over any more.");
			this.dispatchEvent(new CustomEvent("outdated"));
		} catch (problem) {
			status.failed(wordsOf(problem));
			if (problem.status === 409) this.dispatchEvent(new CustomEvent("outdated")); // the deadline has passed, or it is closed
		} finally {
			this.#saving = false;
			this.update();
		}
	}
}

customElements.define("hand-overs", HandOvers);
