import assert from "node:assert/strict";
import { test } from "node:test";
import { session } from "../static/assets/session.js";
import "./files.js";

const { FIELDS } = await import("../static/assets/fields.js");
const { columnsTable } = await import("../static/assets/imports/columns-table.js");
const { render } = await import("../static/assets/ui/html.js");

test("each field of an account is described, with an example", () => {
	session.me = { id: "1", role: "DTC", organizations: [] };
	session.reference = {
		roles: [{ code: "DTC", title: "District Test Coordinator", levels: ["district"], grants: [] }],
		programs: [],
		fields: Object.keys(FIELDS).map((id) => ({ id, column: id, required: true, rules: [{ message: "Invalid" }] })),
	};
	const page = document.createElement("div");
	render(columnsTable(), page);
	const rows = [...page.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent.trim()));
	assert.equal(rows.length, Object.keys(FIELDS).length);
	for (const cells of rows) assert.ok(cells.length === 4 && cells.every((cell) => cell !== ""), cells.join(" | "));
});
