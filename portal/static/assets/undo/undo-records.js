import { changesInWords } from "../imports/changes.js";
import { codesOf } from "../imports/grid-row.js";
import { readAll } from "../imports/loading.js";
import { organizations, organizationTitle } from "../session.js";
import { breakable } from "../ui/breakable.js";
import { counted } from "../ui/dates.js";
import { Element } from "../ui/element.js";
import { failure, tryAgain } from "../ui/failure.js";
import { html, live, nothing } from "../ui/html.js";
import { sitesInWords } from "../users/credentials.js";
import { folded, ofList, personColumns, section, table } from "../users/people-table.js";
import { addressBack, sorted } from "./undos.js";

/**
 * What became of each record of an undo, or would: what goes back, what stays and why. Properties: <code>selection</code>, of the accounts that
 * are to be deactivated though they were used, where that is still to be said; <code>undo</code>, which is completed. Fires "read" with the
 * rows, and "choose".
 */
class UndoRecords extends Element {
	/** @type {import("../users/selection.js").Selection | undefined} */
	selection;
	/** @type {any} */
	#undo;
	/** @type {import("./undos.js").UndoneRow[] | undefined} */
	#rows;
	/** Names of organizations by code. */
	#names = new Map();
	#problem;
	#request;

	connectedCallback() {
		super.connectedCallback();
		document.addEventListener("portal:retry", () => this.#problem && this.#load(), { signal: this.gone });
	}

	disconnectedCallback() {
		super.disconnectedCallback();
		this.#request?.abort();
	}

	/** Set last: it draws. */
	set undo(it) {
		if (this.#undo?.id === it.id) return;
		this.#undo = it;
		this.#rows = undefined;
		this.#load();
	}

	async #load() {
		this.#request?.abort(); // an older answer must not come over a newer one
		const { signal } = this.#request = new AbortController();
		this.#problem = undefined;
		this.update();
		try {
			const rows = await readAll(this.#undo.id, { signal });
			const names = await organizations(codesIn(rows)).catch(() => new Map());
			if (signal.aborted) return;
			this.#names = new Map([...names].map(([code, it]) => [code, organizationTitle(it)]));
			this.#rows = rows.map((row) => ({ ...row, id: row.undoes, username: row.cells.Username ?? "" }));
			this.dispatchEvent(new CustomEvent("read", { detail: rows }));
		} catch (problem) {
			if (signal.aborted) return;
			this.#problem = problem;
		}
		this.update();
	}

	template() {
		if (this.#problem) return failure(this.#problem, tryAgain(this.#problem, () => this.#load()));
		if (!this.#undo) return nothing;
		if (!this.#rows) return html`<div class="placeholder" role="status"><span class="visually-hidden">Loading the records</span></div>`;
		const { back, deactivated, used, kept, rejected, same, mailed } = sorted(this.#rows);
		const words = groups(this.#undo.dryRun, (code) => this.#names.get(code));
		return html`
			${section("back", words.back, back)}
			${section("deactivated", words.deactivated, deactivated)}
			${section("used", words.used, used, this.selection ? this.#choice(words.used, used) : undefined)}
			${section("kept", words.kept, kept)}
			${section("rejected", words.rejected, rejected)}
			${this.#mails(words.mailed, mailed)}
			${folded(words.same, same)}`;
	}

	/** How many there are is the server's to say. */
	#mails({ columns }, mailed) {
		const { dryRun, deactivated } = this.#undo;
		const mails = this.#undo.mails - deactivated; // each of whom is told, with the others of that group
		if (mails <= 0) return nothing;
		const title = `${counted(mails, "Email")}${dryRun ? " to Send" : ""}`;
		return html`
			<section class="card" aria-labelledby="mailed-heading">
				<h2 id="mailed-heading">${title}</h2>
				<p>${dryRun ? "They will be sent" : "They were sent"} because these users get another email address.</p>${table({ title, columns }, mailed)}
			</section>`;
	}

	#choice({ title, columns }, used) {
		const { selection } = this;
		return html`
			<div class="button-row">
				<label class="check"><input type="checkbox" .checked=${live(selection.hasPage(used))}
					@change=${(event) => {
						selection.choosePage(used, event.target.checked);
						this.#chosen();
					}}> Select all ${used.length.toLocaleString("en-US")}</label>
				<p role="status">${counted(selection.count(0), "account")} selected</p>
			</div>
			<people-table .caption=${title} .columns=${columns} .selection=${selection} .rows=${used} @choose=${() => this.#chosen()}></people-table>`;
	}

	#chosen() {
		this.update();
		this.dispatchEvent(new CustomEvent("choose"));
	}
}

const codesIn = (rows) => [...new Set(rows.flatMap(({ cells, changes }) => [cells.Org ?? "",
	...changes.filter((it) => it.field === "organizations").flatMap((it) => [it.before, it.after])]).flatMap(codesOf))];

/**
 * What each group is, before and after the undo.
 *
 * @param {boolean} dryRun
 * @param {import("../users/people-table.js").NameOf} nameOf
 * @returns {Record<string, import("../users/people-table.js").Group>}
 */
function groups(dryRun, nameOf) {
	const person = personColumns(ofList, nameOf);
	const who = {
		Record: (row) => row.undoes,
		Name: person.Name,
		Username: (row) => (row.userId ? html`<a href="/users/${row.userId}">${breakable(row.username)}</a>` : breakable(row.username)),
	};
	const columns = (more) => Object.entries({ ...who, ...more });
	const Reason = ({ notes }) => html`<ul class="plain-list">${notes.map((it) => html`<li>${it.message}</li>`)}</ul>`;
	const { Role, Organization } = person;
	return {
		back: {
			title: dryRun ? "Change Back" : "Changed Back",
			words: dryRun ? "These fields get back the value that they had before the import." : "These fields have the values again that they had before the import.",
			columns: columns({ Changes: ({ changes }) => changesInWords(changes, nameOf) }),
		},
		deactivated: {
			title: dryRun ? "Deactivate" : "Deactivated",
			words: dryRun
				? "The import created these user accounts. Their people are told by email. Emails with passwords that have not gone out yet will not be sent."
				: "The import had created these user accounts. Their people were told by email. Emails with passwords that had not gone out yet were not sent.",
			columns: columns({ Role, Organization }),
		},
		used: {
			title: dryRun ? "Used Since" : "Kept Because They Were Used",
			words: dryRun
				? "The import created these user accounts, and somebody has signed in to them. They stay active unless you select them here."
				: "The import had created these user accounts, and somebody had signed in to them. They stayed active.",
			columns: columns({ Role, Organization }),
		},
		kept: {
			title: dryRun ? "Keep" : "Kept",
			words: dryRun ? "This will stay as it is." : "This stayed as it was.",
			columns: columns({ Reason }),
		},
		rejected: {
			title: dryRun ? "Cannot Be Undone" : "Not Undone",
			words: dryRun ? "These user accounts will stay as they are." : "These user accounts stayed as they were.",
			columns: columns({ Reason }),
		},
		same: { title: "Already as Before the Import", words: "", columns: columns({}) },
		mailed: {
			title: "Emails",
			words: "",
			columns: columns({
				"Email Address": (row) => breakable(addressBack(row) ?? ""),
				"New Credentials": ({ credentialsSent }) => (credentialsSent.length ? `for ${sitesInWords(credentialsSent)}` : "none"),
			}),
		},
	};
}

customElements.define("undo-records", UndoRecords);
