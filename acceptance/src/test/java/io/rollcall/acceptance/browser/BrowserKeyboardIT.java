package io.rollcall.acceptance.browser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Without a mouse, in a narrow window, on paper (WCAG 2.2: 2.1.1, 2.4.3, 2.4.7, 1.4.10). */
@Tag("long")
@InBrowser
class BrowserKeyboardIT {
	/** Every address of the menu, and the picture of each on a phone. */
	private static final Map<String, String> SCREENS = Map.of("/", "home", "/users", "users", "/users/new",
			"create-user", "/users/import", "upload-users", "/users/imports", "import-history", "/users/ready", "ready",
			"/users/compare", "compare", "/profile", "profile", "/log-out", "logout", "/downloads", "downloads");
	/** Of a header of one line, in CSS pixels. */
	private static final double ONE_LINE = 72;
	/** What is to be read in empty fields and does not fit into them. */
	private static final String CUT_HINTS = """
			() => [...document.querySelectorAll('[placeholder]')].filter(it => {
				const style = getComputedStyle(it);
				const pen = document.createElement('canvas').getContext('2d');
				pen.font = style.font;
				const cross = it.type === 'search' ? parseFloat(style.fontSize) : 0;
				const room = it.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - cross;
				return pen.measureText(it.placeholder).width > room;
			}).map(it => it.placeholder)""";
	private static final String NAMED = "name => (document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim().startsWith(name)";
	private static final String WITH_LABEL = "name => document.activeElement.labels?.[0]?.textContent.trim() === name";
	/** More presses of Tab than any screen has stops. */
	private static final int MANY = 80;

	@Test
	void aUserIsCreatedImportedAndDeactivatedByTheKeyboardAlone() {
		Visitor visitor = Staff.DTC.visitor();
		Keyboard keys = visitor.page().keyboard();

		goTo(visitor, "Users");
		keys.press("Enter");
		visitor.seesHeading("Users");
		goTo(visitor, "Create New User");
		keys.press("Enter");
		visitor.seesHeading("Create New User");
		type(visitor, "username", "by.keyboard@cybercity.example");
		type(visitor, "firstName", "Key");
		type(visitor, "lastName", "Board");
		type(visitor, "email", "by.keyboard@cybercity.example");
		goToId(visitor, "role");
		keys.type("Test");
		goTo(visitor, "No organizations selected.");
		keys.press("Enter");
		assertThat(visitor.page().getByLabel("Search organizations")).isFocused();
		keys.type("Sch1");
		visitor.page().getByText("1 organization", new Page.GetByTextOptions().setExact(true)).waitFor();
		keys.press("ArrowDown");
		keys.press("Space");
		keys.press("Escape");
		goBackTo(visitor, "Save User");
		keys.press("Enter");
		visitor.sees("The user account by.keyboard@cybercity.example has been created.");

		goTo(visitor, "Import Users");
		keys.press("Enter");
		visitor.seesHeading("Upload Users");
		goToId(visitor, "action");
		keys.type("Add");
		goTo(visitor, "Choose File");
		visitor.choose(() -> keys.press("Enter"), new FilePayload("keys.csv", "text/csv",
				"Username,Fname,Lname,Email,Role,Org\r\nby.keys.file@cybercity.example,Key,File,k@cybercity.example,TA,00-771778-001\r\n"
						.getBytes(StandardCharsets.UTF_8)));
		goTo(visitor, "Upload");
		keys.press("Enter");
		visitor.dialog("Upload without a preview?");
		goTo(visitor, "Upload"); // Preview First has the focus
		keys.press("Enter");
		visitor.dialog("File uploaded");
		keys.press("Enter"); // Close has the focus
		assertThat(visitor.page().getByRole(AriaRole.DIALOG)).hasCount(0);

		goBackTo(visitor, "Users");
		keys.press("Enter");
		visitor.seesHeading("Users");
		goToId(visitor, "search");
		keys.type("by.keyboard");
		keys.press("Enter");
		assertThat(visitor.row("by.keyboard@cybercity.example")).hasCount(1);
		goTo(visitor, "Deactivate User by.keyboard@cybercity.example");
		keys.press("Enter");
		visitor.dialog("Deactivate this user account?");
		goBackTo(visitor, "Deactivate"); // Cancel has the focus
		keys.press("Enter");
		visitor.sees("1 user account has been deactivated.");
	}

	/** A filter, a column, a range of people, a look at them, what is done to them, and that it is taken back. */
	@Test
	void theListIsWorkedWithByTheKeyboardAlone() {
		Staff.upload(IntStream.rangeClosed(1, 5).mapToObj(i -> {
			String address = "keyed.%d@cybercity.example".formatted(i);
			return List.of(address, "Key" + (char) ('A' + i), "Ed", address, "TA", "00-771778-001");
		}).toList());
		Visitor visitor = Staff.DTC.visitor();
		Keyboard keys = visitor.page().keyboard();
		Locator rows = visitor.page().locator("table.users tbody tr");

		goTo(visitor, "Users");
		keys.press("Enter");
		visitor.seesHeading("Users");
		type(visitor, "search", "keyed.");
		assertThat(rows).hasCount(5);
		goToId(visitor, "role-filter");
		keys.type("Reports");
		assertThat(rows).hasCount(0);
		goTo(visitor, "Remove the filter Role: Reports Access Only");
		keys.press("Enter");
		assertThat(rows).hasCount(5);
		goTo(visitor, "Columns");
		keys.press("Enter");
		press(visitor, "Tab", "School(s)", WITH_LABEL);
		keys.press("Space");
		keys.press("Escape");
		assertThat(visitor.control("Columns")).isFocused();
		assertThat(visitor.row("keyed.1@cybercity.example")).containsText("Cyber City Sch1-001");

		goTo(visitor, "Select keyed.2@cybercity.example");
		keys.press("Space");
		goTo(visitor, "Select keyed.4@cybercity.example");
		keys.press("Shift+Space");
		visitor.sees("3 accounts selected");
		goBackTo(visitor, "Show Selected");
		keys.press("Enter");
		visitor.dialog("3 accounts selected");
		keys.press("Escape");
		assertThat(visitor.named("Show Selected")).isFocused();
		goBackTo(visitor, "Deactivate");
		keys.press("Enter");
		visitor.dialog("Deactivate the 3 selected user accounts?");
		goBackTo(visitor, "Deactivate"); // Cancel has the focus
		keys.press("Enter");
		visitor.sees("3 user accounts have been deactivated.");
		assertThat(rows).hasCount(2);
		goBackTo(visitor, "Undo");
		keys.press("Enter");
		visitor.sees("3 user accounts have been reactivated.");
		assertThat(rows).hasCount(5);
	}

	@Test
	void operationsAreSearchedByTheKeyboardAlone() {
		String imported = RunningSystem.shared().imports().run("keyed.csv",
				"Username,Fname,Lname,Email,Role,Org\r\nkeyed.file@cybercity.example,Key,File,k@cybercity.example,TA,00-771778-001\r\n"
						.getBytes(StandardCharsets.UTF_8),
				"add").id();
		try (Visitor visitor = Visitor.at(RunningSystem.shared().portal())) {
			Staff.signInAsOperations(visitor);
			goTo(visitor, "Operations");
			visitor.page().keyboard().press("Enter");
			visitor.sees("user-commands");
			type(visitor, "timeline-search", imported);
			visitor.page().keyboard().press("Enter");
			visitor.seesHeading("Import " + imported);
		}
	}

	/** 320 CSS pixels: a phone, or 1280 at 400 %; 640: 1280 at 200 %. */
	@ParameterizedTest
	@ValueSource(ints = {320, 390, 640, 768})
	void nothingScrollsSidewaysInANarrowWindow(int width) {
		Visitor visitor = Staff.DTC.visitor();
		Page page = visitor.page();
		page.setViewportSize(width, 800);
		try {
			SCREENS.forEach((path, name) -> {
				visitor.open(path);
				page.locator("main h1").waitFor();
				page.waitForFunction(
						"() => !document.querySelector('[data-loading], .placeholder') && document.fonts.status === 'loaded'");
				assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth")).as(path)
						.isLessThanOrEqualTo(width);
				assertThat(page.locator(".site-header").boundingBox().height).as("the header of " + path)
						.isLessThan(ONE_LINE);
				assertThat(page.evaluate(CUT_HINTS)).as("hints cut off on " + path).isEqualTo(List.of());
				if (width == 320) Screen.check(visitor, name + "-320");
			});
			visitor.open("/users");
			page.locator("tbody tr").first().waitFor();
			Screen.check(visitor, "users-" + width);
		} finally {
			page.setViewportSize(1280, 800);
		}
	}

	@Test
	void onAPhoneTheMenuOpensAndClosesByTheKeyboard() {
		Visitor visitor = Staff.DTC.visitor();
		Page page = visitor.page();
		page.setViewportSize(320, 800);
		try {
			Locator menu = visitor.named("Menu");
			assertThat(visitor.named("Users")).isHidden();
			goTo(visitor, "Menu");
			page.keyboard().press("Enter");
			assertThat(menu).hasAttribute("aria-expanded", "true");
			Screen.check(visitor, "menu-320");
			goTo(visitor, "Logout");
			page.keyboard().press("Escape");
			assertThat(menu).isFocused();
			assertThat(visitor.named("Users")).isHidden();
			page.keyboard().press("Enter");
			goTo(visitor, "Users");
			page.keyboard().press("Enter");
			visitor.seesHeading("Users");
			assertThat(menu).hasAttribute("aria-expanded", "false");
		} finally {
			page.setViewportSize(1280, 800);
		}
	}

	@Test
	void theUserListPrintsAsATableWithoutButtons() {
		Visitor visitor = Staff.DTC.visitor();
		visitor.click("Users");
		visitor.page().locator("tbody tr").first().waitFor();
		visitor.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
		try {
			assertThat(visitor.page().locator("table.users")).isVisible();
			assertThat(visitor.page().getByText("Create New User")).isHidden();
			assertThat(visitor.page().locator(".site-menu")).isHidden();
			assertThat(visitor.page().locator(".brand")).hasCSS("color", "rgb(0, 0, 0)"); // white on paper
			assertThat(visitor.page().locator("tbody .row-actions").first()).isHidden();
		} finally {
			visitor.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
		}
	}

	private static void type(Visitor visitor, String id, String text) {
		goToId(visitor, id);
		visitor.page().keyboard().type(text);
	}

	static void goTo(Visitor visitor, String name) {
		press(visitor, "Tab", name, NAMED);
	}

	static void goBackTo(Visitor visitor, String name) {
		press(visitor, "Shift+Tab", name, NAMED);
	}

	static void goToId(Visitor visitor, String id) {
		press(visitor, "Tab", id, "id => document.activeElement.id === id");
	}

	/** What has the focus must be seen to have it: an outline, not hidden behind something else. */
	private static void press(Visitor visitor, String key, String wanted, String isThere) {
		Page page = visitor.page();
		for (int i = 0; i < MANY; i++) {
			page.keyboard().press(key);
			if ((Boolean) page.evaluate(isThere, wanted)) {
				assertThat((String) page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle"))
						.as("focus is seen on " + wanted).isNotEqualTo("none");
				return;
			}
		}
		throw new AssertionError("The keyboard does not reach " + wanted);
	}
}
