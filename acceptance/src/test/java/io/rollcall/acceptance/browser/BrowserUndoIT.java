package io.rollcall.acceptance.browser;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Last year's file, or the wrong action: what an import did is taken back, as far as nobody has changed or used it since. */
@Tag("long")
@InBrowser
class BrowserUndoIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();

	private static final String SCHOOL = "00-771778-001";
	private static final String HEADER = "Username,Fname,Lname,Email,Role,Org\r\n";
	private static final String ADD = "Add New Users";
	private static final String UPDATE = "Update Existing Users";
	private static final int PHONE = 375;

	private static final String COORDINATOR = user("district");
	private static final String COLLEAGUE = user("colleague");
	private static final String OF_SCHOOL = user("school");

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(COORDINATOR, "Un", "Do", COORDINATOR, "DTC", Directory.CYBER_CITY),
				List.of(COLLEAGUE, "Col", "League", COLLEAGUE, "DTC", Directory.CYBER_CITY),
				List.of(OF_SCHOOL, "Scho", "Ol", OF_SCHOOL, "STC", SCHOOL));
	}

	@Test
	void newAccountsAreDeactivatedUnlessSomebodyHasChangedOrUsedThem() {
		try (Visitor visitor = Staff.signedIn(COORDINATOR, 1280, 800)) {
			upload(visitor, "undo-added.csv", ADD, person("new", "New"), person("used", "Used"),
					person("tried", "Tried"),
					person("edited", "Edited"));
			String imported = visitor.page().url();
			use(user("used"));
			use(user("tried"));
			edit(user("edited"), Map.of("Last Name", "Mended"));

			visitor.click("Undo This Import");
			visitor.seesHeading("Undo an Import");
			visitor.sees("Nothing has been changed. The import would be undone for 1 of 4 record(s).");
			untilItIsKnownWho(visitor, "Last name was changed by " + COLLEAGUE + " on ");
			assertThat(headings(visitor)).hasText(new String[]{"Deactivate (1)", "Used Since (2)", "Keep (1)"});
			assertThat(section(visitor, "Deactivate")).containsText(user("new"));
			assertThat(section(visitor, "Used Since").locator("input:checked")).hasCount(0);
			assertThat(section(visitor, "Keep")).containsText(user("edited"));
			visitor.page().getByLabel("Select " + user("used")).check();
			visitor.sees("1 account selected");
			assertThat(bar(visitor)).containsText("2 to deactivate · 2 stay as they are");
			Screen.checkOnAPhoneToo(visitor, "undo");
			Screen.keepDark(visitor, "undo-dark");
			visitor.page().reload();
			visitor.sees("Used Since (2)");
			assertThat(section(visitor, "Used Since").locator("input:checked")).hasCount(0);

			visitor.page().getByLabel("Select " + user("used")).check();
			visitor.click("Undo This Import");
			Locator question = visitor.dialog("Undo this import?");
			assertThat(question)
					.containsText(
							"2 new user accounts will be deactivated, although somebody has signed in to 1 of them.");
			assertThat(question).containsText("2 emails will be sent.");
			Screen.check(visitor, "undo-asks");
			visitor.click("Cancel");
			assertThat(bar(visitor)).containsText("2 to deactivate");
			visitor.click("Undo This Import");
			visitor.click("Undo");

			Locator result = visitor.dialog("Partly undone");
			assertThat(result).containsText("The import has been undone for 2 of 4 record(s).");
			assertThat(result).containsText("Deactivated: 2");
			visitor.click("Close");
			assertThat(visitor.page().locator("h1")).isFocused();
			assertThat(headings(visitor))
					.hasText(new String[]{"Deactivated (2)", "Kept Because They Were Used (1)", "Kept (1)"});
			assertThat(section(visitor, "Kept")).containsText("Last name was changed by " + COLLEAGUE);
			Screen.checkOnAPhoneToo(visitor, "undone");

			visitor.click("an earlier import of this file");
			visitor.sees("An undo was started by " + COORDINATOR + " on ");
			assertThat(visitor.page()).hasURL(imported);
			Screen.check(visitor, "import-undone");
			visitor.click("Undo What Is Left");
			visitor.sees("An undo was started by " + COORDINATOR + " on ");
			visitor.sees("The undo would change nothing.");
			assertThat(headings(visitor)).hasText(new String[]{"Used Since (1)", "Keep (1)"});
			visitor.click("see the undo");
			visitor.sees("Undoes an earlier import of this file.");

			assertThat(story(visitor, "undo-added.csv").locator("tr"))
					.containsText(new String[]{"Undo started", "Partly undone"});
			listOfUsers(visitor, "undo.");
			visitor.page().getByLabel("Show Deactivated Accounts").check();
			assertThat(visitor.row(user("used"))).isVisible();
			assertThat(visitor.row(user("new"))).isVisible();
			assertThat(visitor.row(user("tried"))).hasCount(0);
			visitor.control("Edit User " + user("new")).click();
			Await.until("the undo in the history", () -> {
				visitor.page().locator("account-history li").first().waitFor();
				if (visitor.page().locator("account-history li").first().getByText("Deactivated").count() > 0)
					return true;
				visitor.page().reload();
				return null;
			});
			visitor.page().locator("account-history li").first().getByRole(AriaRole.LINK).click();
			visitor.sees("Undoes an earlier import of this file.");
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	@Test
	void fieldsGoBackByTheKeyboardAloneAndTheMailsAreToldBefore() {
		Staff.upload(List.of(cells("back", "Before"), cells("other", "Before")));
		try (Visitor visitor = Staff.signedIn(COORDINATOR, 1280, 800)) {
			Keyboard keys = visitor.page().keyboard();
			upload(visitor, "undo-updated.csv", UPDATE,
					person("back", "After").replace(",undo.back@", ",undo.moved@"), person("other", "After"));
			edit(user("other"), Map.of("Last Name", "Third"));

			BrowserKeyboardIT.goTo(visitor, "Undo This Import");
			keys.press("Enter");
			visitor.seesHeading("Undo an Import");
			untilItIsKnownWho(visitor, "Last name was changed by " + COLLEAGUE + " on ");
			assertThat(section(visitor, "Change Back")).containsText("Last Name: After → Before");
			assertThat(section(visitor, "Change Back"))
					.containsText("Email: undo.moved@cybercity.example → " + user("back"));
			Locator mails = visitor.page().getByRole(AriaRole.REGION,
					new Page.GetByRoleOptions().setName(Pattern.compile("^\\d Emails to Send$")));
			assertThat(mails).containsText(user("back"));
			assertThat(mails).containsText("for the MCAS Portal and the MCAS Training Site");
			Screen.check(visitor, "undo-fields");
			BrowserKeyboardIT.goTo(visitor, "Undo This Import");
			keys.press("Enter");
			assertThat(visitor.dialog("Undo this import?")).containsText("1 user account will be changed back.");
			assertThat(visitor.named("Cancel")).isFocused();
			BrowserKeyboardIT.goBackTo(visitor, "Undo");
			keys.press("Enter");
			visitor.dialog("Partly undone");
			assertThat(visitor.named("Close")).isFocused();
			keys.press("Enter");
			assertThat(section(visitor, "Changed Back")).containsText("Last Name: After → Before");

			listOfUsers(visitor, "undo.");
			assertThat(visitor.row(user("back"))).containsText("Before");
			assertThat(visitor.row(user("other"))).containsText("Third");
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	@Test
	void onAPhoneEverythingIsWithinReachAndWhatAnotherHasUndoneIsLookedAtAgain() {
		try (Visitor visitor = Staff.signedIn(OF_SCHOOL, PHONE, 740);
				Visitor colleague = Staff.signedIn(COLLEAGUE, 1280, 800)) {
			visitor.open("/users/import");
			upload(visitor, "undo-phone.csv", ADD, person("phone", "Phone"), person("phone.used", "Used"));
			use(user("phone.used"));
			String imported = path(visitor.page().url());
			visitor.click("Undo This Import");
			visitor.sees("Used Since (1)");
			Page page = visitor.page();
			assertThat(page.locator("people-table thead").first()).isHidden();
			Screen.isWithinReach(visitor);
			Screen.check(visitor, "undo-375");

			colleague.open(imported + "/undo");
			colleague.sees("Used Since (1)");
			colleague.click("Undo This Import");
			colleague.click("Undo");
			colleague.dialog("Partly undone");
			colleague.click("Close");

			visitor.click("Undo This Import");
			visitor.dialog("Undo this import?");
			visitor.click("Undo");
			visitor.sees("Somebody has undone this import meanwhile. Look at what is left.");
			visitor.sees("Somebody whose imports you may not see started an undo on ");
			visitor.page().getByLabel("Select " + user("phone.used")).check();
			visitor.click("Undo This Import");
			visitor.click("Undo");
			visitor.dialog("Partly undone");
			visitor.click("Close");
			assertThat(section(visitor, "Deactivated")).containsText(user("phone.used"));
			assertThat(visitor.complaints()).isEmpty();
			assertThat(colleague.complaints()).isEmpty();
		}
	}

	@Test
	void whatCannotBeUndoneSaysWhy() {
		try (Visitor visitor = Staff.signedIn(COORDINATOR, 1280, 800)) {
			upload(visitor, "undo-nothing.csv", UPDATE, person("nobody", "There"));
			assertThat(visitor.control("Undo This Import")).hasCount(0);
			visitor.open(path(visitor.page().url()) + "/undo");
			visitor.sees("This import neither created nor updated a user account, so there is nothing to undo.");
			Screen.check(visitor, "undo-nothing");
			visitor.click("See the Import");
			visitor.seesHeading("Upload Users");
			visitor.open("/users/imports/00000000-0000-0000-0000-000000000000/undo");
			visitor.sees("There is nothing at this address.");
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	private static String user(String name) {
		return "undo." + name + "@cybercity.example";
	}

	private static List<String> cells(String name, String lastName) {
		return List.of(user(name), "Pat", lastName, user(name), "TA", SCHOOL);
	}

	private static String person(String name, String lastName) {
		return String.join(",", cells(name, lastName)) + "\r\n";
	}

	/** To its end. */
	private static void upload(Visitor visitor, String name, String action, String... people) {
		visitor.open("/users/import");
		visitor.page().getByLabel("Choose An Action").selectOption(action);
		BrowserUploadIT.choose(visitor, name, HEADER + String.join("", people));
		BrowserUploadIT.upload(visitor);
		visitor.click("Close");
	}

	private static String path(String url) {
		return url.substring(SYSTEM.portal().length());
	}

	/** Somebody signs in with the password that was mailed. */
	private static void use(String username) {
		try (Visitor visitor = Visitor.at(SYSTEM.portal())) {
			Staff.signInFirst(visitor, username, Staff.password(username, "MCAS Portal"));
		}
	}

	/** The colleague, by the form. */
	private static void edit(String username, Map<String, String> fields) {
		try (Visitor visitor = Staff.signedIn(COLLEAGUE, 1280, 800)) {
			listOfUsers(visitor, username);
			visitor.control("Edit User " + username).click();
			fields.forEach(visitor::fill);
			visitor.click("Save User");
			visitor.sees("The changes to " + username + " have been saved.");
		}
	}

	private static void listOfUsers(Visitor visitor, String search) {
		visitor.open("/users");
		visitor.seesHeading("Users");
		visitor.search(search);
	}

	/** The history, which knows who, comes by events. */
	private static void untilItIsKnownWho(Visitor visitor, String words) {
		Await.until(words, () -> {
			assertThat(bar(visitor)).isVisible();
			if (visitor.page().getByText(words).count() > 0) return true;
			visitor.click("Preview Again");
			assertThat(visitor.page().locator("h1")).isFocused();
			return null;
		});
	}

	private static Locator bar(Visitor visitor) {
		return visitor.page().locator(".apply-bar");
	}

	private static Locator headings(Visitor visitor) {
		return visitor.page().locator("undo-records h2");
	}

	private static Locator section(Visitor visitor, String title) {
		return visitor.page().getByRole(AriaRole.REGION,
				new Page.GetByRoleOptions().setName(Pattern.compile("^" + title + " \\(")));
	}

	/** What the history of imports tells of a file. */
	private static Locator story(Visitor visitor, String fileName) {
		visitor.open("/users/imports?search=" + fileName);
		Locator story = visitor.page().locator("tbody")
				.filter(new Locator.FilterOptions().setHasText(fileName));
		assertThat(story).hasCount(1);
		return story;
	}
}
