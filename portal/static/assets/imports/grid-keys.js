/** Rows that a page key passes. */
const PAGE = 10;

/**
 * Where a key leads in a sheet.
 *
 * @param {{key: string, ctrlKey?: boolean, metaKey?: boolean, shiftKey?: boolean}} event
 * @param {{row: number, column: number}} from
 * @param {{rows: number, columns: number}} size
 * @returns {{row: number, column: number} | undefined} nothing where it is no way, or leads out: Tab goes on to the rest of the page at the
 *     end of a row, so that nobody is caught
 */
export function moved(event, from, size) {
	const far = event.ctrlKey || event.metaKey;
	const last = { row: size.rows - 1, column: size.columns - 1 };
	const at = (row, column) => ({ row: Math.max(0, Math.min(last.row, row)), column: Math.max(0, Math.min(last.column, column)) });
	switch (event.key) {
		case "ArrowUp": return at(far ? 0 : from.row - 1, from.column);
		case "ArrowDown": return at(far ? last.row : from.row + 1, from.column);
		case "ArrowLeft": return at(from.row, far ? 0 : from.column - 1);
		case "ArrowRight": return at(from.row, far ? last.column : from.column + 1);
		case "Home": return at(far ? 0 : from.row, 0);
		case "End": return at(far ? last.row : from.row, last.column);
		case "PageUp": return at(from.row - PAGE, from.column);
		case "PageDown": return at(from.row + PAGE, from.column);
		case "Tab": {
			const column = from.column + (event.shiftKey ? -1 : 1);
			return column < 0 || column > last.column ? undefined : at(from.row, column);
		}
		default: return undefined;
	}
}
