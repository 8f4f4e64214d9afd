import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { Rate, size } from "./counting.js";

/**
 * A file on its way to the server: how much of it has gone out, and how fast. For the eye as it goes, read out at each quarter. Its
 * property <code>what</code> names the file; nothing is shown while there is none.
 */
class SendingFile extends Element {
	#what;
	#sent = 0;
	#total = 0;
	#rate = new Rate();

	/** @param {string | undefined} name */
	set what(name) {
		if (this.#what === name) return;
		this.#what = name;
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
			${this.#what ? html`
				<div class="sending">
					<p id="sending-text">${there ? `${this.#what} has been sent. The server is reading it.` : this.#amounts()}</p>
					${there ? html`<progress aria-labelledby="sending-text"></progress>`
						: html`<progress aria-labelledby="sending-text" max=${this.#total || 1} .value=${this.#sent}></progress>`}
				</div>` : nothing}
			<p class="visually-hidden" role="status">${this.#what ? this.#spoken(there) : nothing}</p>`;
	}

	#amounts() {
		if (this.#total === 0) return `Sending ${this.#what}.`;
		const rate = this.#rate.perSecond;
		return `Sending ${this.#what}: ${size(this.#sent)} of ${size(this.#total)}${rate === undefined ? "" : `, ${size(rate)} a second`}.`;
	}

	#spoken(there) {
		if (there) return "The file has been sent.";
		const quarters = this.#total ? Math.floor(4 * this.#sent / this.#total) : 0;
		return quarters ? `${quarters * 25} percent of the file has been sent.` : "Sending the file.";
	}
}

customElements.define("sending-file", SendingFile);
