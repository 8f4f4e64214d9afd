import { freshKey, get, jsonOf, send } from "../api.js";
import { moment } from "../ui/dates.js";
import { confirm } from "../ui/dialog.js";
import { Element } from "../ui/element.js";
import { errorOf, errorSummary, textField } from "../ui/form.js";
import { html, nothing, repeat } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import * as status from "../ui/status.js";

/** What the interface says of API clients, in the words of this page. */
const REFUSALS = {
	"too-many-api-clients": "You have connected as many systems as you can have. Disconnect one that is not needed.",
	"too-many-api-clients-today": "You have connected too many systems within 24 hours. Please try again tomorrow.",
	"api-client-made-before": "The system has been connected, but its secret did not arrive here. Disconnect it and connect it again.",
};
/** The form's fields, as the interface names them. They are not the only ones of the page. */
const FIELDS = { name: "system-name", currentPassword: "system-password" };
const EMPTY = { name: "", currentPassword: "" };

/**
 * Systems that act in somebody's name (API clients): one's own, to be connected and disconnected, or with <code>account</code>
 * those of whom one manages, to be disconnected; then nothing is shown where there are none. Fires "disconnected".
 */
class ConnectedSystems extends Element {
	#account;
	#systems;
	#problem;
	/** What is filled in while a system is being connected. */
	#draft;
	#errors = [];
	/** Fields that were changed since they were refused. */
	#touched = new Set();
	#saving = false;
	/** The last attempt: the same again has the same key, so that nothing is connected twice. */
	#attempt = {};
	/** The one just connected, with its secret, until it has been copied. */
	#made;

	set account(id) {
		this.#account = id;
	}

	async connectedCallback() {
		super.connectedCallback();
		document.addEventListener("portal:retry", () => this.#systems ?? this.#load(), { signal: this.gone });
		await this.#load();
	}

	/** Whether something would be lost: what was typed, or a secret that nobody has copied. */
	get unsaved() {
		return !!this.#made || (!!this.#draft && Object.values(this.#draft).some((text) => text !== ""));
	}

	async #load() {
		const whose = this.#account ? `&account=${encodeURIComponent(this.#account)}` : "";
		try {
			const { items } = await get(`/api/api-clients?size=200${whose}`);
			const active = items.filter((it) => it.status === "active");
			// Once shown, it does not go away under the reader's hands.
			if (!this.#account || this.#systems || active.length) this.#systems = active;
			this.#problem = undefined;
		} catch (problem) {
			// Of an account that is managed in part alone, they are none of the reader's business.
			this.#problem = problem.status === 404 ? undefined : problem;
		}
		this.update();
	}

	template() {
		if (!this.#systems && !this.#problem) return nothing;
		return html`
			<section class="card" aria-labelledby="systems-heading">
				<h2 id="systems-heading" tabindex="-1">Connected Systems</h2>
				<p class="hint">${this.#account
					? "These systems act in this user’s name, with everything that the user’s role allows."
					: "A connected system, such as your district’s staff directory, manages users and uploads files in your name, with everything that your role allows. It has a secret of its own and does not know your password. An email tells you of each system that is connected or disconnected."}</p>
				${this.#problem ? html`<p class="field-error" role="alert">${icon("warning")}${this.#problem.message}</p>` : this.#list()}
				${this.#account || this.#problem ? nothing : this.#connecting()}
			</section>`;
	}

	#list() {
		if (this.#systems.length === 0) return html`<p>No system is connected.</p>`;
		return html`<ul class="systems">${repeat(this.#systems, (it) => it.clientId, (it) => html`
			<li>
				<div><strong>${it.name}</strong>
					<p class="hint">Connected ${moment(it.createdAt)}. ${it.lastUsedAt ? `Last used ${moment(it.lastUsedAt)}.` : "Not used yet."}</p></div>
				<button type="button" class="button small danger" aria-label="Disconnect ${it.name}" @click=${() => this.#disconnect(it)}>Disconnect</button>
			</li>`)}</ul>`;
	}

	#connecting() {
		if (this.#made) return this.#secret();
		if (this.#draft) return this.#form();
		return html`<div class="button-row"><button type="button" class="button" id="connect" @click=${() => this.#begin()}>${icon("plus")} Connect a System</button></div>`;
	}

	#form() {
		return html`
			<form novalidate aria-labelledby="connect-heading" @submit=${(event) => this.#connect(event)}>
				<h3 id="connect-heading">Connect a System</h3>
				${errorSummary(this.#errors)}
				${this.#field("name", { label: "Name of the System", hint: "So that you and whoever manages your account know it again. Up to 60 characters." })}
				${this.#field("currentPassword", { label: "Current Password", type: "password", autocomplete: "current-password",
					hint: "To make sure that it is you." })}
				<div class="button-row">
					<button class="button primary" ?disabled=${this.#saving}>Connect</button>
					<button type="button" class="button" @click=${() => this.#stop()}>Cancel</button>
				</div>
			</form>`;
	}

	#field(name, options) {
		return textField({
			name: FIELDS[name], value: this.#draft[name], required: true,
			error: this.#touched.has(name) ? undefined : errorOf(this.#errors, FIELDS[name]), ...options,
			oninput: (value) => {
				this.#draft[name] = value;
				this.#touched.add(name);
				this.update();
			},
		});
	}

	/** Shown once: whoever has not copied it disconnects the system and connects it again. */
	#secret() {
		const { name, clientId, clientSecret } = this.#made;
		return html`
			<div class="secret" role="group" aria-labelledby="secret-heading">
				<h3 id="secret-heading" tabindex="-1">“${name}” has been connected</h3>
				<p>${icon("warning")} Copy the secret now and keep it safe. It is shown this once.</p>
				${this.#copied("clientId", "Client ID", clientId)}
				${this.#copied("clientSecret", "Client Secret", clientSecret)}
				<div class="button-row"><button type="button" class="button primary" @click=${() => this.#stop()}>Done</button></div>
			</div>`;
	}

	#copied(id, label, text) {
		return html`
			<div class="field"><label for=${id}>${label}</label>
				<div class="copied"><input id=${id} .value=${text} readonly spellcheck="false" autocomplete="off">
					<button type="button" class="button" aria-label="Copy the ${label}" @click=${() => this.#copy(id, label)}>Copy</button></div></div>`;
	}

	async #copy(id, label) {
		const input = this.querySelector(`#${id}`);
		try {
			await navigator.clipboard.writeText(input.value);
		} catch {
			// Without a secure context, or where the browser forbids it.
			input.select();
			if (!document.execCommand("copy")) {
				status.failed(`The ${label} could not be copied. It is selected: copy it with the keyboard.`);
				return;
			}
		}
		status.done(`The ${label} has been copied.`);
	}

	async #begin() {
		this.#draft = { ...EMPTY };
		this.#errors = [];
		await this.#drawnThenFocus(`#${FIELDS.name}`);
	}

	async #stop() {
		this.#draft = undefined;
		this.#made = undefined;
		await this.#drawnThenFocus("#connect");
	}

	async #drawnThenFocus(selector) {
		this.update();
		await Promise.resolve();
		this.querySelector(selector)?.focus();
	}

	async #connect(event) {
		event.preventDefault();
		if (this.#saving) return;
		this.#saving = true;
		this.#errors = [];
		this.update();
		const content = this.#draft.name;
		if (this.#attempt.content !== content) this.#attempt = { content, key: freshKey() };
		try {
			const made = await jsonOf(await send("/api/api-clients", { method: "POST", json: this.#draft, key: this.#attempt.key }));
			this.#attempt = {};
			await this.#load();
			if (!this.#problem && !this.#has(made.clientId)) {
				status.failed(`“${made.name}” is not among your connected systems. Please connect it again.`);
				return;
			}
			this.#made = made;
			this.#draft = undefined;
			await this.#drawnThenFocus("#secret-heading");
		} catch (problem) {
			await this.#refused(problem);
		} finally {
			this.#saving = false;
			this.update();
		}
	}

	async #refused(problem) {
		this.#errors = problem.errors.map((error) => ({ ...error, field: FIELDS[error.field] ?? error.field }));
		this.#touched.clear();
		if (problem.errors.length) {
			await this.#drawnThenFocus("#error-summary");
			return;
		}
		status.failed(REFUSALS[problem.code] ?? problem.message);
		if (problem.status === 409 || problem.uncertain) await this.#load();
	}

	async #disconnect(system) {
		const agreed = await confirm({
			title: `Disconnect “${system.name}”?`,
			body: `It can no longer act in ${this.#account ? "this user’s" : "your"} name. To be used again, it must be connected again.`,
			action: "Disconnect",
			kind: "danger",
		});
		if (!agreed) return;
		try {
			await send(`/api/api-clients/${encodeURIComponent(system.clientId)}`, { method: "DELETE" });
			await this.#load();
			if (!this.#problem && this.#has(system.clientId)) status.failed(`“${system.name}” is still connected. Please try again.`);
			else status.done(`“${system.name}” has been disconnected.`);
			this.dispatchEvent(new Event("disconnected"));
		} catch (problem) {
			status.failed(problem.message);
			await this.#load();
		}
		await this.#drawnThenFocus("#systems-heading");
	}

	/** What an answer of success said is held to what is read afterwards. */
	#has(clientId) {
		return this.#systems?.some((it) => it.clientId === clientId) ?? false;
	}
}

customElements.define("connected-systems", ConnectedSystems);
