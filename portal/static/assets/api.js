/**
 * The one place that speaks HTTP: problem details, entity tags, the CSRF header, whose page it is, an ended session, a service that is
 * away.
 */

import { transferring } from "./transfer.js";

/** An answer that is no success: RFC 9457 problem details. */
export class Problem extends Error {
	constructor(status, problem = {}) {
		super(problem.detail ?? problem.title ?? "Something went wrong. Please try again.");
		this.status = status;
		this.code = problem.code ?? "unknown";
		/** @type {{field: string, code: string, message: string}[]} */
		this.errors = problem.errors ?? [];
	}

	/** Whether the portal or a service behind it is away, which the shell tells. */
	get away() {
		return [0, 502, 503, 504].includes(this.status);
	}

	/** Whether nobody knows if it was carried out. */
	get uncertain() {
		return this.status === 0 || (this.status >= 500 && !NOTHING_WAS_DONE.includes(this.code));
	}
}

/** @returns {string} what is wrong first, where the server says it of a field, or the problem as a whole */
export const wordsOf = ({ errors = [], message }) => errors[0]?.message ?? message;

/** Codes of those who know that they did nothing. */
const NOTHING_WAS_DONE = ["service-unavailable", "rights-renewed", "busy"];

const BROKEN_ANSWER = {
	code: "service-broken-answer",
	detail: "The answer broke off, so it is not known whether the request was carried out. Please check before you repeat it.",
};

const UNREACHABLE = {
	code: "unreachable",
	detail: "The portal cannot be reached. Please check your connection and try again.",
};

/** Fires "lost" when the portal or a service is away and "found" when it answers again. */
export const connection = new EventTarget();
let away = false;

function noteAway(problem) {
	away = true;
	connection.dispatchEvent(new CustomEvent("lost", { detail: problem }));
}

function noteFound() {
	if (!away) return;
	away = false;
	connection.dispatchEvent(new Event("found"));
}

/** Set by the session: for whom this page was made, and what to do when the browser's session is over or another person's. */
let account;
let signInAgain;
let tellOfAnother;

/**
 * @param {string} id of the account that this page is for: from now on nothing is read or done for anybody else
 * @param {{ended: () => Promise<void>, another: () => Promise<void>}} session ended: asks for a new sign-in and resolves when there is
 *     one, so that nothing typed is lost; another: tells who is signed in instead
 */
export function speakFor(id, { ended, another }) {
	account = id;
	signInAgain = ended;
	tellOfAnother = another;
}

/**
 * @param {string} path below the site
 * @param {{method?: string, json?: unknown, body?: BodyInit, etag?: string, key?: string, signal?: AbortSignal, accept?: string,
 *     quiet?: boolean, anyone?: boolean, again?: boolean, onSent?: (sent: number, total: number) => void}} options key: Idempotency-Key;
 *     onSent: told how many bytes of the body have gone out; quiet: do not ask to sign in, do not tell that
 *     somebody else is signed in or a service is away; anyone: whoever is signed in by now; again: it was refused once. While it was
 *     under way the session may have got another cookie, as it does with another password, and what only reads may come with that
 * @returns {Promise<Response>} a good answer
 * @throws {Problem} any other
 */
export async function send(path, options = {}) {
	const {
		method = "GET",
		json,
		body,
		etag,
		key,
		signal,
		accept = "application/json, application/problem+json, text/csv",
		quiet = false,
		anyone = false,
		again = false,
		onSent,
	} = options;
	const headers = { Accept: accept };
	if (account && !anyone) headers["X-Rollcall-Account"] = account;
	if (method !== "GET") headers["X-Rollcall-CSRF"] = "1";
	if (json !== undefined) headers["Content-Type"] = "application/json";
	if (etag) headers["If-Match"] = etag;
	if (key) headers["Idempotency-Key"] = key;
	let response;
	try {
		response = await (onSent ? transferring(onSent) : fetch)(path, {
			method,
			headers,
			signal,
			body: json === undefined ? body : JSON.stringify(json),
			credentials: "same-origin",
			cache: "no-store",
		});
	} catch (failure) {
		if (failure.name === "AbortError") throw failure;
		const problem = new Problem(0, UNREACHABLE);
		if (!quiet) noteAway(problem);
		throw problem;
	}
	if (response.ok) {
		noteFound();
		return response;
	}
	const problem = new Problem(response.status, await response.json().catch(() => ({})));
	if (response.status === 401 && method === "GET" && !again) return send(path, { ...options, again: true });
	if (response.status === 401 && !quiet && signInAgain) {
		await signInAgain();
		return send(path, { ...options, again: false });
	}
	if (problem.code === "another-account" && !quiet) await tellOfAnother();
	if (problem.away && !quiet) noteAway(problem);
	throw problem;
}

/** @returns {Promise<any>} the JSON of a good answer */
export async function get(path, options) {
	return jsonOf(await send(path, options));
}

/** @throws {Problem} when the answer breaks off */
export async function jsonOf(response) {
	try {
		return await response.json();
	} catch (failure) {
		if (failure.name === "AbortError") throw failure;
		throw new Problem(502, BROKEN_ANSWER);
	}
}

/** Like {@link get}, with the entity tag that a later change must name. */
export async function getTagged(path, options) {
	const response = await send(path, options);
	return { data: await jsonOf(response), etag: response.headers.get("ETag") };
}

/** Sends JSON; the answer's body, or <code>undefined</code> where it has none. */
export async function post(path, json, options) {
	return bodyOf(await send(path, { ...options, method: "POST", json }));
}

/** Changes what was read with this entity tag; 412 when somebody else was quicker. */
export async function change(method, path, json, etag) {
	const response = await send(path, { method, json, etag });
	return { data: await bodyOf(response), etag: response.headers.get("ETag") };
}

async function bodyOf(response) {
	return response.headers.get("Content-Type")?.includes("json") ? jsonOf(response) : undefined;
}

/**
 * Reads a stream of server-sent events (HTML, 9.2). EventSource would do, but has no headers, and could not say whose page this is.
 *
 * @param {(data: any) => void} onEvent called with the JSON of each, as it comes
 * @returns {Promise<void>} when the stream ends
 */
export async function listen(path, onEvent, options) {
	const response = await send(path, { ...options, accept: "text/event-stream" });
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	let text = "";
	for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
		const events = (text + piece.value).split(/\r?\n\r?\n/);
		text = events.pop();
		for (const event of events) {
			const data = event
				.split(/\r?\n/)
				.filter((line) => line.startsWith("data:"))
				.map((line) => line.slice(5))
				.join("\n");
			if (data) onEvent(JSON.parse(data));
		}
	}
}

/** Fetches a file and hands it to the browser to keep. @returns {Promise<string>} its name */
export async function download(path, fallbackName, options) {
	const response = await send(path, options);
	const name = fileName(response.headers.get("Content-Disposition")) ?? fallbackName;
	save(await response.blob(), name);
	return name;
}

/** Hands a file to the browser to keep. @param {Blob} content @param {string} name */
export function save(content, name) {
	const address = URL.createObjectURL(content);
	const link = Object.assign(document.createElement("a"), { href: address, download: name });
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** RFC 6266: the extended name (RFC 8187) before the plain one. */
function fileName(disposition) {
	const extended = disposition?.match(/filename\*=UTF-8''([^;]+)/i);
	if (extended) return decodeURIComponent(extended[1]);
	return disposition?.match(/filename="([^"]+)"/i)?.[1];
}

/** A key of its own for a request that must not happen twice (also without a secure context, where randomUUID is missing). */
export function freshKey() {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * All pages of a list, one after the other.
 *
 * @param {(page: number) => Promise<{items: any[], totalPages: number}>} read a page, from 0
 * @returns {AsyncGenerator<any[]>} what is on each
 */
export async function* pages(read) {
	for (let page = 0, count = 1; page < count; page++) {
		const { items, totalPages } = await read(page);
		yield items;
		count = totalPages;
	}
}

/** What is on all pages of a list. @param {(page: number) => Promise<{items: any[], totalPages: number}>} read a page, from 0 */
export async function everything(read) {
	const all = [];
	for await (const items of pages(read)) all.push(...items);
	return all;
}

/** Query parameters without those that say nothing. */
export function query(parameters) {
	const filled = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
	return new URLSearchParams(filled).toString();
}
