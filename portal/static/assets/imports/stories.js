/**
 * Imports that belong together, as one story: a preview, what was applied of it, what was corrected afterwards, what took it back.
 *
 * @template {{id: string, previewOf?: string, correctionOf?: string, undoOf?: string, undo?: boolean}} T
 * @param {T[]} items newest first
 * @returns {{first: T, later: T[]}[]} in the order of what happened last; later: what followed, in the order in which it did
 */
export function stories(items) {
	const byId = new Map(items.map((it) => [it.id, it]));
	const before = (it) => byId.get(it.correctionOf) ?? byId.get(it.previewOf) ?? byId.get(it.undoOf);
	/** @type {Map<string, {first: T, later: T[]}>} */
	const told = new Map();
	for (const it of items) {
		let first = it;
		for (let earlier = before(it); earlier; earlier = before(earlier)) first = earlier;
		if (!told.has(first.id)) told.set(first.id, { first, later: [] });
		if (first !== it) told.get(first.id)?.later.unshift(it);
	}
	return [...told.values()];
}
