import { session, signOut } from "../session.js";
import { Element } from "../ui/element.js";
import { html } from "../ui/html.js";
import * as status from "../ui/status.js";

/** "After clicking Logout, you will be prompted to then select the Logout button on the next page" (guide, Table 2, 6). */
class LogOutScreen extends Element {
	#leaving = false;

	template() {
		return html`
			<section class="narrow">
				<h1>Logout</h1>
				<p class="lead">Do you want to log out of the ${session.config.siteName}?</p>
				<div class="button-row">
					<button type="button" class="button primary" ?disabled=${this.#leaving} @click=${() => this.#leave()}>Logout</button>
					<a class="button" href="/">Cancel</a>
				</div>
			</section>`;
	}

	async #leave() {
		this.#leaving = true;
		this.update();
		try {
			await signOut();
		} catch (problem) {
			this.#leaving = false;
			this.update();
			status.failed(`You are still logged in. ${problem.message}`);
		}
	}
}

customElements.define("log-out-screen", LogOutScreen);
