import { download } from "../api.js";
import { may } from "../session.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import * as status from "../ui/status.js";

/** Large exports (guide, Table 2, 3). What exports of student tests there are is another system's to say. */
class DownloadsScreen extends Element {
	template() {
		return html`
			<h1>Downloads</h1>
			<p class="lead">Exports of student test statuses, such as Export Test Status for All Tests, become available later this
				school year.</p>
			${may("manage-users") ? html`
				<section class="card">
					<h2>User accounts</h2>
					<ul class="plain-list">
						<li><button type="button" class="link" @click=${() => this.#template()}>${icon("download")} User import
							template (.CSV)</button></li>
						<li><a href="/users/imports">${icon("file")} Error files of imports</a></li>
					</ul>
				</section>` : nothing}`;
	}

	async #template() {
		try {
			const name = await download("/api/imports/template", "users-template.csv");
			status.done(`${name} has been downloaded.`);
		} catch (problem) {
			status.failed(problem.message);
		}
	}
}

customElements.define("downloads-screen", DownloadsScreen);
