import { freshKey } from "../api.js";
import { guardLeaving, navigate } from "../router.js";
import { session } from "../session.js";
import { Element } from "../ui/element.js";
import { errorOf, fieldError } from "../ui/form.js";
import { html, live, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { agreed, tellRefused } from "./asking.js";
import "./choose-file.js";
import { downloadCodes } from "./codes.js";
import { columnsTable } from "./columns-table.js";
import { ACTIONS, downloadTemplate } from "./imports.js";
import "./sending.js";
import { readTable, submit } from "./submit.js";
import "./table-step.js";

const STILL_SENDING = {
	title: "Stop sending the file?",
	body: "The file may not have arrived yet. If you leave this page now, look in Import History to see whether it has.",
	action: "Leave and Stop",
};

/** Upload Users (guide, V.D, steps 1 to 7): the file goes to the server as it is, which judges it. */
class UploadScreen extends Element {
	#action = "";
	#file;
	/** What the server has found in a file that is read as a table. */
	#table;
	#errors = [];
	#busy = false;
	/** What is done with the file at the moment: "Sending" for an import, or "Reading" it as a table. */
	#doing;
	/** The import is made, and its screen on the way: nothing is sent from here any more. */
	#accepted = false;
	/** What was sent last, with its key: the same again, after an answer that never came, is done once. */
	#attempt = {};
	/** What was asked about already. */
	#agreed;

	connectedCallback() {
		super.connectedCallback();
		guardLeaving(() => !this.#accepted && (this.#doing === "Sending" ? STILL_SENDING : this.#table !== undefined), this.gone);
	}

	template() {
		return html`
			<nav class="crumbs" aria-label="Breadcrumb"><a href="/users">Users</a></nav>
			<div class="title-row"><h1>Upload Users</h1><a class="button" href="/users/imports">Import History</a></div>
			<form class="card" novalidate @submit=${(event) => {
				event.preventDefault();
				this.#send(true);
			}}>
				${this.#table ? this.#matching() : this.#steps()}
				<sending-file .what=${this.#file?.name} .doing=${this.#doing}></sending-file>
				<p class="hint">Preview shows what the file would do, record by record, and changes nothing.</p>
			</form>`;
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
				<li><h2>Choose the file</h2>
					<choose-file .file=${this.#file} .error=${errorOf(this.#errors, "file")} @choose=${(event) => this.#take(event.detail)}
						@pasted=${(event) => this.#asTable(event.detail)}></choose-file></li>
			</ol>
			<div class="button-row">
				<button class="button primary" ?disabled=${this.#busy}>Preview</button>
				<button type="button" class="button" ?disabled=${this.#busy} @click=${() => this.#send(false)}>${icon("upload")} Upload</button>
				<a class="button quiet" href="/users">Cancel</a>
			</div>`;
	}

	#matching() {
		return html`
			<h2 id="table-heading" tabindex="-1">Read it as a table</h2>
			<p>${icon("file")} <strong>${this.#file.name}</strong></p>
			<p>Look at what each column goes into. A preview comes next: nothing is uploaded before you have seen it.</p>
			${this.#chooseAction()}
			<table-step .table=${this.#table} @reread=${(event) => this.#asTable(this.#file, event.detail)}></table-step>
			<div class="button-row">
				<button class="button primary" ?disabled=${this.#busy}>Preview</button>
				<button type="button" class="button" ?disabled=${this.#busy} @click=${() => this.#back()}>Choose Another File</button>
				<a class="button quiet" href="/users">Cancel</a>
			</div>`;
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

	#take(file) {
		this.#file = file;
		this.#errors = this.#errors.filter((it) => it.field !== "file");
		this.update();
	}

	#back() {
		this.#table = undefined;
		this.#file = undefined;
		this.update();
	}

	async #send(dryRun) {
		if (this.#busy || !this.#isFilledIn()) return;
		const upload = { action: this.#action, dryRun, file: this.#file, table: this.querySelector("table-step")?.matching };
		await this.#whileBusy(async () => {
			// One that changed on disk after it was chosen cannot be read any more; as a request's body it would look like a lost connection.
			await this.#file.slice(0, 1).arrayBuffer();
			const what = JSON.stringify([upload, this.#file.name, this.#file.size, this.#file.lastModified]);
			if (!dryRun && this.#agreed !== what) {
				const answer = await agreed(upload, this.gone);
				if (!answer) return;
				upload.dryRun = answer === "preview";
				if (!upload.dryRun) this.#agreed = what;
			}
			const accepted = await this.#submit(upload, `${what} ${upload.dryRun}`);
			this.#accepted = true;
			await navigate(`/users/imports/${accepted.id}?fresh`);
		});
	}

	/** The same upload again, after an answer that never came, has the same key: it is done once. */
	async #submit(upload, what) {
		if (this.#attempt.what !== what) this.#attempt = { what, key: freshKey() };
		import("./import-screen.js").catch(() => {}); // it is there when the answer is
		const accepted = await submit(upload, { key: this.#attempt.key, ...this.#way("Sending") });
		this.#attempt = {};
		return accepted;
	}

	async #asTable(file, where) {
		if (this.#busy) return;
		this.#take(file);
		if (!this.#isFilledIn(["file"])) return;
		await this.#whileBusy(async () => {
			const first = !this.#table;
			this.#table = await readTable(file, where, this.#way("Reading"));
			this.update();
			await Promise.resolve();
			if (first) this.querySelector("#table-heading")?.focus();
		});
	}

	#way(doing) {
		this.#doing = doing;
		this.update();
		return { onSent: this.querySelector("sending-file").onSent, signal: this.gone };
	}

	#isFilledIn(fields = ["action", "file"]) {
		const limit = session.reference.importLimits.bytes;
		this.#errors = [];
		if (!this.#action) this.#errors.push({ field: "action", message: "Choose an action." });
		if (!this.#file) this.#errors.push({ field: "file", message: "Choose a file to upload." });
		else if (this.#file.size > limit) this.#errors.push({ field: "file", message: tooLarge(limit) });
		this.#errors = this.#errors.filter((it) => fields.includes(it.field));
		if (this.#errors.length) this.#toTheFirstError();
		return this.#errors.length === 0;
	}

	async #toTheFirstError() {
		this.update();
		await Promise.resolve();
		this.querySelector(`#${this.#errors[0].field}`)?.focus();
	}

	/** @param {() => Promise<void>} work */
	async #whileBusy(work) {
		this.#busy = true;
		this.update();
		try {
			await work();
		} catch (problem) {
			const reading = this.#doing === "Reading";
			this.#rest();
			if (problem.name !== "AbortError") await this.#refused(problem, reading);
		} finally {
			this.#rest();
		}
	}

	#rest() {
		if (this.#accepted) return;
		[this.#busy, this.#doing] = [false, undefined];
		this.update();
		this.querySelector("table-step")?.update();
	}

	async #refused(problem, reading) {
		if (problem.status === 422 || problem.status === 413) this.#attempt = {};
		this.#errors = (problem.errors ?? []).filter((it) => it.field === "file" || it.field === "action");
		if (this.#errors.length === 0 && await tellRefused(problem, { reading, mayBeATable: !this.#table, signal: this.gone }) === "table") await this.#asTable(this.#file);
	}
}

/** The server's own sentence. It judges again, but a large file takes minutes to get there over a slow line. */
function tooLarge(limit) {
	return `The uploaded file is too large. The limit is ${limit % 2 ** 20 === 0 ? `${limit / 2 ** 20} MB` : `${limit} bytes`}.`;
}

customElements.define("upload-screen", UploadScreen);
