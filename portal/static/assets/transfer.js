/**
 * Does with a request what fetch does, and tells meanwhile how much of its body has gone out, which fetch cannot.
 *
 * @param {(sent: number, total: number) => void} onSent in bytes
 * @returns {(path: string, request: RequestInit & {headers: Record<string, string>}) => Promise<Response>}
 */
export function transferring(onSent) {
	return (path, { method, headers, body, signal }) =>
		new Promise((resolve, reject) => {
			const request = new XMLHttpRequest();
			request.open(method, path);
			for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
			request.responseType = "blob";
			request.upload.addEventListener("progress", (event) => onSent(event.loaded, event.total));
			request.addEventListener("load", () => resolve(responseOf(request)));
			request.addEventListener("error", () => reject(new TypeError("no answer")));
			request.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")));
			signal?.addEventListener("abort", () => request.abort());
			request.send(/** @type {XMLHttpRequestBodyInit} */ (body));
		});
}

/** @param {XMLHttpRequest} request that has its answer */
function responseOf(request) {
	const headers = new Headers();
	for (const line of request.getAllResponseHeaders().trim().split(/\r?\n/)) {
		const colon = line.indexOf(":");
		if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
	}
	return new Response([204, 205, 304].includes(request.status) ? null : request.response, { status: request.status, headers });
}
