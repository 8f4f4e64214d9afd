/** Figures as they were seen, by the time of the look, for an hour; a reload keeps them in its tab. */

const KEY = "operations-last-hour";
const HOUR = 3_600_000;
/** What is looked at every few seconds need not be kept as often. */
const APART = 15_000;

/** @typedef {{at: number, figures: Record<string, number>}} Sample */

export class LastHour {
	/** @type {Sample[]} */
	#samples;

	constructor() {
		try {
			this.#samples = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
		} catch {
			this.#samples = [];
		}
	}

	/** @param {number} at in milliseconds @param {Record<string, number>} figures by what they are of */
	take(at, figures) {
		this.#samples = this.#samples.filter((sample) => at - sample.at < HOUR);
		const last = this.#samples.at(-1);
		// The latest is always there, and those before it stand apart.
		if (last && this.#samples.length > 1 && last.at - this.#samples[this.#samples.length - 2].at < APART) this.#samples.pop();
		this.#samples.push({ at, figures });
		try {
			sessionStorage.setItem(KEY, JSON.stringify(this.#samples));
		} catch {
			// full: then a reload begins anew
		}
	}

	/** @param {string} of @returns {{at: number, value: number}[]} */
	of(of) {
		return this.#samples.filter(({ figures }) => of in figures).map(({ at, figures }) => ({ at, value: figures[of] }));
	}
}

const [WIDTH, HEIGHT] = [120, 28];

/**
 * @param {{at: number, value: number}[]} points
 * @param {number} now
 * @returns {string} a line through them, as the "points" of an SVG polyline: an hour wide, its highest at the top
 */
export function lineOf(points, now) {
	const highest = Math.max(1, ...points.map(({ value }) => value));
	const x = (at) => WIDTH * (1 - (now - at) / HOUR);
	const y = (value) => HEIGHT - 2 - (HEIGHT - 4) * (value / highest);
	return points.map(({ at, value }) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
}

export const BOX = `0 0 ${WIDTH} ${HEIGHT}`;
