import { session, signInAddress } from "../session.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";

/** Guide, III.A. */
const WHO_HELPS = [
	["Test administrators and school-level technology coordinators", "Contact your principal or school test coordinator."],
	["Principals, school test coordinators and district-level technology coordinators", "Contact your district test coordinator."],
	["District test coordinators", "Contact the MCAS Service Center."],
];

/** Before the sign-in and after the sign-out (guide, III.C). */
class WelcomeScreen extends Element {
	template() {
		const { config } = session;
		const signedOut = location.pathname === "/signed-out";
		const returnTo = signedOut || location.pathname === "/log-out" || location.pathname === "/session-restored"
			? "/" : location.pathname + location.search;
		return html`
			<section class="welcome">
				<div class="welcome-in">
					${signedOut
						? html`<h1>You have logged out</h1>
							<p class="lead">You have left the ${config.siteName}. Close the browser if others use this computer.</p>`
						: html`<h1>${config.siteName}</h1>
							<p class="lead">${config.site === "TRAINING"
								? "Practice the tasks that are required in the MCAS Portal."
								: "Test administration and management for test coordinators, technology coordinators, principals and test administrators."}</p>`}
					<p><a class="button large" href=${signInAddress(returnTo)}>Log In</a></p>
					${signedOut ? nothing
						: html`<p class="hint">When logging in for the first time, use the username and password from the initial system emails.</p>`}
				</div>
				${signedOut ? nothing : this.#help(config)}
			</section>`;
	}

	#help(config) {
		return html`
			<div class="welcome-help">
				<h2>No login instructions?</h2>
				<p>They come in two emails for each site. If you have not received them:</p>
				<dl>${WHO_HELPS.map(([who, helper]) => html`<dt>${who}</dt><dd>${helper}</dd>`)}</dl>
				${config.resourceCenterUrl ? html`<p><a href=${config.resourceCenterUrl} target="_blank" rel="noopener">MCAS Resource
					Center ${icon("external")}<span class="visually-hidden">(opens in a new tab)</span></a></p>` : nothing}
			</div>`;
	}
}

customElements.define("welcome-screen", WelcomeScreen);
