// What stands in for the site: answers by path, and remembers what was asked.

/** @typedef {{path: string, method: string, headers: Record<string, string>, body: unknown}} Call */

/** @type {Call[]} */
export const calls = [];

/** @type {Map<string, ((call: Call) => Response | Promise<Response>)[]>} */
let answers = new Map();

/** Forgets all of it. */
export function reset() {
	calls.length = 0;
	answers = new Map();
}

/**
 * @param {string} request method and path
 * @param {...(Response | ((call: Call) => Response | Promise<Response>))} given one after the other; the last stays
 */
export function answer(request, ...given) {
	answers.set(
		request,
		given.map((one) => (typeof one === "function" ? one : () => one.clone())),
	);
}

/** @param {unknown} data @param {number} status @param {Record<string, string>} headers */
export const json = (data, status = 200, headers = {}) =>
	new Response(JSON.stringify(data), { status, headers: { "Content-Type": "application/json", ...headers } });

/** @param {number} status @param {string} code @param {object} more */
export const problem = (status, code, more = {}) =>
	new Response(JSON.stringify({ status, code, detail: `It is ${code}.`, ...more }), {
		status,
		headers: { "Content-Type": "application/problem+json" },
	});

globalThis.fetch = async (path, { method = "GET", headers = {}, body } = {}) => {
	const call = { path: String(path), method, headers, body };
	calls.push(call);
	const given = answers.get(`${method} ${path}`);
	if (!given) throw new TypeError("nobody answers");
	return (given.length > 1 ? given.shift() : given[0])(call);
};
