import { freshKey, jsonOf, send } from "../api.js";
import { navigate } from "../router.js";
import { session } from "../session.js";
import { tell } from "../ui/dialog.js";
import { Element } from "../ui/element.js";
import { errorOf, fieldError } from "../ui/form.js";
import { html, live, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { ACTIONS, downloadTemplate } from "./imports.js";

/** Upload Users (guide, V.D, steps 1 to 7): the file goes to the server as it is, which judges it. */
class UploadScreen extends Element {
	#action = "";
	#file;
	#errors = [];
	#busy = false;
	#over = false;
	#attempt = {};

	connectedCallback() {
		super.connectedCallback();
		// A file that is dropped beside the place for it must not take the page's place.
		for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault(), { signal: this.gone });
	}

	template() {
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a></nav>
			<div class="title-row"><h1>Upload Users</h1><a class="button" href="/users/imports">Import History</a></div>
			<form class="card" novalidate @submit=${(event) => {
				event.preventDefault();
				this.#submit(false);
			}}>
				<ol class="steps">
					<li>
						<h2>Fill out the template</h2>
						<p><button type="button" class="link" @click=${downloadTemplate}>${icon("download")} Download Template</button></p>
						<p class="hint">Save the file in .CSV format. There is a limit of ${session.reference.importLimits.records.toLocaleString("en-US")}
							records for each upload file. To edit existing users, select them in <a href="/users">Users</a> and click Export Users: the
							export file has the same columns.</p>
					</li>
					<li>${this.#chooseAction()}</li>
					<li>${this.#chooseFile()}</li>
				</ol>
				<div class="button-row">
					<button class="button primary" ?disabled=${this.#busy}>${icon("upload")} Upload</button>
					<button type="button" class="button" ?disabled=${this.#busy} @click=${() => this.#submit(true)}>Preview</button>
					<a class="button quiet" href="/users">Cancel</a>
				</div>
				<p class="visually-hidden" role="status">${this.#busy ? "Uploading the file" : nothing}</p>
				<p class="hint">Preview shows what the file would do, row by row, and changes nothing.</p>
			</form>`;
	}

	#chooseAction() {
		const error = errorOf(this.#errors, "action");
		return html`<h2><label for="action">Choose An Action</label></h2>
			<select id="action" .value=${live(this.#action)} aria-invalid=${error ? "true" : nothing} aria-describedby=${error ? "action-error" : nothing}
				@change=${(event) => {
					this.#action = event.target.value;
					this.#errors = this.#errors.filter((it) => it.field !== "action");
					this.update();
				}}>
				<option value="">Choose An Action</option>
				${Object.entries(ACTIONS).map(([value, title]) => html`<option value=${value}>${title}</option>`)}
			</select>
			${fieldError("action", error)}`;
	}

	#chooseFile() {
		const error = errorOf(this.#errors, "file");
		return html`<h2>Choose the file</h2>
			<div class="drop" ?data-over=${this.#over} @dragover=${(event) => this.#onDrag(event, true)} @dragleave=${(event) => this.#onDrag(event, false)}
				@drop=${(event) => {
					this.#onDrag(event, false);
					this.#take(event.dataTransfer.files[0]);
				}}>
				<button type="button" class="button" id="file" aria-invalid=${error ? "true" : nothing} aria-describedby="file-name ${error ? "file-error" : ""}"
					@click=${() => this.querySelector("input[type=file]").click()}>Choose File</button>
				<input type="file" accept=".csv,text/csv" hidden @change=${(event) => this.#take(event.target.files[0])}>
				<p id="file-name" role="status">${this.#file ? html`${icon("file")} <strong>${this.#file.name}</strong>` : "No file chosen. You can also drop it here."}</p>
			</div>
			${fieldError("file", error)}`;
	}

	#onDrag(event, over) {
		event.preventDefault();
		if (this.#over === over) return;
		this.#over = over;
		this.update();
	}

	#take(file) {
		if (!file) return;
		this.#file = file;
		this.#errors = this.#errors.filter((it) => it.field !== "file");
		this.querySelector("input[type=file]").value = ""; // so that the same file, corrected, can be chosen again
		this.update();
	}

	async #submit(dryRun) {
		if (this.#busy) return;
		this.#errors = [];
		if (!this.#action) this.#errors.push({ field: "action", message: "Choose an action." });
		if (!this.#file) this.#errors.push({ field: "file", message: "Choose a file to upload." });
		else if (this.#file.size > session.reference.importLimits.bytes) this.#errors.push({ field: "file", message: tooLarge() });
		if (this.#errors.length) {
			this.update();
			await Promise.resolve();
			this.querySelector(`#${this.#errors[0].field}`).focus();
			return;
		}
		this.#busy = true;
		this.update();
		try {
			await this.#upload(dryRun);
		} catch (problem) {
			await this.#refused(problem);
		} finally {
			this.#busy = false;
			this.update();
		}
	}

	async #upload(dryRun) {
		// One that changed on disk after it was chosen cannot be read any more; as a request's body it would look like a lost connection.
		await this.#file.slice(0, 1).arrayBuffer();
		// The same upload again, after an answer that never came, has the same key: it is done once.
		const what = `${this.#action} ${dryRun} ${this.#file.name} ${this.#file.size} ${this.#file.lastModified}`;
		if (this.#attempt.what !== what) this.#attempt = { what, key: freshKey() };
		const form = new FormData();
		form.append("action", this.#action);
		form.append("dryRun", String(dryRun));
		form.append("file", this.#file);
		const accepted = await jsonOf(await send("/api/imports", { method: "POST", body: form, key: this.#attempt.key }));
		this.#attempt = {};
		await navigate(`/users/imports/${accepted.id}?fresh`);
	}

	async #refused(problem) {
		if (problem.status === 422 || problem.status === 413) this.#attempt = {};
		this.#errors = (problem.errors ?? []).filter((it) => it.field === "file" || it.field === "action");
		if (this.#errors.length) return;
		const text = problem instanceof DOMException ? "The file could not be read. Please choose it again." : problem.message;
		await tell({
			title: problem.uncertain ? "Whether the file was uploaded is not known" : "The file was not uploaded",
			body: html`<p>${text}</p>${problem.uncertain ? html`<p>Click Upload once more: a file that has arrived is not taken twice.</p>` : nothing}`,
		});
	}
}

/** The server's own sentence. It judges again, but a large file takes minutes to get there over a slow line. */
function tooLarge() {
	const limit = session.reference.importLimits.bytes;
	return `The uploaded file is too large. The limit is ${limit % 2 ** 20 === 0 ? `${limit / 2 ** 20} MB` : `${limit} bytes`}.`;
}

customElements.define("upload-screen", UploadScreen);
