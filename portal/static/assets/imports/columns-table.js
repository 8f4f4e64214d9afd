import { roles, session } from "../session.js";
import { html, nothing } from "../ui/html.js";

/** The guide's Table 4 with an example: what the reference data says of a field is the server's, the rest the guide's. */
const WORDS = {
	username: { description: "User's username for logging in to the portal", example: "jane.doe@agawam.example",
		accepted: () => "Up to 50 alpha-numeric characters; this should be the user's email address." },
	firstName: { description: "User's first name", example: "Jane", accepted: () => "Up to 25 characters" },
	lastName: { description: "User's last name", example: "Doe", accepted: () => "Up to 25 characters" },
	email: { description: "User's email address", example: "jane.doe@agawam.example", accepted: () => "Any standard email address" },
	role: { description: "User's role", example: "STC", accepted: () => html`One of the following:
		<ul class="plain-list">${roles().map((role) => html`<li>${role.code} — ${role.title}</li>`)}</ul>
		The abbreviated role will be used in the .CSV file.` },
	organizations: { description: "District Code associated with the district level user; District and School Code associated with the school level user",
		example: "00050000-00055555", accepted: organizations },
	programs: { description: "Programs available for the user", example: "1030|1034", accepted: programs },
	phone: { description: "User's phone number", example: "413-555-0114", accepted: () => "Phone number in xxx-xxx-xxxx format" },
	fax: { description: "User's fax number", example: "413-555-0115", accepted: () => "Fax number in xxx-xxx-xxxx format" },
	address: { description: "User's address", example: "6 Mill Lane, Agawam", accepted: () => "Up to 200 characters" },
};

export function columnsTable() {
	return html`
		<div class="table-holder">
			<table class="stacked columns-table" role="table">
				<caption class="visually-hidden">Columns of the upload file</caption>
				<thead role="rowgroup"><tr role="row">${["Field Name", "Description", "Accepted Values", "Example"].map((title) => html`<th role="columnheader">${title}</th>`)}</tr></thead>
				<tbody role="rowgroup">${session.reference.fields.map(row)}</tbody>
			</table>
		</div>
		<p class="hint">*Required Field. The examples are those of one user, in one row.</p>`;
}

function row({ id, column, required, rules }) {
	const words = WORDS[id];
	return html`<tr role="row">
		<td role="cell"><strong>${column}${required ? "*" : nothing}</strong></td>
		<td role="cell">${words?.description ?? nothing}</td>
		<td role="cell">${words?.accepted() ?? nothing}${rules.length ? html`<p class="hint">Otherwise: ${rules[0].message}</p>` : nothing}</td>
		<td role="cell" data-label="Example">${words?.example ?? nothing}</td>
	</tr>`;
}

function organizations() {
	return html`
		<p>District Test Coordinator, Technology Coordinator (District): Org = District Code. For example: 00050000</p>
		<p>School Test Coordinator, Technology Coordinator (School), Test Administrator (School): Org = District Code - School Code.
			For example: 00050000-00055555</p>
		<p>If a user belongs to multiple organizations, a pipe character (“|”) should be used to separate the organizations. For example:
			00050000-00055555|00050000-00055556</p>
		<p>Note: Schools that do not fall into one of the following categories should enter “00000000” as their district code: Public school,
			Charter school, Public school program, SEIS program, Collaborative program.</p>`;
}

function programs() {
	const offered = session.reference.programs.filter((program) => program.districts.length === 0
		|| program.districts.some((district) => session.me.organizations.includes(district)));
	return html`Blank<ul class="plain-list">${offered.map((program) => html`<li>${program.id} = ${program.name}</li>`)}</ul>
		Note: If this is left blank, the user will be assigned to ${offered.length === 2 ? "both" : "all"} programs`;
}
