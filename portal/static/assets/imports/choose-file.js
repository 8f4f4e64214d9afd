import { Element } from "../ui/element.js";
import { fieldError } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";

/** Tables, too: what is no .CSV is refused in the guide's words, and can be read as a table then. */
const KINDS = ".csv,text/csv,.xlsx,.tsv,.tab,.txt";
const PASTED = "Pasted from a spreadsheet.txt";

/**
 * Where a file is chosen, dropped, or cells of a spreadsheet are pasted. Properties: <code>file</code>, <code>error</code>. Fires
 * "choose" with a file, and "pasted" with one that has the pasted cells.
 */
class ChooseFile extends Element {
	#file;
	#error;
	#over = false;
	#pasting = false;

	set file(file) {
		this.#file = file;
		this.update();
	}

	set error(error) {
		this.#error = error;
		this.update();
	}

	connectedCallback() {
		super.connectedCallback();
		// A file that is dropped beside the place for it must not take the page's place.
		for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault(), { signal: this.gone });
	}

	template() {
		const error = this.#error;
		return html`
			<div class="drop" ?data-over=${this.#over} @dragover=${(event) => this.#onDrag(event, true)} @dragleave=${(event) => this.#onDrag(event, false)}
				@drop=${(event) => {
					this.#onDrag(event, false);
					this.#take(event.dataTransfer.files[0]);
				}}>
				<button type="button" class="button" id="file" aria-invalid=${error ? "true" : nothing} aria-describedby="file-name ${error ? "file-error" : ""}"
					@click=${() => this.querySelector("input[type=file]").click()}>Choose File</button>
				<input type="file" accept=${KINDS} hidden @change=${(event) => this.#take(event.target.files[0])}>
				<p id="file-name" role="status">${this.#file ? html`${icon("file")} <strong>${this.#file.name}</strong>` : "No file chosen. You can also drop it here."}</p>
				<button type="button" class="link" aria-expanded=${this.#pasting} aria-controls="paste" @click=${() => this.#togglePaste()}>Paste from a Spreadsheet</button>
			</div>
			${fieldError("file", error)}
			<div id="paste" ?hidden=${!this.#pasting}>
				<label for="pasted">Paste the cells here, with the line that has the column names</label>
				<textarea id="pasted" rows="4" spellcheck="false" autocomplete="off" @paste=${(event) => this.#onPaste(event)}></textarea>
				<button type="button" class="button small" @click=${() => this.#read(this.querySelector("#pasted").value)}>Read as a Table</button>
			</div>`;
	}

	#onDrag(event, over) {
		event.preventDefault();
		if (this.#over === over) return;
		this.#over = over;
		this.update();
	}

	#take(file) {
		if (!file) return;
		this.querySelector("input[type=file]").value = ""; // so that the same file, corrected, can be chosen again
		this.dispatchEvent(new CustomEvent("choose", { detail: file }));
	}

	async #togglePaste() {
		this.#pasting = !this.#pasting;
		this.update();
		await Promise.resolve();
		if (this.#pasting) this.querySelector("#pasted").focus();
	}

	/** Into an empty place a whole table is pasted: there is nothing to wait for. */
	#onPaste(event) {
		if (event.target.value.trim()) return;
		event.preventDefault();
		event.target.value = event.clipboardData.getData("text/plain");
		this.#read(event.target.value);
	}

	#read(text) {
		if (!text.trim()) {
			this.querySelector("#pasted").focus();
			return;
		}
		this.dispatchEvent(new CustomEvent("pasted", { detail: new File([text], PASTED, { type: "text/plain" }) }));
	}
}

customElements.define("choose-file", ChooseFile);
