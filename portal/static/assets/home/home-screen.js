import "../confirmation/confirmation-due.js";
import { may, operates, organizations, organizationTitle, roleTitle, session } from "../session.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";

/** What of Table 1 belongs to the section Administration. */
const ADMINISTRATION = ["site-readiness-links", "site-readiness-passwords", "register-students", "transfer-students",
	"manage-classes", "view-classes", "schedule-tests", "view-proctor-passwords", "unlock-items", "reactivate-tests",
	"monitor-tests", "view-testing-metrics", "order-materials"];

/** The homepage: the sections of one's role (guide, IV). */
class HomeScreen extends Element {
	#organizations = [];

	async connectedCallback() {
		super.connectedCallback();
		const codes = session.me.organizations;
		const found = await organizations(codes.slice(0, 3)).catch(() => new Map());
		this.#organizations = codes.slice(0, 3).map((code) => (found.has(code) ? organizationTitle(found.get(code)) : code));
		if (codes.length > 3) this.#organizations.push(`${codes.length - 3} more`);
		this.update();
	}

	template() {
		const { me, config } = session;
		return html`
			<h1>Welcome, ${me.firstName} ${me.lastName}</h1>
			<p class="lead">${roleTitle(me.role)}${this.#organizations.length ? html` · ${this.#organizations.join(", ")}` : nothing}</p>
			${may("manage-users") ? html`<confirmation-due></confirmation-due>` : nothing}
			<ul class="tiles">
				${may("manage-users") ? this.#tile("/users", "users", "User Management",
					"Add and edit portal user accounts, one at a time or many by file.") : nothing}
				${ADMINISTRATION.some(may) ? this.#tile(config.administrationUrl, "administration", "Administration",
					"Manage student data, schedule tests, order materials, print student testing tickets and monitor testing status.") : nothing}
				${may("view-reports") ? this.#tile(config.reportingUrl, "reporting", "Reporting",
					"Access the available reports in the Download Center.") : nothing}
				${operates() ? this.#tile("/operations", "administration", "Operations",
					"Watch the event streams, replay or discard what could not be handled.") : nothing}
			</ul>`;
	}

	#tile(address, picture, title, text) {
		const inside = html`<span class="tile-picture">${icon(picture)}</span><h2>${title}</h2><p>${text}</p>`;
		if (!address) return html`<li><div class="tile later">${inside}<p class="tag">Available later this school year</p></div></li>`;
		return html`<li><a class="tile" href=${address}>${inside}</a></li>`;
	}
}

customElements.define("home-screen", HomeScreen);
