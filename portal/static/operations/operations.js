// The page of those who run the system. It asks every service for its own part and puts the answers side by side; one that
// does not answer is an alert itself. Nothing here is personal data: the services mask what they show.
const PARTS = ["users", "imports", "mails", "organizations"];
const EVERY = 3000;
/** @type {(id: string) => any} what the page has by this id */
const byId = (id) => document.getElementById(id);
const chosen = new Set();
// For whom this page is: what another person's session would answer is not shown here, nor done in that name.
let account;

async function ask(path, method = "GET", body) {
	const headers = { Accept: "application/json" };
	if (method !== "GET") headers["X-Rollcall-CSRF"] = "1";
	if (account) headers["X-Rollcall-Account"] = account;
	if (body) headers["Content-Type"] = "application/json";
	const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(5000) });
	if (answer.status === 401) {
		location.assign("/login?returnTo=/operations/");
		throw new Error("signed out");
	}
	const content = await answer.json().catch(() => ({}));
	if (content.code === "another-account") location.reload();
	if (!answer.ok) throw Object.assign(new Error(content.detail ?? `Answer ${answer.status}`), { status: answer.status });
	return content;
}

function element(name, text, attributes = {}) {
	const made = document.createElement(name);
	if (text !== undefined) made.textContent = text;
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
	return made;
}

function row(...cells) {
	const made = element("tr");
	made.append(...cells.map((cell) => (cell instanceof Node ? cell : element("td", cell ?? ""))));
	return made;
}

function cell(content, attributes) {
	const made = element("td", undefined, attributes);
	made.append(content);
	return made;
}

const when = (time) => (time ? new Date(time).toLocaleString() : "");

function ago(time) {
	if (!time) return "";
	const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1000));
	return seconds < 120 ? `${seconds} s` : seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

async function pipelines() {
	return Promise.all(
		PARTS.map((part) =>
			ask(`/api/operations/${part}/pipeline`).catch((failure) => ({
				part,
				consumers: [],
				parts: {},
				letters: [],
				alerts: [
					failure.status === 403
						? { code: "not-allowed", summary: "You are not allowed to operate the system here." }
						: { code: "service-away", summary: `The service of ${part} does not answer.` },
				],
			})),
		),
	);
}

function showAlerts(states) {
	const alerts = states.flatMap((state) => state.alerts);
	const items = alerts.map((alert) => {
		const item = element("li", undefined, { class: "alarm", "data-code": alert.code });
		item.append(element("b", alert.summary), alert.since ? ` For ${ago(alert.since)}.` : "");
		return item;
	});
	byId("alerts").replaceChildren(...(items.length ? items : [element("li", "Nothing to look at.")]));
	document.title = items.length ? `(${items.length}) Operations · Rollcall` : "Operations · Rollcall";
}

function showStreams(states) {
	byId("streams").replaceChildren(
		...states
			.flatMap((state) => state.consumers)
			.map((consumer) =>
				row(
					consumer.group,
					consumer.topic,
					element("td", consumer.lag.toLocaleString(), { class: "number" }),
					ago(consumer.idleSince),
					element("td", consumer.deadLetters.toLocaleString(), { class: "number" }),
					ago(consumer.oldestDeadLetter),
				),
			),
	);
}

const WORDS = {
	openImports: "Imports open",
	rowsWaiting: "Rows waiting",
	rowsInFlight: "Rows on their way",
	events: "Events",
	oldest: "Oldest",
	open: "Mailings open",
	mailServer: "Mail server",
	paused: "Paused",
};
const SWITCHES = { dispatch: "/api/operations/imports/dispatch", mails: "/api/operations/mails" };

function showParts(states) {
	byId("parts").replaceChildren(
		...states
			.flatMap((state) => Object.entries(state.parts))
			.map(([name, figures]) => {
				const card = element("article");
				const list = element("dl");
				for (const [key, word] of Object.entries(WORDS)) {
					if (!(key in figures)) continue;
					const value = figures[key];
					list.append(
						element("dt", word),
						element("dd", key === "oldest" ? ago(value) || "–" : typeof value === "boolean" ? (value ? "yes" : "no") : String(value)),
					);
				}
				card.append(element("h3", name[0].toUpperCase() + name.slice(1)), list);
				if (name in SWITCHES) {
					const turn = element("button", `${figures.paused ? "Resume" : "Pause"} ${name}`, { type: "button" });
					turn.addEventListener("click", async () => {
						turn.disabled = true;
						await ask(`${SWITCHES[name]}/${figures.paused ? "resume" : "pause"}`, "POST").catch((failure) => say(failure.message));
						look();
					});
					card.append(turn);
				}
				return card;
			}),
	);
}

async function lists(kind) {
	const pages = await Promise.all(
		PARTS.map((part) =>
			ask(`/api/operations/${part}/${kind}?size=200`).then(
				(page) => page.items.map((item) => ({ ...item, part })),
				() => [],
			),
		),
	);
	return pages.flat();
}

function showLetters(letters) {
	const known = new Set(letters.map((letter) => letter.id));
	for (const id of chosen.keys()) if (!known.has(id)) chosen.delete(id);
	byId("letters").replaceChildren(
		...letters.map((letter) => {
			const box = element("input", undefined, {
				type: "checkbox",
				"aria-label": `Choose ${letter.origin}`,
				"data-id": letter.id,
				"data-part": letter.part,
			});
			box.checked = chosen.has(letter.id);
			box.addEventListener("change", () => (box.checked ? chosen.add(letter.id) : chosen.delete(letter.id)));
			const open = element("button", "Show", { type: "button", "aria-label": `Show ${letter.origin}` });
			open.addEventListener("click", () => show(letter));
			return row(cell(box), when(letter.at), letter.origin, letter.type, letter.cause.split(".").pop(), letter.traceId, cell(open));
		}),
	);
}

async function show(letter) {
	const opened = await ask(`/api/operations/${letter.part}/dead-letters/${encodeURIComponent(letter.id)}`).catch(
		(failure) => failure.message,
	);
	byId("body").textContent = typeof opened === "string" ? opened : JSON.stringify(opened, null, 2);
	byId("letter").showModal();
}

function say(text) {
	byId("outcome").textContent = text;
}

async function settle(what) {
	const boxes = [...document.querySelectorAll("#letters input:checked")];
	const outcomes = {};
	for (const part of PARTS) {
		const ids = boxes.filter((box) => box.dataset.part === part).map((box) => box.dataset.id);
		if (!ids.length) continue;
		try {
			const { results } = await ask(`/api/operations/${part}/dead-letters/${what}`, "POST", { ids });
			for (const result of results) outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
		} catch (failure) {
			outcomes[failure.message] = ids.length;
		}
	}
	chosen.clear();
	say(
		Object.entries(outcomes)
			.map(([outcome, count]) => `${count} ${outcome}`)
			.join(", ") || "Choose dead letters first.",
	);
	look();
}

let looking = false;
async function look() {
	if (looking) return;
	looking = true;
	try {
		account ??= await ask("/api/me").then(
			(me) => me.id,
			() => undefined,
		);
		const [states, letters, settled] = await Promise.all([pipelines(), lists("dead-letters"), lists("dead-letters/settlements")]);
		showAlerts(states);
		showStreams(states);
		showParts(states);
		if (!document.activeElement?.closest("#letters")) showLetters(letters.sort((a, b) => a.at.localeCompare(b.at)));
		byId("settled").replaceChildren(
			...settled
				.sort((a, b) => b.at.localeCompare(a.at))
				.slice(0, 200)
				.map((entry) =>
					row(when(entry.at), entry.action + (entry.doneAt ? "" : " (asked)"), entry.by, entry.origin, entry.cause.split(".").pop()),
				),
		);
		byId("seen").textContent = `Seen ${new Date().toLocaleTimeString()}`;
	} finally {
		looking = false;
	}
}

byId("replay").addEventListener("click", () => settle("replays"));
byId("discard").addEventListener("click", () => settle("discards"));
byId("all").addEventListener("change", (event) => {
	for (const box of document.querySelectorAll("#letters input")) {
		box.checked = event.currentTarget.checked;
		box.dispatchEvent(new Event("change"));
	}
});
look();
setInterval(look, EVERY);
