import { get, listen } from "../api.js";

/** Without news for so long, the page asks itself. */
const SILENCE_MILLISECONDS = 2000;

/**
 * Follows an import to its end: by events from the server, and by asking whenever those bring nothing: a stream may break off, and a
 * proxy on the way may hold it back until it is over.
 *
 * @param {string} id
 * @param {(state: any) => void} onState with each news; the last one has the status "completed"
 * @param {(problem: Error) => void} onProblem when the import cannot be read
 * @param {AbortSignal} signal ends it
 */
export function follow(id, onState, onProblem, signal) {
	const address = `/api/imports/${encodeURIComponent(id)}`;
	const over = new AbortController();
	let timer;
	let done = 0;
	const end = () => {
		over.abort();
		clearTimeout(timer);
	};
	signal.addEventListener("abort", end);

	const news = (state) => {
		if (over.signal.aborted) return;
		const completed = state.status === "completed";
		// What was held back on its way is old when it comes.
		if (completed || !(state.done < done)) {
			done = state.done ?? done;
			onState(state);
		}
		if (completed) end();
		else askAfterSilence();
	};

	/** The stream tells how far it is; the summary is the import's own. */
	const onProgress = async (state) => news(state.status === "completed" ? await get(address, { signal: over.signal }) : state);

	const askAfterSilence = () => {
		clearTimeout(timer);
		timer = setTimeout(() => get(`${address}/progress`, { signal: over.signal }).then(onProgress).catch(onFailure), SILENCE_MILLISECONDS);
	};

	const onFailure = (problem) => {
		if (over.signal.aborted) return;
		// Away for a moment: the shell says so, and the import goes on without us.
		if (![403, 404, 409].includes(problem.status)) {
			askAfterSilence();
			return;
		}
		end();
		onProblem(problem);
	};

	get(address, { signal: over.signal }).then((state) => {
		news(state);
		if (over.signal.aborted) return;
		listen(`${address}/progress`, (event) => onProgress(event).catch(onFailure), { signal: over.signal, quiet: true }).catch(() => {});
	}, (problem) => {
		if (!over.signal.aborted) onProblem(problem);
	});
}
