import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { Rate, size } from "./counting.js";

/**
 * A file on its way to the server: how much of it has gone out, and how fast. For the eye as it goes, read out at each quarter.
 * Properties: <code>what</code>, the file's name, and <code>doing</code>, for what it goes there: "Sending" or "Reading"; nothing is shown
 * while it is for nothing.
 */
class SendingFile extends Element {
	what;
	#doing;
	#sent = 0;
	#total = 0;
	#rate = new Rate();

	/** @param {string | undefined} doing */
	set doing(doing) {
		if (this.#doing === doing) return;
		this.#doing = doing;
		[this.#sent, this.#total, this.#rate] = [0, 0, new Rate()];
		this.update();
	}

	/** To be given to the request. */
	onSent = (sent, total) => {
		[this.#sent, this.#total] = [sent, total];
		this.#rate.note(sent, performance.now());
		this.update();
	};

	template() {
		const there = this.#total > 0 && this.#sent >= this.#total;
		return html`
			${this.#doing ? html`
				<div class="sending">
					<p id="sending-text">${there ? `The server is reading ${this.what}.` : this.#amounts()}</p>
					${there ? html`<progress aria-labelledby="sending-text"></progress>`
						: html`<progress aria-labelledby="sending-text" max=${this.#total || 1} .value=${this.#sent}></progress>`}
				</div>` : nothing}
			<p class="visually-hidden" role="status">${this.#doing ? this.#spoken(there) : nothing}</p>`;
	}

	#amounts() {
		if (this.#total === 0) return `${this.#doing} ${this.what}.`;
		const rate = this.#rate.perSecond;
		return `${this.#doing} ${this.what}: ${size(this.#sent)} of ${size(this.#total)}${rate === undefined ? "" : `, ${size(rate)} a second`}.`;
	}

	#spoken(there) {
		if (there) return "The server is reading the file.";
		const quarters = this.#total ? Math.floor(4 * this.#sent / this.#total) : 0;
		return `${this.#doing} the file${quarters ? `: ${quarters * 25} percent` : ""}.`;
	}
}

customElements.define("sending-file", SendingFile);
