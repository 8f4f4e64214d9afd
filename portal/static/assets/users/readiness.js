import { everything, get, query } from "../api.js";
import { organizations, owns, session } from "../session.js";

/** The most that the directory gives at once. */
const AT_ONCE = 200;
const NOBODY = { accounts: 0, roles: {}, credentials: {}, undelivered: 0 };

/**
 * @typedef {{accounts: number, roles: Record<string, number>, credentials: Record<string, number>, undelivered: number}} Figures what is 0 may be
 *     absent
 * @typedef {Figures & {code: string, name: string, level: string, closed: boolean}} Place a school, or the office of its district
 * @typedef {{places: Place[], people: Figures}} Readiness people: of the whole district, somebody of two schools once
 */

/** The own districts and those of the own schools, in the order of their names. @returns {Promise<Map<string, string>>} names by code */
export async function ownDistricts() {
	const own = [...(await organizations(session.me.organizations)).values()];
	const districts = own.map((it) => (it.parent ? { code: it.parent, name: it.parentName ?? it.parent } : it)).sort(byName);
	return new Map(districts.map((it) => [it.code, it.name]));
}

/**
 * @param {string} district its code
 * @param {{signal: AbortSignal}} options
 * @returns {Promise<Readiness>} the office first if anybody is there, then each of one's schools by name, also one where nobody is
 */
export async function readinessOf(district, options) {
	const [known, schools, answer] = await Promise.all([
		organizations([district]),
		schoolsOf(district, options),
		get(`/api/users/readiness?${query({ organization: district })}`, options),
	]);
	const counted = new Map(answer.places.map((it) => [it.code, it]));
	const office = { code: district, name: district, level: "district", closed: false, parent: null, ...known.get(district) };
	const places = [...owns(office) ? [office] : [], ...schools.sort(byName)]
		.map((it) => ({ ...NOBODY, ...it, ...counted.get(it.code) }))
		.filter((it) => it.accounts > 0 || isOpenSchool(it));
	return { places, people: { ...NOBODY, ...answer.people } };
}

/** One that should be ready. */
export const isOpenSchool = (place) => place.level === "school" && !place.closed;

const byName = (one, other) => one.name.localeCompare(other.name);

/** Of one's own, however many pages the directory has of them. */
const schoolsOf = (district, options) =>
	everything((page) => get(`/api/organizations?${query({ parent: district, page, size: AT_ONCE })}`, options));
