import { FIELDS } from "../fields.js";

const NAMES = Object.keys(FIELDS);

/** @returns {Record<string, any>} what a form has of an account: each field, be there something in it or not */
const fieldsOf = (account) => Object.fromEntries(Object.entries(FIELDS).map(([field, { several }]) => [field, account[field] ?? (several ? [] : "")]));

const isEqual = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** What is filled in for an account, and what was there when it was read: a field that differs was changed by the person. */
export class Draft {
	/** Fields as they were read. */
	before;
	/** Fields as they are filled in; a change makes another object. */
	values;

	/** @param {object} account as it was read @param {object} filledIn by field */
	constructor(account = {}, filledIn = account) {
		this.before = fieldsOf(account);
		this.values = fieldsOf(filledIn);
	}

	set(field, value) {
		this.values = { ...this.values, [field]: value };
	}

	isChanged(field) {
		return !isEqual(this.values[field], this.before[field]);
	}

	get isAnythingChanged() {
		return NAMES.some((field) => this.isChanged(field));
	}

	/** @param {object} account the same, as it is now @returns {string[]} fields that somebody else has changed */
	changedIn(account) {
		const now = fieldsOf(account);
		return NAMES.filter((field) => !isEqual(now[field], this.before[field]));
	}

	/** @param {object} account the same, as it is now @returns {Draft} that, with the person's changes and no other in it */
	over(account) {
		const own = NAMES.filter((field) => this.isChanged(field)).map((field) => [field, this.values[field]]);
		return new Draft(account, { ...account, ...Object.fromEntries(own) });
	}
}
