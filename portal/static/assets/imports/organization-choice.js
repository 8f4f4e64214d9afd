import { organizations, session } from "../session.js";
import { ask } from "../ui/dialog.js";
import { html, nothing } from "../ui/html.js";
import "../ui/organization-picker.js";
import { codesOf } from "./grid-row.js";

/**
 * Chooses the organizations of a record with the picker that forms have.
 *
 * @param {import("./row.js").Row} row
 * @param {AbortSignal} signal when there is nothing to choose for any more
 * @returns {Promise<string | undefined>} as the file writes them; nothing when the choice was given up
 */
export async function chooseOrganizations(row, signal) {
	const value = row.value("Org");
	const known = await organizations(codesOf(value)).catch(() => new Map());
	const role = session.reference.roles.find((it) => it.code === row.value("Role").trim().toUpperCase());
	let chosen = [...known.keys()];
	const sure = await ask({
		title: `Organizations of record ${row.record}`,
		wide: true,
		signal,
		body: html`
			<p>${row.name ? html`<strong>${row.name}</strong>` : nothing}${role ? html` ${role.title}` : nothing}</p>
			${known.size < codesOf(value).length ? html`<p class="hint">The file says: ${value}</p>` : nothing}
			<organization-picker .levels=${role?.levels ?? ["district", "school"]} .selected=${chosen} @choose=${(event) => {
				chosen = event.detail;
			}}></organization-picker>`,
		buttons: [{ label: "Use", value: true, kind: "primary" }, { label: "Cancel", value: false }],
		ready: async () => {
			await Promise.resolve(); // the picker has drawn itself
			document.querySelector("dialog[open] .bar")?.click();
		},
	});
	return sure ? chosen.join("|") : undefined;
}
