import { readDraft, saverOf } from "./drafts.js";
import { Judge } from "./judge.js";

/**
 * What becomes of the corrections in a sheet: each is judged by the server and saved to the draft of the import that its record belongs
 * to. Fires "state" when what is saved is otherwise, "late" when corrections that are shown here were applied elsewhere, or had no
 * place any more: the records are to be read anew.
 */
export class Corrections extends EventTarget {
	#savers;
	#judge;

	/**
	 * @param {import("./sheet.js").Sheet} sheet
	 * @param {Map<string, {data: any, etag?: string, asked?: number}>} drafts by import, as read
	 * @param {AbortSignal} signal ends it; what is not saved goes on
	 */
	constructor(sheet, drafts, signal) {
		super();
		this.sheet = sheet;
		this.#judge = new Judge(sheet, signal);
		this.#savers = new Map([...drafts.keys()].map((id) => [id, saverOf(id)]));
		for (const [id, saver] of this.#savers) {
			saver.addEventListener("draft", (event) => this.#adopt(id, event.detail), { signal });
			saver.addEventListener("state", () => this.dispatchEvent(new Event("state")), { signal });
			saver.addEventListener("late", () => this.dispatchEvent(new Event("late")), { signal });
			sheet.adopt(id, saver.latest(drafts.get(id)), saver.unsaved);
			if (saver.isStuck) saver.tryAgain();
		}
		sheet.addEventListener("edited", (/** @type {CustomEvent} */ event) => this.#save(event.detail), { signal });
	}

	/** What was sent has left the draft: its records are to be read anew, not to be shown without their corrections. */
	#adopt(id, draft) {
		const sent = new Set((draft.sent ?? []).flatMap((it) => it.recordNumbers));
		const isSent = this.sheet.rows.some((row) => row.editable && row.home?.id === id && sent.has(row.home.record));
		if (isSent) this.dispatchEvent(new Event("late"));
		else this.sheet.adopt(id, draft, this.#savers.get(id).unsaved);
	}

	#save(changes) {
		for (const [id, saver] of this.#savers) {
			const cells = new Map();
			for (const { row, column, value } of changes) {
				if (row.home.id === id) cells.set(row.home.record, { ...cells.get(row.home.record), [column]: value });
			}
			if (cells.size) saver.put(cells);
		}
	}

	get #all() {
		return [...this.#savers.values()];
	}

	/** How many records have corrections that the server does not have. */
	get unsaved() {
		return this.#all.reduce((sum, saver) => sum + saver.unsaved.size, 0);
	}

	/** Whether they would be lost elsewhere: what is only on its way is not. */
	get isStuck() {
		return this.#all.some((saver) => saver.isStuck);
	}

	isUnsaved(row) {
		return this.#savers.get(row.home?.id)?.isStuckAt(row.home.record) ?? false;
	}

	/** How many records' were given up since one was corrected. */
	get lost() {
		return this.#all.reduce((sum, saver) => sum + saver.lost, 0);
	}

	get problem() {
		return this.#all.find((saver) => saver.isStuck)?.problem;
	}

	etagOf(id) {
		return this.#savers.get(id)?.etag;
	}

	saveAgain() {
		return Promise.all(this.#all.map((saver) => saver.saveAgain()));
	}

	/** Resolves when all is saved and judged as far as it can be. @throws the problem that keeps it from being saved */
	async settled() {
		await Promise.all(this.#all.map((saver) => saver.settled()));
		await this.#judge.settled();
	}

	/** What another device has corrected meanwhile. */
	async readAgain() {
		await Promise.all([...this.#savers].map(async ([id, saver]) => {
			const draft = await readDraft(id, { quiet: true });
			this.#adopt(id, saver.latest(draft));
		}));
	}

	/** The imports that have something to carry out, each with how many records. */
	get handedIn() {
		const counts = new Map();
		for (const row of this.sheet.rows) {
			if (row.editable && row.isCorrected) counts.set(row.home.id, (counts.get(row.home.id) ?? 0) + 1);
		}
		return counts;
	}}
