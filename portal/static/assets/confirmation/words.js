import { moment } from "../ui/dates.js";

/** What coordinators say of a person, by the names of the interface; past: of an account of which it was said. */
export const DECISIONS = {
	stays: { title: "Stays", past: "marked as staying" },
	left: { title: "Left", past: "marked as left" },
	wrong: { title: "Wrong Role or School", past: "marked as wrong" },
};

/** How a person stands. */
export const STATES = {
	open: "To Be Confirmed",
	...Object.fromEntries(Object.entries(DECISIONS).map(([state, { title }]) => [state, title])),
	settled: "Deactivated",
};

/** What is worth a look before somebody says that a person stays. */
const FLAGS = {
	"never-signed-in": "Never signed in",
	"organization-closed": "Organization is closed",
	"no-organization": "No organization",
	"same-person": "Perhaps has two accounts",
};

export const flagName = (flag) => FLAGS[flag] ?? flag;

/** The service does not tell everybody who it was. @param {{at: string, by?: {name: string}}} decision */
export const whenAndByWhom = ({ at, by }) => `${moment(at)}${by ? ` by ${by.name}` : ""}`;

export const decisionName = (decision) => DECISIONS[decision]?.title ?? decision;
