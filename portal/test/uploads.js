// What stands in for the transfer of a file: an upload tells how much of it has gone out, which the server of these tests need not know.
globalThis.XMLHttpRequest = /** @type {any} */ (
	class extends EventTarget {
		upload = new EventTarget();
		/** @type {Record<string, string>} */
		headers = {};
		open(/** @type {string} */ method, /** @type {string} */ path) {
			Object.assign(this, { method, path });
		}
		setRequestHeader(/** @type {string} */ name, /** @type {string} */ value) {
			this.headers[name] = value;
		}
		getAllResponseHeaders = () => "";
		abort() {
			this.dispatchEvent(new Event("abort"));
		}
		async send(/** @type {any} */ body) {
			const { method, path, headers } = /** @type {any} */ (this);
			try {
				const response = await fetch(path, { method, headers, body });
				Object.assign(this, { status: response.status, response: await response.blob() });
				this.dispatchEvent(new Event("load"));
			} catch {
				this.dispatchEvent(new Event("error"));
			}
		}
	}
);
