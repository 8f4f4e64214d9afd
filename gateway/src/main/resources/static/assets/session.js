import { get, onSessionEnd, post, send } from "./api.js";
import { ask } from "./ui/dialog.js";
import { html } from "./ui/html.js";

/** Who is signed in, at which site, and what the portal's own settings are. Filled by {@link begin}. */
export const session = {
	/** {site, siteName, otherSiteUrl, resourceCenterUrl, contactEmail, contactPhone, administrationUrl, reportingUrl, signedIn} */
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
	onSessionEnd(signInAgain);
	addEventListener("pagehide", (event) => {
		if (event.persisted) document.body.hidden = true;
	});
	addEventListener("pageshow", (event) => {
		if (event.persisted) showAgain();
	});
}

/** A page that the browser kept for its Back button: what is on it is for the same person alone, in a session that has not ended. */
async function showAgain() {
	const me = await get("/api/me", { quiet: true }).catch(() => undefined);
	if (me?.id === session.me.id) document.body.hidden = false;
	else location.reload();
}

/** A session that has ended meanwhile is none. */
function readUnlessEnded(path) {
	return get(path, { quiet: true }).catch((problem) => {
		if (problem.status === 401) return undefined;
		throw problem;
	});
}

export async function readMeAgain() {
	session.me = await get("/api/me");
	document.dispatchEvent(new Event("portal:me"));
}

/** Whether the signed-in person has this permission of the guide's Table 1 here: at the Training Site no accounts are managed. */
export function may(permission) {
	if (permission === "manage-users" && isTraining()) return false;
	return session.me?.permissions.includes(permission) ?? false;
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

/** Ends the session; where the browser goes next is the issuer's to say. */
export async function signOut() {
	const answer = await post("/logout", undefined, { quiet: true }).catch((problem) => {
		if (problem.status === 401) return undefined; // it has ended already
		throw problem;
	});
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
				<p>For security you are signed out after a while. What you have entered on this page is still here.</p>
				<p>Sign in again in a new tab; then you can go on where you were.</p>`,
			buttons: [{ label: "Sign In", value: "sign-in", kind: "primary", focus: true }],
			onPress: () => window.open(signInAddress("/session-restored"), "_blank"),
			ready: (close) => {
				const look = async () => {
					if (document.visibilityState === "visible" && await isSignedIn()) close("restored");
				};
				channel.onmessage = () => close("restored");
				document.addEventListener("visibilitychange", look, { signal: over.signal });
			},
		});
	} finally {
		over.abort();
		channel.close();
	}
	const me = await get("/api/me", { quiet: true });
	// Somebody else's work must not be sent in this person's name.
	if (me.id !== session.me.id) {
		location.assign("/");
		await new Promise(() => {});
	}
	session.me = me;
}

function isSignedIn() {
	return get("/api/me", { quiet: true }).then(() => true, () => false);
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

/** As the guide shows it: the school with its district in brackets. */
export function organizationTitle(organization) {
	return organization.parentName ? `${organization.name} (${organization.parentName})` : organization.name;
}

/** Whether anybody is reached at all, for the button "Try again". */
export function ping() {
	return send("/api/me", { quiet: true }).then(() => true, (problem) => problem.status === 401);
}
