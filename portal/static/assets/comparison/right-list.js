import { counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { textField } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import { memoryOf } from "./comparisons.js";

const FIELD = "affected";

/**
 * Where according to a list many people have changed or left, it may be the wrong one: somebody has to say how many. Property <code>comparison</code>.
 * Shows nothing where nobody is asked.
 */
class RightList extends Element {
	/** @type {import("./comparisons.js").Comparison | undefined} */
	#comparison;
	#typed = "";
	#error;

	set comparison(comparison) {
		if (this.#comparison === comparison) return;
		if (this.#comparison?.affected !== comparison.affected) this.#typed = "";
		this.#comparison = comparison;
		this.#error = undefined;
		this.update();
	}

	/** Whether nothing stands in the way of what the list says. Otherwise it asks for the number. */
	pass() {
		if (!this.#isAsked) return true;
		if (this.#isRight) {
			memoryOf(this.#comparison.id).agreed = this.#comparison.affected;
			return true;
		}
		this.#error = this.#typed.trim() ? "That is not the number. Look at the groups below, then type the number of people."
			: "Type the number of people first.";
		this.update();
		this.querySelector(`#${FIELD}`).focus();
		return false;
	}

	/** Fewer people than somebody has agreed to need no other number. */
	get #isAsked() {
		const { id, held, affected } = this.#comparison;
		return held && affected > memoryOf(id).agreed;
	}

	get #isRight() {
		const digits = this.#typed.replace(/[\s,]/g, "");
		return /^\d+$/.test(digits) && Number(digits) === this.#comparison.affected;
	}

	template() {
		if (!this.#comparison || !this.#isAsked) return nothing;
		const { affected, people } = this.#comparison;
		return html`
			<section class="card" aria-labelledby="right-list-heading">
				<h2 id="right-list-heading">Is this the right list?</h2>
				<p>According to this list, ${counted(affected, "person has", "people have")} changed or left. You manage
					${counted(people, "user account")} here. It may be the wrong list.</p>
				${textField({
					name: FIELD, label: "Type the number of people who have changed or left", value: this.#typed, error: this.#error, required: true,
					inputmode: "numeric",
					oninput: (value) => {
						this.#typed = value;
						this.#error = undefined;
						this.update();
					},
				})}
				<p role="status">${this.#isRight ? "The number is right. You can go on." : nothing}</p>
			</section>`;
	}
}

customElements.define("right-list", RightList);
