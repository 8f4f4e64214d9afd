package io.rollcall.acceptance.browser;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Imports.ImportState;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** One messy file to its end: corrected in the sheet of its preview, applied as a whole and once, whatever comes in between. */
@Tag("long")
@InBrowser
class BrowserCorrectionsIT {
	private static final String COORDINATOR = "corrects@agawam.example";
	private static final RunningSystem SYSTEM = RunningSystem.shared();
	/** More would not be "a few decisions" any more. */
	private static final int MOST_ACTIONS = 12;
	private static final Pattern DRAFT = Pattern.compile("/draft$");

	private Visitor visitor;

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(COORDINATOR, "Cora", "Rect", COORDINATOR, "DTC", MessyList.DISTRICT));
	}

	@BeforeEach
	void signIn() {
		visitor = signedIn();
	}

	private static Visitor signedIn() {
		Visitor visitor = Visitor.at(SYSTEM.portal());
		Staff.signIn(visitor, COORDINATOR, Staff.OWN_PASSWORD);
		visitor.seesHeading("Welcome, Cora Rect");
		return visitor;
	}

	@AfterEach
	void leave() {
		assertThat(visitor.complaints()).isEmpty();
		visitor.close();
	}

	@Test
	void aMessyListOf150IsMendedInAFewDecisionsAndAppliedAsOneImport() {
		var list = new MessyList("messy");
		Sheet sheet = Sheet.preview(visitor, "messy.csv", list.file());
		visitor.seesHeading(MessyList.FAULTS + " records to correct");
		Screen.check(visitor, "correct-records");

		sheet.fixAll();
		assertThat(sheet.head(MessyList.first(0))).containsText("Corrected");
		sheet.chooseRole(MessyList.UNKNOWN_ROLE, "TA");
		sheet.fixAll("Role \"XX\" → TA");
		sheet.type(MessyList.NO_LAST_NAME, "Lname", "Mended");
		sheet.awaitReady(MessyList.RECORDS);
		Screen.check(visitor, "corrected-records");
		String applied = sheet.apply();

		assertThat(sheet.actions()).isLessThanOrEqualTo(MOST_ACTIONS);
		assertThat(visitor.dialog("File uploaded"))
				.containsText(MessyList.RECORDS + " user(s) have been successfully uploaded.");
		visitor.click("Close");
		visitor.page().getByText(MessyList.FAULTS + " records were applied as corrected").click();
		visitor.sees("by " + COORDINATOR);
		Screen.check(visitor, "applied-as-corrected");
		assertApplied(list, applied);
	}

	@Test
	void noCorrectionIsLostByAnEndedSessionAReloadOrAnotherDeviceAndNoneIsAppliedTwice() {
		var list = new MessyList("carried");
		Sheet sheet = Sheet.preview(visitor, "carried.csv", list.file());
		sheet.fixAll("Restore the zeros in 5 records");
		sheet.awaitSaved();

		// The session ends: the correction waits on the page until it is gone on with in another tab.
		visitor.context().clearCookies();
		sheet.chooseRole(MessyList.UNKNOWN_ROLE, "TA");
		visitor.dialog("Your session has ended");
		Page first = visitor.page();
		visitor.goOnIn(visitor.context().waitForPage(() -> visitor.click("Sign In")));
		visitor.fill("Username", COORDINATOR);
		visitor.fill("Password", Staff.OWN_PASSWORD);
		visitor.click("Sign In");
		visitor.seesHeading("You are signed in again");
		visitor.page().close();
		visitor.goOnIn(first);
		assertThat(first.getByRole(AriaRole.DIALOG)).hasCount(0);
		sheet.awaitSaved();

		// Nothing can be reached: it is shown as unsaved, and survives a reload.
		visitor.page().route(DRAFT, BrowserCorrectionsIT::failWhatChanges);
		sheet.type(MessyList.NO_LAST_NAME, "Lname", "Mended");
		visitor.sees("Not saved yet: 1 record");
		assertThat(sheet.head(MessyList.NO_LAST_NAME)).containsText("not saved yet");
		visitor.page().reload();
		assertThat(sheet.cell(MessyList.NO_LAST_NAME, "Lname")).containsText("Mended");
		visitor.page().unroute(DRAFT);
		sheet.awaitSaved();

		// Another device goes on where the first was, and applies.
		String applied;
		try (Visitor elsewhere = signedIn()) {
			Sheet there = Sheet.open(elsewhere, sheet.id());
			assertThat(elsewhere.page().locator("correction-grid [data-corrected]")).hasCount(7);
			there.fixAll("Role \"XX\" → TA");
			there.fixAll();
			there.awaitReady(MessyList.RECORDS);
			applied = there.apply();
			elsewhere.dialog("File uploaded");
			assertThat(elsewhere.complaints()).isEmpty();
		}

		// The first window applies what it still shows: it is the same import.
		visitor.page().reload();
		visitor.sees("This preview has been applied");
		assertApplied(list, applied);
	}

	private static void failWhatChanges(Route route) {
		if (route.request().method().equals("PATCH")) {
			route.abort();
		} else {
			route.resume();
		}
	}

	/** Every record once, in one import. */
	private static void assertApplied(MessyList list, String id) {
		ImportState state = SYSTEM.imports().awaitCompleted(id);
		assertThat(state.total()).isEqualTo(MessyList.RECORDS);
		assertThat(state.created()).isEqualTo(MessyList.RECORDS);
		JsonNode found = Imports.json(SYSTEM.imports().get("/api/users?size=1&search=" + list.prefix() + "."));
		assertThat(found.path("totalItems").asInt()).isEqualTo(MessyList.RECORDS);
		JsonNode history = Imports
				.json(SYSTEM.imports().get("/api/imports?dryRun=false&search=" + list.prefix() + ".csv"));
		assertThat(history.path("totalItems").asInt()).isEqualTo(1);
	}

	/** What is open stays on the import, and the error file holds the rest. */
	@Test
	void whatAnAppliedFileLeftOpenIsCorrectedOnTheSameImport() throws Exception {
		String file = Sheet.HEADER + row("open.one", "TA") + row("open.two", "Nobody") + row("open.three", "Nothing")
				+ row("open.four", "TA");
		String id = Sheet.upload(visitor, "open.csv", file, false);
		Sheet sheet = Sheet.open(visitor, id);
		visitor.seesHeading("2 records to correct");
		sheet.chooseRole(2, "TA");
		assertThat(sheet.head(2)).containsText("Corrected, not applied yet");
		Screen.check(visitor, "correct-what-is-open");

		visitor.click("Apply Corrected Records");
		visitor.dialog("Apply the corrected records?");
		visitor.click("Apply");

		visitor.dialog("File uploaded");
		visitor.click("Close");
		visitor.sees("1 of the 2 rejected records has been corrected and applied since. 1 is still open.");
		assertThat(sheet.id()).isEqualTo(id);
		visitor.page().reload();
		visitor.seesHeading("1 record to correct");
		String errors = Files.readString(visitor.download(() -> visitor.click("Download records with errors")),
				StandardCharsets.UTF_8);
		assertThat(errors).contains("open.three").doesNotContain("open.four");
	}

	@Test
	void whatIsCorrectedAndWhatIsWrongNeverStandTogether() {
		Sheet sheet = Sheet.preview(visitor, "live.csv",
				Sheet.HEADER + row("live.one", "Nobody") + row("live.two", "TA"));
		Locator role = sheet.cell(1, "Role");
		assertThat(role).hasAttribute("aria-invalid", "true");
		assertThat(role).containsText("Invalid role");
		sheet.chooseRole(1, "STC");
		assertThat(sheet.head(1)).containsText("Corrected");
		assertThat(role).not().containsText("Invalid role");

		// As one types; and with the record of the same username.
		sheet.cell(1, "Lname").click();
		visitor.page().keyboard().type("x");
		assertThat(sheet.cell(1, "Lname")).containsText("Last names must be 2-25 characters long");
		visitor.page().keyboard().type("y");
		assertThat(sheet.cell(1, "Lname")).not().containsText("Last names must be 2-25 characters long");
		visitor.page().keyboard().press("Escape");
		visitor.page().getByLabel("Show").selectOption("all");
		sheet.type(2, "Username", "live.one@agawam.example");
		assertThat(sheet.cell(2, "Username")).containsText("User exists with same username");
		assertThat(sheet.head(2)).containsText("Still to correct");
		assertThat(sheet.head(2)).not().containsText("Corrected");
	}

	/** WCAG 2.1.1, 2.4.3: every cell, every key, and the way out. */
	@Test
	void theSheetIsWorkedByTheKeyboardAlone() {
		Sheet sheet = Sheet.preview(visitor, "keys.csv",
				Sheet.HEADER + row("keys.one", "Nobody") + row("keys.two", "Nobody")
						+ row("keys.three", "Nobody") + row("keys.four", "TA").replace(MessyList.SCHOOL, "nowhere"));
		Keyboard keys = visitor.page().keyboard();
		for (int i = 0; i < 60 && !isFocused("gridcell"); i++)
			keys.press("Tab");
		assertFocused(sheet.cell(1, "Username"));
		for (int i = 0; i < 4; i++)
			keys.press("ArrowRight");
		assertFocused(sheet.cell(1, "Role"));

		// A letter opens the list at the role that begins so; Enter goes on below.
		keys.press("s");
		keys.press("Enter");
		assertThat(sheet.cell(1, "Role")).containsText("School Test Coordinator");
		assertFocused(sheet.cell(2, "Role"));
		keys.press("F2");
		keys.press("Escape");
		assertFocused(sheet.cell(2, "Role"));
		assertThat(sheet.cell(2, "Role")).containsText("Invalid role");

		// A column from the clipboard, taken back and done again as one.
		paste("TA\r\nRAO\r\n");
		assertThat(sheet.cell(2, "Role")).containsText("Test Administrator");
		assertThat(sheet.cell(3, "Role")).containsText("Reports Access Only");
		keys.press("Control+z");
		assertThat(sheet.cell(3, "Role")).containsText("Nobody");
		assertThat(sheet.cell(2, "Role")).containsText("Nobody");
		keys.press("Control+y");
		assertThat(sheet.cell(3, "Role")).containsText("Reports Access Only");

		// Organizations by the picker.
		keys.press("Control+ArrowDown");
		keys.press("ArrowRight");
		assertFocused(sheet.cell(4, "Org"));
		keys.press("Enter");
		visitor.dialog("Organizations of record 4");
		assertThat(visitor.page().getByLabel("Search organizations")).isFocused();
		Screen.check(visitor, "choose-organizations");
		keys.type("Doering");
		visitor.page().getByText("1 organization", new Page.GetByTextOptions().setExact(true)).waitFor();
		keys.press("ArrowDown");
		keys.press("Space");
		keys.press("Escape");
		for (int i = 0; i < 6
				&& !visitor.page().evaluate("() => document.activeElement.textContent").equals("Use"); i++) {
			keys.press("Tab");
		}
		keys.press("Enter");
		assertThat(sheet.cell(4, "Org")).containsText("Roberta G. Doering School");
		assertFocused(sheet.cell(4, "Org"));
		sheet.awaitReady(4);

		// Tab goes right, and at the end of the row out of the sheet.
		for (int i = 0; i < 5; i++)
			keys.press("Tab");
		assertThat(isFocused("gridcell")).isFalse();
	}

	private boolean isFocused(String role) {
		return (Boolean) visitor.page().evaluate("role => document.activeElement.getAttribute('role') === role", role);
	}

	private static void assertFocused(Locator cell) {
		assertThat(cell).isFocused();
	}

	private void paste(String text) {
		visitor.page().evaluate(
				"""
						text => {
							const clipboardData = new DataTransfer();
							clipboardData.setData('text/plain', text);
							document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
						}""",
				text);
	}

	/** 375 CSS pixels: the head of each record stays in view, and the page itself does not scroll sideways. */
	@Test
	void onAPhoneTheSheetScrollsUnderItsFirstColumn() {
		Sheet sheet = Sheet.preview(visitor, "phone.csv",
				Sheet.HEADER + row("phone.one", "Nobody") + row("phone.two", "TA"));
		visitor.page().setViewportSize(375, 740);
		sheet.cell(1, "Role").click();
		assertThat((Integer) visitor.page().evaluate("() => document.documentElement.scrollWidth"))
				.isLessThanOrEqualTo(375);
		assertThat(sheet.head(1)).isInViewport();
		assertThat(sheet.cell(1, "Role")).isInViewport();
		Screen.check(visitor, "correct-records-375");
	}

	/** Two hundred records, all of them in the sheet. */
	@Test
	void aKeyTakesTheMainThreadNoLongerThan50Milliseconds() {
		var file = new StringBuilder(Sheet.HEADER);
		for (int i = 1; i <= 200; i++)
			file.append(row("many." + i, i % 2 == 0 ? "TA" : "Nobody"));
		Sheet sheet = Sheet.preview(visitor, "many.csv", file.toString());
		visitor.page().getByLabel("Show").selectOption("all");
		assertThat(sheet.line(200)).isVisible();
		sheet.cell(100, "Lname").click();
		Keyboard keys = visitor.page().keyboard();
		Browser browser = Chromium.shared();
		browser.startTracing(visitor.page(),
				new Browser.StartTracingOptions().setCategories(List.of("toplevel", "__metadata")));
		for (int i = 0; i < 20; i++) {
			keys.type("abc");
			keys.press(i % 2 == 0 ? "Enter" : "Tab");
		}
		sheet.awaitSaved();
		assertThat(longestTask(browser.stopTracing())).isLessThanOrEqualTo(50);
	}

	/** Milliseconds of a page's main thread, those alone in which it had the processor: another build beside it is none of its work. */
	private static double longestTask(byte[] trace) {
		List<JsonNode> events = JsonMapper.shared().readTree(trace).path("traceEvents").valueStream().toList();
		Set<String> mains = events.stream().filter(it -> it.path("name").asString("").equals("thread_name"))
				.filter(it -> it.path("args").path("name").asString("").equals("CrRendererMain"))
				.map(BrowserCorrectionsIT::thread).collect(Collectors.toSet());
		return events.stream().filter(it -> it.path("name").asString("").endsWith("RunTask"))
				.filter(it -> mains.contains(thread(it))).mapToDouble(it -> it.path("tdur").asDouble(0)).max()
				.orElseThrow() / 1000;
	}

	private static String thread(JsonNode event) {
		return event.path("pid") + "/" + event.path("tid");
	}

	private static String row(String name, String role) {
		String username = name + "@agawam.example";
		return username + ",Kim,Number," + username + "," + role + "," + MessyList.SCHOOL + ",,,,\r\n";
	}
}
