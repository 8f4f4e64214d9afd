/** Which of the password rules that the server names (guide, III.B) can be seen to be met while one types; the server judges. */
const MET = {
	"password-too-short": (text, { message }) => [...text].length >= numberIn(message),
	"password-too-long": (text, { message }) => text !== "" && [...text].length <= numberIn(message),
	"password-uppercase": (text) => /[A-Z]/.test(text),
	"password-lowercase": (text) => /[a-z]/.test(text),
	"password-number": (text) => /[0-9]/.test(text),
	"password-special": (text) => /[~!@#$%^&*()_+={}|[\]:"';<>?‘’“”]/.test(text),
};

const numberIn = (message) => Number(message.match(/\d+/)?.[0]);

/** @param {{code: string, message: string}} rule @returns {boolean} whether it is seen to be met; what cannot be seen here is not */
export const isMet = (rule, text) => MET[rule.code]?.(text, rule) ?? false;
