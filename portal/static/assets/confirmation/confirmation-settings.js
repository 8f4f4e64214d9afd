import { isSame } from "../read-again.js";
import { confirm } from "../ui/dialog.js";
import { Element } from "../ui/element.js";
import { errorOf } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import * as status from "../ui/status.js";
import { alter } from "./confirmations.js";
import { filledIn, scheduleFields, scheduleOf } from "./schedule-fields.js";

/**
 * The service center moves the deadline and the reminders, or closes the confirmation. Properties: <code>etag</code>;
 * <code>confirmation</code>. Fires "outdated" when it is another one by now.
 */
class ConfirmationSettings extends Element {
	etag = "";
	/** @type {import("./confirmations.js").Confirmation} */
	#confirmation;
	/** The fields that were filled in anew. @type {Partial<import("./schedule-fields.js").Schedule>} */
	#draft = {};
	#errors = [];
	#saving = false;

	/** Set last: it draws. A field that one has put back shows what somebody else has put there meanwhile. */
	set confirmation(confirmation) {
		this.#draft = confirmation.status === "closed" ? {} : this.#changes;
		this.#confirmation = confirmation;
		this.update();
	}

	get unsaved() {
		return Object.keys(this.#changes).length > 0;
	}

	/** Only what is another value than the saved one: the rest is not sent, since somebody else may have changed it. */
	get #changes() {
		return Object.fromEntries(Object.entries(filledIn(this.#schedule))
			.filter(([field, value]) => field in this.#draft && !isSame(value, this.#confirmation[field])));
	}

	get #schedule() {
		return scheduleOf({ ...this.#confirmation, ...this.#draft });
	}

	template() {
		if (!this.#confirmation || this.#confirmation.status === "closed") return nothing;
		return html`
			<form class="card" novalidate aria-labelledby="schedule-heading" @submit=${(event) => this.#save(event)}>
				<h2 id="schedule-heading">Deadline and Reminders</h2>
				${scheduleFields({ schedule: this.#schedule, errorOf: (field) => errorOf(this.#errors, field), set: (change) => {
					Object.assign(this.#draft, change);
					this.#errors = this.#errors.filter(({ field }) => !(field in change));
					this.update();
				} })}
				<div class="button-row">
					<button class="button primary" ?disabled=${this.#saving}>Save Deadline and Reminders</button>
					<button type="button" class="button danger" ?disabled=${this.#saving} @click=${() => this.#close()}>Close Confirmation</button>
				</div>
			</form>`;
	}

	async #save(event) {
		event.preventDefault();
		if (this.unsaved) await this.#alter(this.#changes, "The deadline and the reminders have been saved.");
		else status.done("You have not changed the deadline or the reminders.");
	}

	async #close() {
		const agreed = await confirm({
			title: "Close this confirmation?",
			body: "After that, nobody can confirm people in it, and nobody is reminded. You cannot open it again. You can still download its report.",
			action: "Close Confirmation",
			kind: "danger",
			signal: this.gone,
		});
		if (agreed) await this.#alter({ closed: true }, "The confirmation has been closed.");
	}

	async #alter(changes, message) {
		if (this.#saving) return;
		this.#saving = true;
		this.#errors = [];
		this.update();
		try {
			await alter(this.#confirmation.id, changes, this.etag);
			this.#draft = {};
			status.done(message);
			this.dispatchEvent(new CustomEvent("outdated"));
		} catch (problem) {
			this.#errors = problem.errors;
			if (problem.errors.length === 0) status.failed(problem.message);
			// Somebody else was quicker: what is typed in stays, as long as it is not closed.
			if ([409, 412].includes(problem.status)) this.dispatchEvent(new CustomEvent("outdated"));
			requestAnimationFrame(() => /** @type {HTMLElement | null} */ (this.querySelector("[aria-invalid=true]"))?.focus());
		} finally {
			this.#saving = false;
			this.update();
		}
	}
}

customElements.define("confirmation-settings", ConfirmationSettings);
