import { freshKey } from "../api.js";
import { guardLeaving, navigate } from "../router.js";
import { Element } from "../ui/element.js";
import { errorOf, errorSummary, fieldError, star, textField } from "../ui/form.js";
import { html, live, nothing } from "../ui/html.js";
import "../ui/organization-picker.js";
import * as status from "../ui/status.js";
import { open } from "./confirmations.js";
import { filledIn, scheduleFields, scheduleOf } from "./schedule-fields.js";

/** The service center opens a confirmation: what it is called, of whom it is, until when. */
class OpenConfirmationScreen extends Element {
	#name = "";
	/** @type {"state" | "districts" | undefined} */
	#scope;
	#districts = [];
	#schedule = scheduleOf({});
	#errors = [];
	#saving = false;
	/** The last attempt: the same again has the same key, so that it is opened once. */
	#attempt = {};

	connectedCallback() {
		super.connectedCallback();
		guardLeaving(() => !this.#saving && this.#isAnythingFilledIn, this.gone);
	}

	get #isAnythingFilledIn() {
		const { deadline, reminders } = filledIn(this.#schedule);
		return !!(this.#name || this.#scope || deadline || reminders.length);
	}

	/** What is in a field now is not what was wrong there. */
	#mend(field) {
		this.#errors = this.#errors.filter((it) => it.field !== field);
		this.update();
	}

	template() {
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a> › <a href="/users/confirmations">Confirmations</a></nav>
			<h1>Open a Confirmation</h1>
			<p class="lead">Coordinators confirm who is still there. Nobody is deactivated by it: after the deadline you choose whom to deactivate.</p>
			<form class="card" novalidate @submit=${(event) => this.#open(event)}>
				${errorSummary(this.#errors)}
				<p class="hint">Fields with a red asterisk (<span class="star">*</span>) are required.</p>
				${textField({ name: "name", label: "Name", value: this.#name, required: true, error: errorOf(this.#errors, "name"),
					hint: "Such as Spring 2027. Coordinators see it.",
					oninput: (value) => {
						this.#name = value;
						this.#mend("name");
					} })}
				${this.#chooseDistricts()}
				${scheduleFields({ schedule: this.#schedule, errorOf: (field) => errorOf(this.#errors, field),
					set: (change) => {
						Object.assign(this.#schedule, change);
						for (const field of Object.keys(change)) this.#mend(field);
					} })}
				<div class="button-row">
					<button class="button primary" ?disabled=${this.#saving}>Open Confirmation</button>
					<a class="button quiet" href="/users/confirmations">Cancel</a>
				</div>
			</form>`;
	}

	#chooseDistricts() {
		const error = errorOf(this.#errors, "districts");
		const scope = (value, label) => html`<label class="check"><input type="radio" name="scope" value=${value} .checked=${live(this.#scope === value)}
			@change=${() => this.#setScope(value)}> ${label}</label>`;
		return html`
			<div class="field" id="districts" role="group" aria-labelledby="districts-label" aria-describedby=${error ? "districts-error" : nothing}>
				<p class="label" id="districts-label">Whose accounts are to be confirmed?${star(true)}</p>
				<div class="which">${scope("state", "The whole state")}${scope("districts", "Some districts")}</div>
				${this.#scope === "districts" ? html`<organization-picker .levels=${["district"]} .selected=${this.#districts} .invalid=${!!error}
					.describedBy=${error ? "districts-error" : ""} @choose=${(event) => {
						this.#districts = event.detail;
						this.#mend("districts");
					}}></organization-picker>` : nothing}
				${fieldError("districts", error)}
			</div>`;
	}

	#setScope(scope) {
		this.#scope = scope;
		this.#mend("districts");
	}

	/** That no district stands for the whole state is not to be found out by leaving the field blank. */
	get #missing() {
		if (!this.#scope) return [{ field: "districts", message: "Choose the whole state or some districts." }];
		return this.#scope === "districts" && this.#districts.length === 0 ? [{ field: "districts", message: "Choose at least one district." }] : [];
	}

	async #open(event) {
		event.preventDefault();
		if (this.#saving) return;
		this.#show(this.#missing);
		if (this.#errors.length) return;
		const { deadline, reminders } = filledIn(this.#schedule);
		const plan = { name: this.#name, districts: this.#scope === "state" ? [] : this.#districts, deadline: deadline || null, reminders };
		const content = JSON.stringify(plan);
		if (this.#attempt.content !== content) this.#attempt = { content, key: freshKey() };
		this.#saving = true;
		this.update();
		try {
			const { id } = await open(plan, this.#attempt.key);
			if (this.gone.aborted) return;
			status.doneBeforeNext("The confirmation has been opened. An email tells every coordinator who has somebody to confirm.");
			await navigate(`/users/confirmations/${id}`);
		} catch (problem) {
			if (problem.errors.length === 0) status.failed(problem.message);
			this.#show(problem.errors);
		} finally {
			this.#saving = false;
			this.update();
		}
	}

	#show(errors) {
		this.#errors = errors;
		this.update();
		if (errors.length > 0) requestAnimationFrame(() => this.querySelector("#error-summary")?.focus());
	}
}

customElements.define("open-confirmation-screen", OpenConfirmationScreen);
