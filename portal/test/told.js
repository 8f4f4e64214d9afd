// What is said above the page, in its order.

/** @type {string[]} */
export const told = [];

/** Where one may go on from what was said last. @type {{label: string, address: string}[]} */
export const ways = [];

const dispatch = document.dispatchEvent.bind(document);
document.dispatchEvent = (event) => {
	if (event.type !== "portal:status") return dispatch(event);
	const { text, links = [] } = /** @type {any} */ (event).detail ?? {};
	if (text) told.push(text);
	ways.splice(0, ways.length, ...links);
	return true;
};
