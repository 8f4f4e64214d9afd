package io.rollcall.acceptance.browser;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.KeyboardModifier;
import com.microsoft.playwright.options.WaitForSelectorState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.oracle.Directory;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The list of users as a coordinator works with it all day: narrowed, chosen from, and found again as it was left. */
@InBrowser
class BrowserListIT {
	private static final String COORDINATOR = "list.coordinator@cybercity.example";
	private static final String SCHOOL = "00-771778-001";
	/** How many test administrators there are: more than a small page of the list has. */
	private static final int MANY = 30;
	private static final String SEARCH = "listed.";
	private static final int PHONE = 375;

	private Visitor visitor;

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(COORDINATOR, "Lis", "Ted", COORDINATOR, "DTC", Directory.CYBER_CITY));
		Staff.upload(IntStream.rangeClosed(1, MANY).mapToObj(BrowserListIT::username)
				.map(it -> List.of(it, "Ann", "Listed", it, "TA", SCHOOL)).toList());
		Staff.upload(List.of(List.of("listed.rao", "Ray", "Listed", "ray@cybercity.example", "RAO", SCHOOL)));
	}

	private static String username(int number) {
		return "%s%02d@cybercity.example".formatted(SEARCH, number);
	}

	@BeforeEach
	void openTheList() {
		visitor = Staff.signedIn(COORDINATOR, 1280, 800);
		visitor.click("Users");
		visitor.search(SEARCH);
		assertThat(visitor.page().getByText(MANY + 1 + " active users found")).isVisible();
	}

	@AfterEach
	void nothingIsComplainedOf() {
		assertThat(visitor.complaints()).isEmpty();
		visitor.close();
	}

	@Test
	void eachFilterIsAChipAndBackUndoesIt() {
		visitor.page().getByLabel("Choose a Role").selectOption("Reports Access Only");
		assertThat(rows()).hasCount(1);
		visitor.page().getByLabel("Credentials").selectOption("Password sent");
		assertThat(chips()).containsText(new String[]{"Search: " + SEARCH, "Role: Reports Access Only",
				"Credentials: Password sent"});
		assertThat(rows()).hasCount(1);
		Screen.checkOnAPhoneToo(visitor, "users-filters");

		visitor.page().goBack();
		assertThat(chips()).hasCount(2);
		assertThat(visitor.page().getByLabel("Credentials")).hasValue("");
		visitor.page().goBack();
		assertThat(chips()).hasCount(1);
		assertThat(visitor.page().getByText(MANY + 1 + " active users found")).isVisible();
		visitor.page().goForward();
		assertThat(rows()).hasCount(1);

		visitor.page().keyboard().press("Tab");
		BrowserKeyboardIT.goTo(visitor, "Remove the filter Role: Reports Access Only");
		visitor.page().keyboard().press("Enter");
		assertThat(chips()).hasText(new String[]{"Search: " + SEARCH + "Remove the filter Search: " + SEARCH});
		visitor.click("Clear all");
		assertThat(chips()).hasCount(0);
		assertThat(visitor.field("Search").first()).hasValue("");
		assertThat(visitor.page()).hasURL(Pattern.compile(".*/users$"));
	}

	/** What is chosen is not lost on the way: neither by a look at one of them, nor by a reload or a search. */
	@Test
	void whatIsChosenIsKeptAndCanBeLookedAt() {
		visitor.click("Email");
		visitor.page().waitForURL(Pattern.compile(".*sort=email.*"));
		visitor.page().waitForFunction("() => !document.querySelector('.table-holder[data-loading]')");
		visitor.page().getByLabel("Select " + username(3)).click();
		visitor.page().getByLabel("Select " + username(7)).click(new Locator.ClickOptions()
				.setModifiers(List.of(KeyboardModifier.SHIFT)));
		visitor.sees("5 accounts selected");
		assertThat((String) visitor.page().evaluate("() => getSelection().toString()")).isEmpty();
		visitor.control("Edit User " + username(4)).click();
		visitor.seesHeading("Edit User " + username(4));
		visitor.click("Cancel");
		visitor.sees("5 accounts selected");
		visitor.page().reload();
		visitor.sees("5 accounts selected");
		visitor.search("listed.rao");
		assertThat(rows()).hasCount(1);
		visitor.sees("5 accounts selected");

		visitor.click("Show Selected");
		Locator shown = visitor.dialog("5 accounts selected");
		assertThat(shown.locator("tbody tr")).hasCount(5);
		assertThat(shown).containsText("Cyber City Sch1-001");
		Screen.check(visitor, "users-selected-shown");
		shown.getByLabel("Select " + username(5)).uncheck();
		visitor.click("Close");
		visitor.sees("4 accounts selected");
		visitor.click("Deactivate");
		visitor.dialog("Deactivate the 4 selected user accounts?");
		visitor.click("Cancel");
		visitor.page().getByLabel("Show Deactivated Accounts").check();
		assertThat(visitor.page().getByText("4 accounts selected")).isHidden();
		visitor.page().getByLabel("Show Deactivated Accounts").uncheck();
		visitor.sees("4 accounts selected");
	}

	@Test
	void allThatMatchAreDeactivatedByTheirNumberAndComeBackByUndo() {
		visitor.page().locator(".page-size select").selectOption("25");
		visitor.page().getByLabel("Choose a Role").selectOption("Test Administrator");
		assertThat(visitor.page().getByText(MANY + " active users found")).isVisible();
		visitor.page().getByLabel("Select all on this page").check();
		visitor.click("Select all " + MANY + " that match");
		visitor.sees(MANY + " accounts selected");
		visitor.click("Deactivate");
		Locator question = visitor.dialog("Deactivate the " + MANY + " selected user accounts?");
		visitor.click("Deactivate");
		assertThat(question).containsText("Type " + MANY + " to say that you mean all of them.");
		Screen.check(visitor, "deactivate-all-that-match");
		visitor.fill("Type " + MANY + " to confirm", String.valueOf(MANY));
		visitor.click("Deactivate");
		visitor.sees(MANY + " user accounts have been deactivated.");
		assertThat(rows()).hasCount(0);
		Screen.check(visitor, "users-deactivated-undo");

		visitor.click("Undo");
		visitor.sees(MANY + " user accounts have been reactivated.");
		assertThat(visitor.page().getByText(MANY + " active users found")).isVisible();
	}

	/** One who has changed an account meanwhile is not overruled. */
	@Test
	void undoLeavesWhatSomebodyElseHasChanged() {
		String username = username(MANY);
		visitor.search(username);
		visitor.page().getByLabel("Select " + username).click();
		visitor.click("Deactivate");
		visitor.click("Deactivate");
		visitor.sees("1 user account has been deactivated.");
		Page list = visitor.page();
		Page other = visitor.context().newPage();
		visitor.goOnIn(other);
		visitor.open("/users?status=deactivated&search=" + username);
		visitor.control("Reactivate " + username).click();
		visitor.click("Reactivate");
		visitor.control("Edit User").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
		visitor.open("/users?search=" + username);
		visitor.control("Edit User " + username).click();
		visitor.fill("Phone Number", "413-555-0177");
		visitor.click("Save User");
		visitor.sees("have been saved");
		other.close();
		visitor.goOnIn(list);
		visitor.click("Undo");
		visitor.dialog("Not reactivated");
		visitor.sees("Somebody has changed this account meanwhile.");
		visitor.click("Close");
	}

	@Test
	void columnsAndRowsAreAsOneLikesThem() {
		visitor.click("Columns");
		for (String column : List.of("School(s)", "Credentials", "Last Signed In"))
			visitor.page().getByLabel(column, new Page.GetByLabelOptions().setExact(true)).last().check();
		visitor.page().keyboard().press("Escape");
		assertThat(visitor.page().locator(".pop-up-panel:visible")).hasCount(0);
		visitor.page().getByLabel("Compact rows").check();
		assertThat(visitor.row(username(1))).containsText("Cyber City Sch1-001");
		assertThat(visitor.row(username(1))).containsText("Password until ");
		assertThat(visitor.row(username(1))).containsText("Never");
		for (int width : List.of(1280, 1920)) {
			visitor.page().setViewportSize(width, 800);
			for (Locator row : rows().all().subList(0, 10))
				assertThat(row.boundingBox().height).isLessThanOrEqualTo(40);
			assertThat((Integer) visitor.page().evaluate("() => document.documentElement.scrollWidth"))
					.isLessThanOrEqualTo(width);
			assertThat(visitor.page().locator("table.users").boundingBox().width).isGreaterThan(width * 0.92);
			Screen.check(visitor, "users-columns-" + width);
		}
		Screen.keepDark(visitor, "users-columns-dark");
		visitor.page().setViewportSize(1280, 800);
		visitor.page().mouse().wheel(0, 900);
		Locator head = visitor.page().locator("table.users thead th").nth(1);
		visitor.page().waitForFunction("() => scrollY > 400");
		assertThat(head.boundingBox().y).isBetween(-1.0, 1.0);

		visitor.page().reload();
		assertThat(visitor.row(username(1))).containsText("Password until ");
		assertThat(visitor.page().getByLabel("Compact rows")).isChecked();
		visitor.page().setViewportSize(PHONE, 800);
		Screen.isWithinReach(visitor);
		Screen.check(visitor, "users-columns-375");
	}

	/** Next above the table stays below the pointer; Next below it leads to the top of the new page. */
	@Test
	void pagesAreTurnedWithoutLosingOnesPlace() {
		visitor.page().locator(".page-size select").selectOption("25");
		assertThat(rows()).hasCount(25);
		double[] before = columnsOf(visitor);
		Locator next = visitor.page().getByLabel("Next page").first();
		BoundingBox box = next.boundingBox();
		next.click();
		assertThat(rows()).hasCount(MANY + 1 - 25);
		assertThat(columnsOf(visitor)).containsExactly(before);
		BoundingBox after = visitor.page().getByLabel("Next page").first().boundingBox();
		assertThat(after.x).isEqualTo(box.x);
		assertThat(after.y).isEqualTo(box.y);
		visitor.click("Previous page");
		assertThat(rows()).hasCount(25);

		Locator below = visitor.page().getByLabel("Pages, below the table").getByLabel("Next page");
		below.scrollIntoViewIfNeeded();
		below.click();
		assertThat(rows()).hasCount(MANY + 1 - 25);
		assertThat(visitor.page().locator(".table-head")).isInViewport();
		assertThat(rows().first()).isInViewport();
		assertThat(visitor.page().getByLabel("Previous page").first()).isFocused();
	}

	@Test
	void errorIsInSightHoweverFarDownOneIs() {
		visitor.page().locator(".page-size select").selectOption("25");
		assertThat(rows()).hasCount(25);
		Locator below = visitor.page().getByLabel("Pages, below the table").getByLabel("Next page");
		below.scrollIntoViewIfNeeded();
		visitor.page().route(Pattern.compile("/api/users\\?"), Route::abort,
				new Page.RouteOptions().setTimes(1));
		below.click();
		assertThat(visitor.page().getByText("The portal cannot be reached.")).isInViewport();
		visitor.click("Try Again");
		assertThat(rows()).hasCount(MANY + 1 - 25);
	}

	@Test
	void peopleAreFoundByAPastedColumnAndByTheirNameWithItsComma() {
		visitor.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
		visitor.page().evaluate("text => navigator.clipboard.writeText(text)",
				username(2) + "\r\n" + username(4).toUpperCase(Locale.ROOT) + "\r\nnobody@cybercity.example");
		visitor.field("Search").first().focus();
		visitor.page().keyboard().press("Control+a");
		visitor.page().keyboard().press("Control+v");
		visitor.sees("3 pasted addresses");
		assertThat(rows()).hasCount(2);
		visitor.sees("One of them is not in this list: nobody@cybercity.example");
		Screen.checkOnAPhoneToo(visitor, "users-pasted");
		visitor.click("Clear all");
		visitor.search("Listed, Ray");
		assertThat(rows()).hasCount(1);
		assertThat(visitor.row("listed.rao")).hasCount(1);
	}

	@Test
	void whoHasNeverSignedInIsFoundAndTheViewIsKept() {
		visitor.page().getByLabel("Last signed in").selectOption("Never");
		assertThat(visitor.page().getByText(MANY + 1 + " active users found")).isVisible();
		visitor.click("Views");
		visitor.click("Save this view…");
		visitor.fill("Name of the View", "Not yet here");
		Screen.check(visitor, "save-view");
		visitor.click("Save View");
		visitor.sees("The view “Not yet here” has been saved.");
		visitor.page().keyboard().press("Escape");
		visitor.page().getByLabel("Last signed in").selectOption("Not since…");
		visitor.page().getByLabel("Not signed in since").fill("2020-01-01");
		assertThat(visitor.page().getByText("0 active users found")).isVisible();
		visitor.click("Clear all");
		visitor.click("Views");
		visitor.click("Not yet here");
		assertThat(chips()).containsText(new String[]{"Search: " + SEARCH, "Never signed in"});
		assertThat(visitor.page().getByText(MANY + 1 + " active users found")).isVisible();
	}

	/** A phone, and a window of 1280 by 800 at 200 %. */
	@Test
	void whatCanBeDoneToThoseChosenStaysInReach() {
		visitor.page().getByLabel("Select " + username(1)).check();
		for (int[] window : new int[][]{{PHONE, 740}, {640, 400}}) {
			visitor.page().setViewportSize(window[0], window[1]);
			rows().last().scrollIntoViewIfNeeded();
			assertThat(visitor.named("Deactivate")).isInViewport();
			assertThat(visitor.page().locator(".bulk").boundingBox().height).isLessThan(window[1] / 4.0);
			assertThat((Integer) visitor.page().evaluate("() => document.documentElement.scrollWidth"))
					.isLessThanOrEqualTo(window[0]);
		}
	}

	private static double[] columnsOf(Visitor visitor) {
		return visitor.page().locator("table.users thead th").all().stream()
				.mapToDouble(it -> it.boundingBox().width).toArray();
	}

	private Locator chips() {
		return visitor.page().locator(".narrowed .chip");
	}

	private Locator rows() {
		return visitor.page().locator("table.users tbody tr");
	}
}
