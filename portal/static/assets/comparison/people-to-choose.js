import { counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { html, live } from "../ui/html.js";
import { act } from "../users/actions.js";
import { ofAccount, personColumns } from "../users/people-table.js";
import { Selection } from "../users/selection.js";

const BUTTONS = { deactivate: ["Deactivate", "danger"], reactivate: ["Reactivate", "primary"] };

/**
 * User accounts that are chosen by hand, and what is done with those. Properties: <code>caption</code>; <code>action</code>;
 * <code>nameOf</code> organizations; <code>mayAct</code>, asked before; <code>accounts</code>. Fires "acted" when something may have changed.
 */
class PeopleToChoose extends Element {
	caption = "";
	/** @type {"deactivate" | "reactivate"} */
	action = "deactivate";
	/** @type {import("../users/people-table.js").NameOf} */
	nameOf = () => undefined;
	mayAct = () => true;
	/** @type {any[]} */
	#accounts = [];
	#selection = new Selection();
	/** Nobody was chosen when something was to be done. */
	#isAsked = false;
	#busy = false;

	/** Set last: it draws. Whoever is not there any more is not chosen any more. @param {import("./comparisons.js").Account[]} accounts */
	set accounts(accounts) {
		this.#accounts = accounts.map((it) => ({ ...it, id: it.userId }));
		this.#selection.drop(this.#selection.accounts.filter((chosen) => !this.#accounts.some((it) => it.id === chosen.id)));
		this.update();
	}

	template() {
		const [button, kind] = BUTTONS[this.action];
		const count = this.#selection.count(0);
		const { Name, Username, Role, Organization } = personColumns(ofAccount, this.nameOf);
		return html`
			<div class="button-row">
				<label class="check"><input type="checkbox" .checked=${live(this.#selection.hasPage(this.#accounts))}
					@change=${(event) => this.#chooseAll(event.target.checked)}> Select all ${this.#accounts.length.toLocaleString("en-US")}</label>
				<button type="button" class="button ${kind}" @click=${() => this.#act()}>${button}</button>
				<p role="status">${this.#isAsked && count === 0 ? "Select at least one account first." : `${counted(count, "account")} selected`}</p>
			</div>
			<people-table .caption=${this.caption} .columns=${Object.entries({ Name, Username, Role, Organization })} .selection=${this.#selection}
				.rows=${this.#accounts} @choose=${() => this.update()}></people-table>`;
	}

	#chooseAll(chosen) {
		this.#selection.choosePage(this.#accounts, chosen);
		this.update();
	}

	async #act() {
		if (this.#busy) return;
		this.#isAsked = this.#selection.count(0) === 0;
		this.update();
		if (this.#isAsked || !this.mayAct()) return;
		this.#busy = true;
		try {
			if (await act(this.action, this.#selection.accounts, this.gone)) this.dispatchEvent(new CustomEvent("acted"));
		} finally {
			this.#busy = false;
		}
	}
}

customElements.define("people-to-choose", PeopleToChoose);
