import { tellRestored } from "../session.js";
import { Element } from "../ui/element.js";
import { html } from "../ui/html.js";

/** Where a new sign-in ends that another tab's work was waiting for. */
class RestoredScreen extends Element {
	connectedCallback() {
		super.connectedCallback();
		tellRestored();
	}

	template() {
		return html`
			<section class="narrow">
				<h1>You are signed in again</h1>
				<p class="lead">Your other tab can go on where it was. You can close this one.</p>
				<p><a class="button" href="/">Go to the homepage instead</a></p>
			</section>`;
	}
}

customElements.define("restored-screen", RestoredScreen);
