import { get, post } from "../api.js";

/**
 * How the streams stand. Every service is asked for its own part, and the answers are put side by side; one that does not answer is
 * an alert itself. Nothing of it is personal data: the services mask what they show.
 */

export const PARTS = ["users", "imports", "mails", "organizations"];

/** @param {string} part @param {string} rest */
const addressOf = (part, rest) => `/api/operations/${part}/${rest}`;

/** Of a service: what it says of itself, or that it says nothing. */
async function pipelineOf(part, signal) {
	try {
		return await get(addressOf(part, "pipeline"), { signal, quiet: true });
	} catch (problem) {
		if (problem.name === "AbortError") throw problem;
		// The session has ended, or is another person's: asked aloud, the portal says so.
		if (problem.status === 401 || problem.code === "another-account") await get("/api/me", { signal });
		return { part, consumers: [], parts: {}, alerts: [{ code: "service-away", summary: `The service of ${part} does not answer.` }] };
	}
}

async function listOf(kind, signal) {
	const pages = await Promise.all(PARTS.map((part) => get(`${addressOf(part, kind)}?size=200`, { signal, quiet: true })
		.then(({ items }) => items.map((item) => ({ ...item, part })), () => [])));
	return pages.flat();
}

/** @param {AbortSignal} signal @returns {Promise<{states: any[], letters: any[], settled: any[]}>} letters: the oldest first; settled: the newest */
export async function look(signal) {
	const [states, letters, settled] = await Promise.all([
		Promise.all(PARTS.map((part) => pipelineOf(part, signal))), listOf("dead-letters", signal), listOf("dead-letters/settlements", signal)]);
	return {
		states,
		letters: letters.sort((one, other) => one.at.localeCompare(other.at)),
		settled: settled.sort((one, other) => other.at.localeCompare(one.at)).slice(0, 200),
	};
}

/** @param {{part: string, id: string}} letter @returns {Promise<any>} it with its body, whose texts are masked */
export const letterOf = ({ part, id }) => get(addressOf(part, `dead-letters/${encodeURIComponent(id)}`));

/**
 * @param {"replays" | "discards"} what @param {{part: string, id: string}[]} letters
 * @returns {Promise<Record<string, number>>} how many had which outcome
 */
export async function settle(what, letters) {
	const outcomes = {};
	for (const part of PARTS) {
		const ids = letters.filter((letter) => letter.part === part).map((letter) => letter.id);
		if (ids.length === 0) continue;
		const { results } = await post(addressOf(part, `dead-letters/${what}`), { ids });
		for (const { outcome } of results) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
	}
	return outcomes;
}

const SWITCHES = { dispatch: "/api/operations/imports/dispatch", mails: "/api/operations/mails" };

/** Whether somebody can pause and resume it. @param {string} name of a part of a service */
export const isSwitch = (name) => name in SWITCHES;

/** @param {string} name @param {boolean} paused whether it is now */
export const turn = (name, paused) => post(`${SWITCHES[name]}/${paused ? "resume" : "pause"}`);
