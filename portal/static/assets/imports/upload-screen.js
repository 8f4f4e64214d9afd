import { guardLeaving } from "../router.js";
import { session } from "../session.js";
import { errorOf, fieldError } from "../ui/form.js";
import { html, live, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { agreed, UPLOAD } from "./asking.js";
import { downloadCodes } from "./codes.js";
import { columnsTable } from "./columns-table.js";
import { FileForm } from "./file-form.js";
import { ACTIONS, downloadTemplate } from "./imports.js";
import { submit } from "./submit.js";

const STILL_SENDING = {
	title: "Stop sending the file?",
	body: "The file may not have arrived yet. If you leave this page now, look in Import History to see whether it has.",
	action: "Leave and Stop",
};

/** Upload Users (guide, V.D, steps 1 to 7): the file goes to the server as it is, which judges it. */
class UploadScreen extends FileForm {
	purpose = UPLOAD;
	fields = ["action", "file"];
	#action = "";
	/** What was asked about already. */
	#agreed;

	connectedCallback() {
		super.connectedCallback();
		guardLeaving(() => !this.accepted && (this.doing === "Sending" ? STILL_SENDING : this.table !== undefined), this.gone);
	}

	get missing() {
		return this.#action ? [] : [{ field: "action", message: "Choose an action." }];
	}

	template() {
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a></nav>
			<div class="title-row"><h1>Upload Users</h1><a class="button" href="/users/imports">Import History</a></div>
			${this.form(() => this.#send(true), this.table ? this.#matching() : this.#steps(),
				html`<p class="hint">Preview shows what the file would do, record by record, and changes nothing.</p>`)}`;
	}

	#steps() {
		return html`
			<ol class="steps">
				<li>
					<h2>Fill out the template</h2>
					<p class="downloads"><button type="button" class="link" @click=${downloadTemplate}>${icon("download")} Download Template</button>
						<button type="button" class="link" @click=${downloadCodes}>${icon("download")} Download My Schools' Codes</button></p>
					<p class="hint">Save the file in .CSV format. There is a limit of ${session.reference.importLimits.records.toLocaleString("en-US")}
						records for each upload file. To edit existing users, select them in <a href="/users">Users</a> and click Export Users: the
						export file has the same columns.</p>
					<details><summary>What goes into each column</summary>${columnsTable()}</details>
				</li>
				<li>${this.#chooseAction()}</li>
				<li><h2>Choose the file</h2>${this.chooser()}</li>
			</ol>
			<div class="button-row">
				<button class="button primary" ?disabled=${this.busy}>Preview</button>
				<button type="button" class="button" ?disabled=${this.busy} @click=${() => this.#send(false)}>${icon("upload")} Upload</button>
				<a class="button quiet" href="/users">Cancel</a>
			</div>`;
	}

	#matching() {
		return this.tableStep({
			next: "A preview comes next: nothing is uploaded before you have seen it.", more: this.#chooseAction(), send: "Preview",
		});
	}

	#chooseAction() {
		const error = errorOf(this.errors, "action");
		return html`<h2><label for="action">Choose An Action</label></h2>
			<select id="action" .value=${live(this.#action)} aria-invalid=${error ? "true" : nothing} aria-describedby=${error ? "action-error" : nothing}
				@change=${(event) => {
					this.#action = event.target.value;
					this.mend("action");
				}}>
				<option value="">Choose An Action</option>
				${Object.entries(ACTIONS).map(([value, title]) => html`<option value=${value}>${title}</option>`)}
			</select>
			${fieldError("action", error)}`;
	}

	async #send(dryRun) {
		if (this.busy || !this.isFilledIn()) return;
		const upload = { action: this.#action, dryRun, file: this.file, table: this.matching };
		await this.whileBusy(async () => {
			const what = await this.identify(upload);
			if (!dryRun && this.#agreed !== what) {
				const answer = await agreed(upload, this.gone);
				if (!answer) return;
				upload.dryRun = answer === "preview";
				if (!upload.dryRun) this.#agreed = what;
			}
			import("./import-screen.js").catch(() => {}); // it is there when the answer is
			const accepted = await this.once(`${what} ${upload.dryRun}`, (options) => submit(upload, options));
			await this.arrive(`/users/imports/${accepted.id}?fresh`);
		});
	}
}

customElements.define("upload-screen", UploadScreen);
