import { Bar } from "../ui/bar.js";
import { html, live } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { programName } from "./in-words.js";

/**
 * The programs of a user: a bar that opens the list of those that are offered. Fires "choose" with the chosen ids as detail.
 *
 * Properties: <code>selected</code> the chosen ids; <code>offered</code> programs; <code>fixed</code> nothing of it is one's own to
 * change; <code>describedBy</code> for a form's message.
 */
class ProgramChoice extends Bar {
	#offered = [];

	selected = [];
	fixed = false;
	describedBy = "";

	/** Given last, and anew with each drawing of the form. */
	set offered(programs) {
		this.#offered = programs;
		this.update();
	}

	template() {
		const chosen = this.selected;
		return html`
			${this.chips(chosen, {
				label: "Selected programs",
				title: programName,
				give: (id) => this.#choose(id, false),
				locked: () => (this.fixed ? "not yours to change" : undefined),
			})}
			<button type="button" class="bar" ?disabled=${this.fixed} aria-expanded=${this.isOpen} aria-controls="program-list"
				aria-describedby=${this.describedBy} @click=${() => this.toggle()}><span>${chosen.length ? "Click here to select program(s)."
					: "No program selected. Click here to choose program(s)."}</span>${icon("down")}</button>
			<div class="bar-panel flow" id="program-list" ?hidden=${!this.isOpen}>
				<ul class="options">${this.#offered.map((program) => html`
					<li><label class="option"><input type="checkbox" .checked=${live(chosen.includes(program.id))}
						@change=${(event) => this.#choose(program.id, event.target.checked)}><span>${program.name}</span></label></li>`)}
				</ul>
			</div>`;
	}

	#choose(id, chosen) {
		const detail = chosen ? [...this.selected, id] : this.selected.filter((it) => it !== id);
		this.dispatchEvent(new CustomEvent("choose", { detail }));
	}
}

customElements.define("program-choice", ProgramChoice);
