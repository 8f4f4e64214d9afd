import { connection, post } from "../api.js";
import { debounced } from "../ui/element.js";

/** The hand rests that long before what it types is sent. */
const REST = 120;
/** Rows of one question. */
const MOST = 100;
/** Milliseconds until a question that could not be answered is asked again. */
const PAUSE = 3000;

/** Nobody could say: it is judged when it is applied. */
const UNKNOWN = { outcome: "unknown", notes: [], warnings: [], changes: [] };

/** Asks the server what would become of corrected records, those of one username together, and takes only answers to what is there now. */
export class Judge {
	#sheet;
	#wanted = new Set();
	#busy;
	#later = debounced(() => this.#ask(), REST);
	#able = true;

	/** @param {import("./sheet.js").Sheet} sheet @param {AbortSignal} signal ends it */
	constructor(sheet, signal) {
		this.#sheet = sheet;
		sheet.addEventListener("judge", (/** @type {CustomEvent} */ event) => this.#want(event.detail), { signal });
		connection.addEventListener("found", () => this.#ask(), { signal });
		this.signal = signal;
	}

	#want(rows) {
		for (const row of rows) {
			row.checking = true;
			row.version++; // what is on its way was asked before this
			this.#wanted.add(row);
		}
		this.#later();
	}

	/** Resolves when there is nothing to ask any more, or no answer to be had. */
	async settled() {
		this.#later.cancel();
		await this.#ask();
	}

	#ask() {
		this.#busy ??= this.#askAll().finally(() => {
			this.#busy = undefined;
		});
		return this.#busy;
	}

	async #askAll() {
		while (this.#wanted.size && !this.signal.aborted) {
			const rows = this.#next();
			if (rows.length === 0) return;
			const versions = new Map(rows.map((row) => [row, row.version]));
			let verdicts;
			try {
				verdicts = await this.#answersFor(rows);
			} catch (problem) {
				if (problem.name === "AbortError") return;
				for (const row of rows) this.#wanted.add(row);
				setTimeout(() => this.#ask(), PAUSE);
				return;
			}
			const current = rows.map((row, index) => [row, verdicts[index]]).filter(([row]) => row.version === versions.get(row));
			this.#sheet.judged(new Map(/** @type {any} */ (current)));
		}
	}

	/** A part of those wanted, none without those of the same username, in the order of the file. */
	#next() {
		const together = new Set();
		for (const row of this.#wanted) {
			if (together.has(row)) continue;
			if (!row.checking) { // as the import says, by now
				this.#wanted.delete(row);
				continue;
			}
			const group = this.#sheet.together(row);
			if (together.size && together.size + group.length > MOST) break;
			for (const it of group) together.add(it);
		}
		for (const row of together) this.#wanted.delete(row);
		return this.#sheet.rows.filter((row) => together.has(row));
	}

	async #answersFor(rows) {
		const values = rows.map((row) => row.values);
		if (!this.#able) return values.map((it) => ({ ...UNKNOWN, values: it }));
		try {
			const { results } = await post("/api/users/row-validations", { action: this.#sheet.action, rows: values.map((cells) => ({ cells })) },
				{ signal: this.signal, quiet: true });
			return results.map((result, index) => ({ ...result, values: values[index] }));
		} catch (problem) {
			if (mayPass(problem)) throw problem;
			if ([404, 405].includes(problem.status)) this.#able = false;
			return values.map((it) => ({ ...UNKNOWN, values: it }));
		}
	}
}

/** Whether asking again may help: what a day allows will not come back while one waits. */
function mayPass({ status, away, uncertain, code }) {
	return status === undefined || away || uncertain || ([401, 408, 429].includes(status) && code !== "row-allowance");
}
