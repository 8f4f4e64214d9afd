import { counted } from "../ui/dates.js";
import { confirm } from "../ui/dialog.js";
import { debounced, Element } from "../ui/element.js";
import { html, nothing, repeat } from "../ui/html.js";
import * as status from "../ui/status.js";
import { decisionsOf } from "./decisions.js";

/** So many at first: the rest is one click away. */
const FIRST = 6;

/** "Fix all like this": what is wrong in many records in the same way, each kind one decision, shown before it is taken. */
class FixAll extends Element {
	/** @type {import("./sheet.js").Sheet} */
	#sheet;
	/** @type {import("./decisions.js").Decision[]} */
	#decisions = [];
	#all = false;
	/** When the hand rests: it looks through all records. */
	#later = debounced(() => this.#look(), 100);

	/** @param {import("./sheet.js").Sheet} sheet */
	set sheet(sheet) {
		if (this.#sheet === sheet) return;
		this.#sheet = sheet;
		sheet.addEventListener("changed", () => this.#later(), { signal: this.gone });
		this.#look();
	}

	#look() {
		this.#decisions = this.#sheet.isEditable ? decisionsOf(this.#sheet) : [];
		this.update();
	}

	template() {
		const decisions = this.#decisions;
		if (decisions.length === 0) return nothing;
		const shown = this.#all ? decisions : decisions.slice(0, FIRST);
		return html`
			<section class="card fix-all" aria-labelledby="fix-all-heading">
				<h2 id="fix-all-heading" tabindex="-1">Fix all like this</h2>
				<ul class="decisions">${repeat(shown, (it) => it.key, (it) => html`
					<li><span>${it.title}</span> ${it.taught || it.guessed ? html`<span class="hint">${it.taught
						? "as you corrected it" : it.changes[0].reason}</span>` : nothing}
						<button type="button" class="button small" aria-label="Review: ${it.title}" @click=${() => this.#review([it])}>Review</button></li>`)}</ul>
				${decisions.length > 1 ? html`<div class="button-row">
					${decisions.length > shown.length ? html`<button type="button" class="link" @click=${() => {
						this.#all = true;
						this.update();
					}}>Show ${decisions.length - shown.length} more</button>` : nothing}
					<button type="button" class="button" @click=${() => this.#review(decisions)}>Review All ${decisions.length}</button></div>` : nothing}
			</section>`;
	}

	/** Nothing is taken that was not seen. One that is not wanted is left out, and so is a guess unless it is chosen. */
	async #review(decisions) {
		const left = new Set(decisions.length === 1 ? [] : decisions.filter((it) => it.guessed));
		const count = new Set(decisions.flatMap((it) => it.changes.map(({ row }) => row))).size;
		const sure = await confirm({
			title: decisions.length === 1 ? decisions[0].title : `${decisions.length} kinds of corrections in ${counted(count, "record")}`,
			wide: true,
			signal: this.gone,
			body: html`${decisions.map((it) => (decisions.length === 1 ? diff(it) : html`
				<label class="check"><input type="checkbox" ?checked=${!it.guessed} @change=${(event) => {
					if (event.target.checked) left.delete(it);
					else left.add(it);
				}}> <strong>${it.title}</strong></label>
				${it.guessed ? html`<span class="hint">${it.changes[0].reason}</span>` : nothing}${diff(it)}`))}`,
			action: "Correct",
		});
		if (!sure) return;
		const taken = decisions.filter((it) => !left.has(it));
		// The rows may have been read anew meanwhile: what is another by now was not seen.
		const seen = taken.flatMap((it) => it.changes).map((it) => ({ ...it, row: this.#sheet.byRecord.get(it.row.record) }));
		const changes = seen.filter(({ row, column, before }) => row.editable && row.value(column) === before);
		this.#sheet.edit(taken.length === 1 ? taken[0].title : `${taken.length} kinds of corrections`, changes);
		if (changes.length < seen.length) status.failed(leftOut(changes.length, seen.length));
		this.#look();
		await Promise.resolve();
		// The button is gone with its decision.
		(this.querySelector("#fix-all-heading") ?? document.querySelector("correction-grid [tabindex='0']"))?.focus();
	}
}

/** @param {number} count of the cells that were corrected @param {number} of */
function leftOut(count, of) {
	if (count === 0) return "Nothing was corrected: these cells have been changed or applied elsewhere meanwhile.";
	const were = count === 1 ? "was" : "were";
	const others = of - count === 1 ? "the other one has" : "the others have";
	return `Only ${count} of the ${of} cells ${were} corrected: ${others} been changed or applied elsewhere meanwhile.`;
}

function diff({ title, changes }) {
	return html`<div class="table-holder" tabindex="0" role="group" aria-label=${title}><table class="diff">
		<thead><tr><th scope="col">Record</th><th scope="col">Who</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
		<tbody>${changes.map(({ row, before, value }) => html`<tr><td>${row.record}</td><td>${row.name || row.value("Username")}</td>
			<td>${before === "" ? "(blank)" : html`<del>${before}</del>`}</td><td>${value === "" ? html`<ins>(blank)</ins>` : html`<ins>${value}</ins>`}</td></tr>`)}</tbody>
	</table></div>`;
}

customElements.define("fix-all", FixAll);
