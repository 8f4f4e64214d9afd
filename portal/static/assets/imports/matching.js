/** Which column of a table goes into which of the upload file's. */

/** One column that goes into two. */
const TWO = {
	"Fname+Lname": "Fname and Lname (Jane Doe)",
	"Lname+Fname": "Fname and Lname (Doe, Jane)",
	"Username+Email": "Username and Email (people sign in with their email address)",
};

/** @param {string[]} columns of the template @returns {[string, string][]} what a column may go into, and its words */
export const targets = (columns) => [...columns.map((it) => /** @type {[string, string]} */ ([it, it])), ...Object.entries(TWO)];

/** @param {string} target @returns {string[]} the template's columns in it */
export const columnsOf = (target) => target.split("+");

/** @param {{index: number, column: string | null}[]} columns @returns {Map<number, string>} as it is proposed */
export const proposed = (columns) => new Map(columns.filter((it) => it.column).map((it) => [it.index, it.column ?? ""]));

/**
 * One column of a table goes somewhere else. What went there before goes nowhere.
 *
 * @param {Map<number, string>} chosen
 * @param {number} index of the column
 * @param {string} target blank: it is ignored
 * @returns {{chosen: Map<number, string>, freed: number[]}} freed: columns that are ignored from now on
 */
export function match(chosen, index, target) {
	const after = new Map(chosen);
	after.delete(index);
	const wanted = columnsOf(target);
	const freed = [...after].filter(([, there]) => columnsOf(there).some((column) => wanted.includes(column))).map(([other]) => other);
	for (const other of freed) after.delete(other);
	if (target) after.set(index, target);
	return { chosen: after, freed };
}

/** @param {Map<number, string>} chosen @param {string[]} required @returns {string[]} the required columns that nothing goes into */
export function missing(chosen, required) {
	const there = [...chosen.values()].flatMap(columnsOf);
	return required.filter((column) => !there.includes(column));
}
