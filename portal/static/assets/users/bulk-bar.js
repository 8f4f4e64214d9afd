import { counted } from "../ui/dates.js";
import { tell } from "../ui/dialog.js";
import { html, nothing } from "../ui/html.js";
import { icon } from "../ui/icons.js";

/** Something is done to all that match only where that is no more than this; all of them can be exported however many they are. */
const MOST_OF_ALL = 200;

/**
 * What is chosen in the list, and what can be done to it (guide, V.C).
 *
 * @param {import("./selection.js").Selection} selection
 * @param {{active: boolean, list: any, act: (name: "deactivate" | "reactivate" | "credentials") => void, exportAll: () => void,
 *     selectAll: () => void, changed: () => void, clear: () => void}} how changed: told of what is no longer chosen
 */
export function bulkBar(selection, { active, list, act, exportAll, selectAll, changed, clear }) {
	const { all } = selection;
	const matching = list?.totalItems ?? 0;
	const count = selection.count(matching);
	const may = !all || matching <= MOST_OF_ALL;
	return html`
		<div class="bulk" ?hidden=${count === 0}>
			<p role="status">${count ? `${counted(count, "account")} selected` : nothing}</p>
			<div class="button-row">
				${!may ? nothing : active
					? html`<button type="button" class="button danger" @click=${() => act("deactivate")}>Deactivate</button>`
					: html`<button type="button" class="button primary" @click=${() => act("reactivate")}>Reactivate</button>`}
				<button type="button" class="button" @click=${exportAll}>${icon("download")} Export Users</button>
				${active && may ? html`<button type="button" class="button"
					@click=${() => act("credentials")}>${icon("mail")} Send New Credentials</button>` : nothing}
				${all || count === 0 ? nothing : html`<button type="button" class="button quiet" @click=${() => review(selection, changed)}>Show Selected</button>`}
				<button type="button" class="button quiet" @click=${clear}>Clear Selection</button>
			</div>
			${offerAll(selection, list, selectAll)}
		</div>`;
}

/** After a whole page was chosen, the rest of what matches can be chosen with it. */
function offerAll(selection, list, selectAll) {
	if (selection.all || !list || list.totalPages < 2 || !selection.hasPage(list.items)) return nothing;
	const { totalItems } = list;
	return html`<p class="hint">All accounts of this page are selected. <button type="button" class="link" 
		@click=${selectAll}>Select all ${totalItems.toLocaleString("en-US")} that match${totalItems > MOST_OF_ALL ? ", to export them" : ""}</button></p>`;
}

/** Who is chosen, on whatever page or in whatever search: each can be taken out. */
async function review(selection, changed) {
	const { ofAccount, personColumns } = await import("./people-table.js");
	const { organizations } = await import("../session.js");
	const { accounts } = selection;
	const found = await organizations([...new Set(accounts.flatMap((it) => it.organizations ?? []))]).catch(() => new Map());
	const columns = Object.entries(personColumns(ofAccount, (code) => found.get(code)?.name));
	await tell({
		title: `${counted(accounts.length, "account")} selected`,
		wide: true,
		body: html`<people-table .caption=${"Selected accounts"} .columns=${columns} .selection=${selection} .rows=${accounts} @choose=${changed}></people-table>`,
	});
	changed();
}
