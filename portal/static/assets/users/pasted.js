/** As many as the interface takes. */
export const MOST_PEOPLE = 200;

const BETWEEN = /[\s,;]+/;
const AROUND = /^["'<(]+|[>)"']+$/g;

/**
 * Whether what is pasted into the search box is a column of addresses, as a spreadsheet or a mail program copies them.
 *
 * @param {string} text
 * @returns {string[] | undefined} each once; nothing where it is something else, to be searched as it is
 */
export function addressesIn(text) {
	const lines = text.split(/[\r\n\t;]+/).map((line) => line.trim()).filter(Boolean);
	const words = text.split(BETWEEN).map((word) => word.replaceAll(AROUND, "")).filter((word) => word.includes("@"));
	if (words.length >= 2) return once(words);
	// Usernames need be no addresses; names have blanks in them.
	return lines.length >= 2 && lines.every((line) => !/[\s,]/.test(line)) ? once(lines) : undefined;
}

const once = (words) => [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];
