package io.rollcall.acceptance.browser;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Some weeks before a test: which school of a district is not ready, and who of it is sent new credentials. */
@InBrowser
class BrowserReadyIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();

	private static final String DISTRICT = Directory.HOPEDALE;
	private static final String HIGH_CODE = "01380000-01380505";
	private static final String HIGH = "Hopedale Jr-Sr High School";
	private static final String MEMORIAL = "Memorial School";
	private static final String PARK_STREET = "Park Street School";
	private static final String OFFICE = "Hopedale (district office)";

	private static final String DISTRICT_COORDINATOR = "ready.district@hopedale.example";
	private static final String SCHOOL_COORDINATOR = "ready.school@hopedale.example";
	/** Has not signed in, and still can. */
	private static final String WAITING = "ready.waiting@hopedale.example";
	/** Signed in with the password that was sent, and went away from the page that demands another one. */
	private static final String UNFINISHED = "ready.unfinished@hopedale.example";
	private static final String OF_MEMORIAL = "ready.memorial@hopedale.example";

	private static final int PHONE = 375;

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(DISTRICT_COORDINATOR, "Rea", "Dy", DISTRICT_COORDINATOR, "DTC", DISTRICT),
				List.of(SCHOOL_COORDINATOR, "Scho", "Ol", SCHOOL_COORDINATOR, "STC", HIGH_CODE));
		Staff.upload(List.of(List.of(WAITING, "Wai", "Ting", WAITING, "TA", HIGH_CODE),
				List.of(UNFINISHED, "Un", "Finished", UNFINISHED, "TA", HIGH_CODE),
				List.of(OF_MEMORIAL, "Memo", "Rial", OF_MEMORIAL, "TA", "01380000-01380010")));
		try (Visitor visitor = Visitor.at(SYSTEM.portal())) {
			Staff.signIn(visitor, UNFINISHED, Staff.password(UNFINISHED, "MCAS Portal"));
			visitor.seesHeading("Set a New Password");
		}
	}

	@Test
	void whoIsMissingIsFoundAndSentNewCredentials() {
		try (Visitor visitor = Staff.signedIn(DISTRICT_COORDINATOR, 1280, 800)) {
			visitor.click("Users");
			visitor.click("Ready to Test");
			visitor.seesHeading("Ready to Test");
			visitor.sees("2 of 3 schools have no School Test Coordinator.");
			visitor.sees("3 people have no password of their own yet, and 1 of them needs new credentials.");
			assertThat(visitor.page().locator("table.ready tbody th"))
					.containsText(new String[]{OFFICE, HIGH, MEMORIAL, PARK_STREET});
			assertThat(figure(visitor, OFFICE, "District Test Coordinator")).hasText("1");
			assertThat(figure(visitor, HIGH, "School Test Coordinator")).hasText("1");
			assertThat(figure(visitor, HIGH, "Test Administrator")).hasText("2");
			assertThat(figure(visitor, HIGH, "Accounts")).hasText("3");
			assertThat(figure(visitor, HIGH, "Own password set")).hasText("1");
			assertThat(figure(visitor, HIGH, "Password sent")).hasText("1");
			assertThat(figure(visitor, HIGH, "New credentials needed")).hasText("1");
			assertThat(figure(visitor, HIGH, "Emails not delivered")).hasText("0");
			assertThat(figure(visitor, MEMORIAL, "School Test Coordinator")).hasText("No STC");
			assertThat(figure(visitor, PARK_STREET, "School Test Coordinator")).hasText("No STC");
			assertThat(figure(visitor, PARK_STREET, "Accounts")).hasText("0");
			Screen.checkOnAPhoneToo(visitor, "ready");

			figure(visitor, HIGH, "Test Administrator").getByRole(AriaRole.LINK).click();
			visitor.seesHeading("Users");
			assertThat(rows(visitor)).hasCount(2);
			assertThat(visitor.row(WAITING)).hasCount(1);
			assertThat(visitor.page().getByLabel("Choose a Role")).hasValue("TA");
			visitor.page().goBack();
			visitor.seesHeading("Ready to Test");
			figure(visitor, HIGH, "Password sent").getByRole(AriaRole.LINK).click();
			assertThat(rows(visitor)).hasCount(1);
			assertThat(visitor.row(WAITING)).hasCount(1);
			visitor.page().goBack();

			visitor.click("1 of them needs new credentials");
			visitor.seesHeading("Users");
			assertThat(visitor.page().getByLabel("Credentials")).hasValue("expired");
			assertThat(rows(visitor)).hasCount(1);
			visitor.page().getByLabel("Select " + UNFINISHED).check();
			Screen.check(visitor, "users-need-credentials");
			visitor.click("Send New Credentials");
			visitor.dialog("Send new credentials for this user account?");
			visitor.click("Send New Credentials");
			visitor.sees("1 user account has been sent new credentials.");
			visitor.sees("No user matches your search and filters.");

			visitor.page().goBack();
			assertThat(figure(visitor, HIGH, "New credentials needed")).hasText("0");
			assertThat(figure(visitor, HIGH, "Password sent")).hasText("2");
			visitor.sees("3 people have no password of their own yet.");
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	@Test
	void aCoordinatorOfASchoolSeesThatSchoolAlone() {
		try (Visitor visitor = Staff.signedIn(SCHOOL_COORDINATOR, 1280, 800)) {
			visitor.open("/users/ready");
			visitor.sees("The school has a School Test Coordinator.");
			assertThat(visitor.page().locator("table.ready tbody tr")).hasCount(1);
			assertThat(figure(visitor, HIGH, "Accounts")).hasText("3");
			assertThat(visitor.page().locator("table.ready thead")).not().containsText("DTC");
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	@Test
	void theServiceCenterChoosesADistrictAndFindsItAgain() {
		try (Visitor visitor = Visitor.at(SYSTEM.portal())) {
			Staff.signIn(visitor, "service.center", SYSTEM.serviceCenterPassword());
			visitor.seesHeading("Welcome, ");
			visitor.open("/users/ready");
			visitor.sees("Choose a district to see which of its schools are ready.");
			Screen.check(visitor, "ready-choose-district");
			visitor.click("Choose a District");
			visitor.page().getByLabel("Search organizations").fill("Hopedale");
			visitor.page().getByRole(AriaRole.RADIO,
					new Page.GetByRoleOptions().setName(Visitor.beginningWith("Hopedale"))).click();
			visitor.sees("2 of 3 schools have no School Test Coordinator.");
			visitor.page().reload();
			visitor.sees("2 of 3 schools have no School Test Coordinator.");
			figure(visitor, MEMORIAL, "Accounts").getByRole(AriaRole.LINK).click();
			assertThat(visitor.row(OF_MEMORIAL)).hasCount(1);
			visitor.page().goBack();
			visitor.sees("2 of 3 schools have no School Test Coordinator.");
			assertThat(visitor.page()).hasURL(Pattern.compile(".*/users/ready\\?organization=" + DISTRICT + "$"));
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	/** There is no head of the table there: each figure has the words of its column beside it. */
	@Test
	void onAPhoneEverySchoolIsACard() {
		try (Visitor visitor = Staff.signedIn(DISTRICT_COORDINATOR, PHONE, 740)) {
			visitor.open("/users/ready");
			visitor.sees("2 of 3 schools have no School Test Coordinator.");
			assertThat((Integer) visitor.page().evaluate("() => document.documentElement.scrollWidth"))
					.isLessThanOrEqualTo(PHONE);
			assertThat(visitor.page().locator("table.ready thead")).isHidden();
			assertThat(figure(visitor, MEMORIAL, "District Test Coordinator")).isHidden();
			assertThat((String) figure(visitor, MEMORIAL, "School Test Coordinator")
					.evaluate("it => getComputedStyle(it, '::before').content")).contains("School Test Coordinator");
			Screen.check(visitor, "ready-375");
		}
	}

	@Test
	void aFigureIsReachedAndFollowedByTheKeyboardAlone() {
		try (Visitor visitor = Staff.signedIn(DISTRICT_COORDINATOR, 1280, 800)) {
			Keyboard keys = visitor.page().keyboard();
			BrowserKeyboardIT.goTo(visitor, "Users");
			keys.press("Enter");
			visitor.seesHeading("Users");
			BrowserKeyboardIT.goTo(visitor, "Ready to Test");
			keys.press("Enter");
			visitor.sees("2 of 3 schools have no School Test Coordinator.");
			BrowserKeyboardIT.goTo(visitor, "1 – School Test Coordinator, " + HIGH);
			keys.press("Enter");
			visitor.seesHeading("Users");
			assertThat(rows(visitor)).hasCount(1);
			assertThat(visitor.row(SCHOOL_COORDINATOR)).hasCount(1);
		}
	}

	/** What stands for a school below the title of a column. */
	private static Locator figure(Visitor visitor, String school, String column) {
		return visitor.page().locator("table.ready tbody tr")
				.filter(new Locator.FilterOptions().setHasText(school))
				.locator("td[data-label='" + column + "']");
	}

	private static Locator rows(Visitor visitor) {
		return visitor.page().locator("table.users tbody tr");
	}
}
