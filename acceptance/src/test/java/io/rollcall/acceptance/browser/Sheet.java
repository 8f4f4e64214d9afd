package io.rollcall.acceptance.browser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** A previewed file as somebody corrects it: cells by their record and column. What counts as an action of hers is counted. */
final class Sheet {
	static final String HEADER = "Username,Fname,Lname,Email,Role,Org,Program,Phone,Fax,Address\r\n";
	private static final List<String> COLUMNS = List.of(HEADER.strip().split(","));

	private final Visitor visitor;
	private int actions;

	private Sheet(Visitor visitor) {
		this.visitor = visitor;
	}

	/** The one that is on the page, or comes. */
	static Sheet of(Visitor visitor) {
		return new Sheet(visitor);
	}

	/** Uploads for a preview, by the interface, and opens it. */
	static Sheet preview(Visitor visitor, String name, String content) {
		String id = upload(visitor, name, content, true);
		return open(visitor, id);
	}

	static Sheet open(Visitor visitor, String id) {
		visitor.open("/users/imports/" + id);
		var sheet = new Sheet(visitor);
		assertThat(sheet.grid()).isVisible();
		return sheet;
	}

	/** @return the import, completed */
	static String upload(Visitor visitor, String name, String content, boolean dryRun) {
		APIResponse answer = visitor.context().request().post(RunningSystem.shared().portal() + "/api/imports",
				RequestOptions.create().setHeader("X-Rollcall-CSRF", "1")
						.setMultipart(FormData.create().set("action", "add").set("dryRun", String.valueOf(dryRun)).set(
								"file", new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8)))));
		JsonNode accepted = JsonMapper.shared().readTree(answer.text());
		String id = accepted.path("id").asString();
		RunningSystem.shared().imports().awaitCompleted(id);
		return id;
	}

	Locator grid() {
		return visitor.page().getByRole(AriaRole.GRID, new Page.GetByRoleOptions().setName("Records of the file"));
	}

	Locator line(int record) {
		return visitor.page().locator("correction-grid tr[data-record='" + record + "']");
	}

	Locator cell(int record, String column) {
		return line(record).getByRole(AriaRole.GRIDCELL).nth(COLUMNS.indexOf(column));
	}

	/** The record's head, with what it is by now. */
	Locator head(int record) {
		return line(record).getByRole(AriaRole.ROWHEADER);
	}

	/** Types over a cell. */
	void type(int record, String column, String value) {
		actions++;
		cell(record, column).click();
		visitor.page().keyboard().type(value);
		visitor.page().keyboard().press("Enter");
	}

	/** Chooses from the list of roles. */
	void chooseRole(int record, String role) {
		actions++;
		cell(record, "Role").click();
		visitor.page().keyboard().press("Enter");
		visitor.page().getByLabel("Role of record " + record).selectOption(role);
		visitor.page().keyboard().press("Enter");
	}

	/** Takes one decision for all records that it is about, having seen them. */
	void fixAll(String beginning) {
		actions++;
		visitor.page().getByRole(AriaRole.BUTTON,
				new Page.GetByRoleOptions().setName(Visitor.beginningWith("Review: " + beginning))).click();
		visitor.click("Correct");
	}

	/** All decisions at once, those among them that are guesses too. */
	void fixAll() {
		actions++;
		visitor.control("Review All").click();
		for (Locator guess : visitor.page().getByRole(AriaRole.DIALOG).locator("input:not(:checked)").all())
			guess.check();
		visitor.click("Correct");
	}

	/** Has the file applied; the address of what applies it is where one is then. */
	String apply() {
		actions++;
		visitor.click("Apply These Changes");
		visitor.dialog("Apply these changes?");
		String preview = id();
		visitor.click("Apply");
		visitor.page().waitForURL(url -> !url.endsWith(preview));
		return id();
	}

	String id() {
		return visitor.page().url().replaceAll(".*/users/imports/([^?/]+).*", "$1");
	}

	void awaitSaved() {
		assertThat(visitor.page().locator(".saved")).hasText("All corrections are saved.");
	}

	void awaitReady(int records) {
		assertThat(visitor.page().locator(".apply-bar"))
				.hasText(Pattern.compile("\\s*" + records + " records ready\\s+Apply These Changes\\s*"));
	}

	int actions() {
		return actions;
	}
}
