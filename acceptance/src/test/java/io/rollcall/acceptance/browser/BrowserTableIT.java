package io.rollcall.acceptance.browser;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What is no upload file is read as a table: offered after the guide's refusal, looked at, previewed, and never uploaded unseen. */
@Tag("long")
@InBrowser
class BrowserTableIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();
	private static final String COORDINATOR = "tables@worcester.example";
	private static final String SCHOOL = "03480000-03480512";
	private static final String NOT_CSV = "The uploaded file is not in the expected .CSV format. Please update the file and try again.";
	/** As Gnumeric saved it: a title above, whole names in one column, dates that are for nobody, nine people. */
	private static final String WORKBOOK = "017.xlsx";
	private static final Pattern READ_AS_A_TABLE = Pattern.compile("^read (it )?as a table", Pattern.CASE_INSENSITIVE);
	private static final int PHONE = 375;

	private Visitor visitor;

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(COORDINATOR, "Tab", "Ular", COORDINATOR, "DTC", "03480000"));
	}

	@BeforeEach
	void signIn() {
		visitor = Visitor.at(SYSTEM.portal());
		Staff.signIn(visitor, COORDINATOR, Staff.OWN_PASSWORD);
		visitor.seesHeading("Welcome, Tab Ular");
		visitor.open("/users/import");
		action().selectOption("Add New Users");
	}

	@AfterEach
	void leave() {
		assertThat(visitor.complaints()).isEmpty();
		visitor.close();
	}

	/** In three actions: Preview, Read It as a Table, Preview. */
	@Test
	void aWorkbookIsRefusedInTheGuidesWordsReadOnTheOfferAndPreviewed() throws IOException {
		choose(WORKBOOK, workbook());
		visitor.click("Preview");
		assertThat(visitor.dialog("The file was not uploaded")).containsText(NOT_CSV);
		Screen.check(visitor, "upload-table-offer");
		offer().click();

		assertThat(heading()).isFocused();
		assertThat(target("Full Name")).hasValue("Fname+Lname");
		assertThat(target("Login")).hasValue("Username");
		assertThat(line("Full Name")).containsText("Siobhán Okafor");
		assertThat(line("Job title")).containsText("RAO");
		assertThat(target("Hire Date")).hasValue("");
		assertThat(summary()).containsText(Pattern.compile("Ignored: Hire Date\\W*$"));
		assertThat(summary()).containsText("9 records");
		visitor.sees("Worcester Public Schools"); // above the names of the columns: skipped, and listed
		assertThat(visitor.named("Upload")).hasCount(0); // there is no way past the preview
		Screen.checkOnAPhoneToo(visitor, "upload-table");
		visitor.click("Preview");

		assertThat(visitor.dialog("Preview")).containsText("Total number of records present in the uploaded file: 9");
		visitor.click("Close");
		Sheet sheet = Sheet.of(visitor);
		sheet.fixAll(); // telephone numbers with dots, a code without its zero
		sheet.awaitReady(9);
		assertThat(count("/api/users?search=ramirez17a")).isZero();
		assertThat(count("/api/imports?dryRun=false&search=" + WORKBOOK)).isZero();
	}

	@Test
	void aColumnThatIsMatchedByHandIsProposedSoTheNextTime() {
		String staff = "Login;Given Name;Surname;E-mail;Status;School;Room\r\n"
				+ row(";", "hand.one", "STC", SCHOOL, "12") + row(";", "hand.two", "RAO", SCHOOL, "14");
		readAsATable("staff.csv", staff.getBytes(UTF_8));
		assertThat(target("Status")).hasValue("");
		assertThat(summary()).containsText("Role"); // which every record needs
		target("Status").selectOption("Role");
		assertThat(summary()).not().containsText("Role");
		assertThat(summary()).containsText(Pattern.compile("Ignored: Room\\W*$"));
		preview(2);
		assertThat(cells("Role")).containsExactly("STC", "RAO");

		visitor.open("/users/import");
		action().selectOption("Add New Users");
		readAsATable("staff-again.csv", staff.getBytes(UTF_8));
		assertThat(target("Status")).hasValue("Role");
		assertThat(line("Status")).containsText("you chose");
		assertThat(target("Room")).hasValue("");
		preview(2);
		assertThat(cells("Role")).containsExactly("STC", "RAO");
	}

	@Test
	void cellsOfASpreadsheetArePastedAndAppliedFromTheirPreviewAlone() {
		visitor.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
		visitor.page().evaluate("cells => navigator.clipboard.writeText(cells)",
				"Login\tFirst\tLast\tE-mail\tPosition\tSchool\n" + row("\t", "pasted.one", "TA", SCHOOL)
						+ row("\t", "pasted.two", "TA", SCHOOL));
		visitor.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Paste")))
				.click();
		assertThat(visitor.page().getByRole(AriaRole.TEXTBOX)).isFocused();
		visitor.page().keyboard().press("Control+V");

		assertThat(heading()).isFocused();
		assertThat(target("Position")).hasValue("Role");
		preview(2);
		assertThat(count("/api/users?search=pasted.")).isZero();
		visitor.click("Apply These Changes");
		visitor.dialog("Apply these changes?");
		visitor.click("Apply");
		assertThat(visitor.dialog("File uploaded")).containsText("2 user(s) have been successfully uploaded.");
		assertThat(count("/api/users?search=pasted.")).isEqualTo(2);
	}

	/** WCAG 2.1.1, 2.4.3: from the file to its preview. What goes where another column went takes its place, and says so. */
	@Test
	void aTableIsMatchedByTheKeyboardAlone() {
		Keyboard keys = visitor.page().keyboard();
		BrowserKeyboardIT.goTo(visitor, "Choose File");
		visitor.choose(() -> keys.press("Enter"), payload("keys.tsv",
				("Login\tFirst\tLast\tE-mail\tRole\tSchool\tWork Phone\tCell Phone\n"
						+ row("\t", "keys.one", "TA", SCHOOL, "508-555-0101", "508-555-0102")).getBytes(UTF_8)));
		BrowserKeyboardIT.goTo(visitor, "Preview");
		keys.press("Enter");
		assertThat(offer()).isFocused();
		keys.press("Enter");
		assertThat(heading()).isFocused();
		BrowserKeyboardIT.goToId(visitor, target("Cell Phone").getAttribute("id"));
		keys.type("Phone");
		assertThat(target("Cell Phone")).hasValue("Phone");
		assertThat(target("Cell Phone")).isFocused();
		assertThat(target("Work Phone")).hasValue("");
		assertThat(summary()).containsText(Pattern.compile("Ignored: Work Phone\\W*$"));
		Screen.check(visitor, "upload-table-by-hand");
		BrowserKeyboardIT.goTo(visitor, "Preview");
		keys.press("Enter");
		visitor.dialog("Preview");
		keys.press("Enter"); // Close has the focus
		assertThat(cells("Phone")).containsExactly("508-555-0102");
	}

	@Test
	void onAPhoneEveryColumnIsWithinReach() throws IOException {
		Page page = visitor.page();
		page.setViewportSize(PHONE, 740);
		readAsATable(WORKBOOK, workbook());
		assertThat(target("Hire Date")).isVisible();
		Screen.isWithinReach(visitor);
		Screen.check(visitor, "upload-table-375");
		preview(9);
	}

	@Test
	void whatCannotBeReadSaysSoAndTakesNothingAway() throws IOException {
		choose("torn.xlsx", Arrays.copyOf(workbook(), workbook().length / 2));
		visitor.click("Preview");
		offer().click();
		assertThat(visitor.dialog("The file cannot be read as a table")).containsText("The workbook cannot be read");
		assertThat(offer()).hasCount(0); // it would be the same again
		Screen.check(visitor, "upload-table-refused");
		visitor.click("Close");
		assertThat(action()).hasValue("add");
		assertThat(visitor.page().locator("#file-name")).containsText("torn.xlsx");
		assertThat(count("/api/imports?search=torn.xlsx")).isZero();

		// Nor does a line that is not there take away what was chosen by hand.
		readAsATable("whole.tsv", ("Login\tFirst\tLast\tE-mail\tRole\tSchool\tRemark\n"
				+ row("\t", "whole.one", "TA", SCHOOL, "508-555-0103")).getBytes(UTF_8));
		target("Remark").selectOption("Fax");
		Locator named = visitor.page().getByRole(AriaRole.SPINBUTTON);
		named.fill("99");
		named.press("Tab");
		assertThat(visitor.page().getByRole(AriaRole.DIALOG)).containsText("no line 99");
		visitor.click("Close");
		assertThat(named).hasValue("1");
		assertThat(target("Remark")).hasValue("Fax");
		preview(1);
		assertThat(cells("Fax")).containsExactly("508-555-0103");
	}

	private void choose(String name, byte[] content) {
		visitor.choose(() -> visitor.click("Choose File"), payload(name, content));
	}

	private static FilePayload payload(String name, byte[] content) {
		return new FilePayload(name, "application/octet-stream", content);
	}

	private void readAsATable(String name, byte[] content) {
		choose(name, content);
		visitor.click("Preview");
		offer().click();
		assertThat(heading()).isFocused();
	}

	private void preview(int records) {
		visitor.click("Preview");
		assertThat(visitor.dialog("Preview"))
				.containsText("Total number of records present in the uploaded file: " + records);
		visitor.click("Close");
	}

	private Locator action() {
		return visitor.page().getByLabel("Choose An Action");
	}

	private Locator offer() {
		return visitor.page().getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON,
				new Locator.GetByRoleOptions().setName(READ_AS_A_TABLE));
	}

	private Locator heading() {
		return visitor.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(READ_AS_A_TABLE));
	}

	private Locator target(String title) {
		return visitor.page().getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(title).setExact(true));
	}

	private Locator line(String title) {
		return visitor.page().getByRole(AriaRole.ROW)
				.filter(new Locator.FilterOptions().setHas(target(title)));
	}

	private Locator summary() {
		return visitor.page().locator("table-step").getByRole(AriaRole.STATUS);
	}

	/** What the import that is on the page has in a column. */
	private List<String> cells(String column) {
		String id = Sheet.of(visitor).id();
		return Imports.json(SYSTEM.imports().get("/api/imports/" + id + "/rows?size=200")).path("items").valueStream()
				.map(row -> row.path("cells").path(column).asString()).toList();
	}

	private static int count(String path) {
		return Imports.json(SYSTEM.imports().get(path)).path("totalItems").asInt();
	}

	private static String row(String separator, String name, String... cells) {
		String username = name + "@worcester.example";
		return String.join(separator,
				Stream.concat(Stream.of(username, "Kim", "Number", username), Stream.of(cells)).toList()) + "\n";
	}

	private static byte[] workbook() throws IOException {
		try (var file = BrowserTableIT.class.getResourceAsStream("/tables/" + WORKBOOK)) {
			return Objects.requireNonNull(file).readAllBytes();
		}
	}
}
