import { Element } from "../ui/element.js";
import { html } from "../ui/html.js";

/** An address that is none, or none for this person's role. */
class NothingScreen extends Element {
	template() {
		return html`
			<section class="narrow">
				<h1>There is nothing here for you</h1>
				<p class="lead">This page does not exist, or your role does not include it.</p>
				<p><a class="button primary" href="/">Go to the homepage</a></p>
			</section>`;
	}
}

customElements.define("nothing-screen", NothingScreen);
