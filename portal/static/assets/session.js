import { get, post, send, speakFor } from "./api.js";
import { letGo } from "./router.js";
import { ask } from "./ui/dialog.js";
import { html } from "./ui/html.js";

/** Who is signed in, at which site, and what the portal's own settings are. Filled by {@link begin}. */
export const session = {
	/** {site, siteName, otherSiteUrl, resourceCenterUrl, contactEmail, contactPhone, timeZone, administrationUrl, reportingUrl, signedIn} */
	config: {},
	/** The answer of /api/me, or nothing while nobody is signed in. */
	me: undefined,
	/** The answer of /api/reference: roles, permissions, programs, field rules. */
	reference: undefined,
};

const CHANNEL = "rollcall-session";

/** Reads the settings and, where somebody is signed in, who. */
export async function begin() {
	session.config = await get("/portal/config", { quiet: true });
	if (!session.config.signedIn) return;
	[session.me, session.reference] = await Promise.all(["/api/me", "/api/reference"].map(readUnlessEnded));
	if (!session.me) return;
	speakFor(session.me.id, { ended: signInAgain, another: tellOfAnother });
	document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
	addEventListener("pagehide", (event) => {
		if (event.persisted) document.body.hidden = true;
	});
	addEventListener("pageshow", (event) => {
		if (event.persisted) showAgain();
	});
}

/** A page that the browser kept for its Back button: what is on it is for the same person alone, in a session that has not ended. */
async function showAgain() {
	if (await isSignedIn()) document.body.hidden = false;
	else location.reload();
}

/** Back from another tab, where somebody else may have signed in: said before anything is done here. */
async function look() {
	if (asking || document.body.hidden) return;
	if (await whyNot() === "another-account") await tellOfAnother();
}

/** Whether the person for whom this page was made is signed in. */
async function isSignedIn() {
	return await whyNot() === undefined;
}

/** What the interface refuses this page for, if it does: the code of the problem. */
function whyNot() {
	return send("/api/me", { quiet: true }).then(() => undefined, (problem) => problem.code);
}

/** A session that has ended meanwhile is none. */
function readUnlessEnded(path) {
	return get(path, { quiet: true }).catch((problem) => {
		if (problem.status === 401) return undefined;
		throw problem;
	});
}

/** One has changed one's own account. */
export function becomes(me) {
	session.me = me;
	document.dispatchEvent(new Event("portal:me"));
}

/** Whether the signed-in person has this permission of the guide's Table 1 here: at the Training Site no accounts are managed. */
export function may(permission) {
	if (permission === "manage-users" && isTraining()) return false;
	return session.me?.permissions.includes(permission) ?? false;
}

/** Whether the signed-in person runs the system, which is done at the Portal. */
export function operates() {
	return session.me?.role === "OPS" && !isTraining();
}

export function isTraining() {
	return session.config.site === "TRAINING";
}

export function isMe(user) {
	return user.id === session.me.id;
}

/** The guide's five roles, which forms offer; the two that run the system are no form's to give. */
export function roles() {
	return session.reference.roles.filter((role) => role.levels.length > 0);
}

/** The roles without organizations run the system. */
export function runsTheSystem(code) {
	return session.reference.roles.find((role) => role.code === code)?.levels.length === 0;
}

export function roleTitle(code) {
	return session.reference.roles.find((role) => role.code === code)?.title ?? code;
}

/** The roles that the signed-in person may grant and manage. */
export function grantableRoles() {
	const grants = session.reference.roles.find((role) => role.code === session.me.role)?.grants ?? [];
	return roles().filter((role) => grants.includes(role.code));
}

export function manages(user) {
	return !isMe(user) && grantableRoles().some((role) => role.code === user.role);
}

export function signInAddress(returnTo) {
	return `/login?returnTo=${encodeURIComponent(returnTo)}`;
}

/** What the tab keeps for the server, once the module that does is loaded. @type {{unsaved: () => number, save: () => Promise<unknown>, giveUp: () => void}} */
let kept = { unsaved: () => 0, save: async () => {}, giveUp: () => {} };

/** @param {typeof kept} work unsaved: how many records'; save: tries it once */
export function keeps(work) {
	kept = work;
}

/** So long one waits for what is tried once more before one logs out. */
const PATIENCE_MILLISECONDS = 5000;

/** @returns {Promise<number>} of how many records a correction would be lost by logging out: it was tried once more to save them */
export async function wouldBeLost() {
	if (kept.unsaved()) await Promise.race([kept.save(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLISECONDS))]);
	return kept.unsaved();
}

/** Ends the session; where the browser goes next is the issuer's to say. What is not saved by then is lost. */
export async function signOut() {
	const answer = await post("/logout", undefined, { quiet: true }).catch((problem) => {
		if (problem.status === 401) return undefined; // it has ended already
		throw problem;
	});
	kept.giveUp();
	letGo();
	sessionStorage.clear(); // names and addresses that the server would not have are for nobody who comes after
	location.assign(answer?.location ?? "/signed-out");
}

let asking;

/** One question however many requests find the session ended; each of them goes on when there is a session again. */
function signInAgain() {
	asking ??= askToSignInAgain().finally(() => {
		asking = undefined;
	});
	return asking;
}

async function askToSignInAgain() {
	const channel = new BroadcastChannel(CHANNEL);
	const over = new AbortController();
	try {
		await ask({
			title: "Your session has ended",
			closable: false,
			body: html`
				<p>For security you are signed out after a while, and at once when your account is deactivated. What you have entered on this
					page is still here.</p>
				<p>Sign in again in a new tab; then you can go on where you were.</p>`,
			buttons: [{ label: "Sign In", value: "sign-in", kind: "primary", focus: true }],
			// Without an opener the new tab gets no copy of what this one keeps, which it would send as well.
			onPress: () => window.open(signInAddress("/session-restored"), "_blank", "noopener"),
			ready: (close) => {
				const look = async () => {
					if (document.visibilityState === "visible" && await isAnybodySignedIn()) close("restored");
				};
				channel.onmessage = () => close("restored");
				document.addEventListener("visibilitychange", look, { signal: over.signal });
			},
		});
	} finally {
		over.abort();
		channel.close();
	}
	// Should it be somebody else, the request that waited is told so.
	session.me = await get("/api/me", { quiet: true }).catch(() => session.me);
}

/** Whoever it is. */
async function isAnybodySignedIn() {
	return [undefined, "another-account"].includes(await whyNot());
}

let telling;

/** Once however many requests were refused for it. */
function tellOfAnother() {
	telling ??= askWhoGoesOn().finally(() => {
		telling = undefined;
	});
	return telling;
}

/** What is on the page stays there until the person in front of it chooses. */
async function askWhoGoesOn() {
	const other = await get("/api/me", { quiet: true, anyone: true }).catch(() => undefined);
	if (!other || other.id === session.me.id) return;
	const over = new AbortController();
	const [mine, theirs] = [session.me, other].map((it) => `${it.firstName} ${it.lastName}`);
	const answer = await ask({
		title: "Somebody else has signed in",
		body: html`
			<p><strong>${theirs}</strong> (${other.username}) is signed in now. This page still belongs to
				<strong>${mine}</strong> (${session.me.username}): nothing on it can be saved in another name.</p>
			<p>Stay on this page to keep what was entered. It can be saved when ${mine} has signed in again in another tab.</p>`,
		buttons: [{ label: `Go On as ${theirs}`, value: "go-on", kind: "primary" }, { label: "Stay on This Page", value: "stay", focus: true }],
		ready: (close) => document.addEventListener("visibilitychange", async () => {
			if (document.visibilityState === "visible" && await isSignedIn()) close("back");
		}, { signal: over.signal }),
	});
	over.abort();
	if (answer !== "go-on") return;
	letGo();
	location.assign("/");
	await new Promise(() => {});
}

/** In the tab where the sign-in happened: lets the others go on. */
export function tellRestored() {
	const channel = new BroadcastChannel(CHANNEL);
	channel.postMessage("restored");
	channel.close();
}

const names = new Map();

/** @param {string[]} codes @returns {Promise<Map<string, {code, name, level, parent, parentName}>>} those that the directory knows */
export async function organizations(codes) {
	await lookUp(codes.filter((code) => !names.has(code)));
	const parents = codes.map((code) => names.get(code)?.parent).filter((code) => code && !names.has(code));
	await lookUp([...new Set(parents)]);
	return new Map(codes.filter((code) => names.has(code)).map((code) => {
		const found = names.get(code);
		return [code, { ...found, parentName: names.get(found.parent)?.name }];
	}));
}

async function lookUp(codes) {
	if (codes.length === 0) return;
	const { results } = await post("/api/organizations/validations", { codes });
	for (const found of results) if (found.name) names.set(found.code, found);
}

/** Whether it is within the signed-in person's own: a district contains its schools, the state all. */
export function owns(organization) {
	return session.me.role === "SC" || [organization.code, organization.parent].some((code) => session.me.organizations.includes(code));
}

/** As the guide shows it: the school with its district in brackets. */
export function organizationTitle(organization) {
	return organization.parentName ? `${organization.name} (${organization.parentName})` : organization.name;
}

/** @param {string} sentence of the interface, which says codes @param {string[]} codes that it may say @returns {Promise<string>} with the names before them */
export async function withNames(sentence, codes) {
	const said = codes.filter((code) => sentence.includes(code));
	if (said.length === 0) return sentence;
	const found = await organizations(said).catch(() => new Map());
	const longestFirst = said.sort((one, other) => other.length - one.length); // a school's may begin with its district's
	const any = new RegExp(longestFirst.map((code) => code.replace(/[^\w-]/g, "\\$&")).join("|"), "g");
	return sentence.replace(any, (code) => (found.has(code) ? `${organizationTitle(found.get(code))} (${code})` : code));
}

/** Whether anybody is reached at all, for the button "Try again". */
export function ping() {
	return send("/api/me", { quiet: true }).then(() => true, (problem) => problem.status === 401);
}
