package io.rollcall.acceptance.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * "This file is all my staff": who is new, who has changed, who has left, until list and accounts agree. Each test that changes somebody
 * has a school of its own.
 */
@Tag("long")
@InBrowser
class BrowserCompareIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();

	private static final String DISTRICT = Directory.MENDON_UPTON;
	private static final String MEMORIAL = "07100000-07100001";
	private static final String MISCOE_HILL = "07100000-07100015";
	private static final String CLOUGH = "07100000-07100179";
	private static final String NIPMUC = "07100000-07100510";
	private static final String NIPMUC_NAME = "Nipmuc Regional High School (Mendon-Upton)";
	private static final String OUTSIDE = "03480000-03480512";

	private static final String NOT_CSV = "The uploaded file is not in the expected .CSV format. Please update the file and try again.";
	private static final String AGREE = "The list and the user accounts agree, except for the accounts under Not Compared.";
	private static final String DIFFER = "The list and the user accounts differ.";
	private static final int PHONE = 375;

	private static final String DISTRICT_COORDINATOR = user("district");
	private static final String MISCOE_COORDINATOR = user("miscoe");
	private static final String CLOUGH_COORDINATOR = user("clough");
	private static final String RETURNED = user("returned");

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(DISTRICT_COORDINATOR, "Dis", "Trict", DISTRICT_COORDINATOR, "DTC", DISTRICT),
				List.of(MISCOE_COORDINATOR, "Mis", "Coe", MISCOE_COORDINATOR, "STC", MISCOE_HILL),
				List.of(CLOUGH_COORDINATOR, "Clo", "Ugh", CLOUGH_COORDINATOR, "STC", CLOUGH));
		Staff.upload(List.of(person("same", "Sam", "Same", "same", NIPMUC),
				person("changed", "Chan", "Before", "changed", NIPMUC),
				person("moved", "Mo", "Moved", "moved", MEMORIAL), person("left", "Lee", "Left", "left", NIPMUC),
				person("returned", "Ray", "Returned", "returned", NIPMUC),
				person("maiden", "Mari", "Maiden", "mari", NIPMUC), person("twin", "Kim", "Twin", "twin", NIPMUC),
				person("outside", "Out", "Side", "outside", NIPMUC + "|" + OUTSIDE),
				person("miscoe.same", "Mia", "Same", "miscoe.same", MISCOE_HILL),
				person("miscoe.left", "Max", "Left", "miscoe.left", MISCOE_HILL),
				person("miscoe.before", "Amy", "Before", "amy", MISCOE_HILL),
				person("clough.left", "Cal", "Left", "clough.left", CLOUGH),
				person("clough.before", "Kay", "Keys", "kay", CLOUGH)));
		String id = Imports.json(SYSTEM.imports().get("/api/users?search=" + RETURNED)).path("items").path(0).path("id")
				.asString();
		SYSTEM.imports().post("/api/users/deactivations", Map.of("userIds", List.of(id)));
	}

	@Test
	void everyDifferenceIsWorkedThroughUntilListAndAccountsAgree() {
		try (Visitor visitor = Staff.signedIn(DISTRICT_COORDINATOR, 1280, 800)) {
			visitor.click("Users");
			visitor.click("Compare With a Staff List");
			visitor.seesHeading("Compare With a Staff List");
			visitor.sees("Mendon-Upton"); // the only one of her own
			Screen.checkOnAPhoneToo(visitor, "compare");
			chooseNipmuc(visitor);
			compare(visitor, nipmucStaff(person("rejected", "Re", "Jected", "rejected", "07100000-99999999")));

			visitor.sees(DIFFER);
			visitor.sees("Compared with " + NIPMUC_NAME);
			assertThat(headings(visitor)).hasText(new String[]{"staff.csv", "Probably the Same Person (2)",
					"Is this the right list?", "What the list adds and changes", "New (1)", "Changed (1)", "Moved (1)",
					"Left (1)", "Returned (1)", "Rejected (1)", "Not Compared (1)"});
			assertThat(visitor.page().locator("summary").last()).hasText("Same (1)");
			assertThat(section(visitor, "Changed")).containsText("Last Name: Before → After");
			assertThat(section(visitor, "Moved")).containsText(NIPMUC_NAME);
			assertThat(section(visitor, "Rejected")).containsText("Invalid organization number");
			assertThat(section(visitor, "Not Compared")).containsText("organizations outside your own");
			assertThat(section(visitor, "Left").locator("input:checked")).hasCount(0);
			Screen.checkOnAPhoneToo(visitor, "comparison");
			Screen.keepDark(visitor, "comparison-dark");
			visitor.page().reload();
			visitor.sees(DIFFER);

			Locator married = pair(visitor, "married");
			assertThat(married).containsText("the same email address and the same first name");
			press(married, "Same Person");
			assertThat(married).containsText("You have said that they are the same person.");
			visitor.seesHeading("Changed (2)");
			Locator other = pair(visitor, "other");
			assertThat(other).containsText("the same first and last name, at the same organization");
			press(other, "Somebody Else");
			visitor.seesHeading("Left (2)");
			visitor.seesHeading("New (2)");
			press(other, "Undo");
			visitor.seesHeading("Probably the Same Person (1)");
			visitor.seesHeading("Left (1)");
			press(other, "Somebody Else");
			visitor.seesHeading("Probably the Same Person: all decided");
			visitor.seesHeading("Left (2)");
			Screen.check(visitor, "comparison-decided");

			previewsAreMadeOnlyOfTheRightList(visitor);
			applyPreview(visitor, "Preview 1: Add New Users, 3 records", "File uploaded with errors");
			visitor.sees("Preview, applied");
			assertThat(visitor.page().getByText("New (2)")).hasCount(0);
			applyPreview(visitor, "Preview 2: Update Existing Users, 3 records", "File uploaded");
			assertThat(visitor.page().getByText("Changed (2)")).hasCount(0);
			assertThat(visitor.page().getByText("Moved (1)")).hasCount(0);

			visitor.page().getByLabel("Select " + user("left")).check();
			visitor.sees("1 account selected");
			visitor.click("Deactivate");
			visitor.dialog("Deactivate this user account?");
			visitor.click("Deactivate");
			visitor.sees("1 user account has been deactivated.");
			visitor.seesHeading("Left (1)");
			visitor.page().getByLabel("Select all 1").first().check();
			visitor.click("Deactivate");
			assertThat(visitor.dialog("Deactivate this user account?")).containsText(user("twin"));
			visitor.click("Deactivate");
			assertThat(visitor.page().getByText("Left (1)")).hasCount(0);
			visitor.page().getByLabel("Select " + RETURNED).check();
			visitor.click("Reactivate");
			visitor.dialog("Reactivate this user account?");
			visitor.click("Reactivate");
			visitor.sees("1 user account has been reactivated.");
			assertThat(visitor.page().getByText("Returned (1)")).hasCount(0);
			visitor.sees(DIFFER); // by the record that is rejected

			visitor.click("Compare Another List");
			chooseNipmuc(visitor);
			compare(visitor, nipmucStaff());
			press(pair(visitor, "married"), "Same Person");
			visitor.sees(AGREE);
			assertThat(visitor.page().locator("summary").last()).hasText("Same (7)");
			Screen.check(visitor, "comparison-agrees");
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	/** Before anything of a list that would change many. */
	private static void previewsAreMadeOnlyOfTheRightList(Visitor visitor) {
		Locator number = visitor.page().getByLabel("Type the number of people who have changed or left");
		visitor.sees("According to this list, 5 people have changed or left. You manage 5 user accounts here.");
		visitor.page().getByLabel("Select " + user("left")).check();
		visitor.click("Deactivate");
		assertThat(number).isFocused();
		visitor.sees("Type the number of people first.");
		assertThat(visitor.page().getByRole(AriaRole.DIALOG)).hasCount(0);
		number.fill("4");
		visitor.click("Preview These Changes");
		visitor.sees("That is not the number.");
		Screen.check(visitor, "comparison-held");
		number.fill("5");
		visitor.sees("The number is right.");
		visitor.click("Preview These Changes");
		visitor.sees("2 previews are made.");
		Screen.check(visitor, "comparison-previews");
	}

	/** On its own page, and back. */
	private static void applyPreview(Visitor visitor, String link, String popUp) {
		visitor.click(link);
		visitor.dialog("Preview");
		visitor.click("Close");
		visitor.click("Apply These Changes");
		visitor.dialog("Apply these changes?");
		visitor.click("Apply");
		visitor.dialog(popUp);
		visitor.click("Close");
		visitor.page().goBack();
		visitor.seesHeading("Upload Users: Preview");
		visitor.page().goBack();
		visitor.seesHeading("Compare With a Staff List");
	}

	@Test
	void aTableIsReadOnTheOfferAfterTheGuidesRefusal() {
		try (Visitor visitor = Staff.signedIn(MISCOE_COORDINATOR, 1280, 800)) {
			visitor.open("/users/compare");
			visitor.sees("Miscoe Hill School");
			choose(visitor, new FilePayload("staff.tsv", "text/tab-separated-values",
					lines("\t", "Login,First,Last,E-mail,Position,School", miscoeStaff())));
			visitor.click("Compare");
			assertThat(visitor.dialog("The file was not compared")).containsText(NOT_CSV);
			Screen.check(visitor, "compare-table-offer");
			visitor.click("Read It as a Table");
			assertThat(visitor.page().getByRole(AriaRole.HEADING,
					new Page.GetByRoleOptions().setName("Read it as a table"))).isFocused();
			visitor.sees("No column is ignored.");
			Screen.checkOnAPhoneToo(visitor, "compare-table");
			visitor.click("Compare");

			visitor.sees(DIFFER);
			visitor.seesHeading("New (1)");
			visitor.seesHeading("Probably the Same Person (1)");
			assertThat(section(visitor, "Left")).containsText(user("miscoe.left"));
			assertThat(section(visitor, "Not Compared")).containsText("This is your own account.");
			assertThat(visitor.page().locator("summary").last()).hasText("Same (1)");
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	@Test
	void theServiceCenterChoosesWithWhatAListIsCompared() {
		try (Visitor visitor = Visitor.at(SYSTEM.portal())) {
			Staff.signIn(visitor, "service.center", SYSTEM.serviceCenterPassword());
			visitor.seesHeading("Welcome, ");
			visitor.open("/users/compare");
			visitor.sees("No organizations selected.");
			visitor.click("Compare");
			visitor.sees("Choose at least one organization.");
			visitor.sees("Choose a file to upload.");
			assertThat(visitor.control("No organizations selected.")).isFocused();
			Screen.check(visitor, "compare-missing");
			chooseOrganization(visitor, "Miscoe Hill", "Miscoe Hill School (Mendon-Upton)");
			compare(visitor, miscoeStaff());
			visitor.seesHeading("Left (2)"); // the school's coordinator is one of them

			visitor.open("/users/compare/00000000-0000-0000-0000-000000000000");
			assertThat(visitor.page().locator(".notice.bad")).isVisible();
			Screen.check(visitor, "comparison-missing");
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	@Test
	void onAPhoneEverythingIsWithinReach() {
		try (Visitor visitor = Staff.signedIn(MISCOE_COORDINATOR, PHONE, 740)) {
			visitor.open("/users/compare");
			compare(visitor, miscoeStaff());
			visitor.sees(DIFFER);
			Page page = visitor.page();
			assertThat(page.locator("people-table thead").first()).isHidden();
			Screen.isWithinReach(visitor);
			assertThat((String) pair(visitor, "miscoe.after").locator("td[data-label='User account']").first()
					.evaluate("it => getComputedStyle(it, '::before').content")).contains("User account");
			Screen.check(visitor, "comparison-375");
		}
	}

	@Test
	void aListIsWorkedThroughByTheKeyboardAlone() {
		try (Visitor visitor = Staff.signedIn(CLOUGH_COORDINATOR, 1280, 800)) {
			Keyboard keys = visitor.page().keyboard();
			BrowserKeyboardIT.goTo(visitor, "Users");
			keys.press("Enter");
			visitor.seesHeading("Users");
			BrowserKeyboardIT.goTo(visitor, "Compare With a Staff List");
			keys.press("Enter");
			visitor.sees("Henry P Clough School");
			BrowserKeyboardIT.goTo(visitor, "Choose File");
			visitor.choose(() -> keys.press("Enter"), csv(List.of(person("clough.after", "Kay", "Keys", "kay", CLOUGH),
					person("clough.new", "New", "Keys", "clough.new", CLOUGH))));
			BrowserKeyboardIT.goTo(visitor, "Compare");
			keys.press("Enter");
			visitor.sees(DIFFER);

			BrowserKeyboardIT.goTo(visitor, "Same Person");
			keys.press("Enter");
			assertThat(visitor.named("Undo")).isFocused();
			visitor.sees("Same (1)");
			BrowserKeyboardIT.goTo(visitor, "Preview These Changes");
			keys.press("Enter");
			Locator number = visitor.page().getByLabel("Type the number of people who have changed or left");
			assertThat(number).isFocused();
			keys.type("1");
			BrowserKeyboardIT.goTo(visitor, "Preview These Changes");
			keys.press("Enter");
			assertThat(visitor.control("Preview 1: Add New Users, 1 record")).isFocused();

			BrowserKeyboardIT.goTo(visitor, "Select " + user("clough.left"));
			keys.press("Space");
			visitor.sees("1 account selected");
			BrowserKeyboardIT.goBackTo(visitor, "Deactivate");
			keys.press("Enter");
			visitor.dialog("Deactivate this user account?");
			BrowserKeyboardIT.goBackTo(visitor, "Deactivate"); // Cancel has the focus
			keys.press("Enter");
			visitor.sees("1 user account has been deactivated.");
			assertThat(visitor.page().getByText("Left (1)")).hasCount(0);
			assertThat(visitor.page().getByRole(AriaRole.HEADING,
					new Page.GetByRoleOptions().setName("Compare With a Staff List"))).isFocused();
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	private static String user(String name) {
		return "compare." + name + "@mendon.example";
	}

	private static List<String> person(String name, String firstName, String lastName, String mailbox, String org) {
		return List.of(user(name), firstName, lastName, mailbox + "@mendon.example", "TA", org);
	}

	/** As the school has it, with two whose usernames are others than those of their accounts. */
	@SafeVarargs
	private static List<List<String>> nipmucStaff(List<String>... more) {
		var staff = new ArrayList<>(List.of(person("same", "Sam", "Same", "same", NIPMUC),
				person("changed", "Chan", "After", "changed", NIPMUC), person("moved", "Mo", "Moved", "moved", NIPMUC),
				person("returned", "Ray", "Returned", "returned", NIPMUC),
				person("married", "Mari", "Married", "mari", NIPMUC), person("other", "Kim", "Twin", "other", NIPMUC),
				person("new", "Nel", "New", "new", NIPMUC)));
		staff.addAll(List.of(more));
		return staff;
	}

	/** Without one who has left and without the coordinator herself. */
	private static List<List<String>> miscoeStaff() {
		return List.of(person("miscoe.same", "Mia", "Same", "miscoe.same", MISCOE_HILL),
				person("miscoe.after", "Amy", "After", "amy", MISCOE_HILL),
				person("miscoe.new", "Nia", "New", "miscoe.new", MISCOE_HILL));
	}

	private static void compare(Visitor visitor, List<List<String>> staff) {
		choose(visitor, csv(staff));
		visitor.click("Compare");
		visitor.sees(DIFFER);
	}

	private static void choose(Visitor visitor, FilePayload file) {
		visitor.choose(() -> visitor.click("Choose File"), file);
	}

	private static FilePayload csv(List<List<String>> staff) {
		return new FilePayload("staff.csv", "text/csv", lines(",", "Username,Fname,Lname,Email,Role,Org", staff));
	}

	private static byte[] lines(String separator, String titles, List<List<String>> people) {
		return Stream.concat(Stream.of(List.of(titles.split(","))), people.stream())
				.map(cells -> String.join(separator, cells) + "\r\n").reduce("", String::concat).getBytes(UTF_8);
	}

	/** Instead of the whole district, which is chosen from the beginning. */
	private static void chooseNipmuc(Visitor visitor) {
		visitor.click("Remove Mendon-Upton");
		chooseOrganization(visitor, "Nipmuc", NIPMUC_NAME);
	}

	private static void chooseOrganization(Visitor visitor, String search, String name) {
		visitor.control("No organizations selected.").click();
		visitor.page().getByLabel("Search organizations").fill(search);
		visitor.page().getByRole(AriaRole.CHECKBOX,
				new Page.GetByRoleOptions().setName(Visitor.beginningWith(name))).check();
		visitor.page().keyboard().press("Escape");
		assertThat(visitor.named("Remove " + name)).isVisible();
	}

	/** All but that of the page and those of the pairs. */
	private static Locator headings(Visitor visitor) {
		return visitor.page().locator("main :is(h2, h3)").filter(
				new Locator.FilterOptions().setHasNotText(Pattern.compile("^Record \\d+")));
	}

	private static Locator section(Visitor visitor, String title) {
		return visitor.page().getByRole(AriaRole.REGION,
				new Page.GetByRoleOptions().setName(Pattern.compile("^" + title + " \\(")));
	}

	/** The record that has this username, beside the account that it is probably for. */
	private static Locator pair(Visitor visitor, String name) {
		return visitor.page().locator(".pair").filter(new Locator.FilterOptions().setHasText(user(name)));
	}

	private static void press(Locator within, String button) {
		within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true)).click();
	}
}
