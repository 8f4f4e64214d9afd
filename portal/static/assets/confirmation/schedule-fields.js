import { fieldError, textField } from "../ui/form.js";
import { html } from "../ui/html.js";
import { icon } from "../ui/icons.js";

/**
 * Until when people are to be confirmed, and on which days coordinators are reminded.
 *
 * @typedef {{deadline: string, reminders: string[]}} Schedule days as 2026-12-18; among the reminders blanks, where a day can be filled in
 */

/** @param {{deadline?: string, reminders?: string[]}} it @returns {Schedule} to be filled in */
export const scheduleOf = ({ deadline = "", reminders = [] }) => ({ deadline, reminders: reminders.length ? reminders : [""] });

/** @param {Schedule} schedule @returns {Schedule} what is filled in */
export const filledIn = ({ deadline, reminders }) => ({ deadline, reminders: [...new Set(reminders.filter(Boolean))].sort() });

/** @param {{schedule: Schedule, errorOf: (field: string) => string | undefined, set: (change: Partial<Schedule>) => void}} form */
export function scheduleFields({ schedule: { deadline, reminders }, errorOf, set }) {
	const error = errorOf("reminders");
	return html`
		${textField({ name: "deadline", label: "Deadline", type: "date", value: deadline, required: true, error: errorOf("deadline"),
			hint: "People can be confirmed until the end of this day.", oninput: (value) => set({ deadline: value }) })}
		<div class="field" id="reminders" role="group" aria-labelledby="reminders-label" aria-describedby="reminders-hint${error ? " reminders-error" : ""}">
			<p class="label" id="reminders-label">Days of Reminders</p>
			<div class="days">
				${reminders.map((day, index) => html`<input type="date" aria-label="Reminder ${index + 1}" .value=${day} aria-invalid=${error ? "true" : "false"}
					@input=${(event) => set({ reminders: reminders.with(index, event.target.value) })}>`)}
				<button type="button" class="button small" @click=${(event) => addDay(event.target, reminders, set)}>${icon("plus")} Add Another Day</button>
			</div>
			<p class="hint" id="reminders-hint">On these days an email reminds every coordinator who still has somebody to confirm.</p>
			${fieldError("reminders", error)}
		</div>`;
}

async function addDay(button, reminders, set) {
	const days = button.closest(".days");
	set({ reminders: [...reminders, ""] });
	await new Promise(requestAnimationFrame);
	[...days.querySelectorAll("input")].at(-1)?.focus();
}
