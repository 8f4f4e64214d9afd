import { organizations, organizationTitle, roleTitle, session } from "../session.js";

/** Of an account that somebody else may change. */
export const NOT_BY_YOUR_ROLE = "Your role does not include changing this account.";

/** @param {string} id of a program */
export const programName = (id) => session.reference.programs.find((program) => program.id === id)?.name ?? id;

/** @returns {Promise<string>} what a field of an account has, as its form shows it, not as the interface spells it */
export async function inWords(field, value) {
	switch (field) {
		case "role": return roleTitle(value);
		case "organizations": return (await titles(value)).join(", ");
		case "programs": return value.map(programName).join(", ");
		default: return value;
	}
}

/** Codes where nobody can say more. */
async function titles(codes) {
	const found = await organizations(codes).catch(() => new Map());
	return codes.map((code) => (found.has(code) ? `${organizationTitle(found.get(code))} (${code})` : code));
}
