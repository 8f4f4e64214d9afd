import { FileForm } from "../imports/file-form.js";
import { downloadTemplate } from "../imports/imports.js";
import { guardLeaving } from "../router.js";
import { session } from "../session.js";
import { errorOf, fieldError } from "../ui/form.js";
import { html } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import "../ui/organization-picker.js";
import { compare } from "./comparisons.js";

/** "This file is all my staff": which file, and of which organizations. */
class CompareScreen extends FileForm {
	purpose = { refused: "The file was not compared", asATable: "see what differs before anything is changed" };
	fields = ["organization", "file"];
	/** Whoever has one alone means that one. */
	#organizations = session.me.organizations.length === 1 ? session.me.organizations : [];

	connectedCallback() {
		super.connectedCallback();
		guardLeaving(() => !this.accepted && this.table !== undefined, this.gone);
	}

	get missing() {
		return this.#organizations.length ? [] : [{ field: "organization", message: "Choose at least one organization." }];
	}

	template() {
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a></nav>
			<div class="title-row"><h1>Compare With a Staff List</h1></div>
			<p class="lead">See who is new, who has changed and who has left. Comparing changes nothing.</p>
			${this.form(() => this.#compare(), this.table ? this.#matching() : this.#steps())}`;
	}

	#steps() {
		return html`
			<ol class="steps">
				<li>${this.#chooseOrganizations()}</li>
				<li>
					<h2>Choose the file</h2>
					<p class="hint">The file must list all the staff of these organizations. Whoever has a user account there and is not in the list is
						shown as somebody who has left. You can use a file for Upload Users, or any other table.</p>
					<p class="downloads"><button type="button" class="link" @click=${downloadTemplate}>${icon("download")} Download Template</button></p>
					${this.chooser()}
				</li>
			</ol>
			<div class="button-row">
				<button class="button primary" ?disabled=${this.busy}>Compare</button>
				<a class="button quiet" href="/users">Cancel</a>
			</div>`;
	}

	#matching() {
		return this.tableStep({ next: "Comparing changes nothing.", more: this.#chooseOrganizations(), send: "Compare" });
	}

	#chooseOrganizations() {
		const error = errorOf(this.errors, "organization");
		return html`
			<div class="field" id="organization" role="group" aria-labelledby="organization-label" aria-describedby="organization-hint">
				<h2 id="organization-label">Choose the organizations</h2>
				<p class="hint" id="organization-hint">A district includes its schools.</p>
				<organization-picker .selected=${this.#organizations} .invalid=${!!error} .describedBy=${error ? "organization-error" : ""}
					@choose=${(event) => {
						this.#organizations = event.detail;
						this.mend("organization");
					}}></organization-picker>
				${fieldError("organization", error)}
			</div>`;
	}

	async #compare() {
		if (this.busy || !this.isFilledIn()) return;
		const list = { organizations: this.#organizations, file: this.file, table: this.matching };
		await this.whileBusy(async () => {
			await this.tryToRead();
			import("./comparison-screen.js").catch(() => {}); // it is there when the answer is
			const { id } = await compare(list, this.way("Sending"));
			await this.arrive(`/users/compare/${id}`);
		});
	}
}

customElements.define("compare-screen", CompareScreen);
