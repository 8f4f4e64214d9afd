import { change, connection, getTagged, Problem, wordsOf } from "../api.js";
import { guardClosing } from "../router.js";
import { keeps, session } from "../session.js";
import { counted } from "../ui/dates.js";
import * as status from "../ui/status.js";

/** Milliseconds until what could not be sent is tried again; the last stays. */
const PAUSES = [1000, 2000, 5000, 10_000, 30_000];
/** Of one request: it must pass every limit on its way. */
const MOST_RECORDS = 100;
const MOST_SIGNS = 40_000;
/** Whether it is applied, sent or not kept any longer. */
const isTooLate = ({ status, code }) => status === 410 || ["import-committed", "record-not-open"].includes(code);
/** Whether nobody will ever have them. */
const isForGood = (problem) => isTooLate(problem) || problem.code === "too-many-corrections";
/** Whether somebody has corrected the import elsewhere since the tab kept them: only a person can say whose hold. */
const isOvertaken = (problem) => problem?.status === 412;
/** Whether the import is not this person's to correct, or to see: rights that were taken may come back. */
const isOutOfReach = ({ status }) => [403, 404].includes(status);

/** @typedef {Map<number, Record<string, string | null>>} Cells by record: the correction of a column, or that there is none any more */

const savers = new Map();

/** @returns {DraftSaver} the one of this import, which goes on when its screen is left */
export function saverOf(importId) {
	if (!savers.has(importId)) savers.set(importId, new DraftSaver(importId));
	return savers.get(importId);
}

const all = () => [...savers.values()];
const unsaved = () => all().reduce((sum, saver) => sum + saver.unsaved.size, 0);

guardClosing(() => unsaved() > 0);
keeps({
	unsaved,
	save: () => Promise.all(all().map((saver) => saver.tryAgain())),
	giveUp: () => {
		for (const saver of all()) saver.giveUp(saver.unsaved.keys());
	},
});

const stashOf = (importId) => `corrections of ${session.me?.id} in ${importId}`;

/** @returns {{cells: [number, Record<string, string | null>][], etag?: string}} what this tab keeps for the server, and of which draft */
const stashed = (importId) => JSON.parse(sessionStorage.getItem(stashOf(importId)) ?? '{"cells": []}');

/** @returns {Promise<{data: any, etag?: string, asked: number}>} the draft, and when it was asked for */
export async function readDraft(importId, options) {
	const asked = performance.now();
	return { ...await getTagged(addressOf(importId), options), asked };
}

const addressOf = (importId) => `/api/imports/${encodeURIComponent(importId)}/draft`;

/**
 * Saves corrections to the import's draft: in their order, one request at a time, again after a lost connection. What is not saved yet is
 * kept in the tab, so that a reload loses nothing. What the server will not have is said, on whatever screen one is. Fires "state" when
 * what is saved is otherwise, "draft" with what the server has, "late" when some were given up, which the import had no place for any more.
 */
export class DraftSaver extends EventTarget {
	/** @type {Cells} */
	#waiting;
	/** @type {Cells} */
	#sending = new Map();
	/** Set aside until they are corrected once more, or are to be saved again: as it is, the server will not have them. @type {Cells} */
	#refused = new Map();
	/** Why, by record. @type {Map<number, Problem>} */
	#reasons = new Map();
	#running;
	#timer;
	#tries = 0;
	/** Why none is saved at the moment. */
	#problem;
	/** What the server said last of a correction. @type {{data: any, at: number} | undefined} */
	#answer;
	/** The draft's entity tag, as far as it is known here. */
	etag;
	/** The draft's tag when an earlier page kept what is not sent yet: another draft is not gone over unseen. @type {string | undefined} */
	#keptOf;
	/** How many records' were given up since one was corrected. */
	lost = 0;

	constructor(importId) {
		super();
		this.importId = importId;
		const kept = stashed(importId);
		this.#waiting = new Map(kept.cells);
		this.#keptOf = this.etag = kept.etag;
		const again = () => {
			this.#tries = 0; // something has answered: the pauses begin anew
			if (this.#waiting.size) this.save();
		};
		connection.addEventListener("found", again);
		document.addEventListener("portal:retry", again);
		again();
	}

	/** @param {Cells} cells */
	put(cells) {
		const again = new Map([...this.#refused].filter(([record]) => cells.has(record)));
		for (const record of again.keys()) this.#refused.delete(record);
		this.#waiting = merged(merged(again, this.#waiting), cells);
		this.lost = 0;
		this.#changed();
		this.save();
	}

	/** What the server does not have for certain. */
	get unsaved() {
		return merged(this.#refused, merged(this.#sending, this.#waiting));
	}

	/** Why they are not saved; nothing while they are on their way for the first time. */
	get problem() {
		const [refused] = this.#refused.keys();
		return this.#problem ?? this.#reasons.get(refused);
	}

	/** Whether something has gone wrong with them, also while it is tried again: what is on its way needs no word. */
	get isStuck() {
		return this.problem !== undefined && this.unsaved.size > 0;
	}

	/** Whether it has with those of this record. */
	isStuckAt(record) {
		return this.#refused.has(record) || (this.#problem !== undefined && (this.#sending.has(record) || this.#waiting.has(record)));
	}

	/** Resolves when all is saved. @throws the problem that keeps it from being */
	async settled() {
		await this.save();
		if (this.unsaved.size) throw this.problem;
	}

	/** @returns {any} the draft as it was read, or as an answer has it that came after that was asked for */
	latest({ data, etag, asked = 0 }) {
		if (this.#answer && this.#answer.at >= asked) return this.#answer.data;
		this.etag = etag ?? undefined;
		return data;
	}

	/** With what was refused: the server may see it otherwise by now. */
	saveAgain() {
		return this.tryAgain(() => true);
	}

	/** The same without anybody's wish: what would go over somebody else's is left. */
	tryAgain(may = (reason) => !isOvertaken(reason)) {
		const again = new Map([...this.#refused].filter(([record]) => may(this.#reasons.get(record))));
		for (const record of again.keys()) this.#refused.delete(record);
		this.#waiting = merged(again, this.#waiting);
		return this.save();
	}

	/** @returns {Promise<void>} when it has been tried */
	save() {
		clearTimeout(this.#timer);
		this.#running ??= this.#send().finally(() => {
			this.#running = undefined;
		});
		return this.#running;
	}

	async #send() {
		while (this.#waiting.size) {
			this.#sending = this.#next();
			const corrections = [...this.#sending].map(([recordNumber, cells]) => ({ recordNumber, cells }));
			try {
				const { data, etag } = await change("PATCH", addressOf(this.importId), { corrections }, this.#keptOf);
				this.#sending = new Map();
				this.#keptOf = undefined;
				this.etag = etag ?? this.etag;
				if (data) this.#answer = { data, at: performance.now() };
				this.#problem = undefined;
				this.#tries = 0;
				this.#changed();
				if (data) this.dispatchEvent(new CustomEvent("draft", { detail: data }));
			} catch (problem) {
				const named = recordsNamed(problem, corrections);
				if (named.size) this.#setAside(named, problem);
				this.#waiting = merged(this.#sending, this.#waiting);
				this.#sending = new Map();
				this.#problem = named.size ? undefined : problem;
				this.#changed();
				if (named.size) continue;
				this.#after(problem);
				return;
			}
		}
	}

	/** The others go on; so does what was corrected once more since it was sent. */
	#setAside(named, problem) {
		const records = [...named.keys()].filter((record) => this.#sending.has(record) && !this.#waiting.has(record));
		for (const record of records) {
			this.#refused.set(record, this.#sending.get(record));
			this.#sending.delete(record);
			this.#reasons.set(record, new Problem(problem.status, { code: problem.code, detail: named.get(record) }));
		}
		if (records.length) this.#tell(this.#reasons.get(records[0]), records);
	}

	#after(problem) {
		if (problem.away || problem.uncertain || [408, 429].includes(problem.status)) {
			this.#timer = setTimeout(() => this.save(), PAUSES[Math.min(this.#tries++, PAUSES.length - 1)]);
		} else if (this.unsaved.size && problem.code !== "another-account") {
			if (isOutOfReach(problem) || isOvertaken(problem)) this.#setAllAside(problem);
			if (isOvertaken(problem)) this.#keptOf = undefined;
			this.#tell(problem, this.unsaved.keys());
		}
	}

	#setAllAside(problem) {
		for (const record of this.#waiting.keys()) this.#reasons.set(record, problem);
		this.#refused = merged(this.#refused, this.#waiting);
		this.#waiting = new Map();
		this.#problem = undefined;
	}

	/** What is not refused for good can be corrected or saved again, and stays. */
	#tell(problem, records) {
		if (isForGood(problem)) {
			const given = this.giveUp(records);
			status.failed(`${wordsOf(problem)} ${notSaved(given, isTooLate(problem))}`);
			this.dispatchEvent(new Event("late"));
		} else {
			status.failed(isOutOfReach(problem) || isOvertaken(problem) ? `${wordsOf(problem)} ${notSaved([...records].length)}` : wordsOf(problem));
		}
	}

	/** The first of those that wait, taken from them. */
	#next() {
		const next = new Map();
		let signs = 0;
		for (const [record, cells] of this.#waiting) {
			signs += JSON.stringify(cells).length;
			if (next.size && (next.size >= MOST_RECORDS || signs > MOST_SIGNS)) break;
			next.set(record, cells);
		}
		for (const record of next.keys()) this.#waiting.delete(record);
		return next;
	}

	/** Nobody will have them. @param {Iterable<number>} records @returns {number} how many of them there were */
	giveUp(records) {
		const given = [...records].filter((record) => this.unsaved.has(record));
		for (const cells of [this.#refused, this.#sending, this.#waiting]) for (const record of given) cells.delete(record);
		if (this.unsaved.size === 0) this.#problem = undefined;
		this.lost += given.length;
		this.#changed();
		return given.length;
	}

	#changed() {
		const unsaved = [...this.unsaved];
		if (unsaved.length) sessionStorage.setItem(stashOf(this.importId), JSON.stringify({ cells: unsaved, etag: this.etag }));
		else sessionStorage.removeItem(stashOf(this.importId));
		this.dispatchEvent(new Event("state"));
	}
}

/** @returns {Map<number, string>} those that a refusal is about, each by its place in what was sent, and what it says of each */
function recordsNamed({ errors = [] }, corrections) {
	const named = new Map();
	for (const { field, message } of errors) {
		const record = corrections[/^corrections\[(\d+)\]/.exec(field ?? "")?.[1]]?.recordNumber;
		if (record && !named.has(record)) named.set(record, message);
	}
	return named;
}

/** @param {number} count of records @param {boolean} late */
function notSaved(count, late = false) {
	return `${counted(count, "corrected record")} ${late ? "came too late and " : ""}${count === 1 ? "was" : "were"} not saved.`;
}

/** @param {Cells} first @param {Cells} then what is in both is the later's */
function merged(first, then) {
	const all = new Map(first);
	for (const [record, cells] of then) all.set(record, { ...all.get(record), ...cells });
	return all;
}

// What the tab kept through a reload, also of imports that are not opened again.
const kept = Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index) ?? "");
for (const key of kept) if (key.startsWith(stashOf(""))) saverOf(key.slice(stashOf("").length));
