import { everything, get, query, save } from "../api.js";
import * as status from "../ui/status.js";

const AT_ONCE = 200;
const COLUMNS = ["Org", "Name", "District", "Town"];

/** What stands in the column Org, as a file: every organization within one's own. */
export async function downloadCodes() {
	try {
		const open = (await everyOrganization()).filter((it) => !it.closed);
		const lines = [COLUMNS, ...open.map((it) => [digits(it.code), it.name, it.parentName ?? "", it.town ?? ""])];
		const name = "organization-codes.csv";
		save(new Blob([`\ufeff${lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("")}`], { type: "text/csv" }), name);
		status.done(`${name} has been downloaded.`);
	} catch (problem) {
		status.failed(problem.message);
	}
}

const everyOrganization = () => everything((page) => get(`/api/organizations?${query({ page, size: AT_ONCE })}`));

/** Spreadsheets take the zeros off what looks like a number, and leave them on this; so copied, it is read as the code. */
const digits = (code) => (/^\d+$/.test(code) ? `="${code}"` : code);

const quoted = (cell) => (/[",]/.test(cell) ? `"${cell.replaceAll("\"", "\"\"")}"` : cell);
