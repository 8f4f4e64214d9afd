import { runsTheSystem, session } from "../session.js";
import { calendarDay, counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { confirmations, duties } from "./confirmations.js";

/**
 * Tells coordinators who still have people to confirm, and leads there. Shows nothing to everybody else, or when nobody can say. The service
 * center, whose duty is only what no coordinator can do, is not reminded by mail either.
 */
class ConfirmationDue extends Element {
	/** @type {{id: string, name: string, deadline: string, count: number}[]} */
	#due = [];

	async connectedCallback() {
		super.connectedCallback();
		if (runsTheSystem(session.me.role)) return;
		const quietly = { quiet: true, signal: this.gone };
		try {
			const { items } = await confirmations(0, quietly);
			const open = items.filter((it) => it.status === "open");
			const counts = await Promise.all(open.map((it) => duties(it.id, quietly)));
			this.#due = open.map((it, index) => ({ ...it, count: counts[index] })).filter((it) => it.count > 0);
			this.update();
		} catch {
			// It is no more than a reminder.
		}
	}

	template() {
		if (this.#due.length === 0) return nothing;
		return this.#due.map(({ id, name, deadline, count }) => html`<p class="notice caution">${icon("users")}<span>A confirmation is due by
			${calendarDay(deadline)}: you still have ${counted(count, "person", "people")} to confirm in <a href="/users/confirmations/${id}">${name}</a>.</span></p>`);
	}
}

customElements.define("confirmation-due", ConfirmationDue);
