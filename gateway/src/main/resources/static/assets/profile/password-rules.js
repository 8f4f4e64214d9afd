/** The guide's III.B, for the eye while one types; the server judges. */
export const PASSWORD_RULES = [
	{ text: "Minimum of 12 characters, maximum of 32 characters", met: (text) => [...text].length >= 12 && [...text].length <= 32 },
	{ text: "One uppercase letter", met: (text) => /\p{Lu}/u.test(text) },
	{ text: "One lowercase letter", met: (text) => /\p{Ll}/u.test(text) },
	{ text: "One number", met: (text) => /[0-9]/.test(text) },
	{ text: "One special character (~!@#$%^&*()_+={}|[]:\"';<>?)", met: (text) => /[~!@#$%^&*()_+={}|[\]:"';<>?‘’“”]/.test(text) },
];
