/**
 * The fields of an account by their names in the interface, in the order of the forms: what people call them, and how one fills them in.
 * What each may hold is the service's to say.
 */

/** @returns {string} a number of ten digits, however they were written, as the service wants it; anything else as it is */
export function asPhone(text) {
	if (!/^[\s\d().+/\u2010-\u2015-]*$/.test(text)) return text;
	const [, area, exchange, line] = text.replace(/\D/g, "").match(/^1?(\d{3})(\d{3})(\d{4})$/) ?? [];
	return area ? `${area}-${exchange}-${line}` : text;
}

/** What one may have or not. */
const DETAILS = {
	phone: { label: "Phone Number", type: "tel", hint: "xxx-xxx-xxxx", autocomplete: "tel-national", tidied: asPhone },
	fax: { label: "Fax Number", type: "tel", hint: "xxx-xxx-xxxx", tidied: asPhone },
	address: { label: "Address", multiline: true, autocomplete: "street-address" },
};

/** What one changes oneself. */
export const OWN = {
	firstName: { label: "First Name", required: true, autocomplete: "given-name" },
	lastName: { label: "Last Name", required: true, autocomplete: "family-name" },
	email: { label: "Email", required: true, type: "email", autocomplete: "email" },
	...DETAILS,
};

export const FIELDS = {
	username: { label: "Username", required: true },
	...OWN,
	role: { label: "Role" },
	organizations: { label: "Organizations", several: true },
	programs: { label: "Programs", several: true },
};

/** Those of the form's first part that are one text each. */
export const TEXTS = Object.keys({ username: true, ...OWN });

export const labelOf = (field) => FIELDS[field]?.label ?? field;
