import { freshKey } from "../api.js";
import { navigate } from "../router.js";
import { session } from "../session.js";
import { Element } from "../ui/element.js";
import { errorOf, focusField } from "../ui/form.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import { tellRefused } from "./asking.js";
import "./choose-file.js";
import "./sending.js";
import { readTable } from "./submit.js";
import "./table-step.js";

/**
 * What forms for a file share: it is chosen, sent as it is to the server, which judges it, and read as a table where it is refused and
 * somebody wants that. Subclasses give the words of a refusal, their fields, and what is missing in those.
 */
export class FileForm extends Element {
	/** @type {import("./asking.js").Purpose} */
	purpose;
	/** Those that an error can be about, in their order on the page. */
	fields = ["file"];
	/** @type {File | undefined} */
	file;
	/** What the server has found in a file that is read as a table. */
	table;
	/** @type {{field: string, code?: string, message: string}[]} */
	errors = [];
	busy = false;
	/** What is done with the file at the moment: "Sending", or "Reading" it as a table. @type {string | undefined} */
	doing;
	/** It is taken, and the next screen on its way: nothing is sent from here any more. */
	accepted = false;
	/** What was sent last by {@link once}, with its key. @type {{what?: string, key?: string}} */
	#attempt = {};

	/** @returns {{field: string, message: string}[]} what is missing beside the file */
	get missing() {
		return [];
	}

	/** The form, whose button sends. @param {() => void} send @param {unknown} content @param {unknown} after what is said below it */
	form(send, content, after = nothing) {
		return html`<form class="card" novalidate @submit=${(event) => {
			event.preventDefault();
			send();
		}}>${content}<sending-file .what=${this.file?.name} .doing=${this.doing}></sending-file>${after}</form>`;
	}

	/** Where the file is chosen. */
	chooser() {
		return html`<choose-file .file=${this.file} .error=${errorOf(this.errors, "file")} @choose=${(event) => this.take(event.detail)}
			@pasted=${(event) => this.asTable(event.detail)}></choose-file>`;
	}

	/** Which column of the table is what. @param {{next: string, more?: unknown, send: string}} words next: what comes of it; send: the button */
	tableStep({ next, more = nothing, send }) {
		return html`
			<h2 id="table-heading" tabindex="-1">Read it as a table</h2>
			<p>${icon("file")} <strong>${this.file.name}</strong></p>
			<p>Look at what each column goes into. ${next}</p>
			${more}
			<table-step .table=${this.table} @reread=${(event) => this.asTable(this.file, event.detail)}></table-step>
			<div class="button-row">
				<button class="button primary" ?disabled=${this.busy}>${send}</button>
				<button type="button" class="button" ?disabled=${this.busy} @click=${() => this.back()}>Choose Another File</button>
				<a class="button quiet" href="/users">Cancel</a>
			</div>`;
	}

	/** How the columns are matched, once they are. @returns {import("./submit.js").Matching | undefined} */
	get matching() {
		return this.querySelector("table-step")?.matching;
	}

	/** An error about this field is over. */
	mend(field) {
		this.errors = this.errors.filter((it) => it.field !== field);
		this.update();
	}

	take(file) {
		this.file = file;
		this.mend("file");
	}

	back() {
		this.table = undefined;
		this.file = undefined;
		this.update();
	}

	async asTable(file, where) {
		if (this.busy) return;
		this.take(file);
		if (!this.isFilledIn(["file"])) return;
		await this.whileBusy(async () => {
			const first = !this.table;
			this.table = await readTable(file, where, this.way("Reading"));
			this.update();
			await Promise.resolve();
			if (first) this.querySelector("#table-heading")?.focus();
		});
	}

	isFilledIn(fields = this.fields) {
		const limit = session.reference.importLimits.bytes;
		const errors = [...this.missing];
		if (!this.file) errors.push({ field: "file", message: "Choose a file to upload." });
		else if (this.file.size > limit) errors.push({ field: "file", message: tooLarge(limit) });
		this.errors = errors.filter((it) => fields.includes(it.field));
		if (this.errors.length) this.#toTheFirstError();
		return this.errors.length === 0;
	}

	async #toTheFirstError() {
		this.update();
		await Promise.resolve();
		focusField(this, this.errors[0].field);
	}

	/** Fails for a file that changed on disk after it was chosen: as a request's body it would look like a lost connection. */
	async tryToRead() {
		await this.file.slice(0, 1).arrayBuffer();
	}

	/** @param {object} upload @returns {Promise<string>} what tells it from another one, with its file */
	async identify(upload) {
		await this.tryToRead();
		return JSON.stringify([upload, this.file.name, this.file.size, this.file.lastModified]);
	}

	/**
	 * For what the server does once for each key: the same again, after an answer that never came, has the same key.
	 *
	 * @template T
	 * @param {string} what
	 * @param {(options: {key: string, onSent: (sent: number, total: number) => void, signal: AbortSignal}) => Promise<T>} send
	 */
	async once(what, send) {
		if (this.#attempt.what !== what) this.#attempt = { what, key: freshKey() };
		const answer = await send({ key: this.#attempt.key, ...this.way("Sending") });
		this.#attempt = {};
		return answer;
	}

	/** How the file goes out: it is seen how far it is, and it ends with the screen. @param {"Sending" | "Reading"} doing */
	way(doing) {
		this.doing = doing;
		this.update();
		return { onSent: this.querySelector("sending-file").onSent, signal: this.gone };
	}

	/** To the screen of what was made of the file. */
	async arrive(address) {
		this.accepted = true;
		await navigate(address);
	}

	/** @param {() => Promise<void>} work */
	async whileBusy(work) {
		this.busy = true;
		this.update();
		try {
			await work();
		} catch (problem) {
			const reading = this.doing === "Reading";
			this.#rest();
			if (problem.name !== "AbortError") await this.#refused(problem, reading);
		} finally {
			this.#rest();
		}
	}

	#rest() {
		if (this.accepted) return;
		[this.busy, this.doing] = [false, undefined];
		this.update();
		this.querySelector("table-step")?.update();
	}

	async #refused(problem, reading) {
		if (problem.status === 422 || problem.status === 413) this.#attempt = {};
		this.errors = (problem.errors ?? []).filter((it) => this.fields.includes(it.field));
		if (this.errors.length) return;
		const answer = await tellRefused(problem, { purpose: this.purpose, reading, mayBeATable: !this.table, signal: this.gone });
		if (answer === "table") await this.asTable(this.file);
	}
}

/** The server's own sentence. It judges again, but a large file takes minutes to get there over a slow line. */
function tooLarge(limit) {
	return `The uploaded file is too large. The limit is ${limit % 2 ** 20 === 0 ? `${limit / 2 ** 20} MB` : `${limit} bytes`}.`;
}
