import { Element } from "../ui/element.js";
import { html, nothing, repeat } from "../ui/html.js";
import * as status from "../ui/status.js";
import { ofAccount, ofList, personColumns } from "../users/people-table.js";
import { decide, memoryOf, recordsOf } from "./comparisons.js";

/** What speaks for it. */
const LIKENESS = {
	"address-and-name": "They have the same email address and the same first name.",
	address: "They have the same email address. Two people may share one.",
	name: "They have the same first and last name, at the same organization.",
	"first-name": "They have the same first name, at the same organization. The last name may have changed.",
};

/** @param {import("./comparisons.js").ComparedRecord} record */
const nameOfPair = ({ recordNumber, account }) => `${recordNumber} ${account.userId}`;

/**
 * Records that are probably for an account with another username, each beside it: a person says whether they are. Properties:
 * <code>nameOf</code> organizations; <code>comparison</code>. Fires "decided" when it is another one by now.
 */
class SamePerson extends Element {
	/** @type {import("../users/people-table.js").NameOf} */
	nameOf = () => undefined;
	/** @type {import("./comparisons.js").Comparison | undefined} */
	#comparison;
	#spoken = "";
	/** Pairs whose decision is on its way. */
	#busy = new Set();

	/** Set last: it draws. Of what the server asks anew nothing is decided. */
	set comparison(comparison) {
		if (this.#comparison !== comparison) {
			this.#comparison = comparison;
			const { pairs } = memoryOf(comparison.id);
			for (const record of recordsOf(comparison, "probable")) pairs.delete(nameOfPair(record));
			for (const [name, { same }] of pairs) if (same === undefined) pairs.delete(name);
		}
		this.update();
	}

	/** Those that are asked about, and those that were, in the order of the list. */
	get #pairs() {
		const { pairs } = memoryOf(this.#comparison.id);
		const asked = recordsOf(this.#comparison, "probable").filter((it) => !pairs.has(nameOfPair(it)));
		return [...asked.map((record) => ({ record, same: undefined })), ...pairs.values()]
			.sort((one, other) => one.record.recordNumber - other.record.recordNumber);
	}

	template() {
		if (!this.#comparison) return nothing;
		const pairs = this.#pairs;
		const open = pairs.filter((it) => it.same === undefined).length;
		return html`
			<p class="visually-hidden" role="status">${this.#spoken}</p>
			${pairs.length ? html`<section class="card" aria-labelledby="probable-heading">
				<h2 id="probable-heading">Probably the Same Person${open ? ` (${open})` : ": all decided"}</h2>
				<p>Each of these records may be for somebody who has a user account with another username. Compare the two, and decide. A username
					never changes: the user account keeps its own.</p>
				${repeat(pairs, (it) => nameOfPair(it.record), (it) => this.#pair(it))}
			</section>` : nothing}`;
	}

	#pair({ record, same }) {
		const id = `pair-${record.recordNumber}-${record.account.userId}`;
		const [listed, there] = [ofList(record), ofAccount(record.account)];
		const { Name, Username, Email, Organization } = personColumns((it) => it, this.nameOf);
		const button = (label, decision, kind = "") => html`<button type="button" class="button ${kind}" aria-describedby=${id}
			@click=${() => this.#decide(record, decision)}>${label}</button>`;
		return html`
			<article class="pair">
				<h3 id=${id}>Record ${record.recordNumber}: ${listed.name}</h3>
				<p>${LIKENESS[record.likeness] ?? nothing}</p>
				<div class="table-holder"><table class="stacked" role="table" aria-labelledby=${id}>
					<thead role="rowgroup"><tr role="row"><td role="cell"></td><th role="columnheader">In the list</th><th role="columnheader">User account</th></tr></thead>
					<tbody role="rowgroup">${Object.entries({ Name, Username, Email, Organization }).map(([title, shown]) => html`<tr role="row">
						<th role="rowheader">${title}</th><td role="cell" data-label="In the list">${shown(listed)}</td>
						<td role="cell" data-label="User account">${shown(there)}</td></tr>`)}</tbody>
				</table></div>
				<div class="button-row">${same === undefined ? html`${button("Same Person", true, "primary")}${button("Somebody Else", false)}`
					: html`<p>${decided(same)}</p>${button("Undo", null)}`}</div>
			</article>`;
	}

	/** @param {import("./comparisons.js").ComparedRecord} record @param {boolean | null} same null: the decision is taken back */
	async #decide(record, same) {
		const name = nameOfPair(record);
		if (this.#busy.has(name)) return;
		this.#busy.add(name);
		const { id } = this.#comparison;
		const { recordNumber, account } = record;
		try {
			await decide(id, { recordNumber, userId: account.userId, same });
			memoryOf(id).pairs.set(name, { record, same: same ?? undefined });
			this.#spoken = `Record ${recordNumber}: ${same === null ? "the decision is undone." : decided(same)}`;
			this.dispatchEvent(new CustomEvent("decided"));
			this.update();
			await Promise.resolve();
			/** @type {HTMLElement | null} */ (this.querySelector(`[aria-describedby="pair-${recordNumber}-${account.userId}"]`))?.focus();
		} catch (problem) {
			status.failed(problem.message);
		} finally {
			this.#busy.delete(name);
		}
	}
}

const decided = (same) => (same ? "You have said that they are the same person." : "You have said that they are not the same person.");

customElements.define("same-person", SamePerson);
