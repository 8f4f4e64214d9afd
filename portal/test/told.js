// What is said above the page, in its order.

/** @type {string[]} */
export const told = [];

const dispatch = document.dispatchEvent.bind(document);
document.dispatchEvent = (event) => {
	if (event.type !== "portal:status") return dispatch(event);
	told.push(/** @type {any} */ (event).detail.text);
	return true;
};
