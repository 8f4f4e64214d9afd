import { get } from "../api.js";

const POLL_MILLISECONDS = 1000;

/**
 * Follows an import to its end: by events from the server, and by asking again and again where those do not come through.
 *
 * @param {string} id
 * @param {(state: object) => void} onState with each news; the last one has the status "completed"
 * @param {(problem: Error) => void} onProblem when the import cannot be read
 * @param {AbortSignal} signal ends it
 */
export function follow(id, onState, onProblem, signal) {
	const address = `/api/imports/${encodeURIComponent(id)}`;
	let source;
	let timer;
	let ended = false;
	const end = () => {
		ended = true;
		source?.close();
		clearTimeout(timer);
	};
	signal.addEventListener("abort", end);

	const news = (state) => {
		if (ended) return;
		onState(state);
		if (state.status === "completed") end();
	};

	const poll = async () => {
		if (ended) return;
		try {
			const state = await get(`${address}/progress`, { signal });
			news(state.status === "completed" ? await get(address, { signal }) : state);
		} catch (problem) {
			if (problem.name === "AbortError") return;
			// Away for a moment: the shell says so, and the import goes on without us.
			if (problem.status === 404 || problem.status === 403) {
				end();
				onProblem(problem);
				return;
			}
		}
		if (!ended) timer = setTimeout(poll, POLL_MILLISECONDS);
	};

	const listen = () => {
		source = new EventSource(`${address}/progress`);
		const onEvent = (event) => {
			const state = JSON.parse(event.data);
			// The stream tells how far it is; the summary is the import's own.
			if (state.status === "completed") get(address, { signal }).then(news, () => poll());
			else news(state);
		};
		for (const type of ["message", "progress", "completed"]) source.addEventListener(type, onEvent);
		source.onerror = () => {
			if (source.readyState !== EventSource.CLOSED || ended) return; // the browser connects again by itself
			source = undefined;
			poll();
		};
	};

	get(address, { signal }).then((state) => {
		news(state);
		if (!ended) listen();
	}, (problem) => {
		if (problem.name !== "AbortError") onProblem(problem);
	});
}
