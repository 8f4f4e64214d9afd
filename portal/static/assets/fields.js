/**
 * The fields of an account by their names in the interface, in the order of the forms: what people call them, and how one fills them in.
 * What each may hold is the service's to say.
 */

/** What one may have or not. */
const DETAILS = {
	phone: { label: "Phone Number", type: "tel", hint: "xxx-xxx-xxxx", autocomplete: "tel-national" },
	fax: { label: "Fax Number", type: "tel", hint: "xxx-xxx-xxxx" },
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
