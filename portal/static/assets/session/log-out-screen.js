import { session, signOut, wouldBeLost } from "../session.js";
import { counted } from "../ui/dates.js";
import { confirm } from "../ui/dialog.js";
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
		if (this.#leaving) return;
		this.#is(true);
		try {
			if (await mayLose(await wouldBeLost())) await signOut();
			else this.#is(false);
		} catch (problem) {
			this.#is(false);
			status.failed(`You are still logged in. ${problem.message}`);
		}
	}

	#is(leaving) {
		this.#leaving = leaving;
		this.update();
	}
}

/** @param {number} records whose corrections the server does not have */
async function mayLose(records) {
	return records === 0 || confirm({
		title: "Log out without saving?",
		body: `${counted(records, "corrected record")} ${records === 1 ? "is not saved yet. Log out and lose it?" : "are not saved yet. Log out and lose them?"}`,
		action: "Log Out Without Saving",
		kind: "danger",
		cancel: "Stay Logged In",
	});
}

customElements.define("log-out-screen", LogOutScreen);
