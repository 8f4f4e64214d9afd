/** What the page can know of a file, and of its way, without reading it as the server does. */

/**
 * Its lines of cells that have something in them, first the one with the columns' names. A line's end between quotes is none.
 *
 * @param {Blob} file
 * @returns {Promise<string[][]>} none when it is no text
 * @throws {DOMException} when it cannot be read any more
 */
export async function linesIn(file) {
	const text = textOf(await file.arrayBuffer());
	/** @type {string[][]} */
	const lines = [[]];
	for (let at = 0; at <= text.length; at++) {
		const [cell, end] = text[at] === '"' ? quoted(text, at) : bare(text, at);
		lines.at(-1)?.push(cell);
		if (text[end] !== ",") lines.push([]);
		at = end;
	}
	return text.includes("\0") ? [] : lines.filter((cells) => cells.some((cell) => cell.trim()));
}

const END = /[,\r\n]|$/g;

/** @param {string} text @param {number} from @returns {[string, number]} a cell, and where it ends */
function bare(text, from) {
	END.lastIndex = from;
	const end = END.exec(text)?.index ?? text.length;
	return [text.slice(from, end), end];
}

/** @param {string} text @param {number} from @returns {[string, number]} */
function quoted(text, from) {
	let close = text.indexOf('"', from + 1);
	while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
	if (close < 0) return bare(text, from);
	const [, end] = bare(text, close + 1);
	return [text.slice(from + 1, close).replaceAll('""', '"'), end];
}

/** @param {ArrayBuffer} bytes @returns {string} */
function textOf(bytes) {
	const [first, second] = new Uint8Array(bytes);
	if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
	if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder("windows-1252").decode(bytes);
	}
}

/** How fast something goes: over the last seconds, so that it follows a line that becomes slow. */
export class Rate {
	/** @type {{at: number, amount: number}[]} */
	#marks = [];

	/** @param {number} amount so far @param {number} at in milliseconds */
	note(amount, at) {
		this.#marks = [...this.#marks.filter((mark) => at - mark.at <= 5000), { at, amount }];
	}

	/** @returns {number | undefined} a second; not known in the first moments */
	get perSecond() {
		const [first] = this.#marks;
		const last = this.#marks.at(-1);
		if (!last || last.at - first.at < 500) return undefined;
		return ((last.amount - first.amount) * 1000) / (last.at - first.at);
	}
}

const UNITS = ["byte", "kilobyte", "megabyte"];

/** @param {number} bytes @returns {string} "12 kB" */
export function size(bytes) {
	const power = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
	const format = { style: "unit", unit: UNITS[power], unitDisplay: power ? "short" : "long", maximumFractionDigits: power === 2 ? 1 : 0 };
	return new Intl.NumberFormat("en-US", /** @type {Intl.NumberFormatOptions} */ (format)).format(bytes / 1000 ** power);
}
