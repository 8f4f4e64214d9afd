import { counted } from "../ui/dates.js";
import { html, live } from "../ui/html.js";
import { pager } from "../ui/pager.js";
import "../ui/pop-up.js";
import { columnChoice } from "./columns.js";
import { viewChoice } from "./views.js";

/**
 * What stands above the table: how many there are, which page, and how one likes to see them.
 *
 * @param {any} list as the interface gives it
 * @param {{active: boolean, isNarrowed: boolean, size: number, sizes: number[], columns: string[], compact: boolean, turn: (page: number) => void,
 *     like: (change: import("./settings.js").Settings) => void, showColumn: (id: string, shown: boolean) => void,
 *     chooseSize: (size: number) => void, saveView: () => void}} how like: remembers it
 */
export function listHead(list, { active, isNarrowed, size, sizes, columns, compact, turn, like, showColumn, chooseSize, saveView }) {
	const what = counted(list.totalItems, active ? "active user" : "deactivated user");
	return html`
		<div class="table-head">
			<p role="status">${isNarrowed ? `${what} found` : what}</p>
			<pop-up .label=${"Views"} .content=${viewChoice({ save: saveView, changed: () => like({}) })}></pop-up>
			<pop-up .label=${"Columns"} .content=${columnChoice(columns, showColumn, () => like({ columns: undefined }))}></pop-up>
			<label class="check hint"><input type="checkbox" .checked=${live(compact)} @change=${(event) => like({ compact: event.target.checked })}> Compact rows</label>
			<label class="page-size hint">Rows
				<select .value=${live(String(size))} @change=${(event) => chooseSize(Number(event.target.value))}>
					${sizes.map((it) => html`<option value=${it} ?selected=${it === size}>${it}</option>`)}
				</select></label>
			${pager(list, turn)}
		</div>`;
}
