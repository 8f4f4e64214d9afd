import { wordsOf } from "../api.js";
import { counted, moment } from "../ui/dates.js";
import { confirm, tell } from "../ui/dialog.js";
import { Element } from "../ui/element.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";
import * as status from "../ui/status.js";
import { BOX, LastHour, lineOf } from "./last-hour.js";
import { isSwitch, letterOf, look, settle, turn } from "./pipelines.js";
import "./timeline-search.js";

const EVERY_MILLISECONDS = 3000;

/** Of the parts of a service: what is told of each, in this order. */
const WORDS = {
	openImports: "Imports open", rowsWaiting: "Rows waiting", rowsInFlight: "Rows on their way", events: "Events", oldest: "Oldest",
	open: "Mailings open", mailServer: "Mail server", paused: "Paused",
};
/** Of them, what there may be more or less of. */
const CHARTED = ["rowsWaiting", "events", "open"];
const SETTLED = { replays: "replayed", discards: "discarded" };

/** How long it is since then. @param {string | null | undefined} time */
function ago(time) {
	if (!time) return "";
	const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1000));
	return seconds < 120 ? `${seconds} s` : seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

const shortened = (cause) => cause.split(".").pop();

/** The page of those who run the system: how the event streams stand, and what could not be handled. */
class OperationsScreen extends Element {
	#seen;
	#at;
	#hour = new LastHour();
	#chosen = new Set();
	#busy = false;

	async connectedCallback() {
		super.connectedCallback();
		const { gone } = this;
		while (!gone.aborted) {
			await this.#look(gone).catch(() => {});
			await new Promise((resolve) => {
				const later = setTimeout(resolve, EVERY_MILLISECONDS);
				gone.addEventListener("abort", () => {
					clearTimeout(later);
					resolve(undefined);
				});
			});
		}
	}

	async #look(signal) {
		const seen = await look(signal);
		this.#seen = seen;
		this.#at = Date.now();
		this.#hour.take(this.#at, figuresOf(seen.states));
		for (const id of this.#chosen) if (!seen.letters.some((letter) => letter.id === id)) this.#chosen.delete(id);
		this.closest("portal-shell")?.setTitle(this.#alerts.length ? `(${this.#alerts.length}) Operations` : "Operations");
		this.update();
	}

	get #alerts() {
		return this.#seen.states.flatMap((state) => state.alerts);
	}

	template() {
		if (!this.#seen) return html`<h1>Operations</h1><div class="placeholder" role="status"><span class="visually-hidden">Looking at the streams</span></div>`;
		return html`
			<h1>Operations</h1>
			<timeline-search .letters=${this.#seen.letters}></timeline-search>
			<section aria-labelledby="alerts-title"><h2 id="alerts-title" class="visually-hidden">Alerts</h2>
				<div id="alerts" aria-live="polite">${this.#alerts.length
					? this.#alerts.map((alert) => html`<p class="notice bad" data-code=${alert.code}>${icon("warning")}<span><strong>${alert.summary}</strong>${alert.since ? ` For ${ago(alert.since)}.` : nothing}</span></p>`)
					: html`<p class="notice good">${icon("done")}<span>All streams are well.</span></p>`}</div>
			</section>
			${this.#streams()}${this.#queues()}${this.#letters()}${this.#settled()}
			<p class="hint">Seen ${moment(new Date(this.#at).toISOString())}. The lines show the last hour, as far as this page was open in it.</p>`;
	}

	#chart(of, label) {
		const points = this.#hour.of(of);
		const highest = Math.max(0, ...points.map(({ value }) => value));
		return html`<svg class="line-chart" viewBox=${BOX} role="img" aria-label="${label}, last hour: at most ${highest.toLocaleString("en-US")}"><polyline
			points=${lineOf(points, this.#at)}/></svg>`;
	}

	#streams() {
		const consumers = this.#seen.states.flatMap((state) => state.consumers);
		return html`<section class="operations-part"><h2 id="streams-title">Streams</h2>
			<div class="table-holder" tabindex="0" role="region" aria-labelledby="streams-title"><table>
				<thead><tr><th scope="col">Consumer group</th><th scope="col">Topic</th><th scope="col" class="number">Lag</th><th scope="col">Last hour</th>
					<th scope="col">Idle</th><th scope="col" class="number">Dead letters</th><th scope="col">Oldest</th></tr></thead>
				<tbody>${consumers.map((it) => html`<tr><td>${it.group}</td><td>${it.topic}</td><td class="number">${it.lag.toLocaleString("en-US")}</td>
					<td>${this.#chart(lagOf(it), `Lag of ${it.group} at ${it.topic}`)}</td><td>${ago(it.idleSince)}</td>
					<td class="number">${it.deadLetters.toLocaleString("en-US")}</td><td>${ago(it.oldestDeadLetter)}</td></tr>`)}</tbody></table></div></section>`;
	}

	#queues() {
		const parts = this.#seen.states.flatMap((state) => Object.entries(state.parts).map(([name, figures]) => ({ part: state.part, name, figures })));
		return html`<section class="operations-part"><h2>Queues</h2><div class="queues">${parts.map(({ part, name, figures }) => {
			const title = name[0].toUpperCase() + name.slice(1);
			return html`<section class="card"><h3>${title} <span class="hint">${part}</span></h3>
				<dl class="facts">${Object.entries(WORDS).filter(([key]) => key in figures).map(([key, word]) => html`<dt>${word}</dt><dd>${shown(key, figures[key])}
					${CHARTED.includes(key) ? this.#chart(`${part}/${name}/${key}`, `${word} of ${name}`) : nothing}</dd>`)}</dl>
				${isSwitch(name) ? html`<button type="button" class="button small" @click=${() => this.#turn(name, figures.paused)}>${figures.paused ? "Resume" : "Pause"} ${name}</button>` : nothing}
			</section>`;
		})}</div></section>`;
	}

	#letters() {
		const { letters } = this.#seen;
		const all = letters.length > 0 && letters.every((letter) => this.#chosen.has(letter.id));
		return html`<section class="operations-part"><h2 id="letters-title">Dead Letters</h2>
			${letters.length === 0 ? html`<p class="hint">There are none.</p>` : html`
			<div class="button-row"><button type="button" class="button" @click=${() => this.#settle("replays")}>Replay Chosen</button>
				<button type="button" class="button danger" @click=${() => this.#settle("discards")}>Discard Chosen</button></div>
			<div class="table-holder" tabindex="0" role="region" aria-labelledby="letters-title"><table>
				<thead><tr><th scope="col"><input type="checkbox" aria-label="Choose all" .checked=${all} @change=${(event) => this.#chooseAll(event.target.checked)}></th>
					<th scope="col">When</th><th scope="col">Origin</th><th scope="col">Type</th><th scope="col">Cause</th><th scope="col">Trace</th>
					<th scope="col"><span class="visually-hidden">Body</span></th></tr></thead>
				<tbody id="letters">${letters.map((letter) => html`<tr><td><input type="checkbox" aria-label="Choose ${letter.origin}" .checked=${this.#chosen.has(letter.id)}
						@change=${(event) => this.#choose(letter.id, event.target.checked)}></td>
					<td>${moment(letter.at)}</td><td>${letter.origin}</td><td>${letter.type}</td><td>${shortened(letter.cause)}</td><td>${letter.traceId}</td>
					<td><button type="button" class="button small" aria-label="Show ${letter.origin}" @click=${() => this.#show(letter)}>Show</button></td></tr>`)}</tbody>
			</table></div>`}</section>`;
	}

	#settled() {
		const { settled } = this.#seen;
		return html`<section class="operations-part"><h2 id="settled-title">Settled, Newest First</h2>
			${settled.length === 0 ? html`<p class="hint">Nothing was replayed or discarded.</p>` : html`
			<div class="table-holder" tabindex="0" role="region" aria-labelledby="settled-title"><table>
				<thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">By</th><th scope="col">Origin</th><th scope="col">Cause</th></tr></thead>
				<tbody id="settled">${settled.map((it) => html`<tr><td>${moment(it.at)}</td><td>${it.action}${it.doneAt ? "" : " (asked)"}</td><td>${it.by}</td>
					<td>${it.origin}</td><td>${shortened(it.cause)}</td></tr>`)}</tbody></table></div>`}</section>`;
	}

	#choose(id, chosen) {
		if (chosen) this.#chosen.add(id);
		else this.#chosen.delete(id);
		this.update();
	}

	#chooseAll(chosen) {
		for (const { id } of this.#seen.letters) this.#choose(id, chosen);
	}

	async #turn(name, paused) {
		try {
			await turn(name, paused);
			await this.#look(this.gone);
		} catch (problem) {
			status.failed(wordsOf(problem));
		}
	}

	async #settle(what) {
		const letters = this.#seen.letters.filter(({ id }) => this.#chosen.has(id));
		if (letters.length === 0) {
			status.failed("Choose dead letters first.");
			return;
		}
		if (this.#busy || (what === "discards" && !await this.#isSure(letters))) return;
		this.#busy = true;
		try {
			const { done = 0, ...others } = await settle(what, letters);
			const rest = Object.entries(others).map(([outcome, count]) => ` ${count} ${outcome}.`).join("");
			status.done(`${counted(done, "dead letter has", "dead letters have")} been ${SETTLED[what]}.${rest}`);
			this.#chosen.clear();
			await this.#look(this.gone);
		} catch (problem) {
			status.failed(wordsOf(problem));
		} finally {
			this.#busy = false;
		}
	}

	#isSure(letters) {
		return confirm({
			title: `Discard ${counted(letters.length, "dead letter")}?`,
			body: "What they say is never done.",
			action: "Discard",
			kind: "danger",
			signal: this.gone,
		});
	}

	async #show(letter) {
		try {
			const opened = await letterOf(letter);
			await tell({
				title: "Dead letter", wide: true, signal: this.gone,
				body: html`<p>Texts are shown by their shape alone.</p><pre class="letter" tabindex="0">${JSON.stringify(opened, null, 2)}</pre>`,
			});
		} catch (problem) {
			status.failed(wordsOf(problem));
		}
	}
}

const lagOf = ({ group, topic }) => `${group}/${topic}`;

function shown(key, value) {
	if (key === "oldest") return ago(value) || "–";
	if (typeof value === "boolean") return value ? "yes" : "no";
	return typeof value === "number" ? value.toLocaleString("en-US") : String(value);
}

function figuresOf(states) {
	const lags = states.flatMap((state) => state.consumers).map((it) => [lagOf(it), it.lag]);
	const queues = states.flatMap((state) => Object.entries(state.parts).flatMap(([name, figures]) =>
		CHARTED.filter((key) => typeof figures[key] === "number").map((key) => [`${state.part}/${name}/${key}`, figures[key]])));
	return Object.fromEntries([...lags, ...queues]);
}

customElements.define("operations-screen", OperationsScreen);
