import { session, signInAddress } from "../session.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";

/** Before the sign-in and after the sign-out (guide, III.C). */
class WelcomeScreen extends Element {
	template() {
		const { config } = session;
		const signedOut = location.pathname === "/signed-out";
		const returnTo = signedOut || location.pathname === "/log-out" || location.pathname === "/session-restored"
			? "/" : location.pathname + location.search;
		return html`
			<section class="welcome">
				${signedOut
					? html`<h1>You have logged out</h1>
						<p class="lead">You have left the ${config.siteName}. Close the browser if others use this computer.</p>`
					: html`<h1>${config.siteName}</h1>
						<p class="lead">${config.site === "TRAINING"
							? "Practice the tasks that are required in the MCAS Portal."
							: "Test administration and management for district and school test coordinators, technology coordinators and test administrators."}</p>`}
				<p><a class="button primary large" href=${signInAddress(returnTo)}>Log In</a></p>
				<p class="hint">When logging in for the first time, use the username and password from the initial system
					emails.</p>
				${config.resourceCenterUrl ? html`<p><a href=${config.resourceCenterUrl}>MCAS Resource Center</a></p>` : nothing}
			</section>`;
	}
}

customElements.define("welcome-screen", WelcomeScreen);
