/** Cells as spreadsheets put them on the clipboard: tabs between, a line a row, quotes around what has a tab, a line break or a quote. */

/** @returns {string[][]} the rows of a copied block; one at least */
export function cellsOf(text) {
	const rows = [[]];
	let cell = "";
	let quoted = false;
	const end = () => {
		rows.at(-1).push(cell);
		cell = "";
	};
	const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
	for (let at = 0; at < source.length; at++) {
		const sign = source[at];
		if (quoted) {
			if (sign !== "\"") cell += sign;
			else if (source[at + 1] === "\"") cell += source[++at];
			else quoted = false;
		} else if (sign === "\"" && cell === "" && closes(source, at)) quoted = true;
		else if (sign === "\t") end();
		else if (sign === "\n") {
			end();
			rows.push([]);
		} else cell += sign;
	}
	end();
	return rows;
}

/** Whether a quote that begins a cell also ends one: a lone one is a sign like any other. */
function closes(source, at) {
	return /^"(?:[^"]|"")*"(?=\t|\n|$)/.test(source.slice(at));
}

/** @param {string[][]} rows */
export function textOf(rows) {
	return rows.map((cells) => cells.map((it) => (/[\t\n"]/.test(it) ? `"${it.replaceAll("\"", "\"\"")}"` : it)).join("\t")).join("\n");
}
