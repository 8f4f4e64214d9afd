import { confirm } from "../ui/dialog.js";
import { Element } from "../ui/element.js";
import { errorOf } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import * as status from "../ui/status.js";
import { alter } from "./confirmations.js";
import { filledIn, scheduleFields, scheduleOf } from "./schedule-fields.js";

/**
 * The service center moves the deadline and the reminders, or closes the confirmation. Properties: <code>etag</code>;
 * <code>confirmation</code>. Fires "decided" when it is another one by now.
 */
class ConfirmationSettings extends Element {
	etag = "";
	/** @type {import("./confirmations.js").Confirmation} */
	#confirmation;
	/** What is filled in, once something is. */
	#draft;
	#errors = [];
	#saving = false;

	/** Set last: it draws. */
	set confirmation(confirmation) {
		this.#confirmation = confirmation;
		this.update();
	}

	get unsaved() {
		return !!this.#draft;
	}

	template() {
		if (!this.#confirmation || this.#confirmation.status === "closed") return nothing;
		const schedule = this.#draft ?? scheduleOf(this.#confirmation);
		return html`
			<form class="card" novalidate aria-labelledby="schedule-heading" @submit=${(event) => this.#save(event)}>
				<h2 id="schedule-heading">Deadline and Reminders</h2>
				${scheduleFields({ schedule, errorOf: (field) => errorOf(this.#errors, field), set: (change) => {
					this.#draft = { ...schedule, ...change };
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
		const { deadline, reminders } = filledIn(this.#draft ?? scheduleOf(this.#confirmation));
		await this.#alter({ deadline, reminders }, "The deadline and the reminders have been saved.");
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
			this.#draft = undefined;
			status.done(message);
			this.dispatchEvent(new CustomEvent("decided"));
		} catch (problem) {
			this.#errors = problem.errors;
			if (problem.errors.length === 0) status.failed(problem.message);
			if (problem.status === 412) this.dispatchEvent(new CustomEvent("decided")); // somebody else was quicker: what is typed in stays
			requestAnimationFrame(() => /** @type {HTMLElement | null} */ (this.querySelector("[aria-invalid=true]"))?.focus());
		} finally {
			this.#saving = false;
			this.update();
		}
	}
}

customElements.define("confirmation-settings", ConfirmationSettings);
