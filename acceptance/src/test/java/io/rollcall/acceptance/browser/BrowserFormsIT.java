package io.rollcall.acceptance.browser;

import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What the forms do for whoever fills them in: what they write by themselves, what they say, and where the focus is meanwhile. */
@Tag("long")
@InBrowser
class BrowserFormsIT {
	private static final String CITY_SCHOOL = "Cyber City Sch1-001";

	private final Visitor visitor = Staff.DTC.visitor();

	@Test
	void aNewUserTakesNoMoreThanWhatNobodyCanKnow() {
		String username = "forms.new@cybercity.example";
		visitor.open("/users/new");
		visitor.click("Save User");
		Locator faults = visitor.page().locator("#error-summary");
		assertThat(faults).containsText("Please correct these 6 fields");
		assertThat(faults).containsText("Choose a role");
		assertThat(faults).containsText("Choose at least one organization");
		assertThat(faults).isFocused();
		Screen.checkOnAPhoneToo(visitor, "create-user-faults");

		visitor.fill("Username", username);
		assertThat(visitor.field("Email")).hasValue(username);
		assertThat(faults).containsText("Please correct these 4 fields");
		visitor.fill("First Name", "Ada");
		visitor.fill("Last Name", "Forms");
		visitor.fill("Phone Number", "(413) 555-0199");
		visitor.field("Phone Number").press("Tab");
		assertThat(visitor.field("Phone Number")).hasValue("413-555-0199");
		visitor.page().getByLabel("New User has the following role:").selectOption("Test Administrator");
		chooseSchool("Sch1-001");
		assertThat(faults).hasCount(0);

		visitor.click("Save User");
		visitor.sees("The user account " + username + " has been created.");
		isFocused();
		visitor.click("Create another");
		visitor.seesHeading("Create New User");
		assertThat(visitor.field("Email")).hasValue("");
		visitor.page().goBack();
		visitor.seesHeading("Users");
	}

	@Test
	void whoWasCreatedIsOneClickAway() {
		String username = "forms.viewed@cybercity.example";
		visitor.open("/users/new");
		visitor.fill("Username", username);
		visitor.fill("First Name", "Ada");
		visitor.fill("Last Name", "Viewed");
		visitor.page().getByLabel("New User has the following role:").selectOption("Test Administrator");
		chooseSchool("Sch1-001");
		visitor.click("Save User");
		visitor.sees("has been created.");
		Screen.checkOnAPhoneToo(visitor, "users-created");
		visitor.click("View");
		visitor.seesHeading("Edit User " + username);
		assertThat(visitor.field("Email")).hasValue(username);
	}

	@Test
	void bothBarsCloseByEscapeAndByAClickElsewhereWhichIsNotLost() {
		visitor.open("/users/new");
		for (String bar : List.of("No organizations selected.", "No program selected.")) {
			Locator opener = visitor.control(bar);
			opener.click();
			assertThat(opener).hasAttribute("aria-expanded", "true");
			visitor.page().keyboard().press("Escape");
			assertThat(opener).hasAttribute("aria-expanded", "false");
			assertThat(opener).isFocused();
			visitor.page().keyboard().press("Enter");
			assertThat(opener).hasAttribute("aria-expanded", "true");
			visitor.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Contact Information"))
					.click();
			assertThat(opener).hasAttribute("aria-expanded", "false");
		}
		// The first one is above the second, which moves when it closes.
		visitor.control("No organizations selected.").click();
		visitor.control("No program selected.").click();
		assertThat(visitor.control("No organizations selected.")).hasAttribute("aria-expanded", "false");
		assertThat(visitor.control("No program selected.")).hasAttribute("aria-expanded", "true");
		visitor.page().getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("MCAS Grades 3-8")).check();
		visitor.page().keyboard().press("Escape");
		Screen.checkOnAPhoneToo(visitor, "create-user-program");

		visitor.control("Remove MCAS Grades 3-8").press("Enter");
		assertThat(visitor.page().getByLabel("Selected programs")).hasCount(0);
		assertThat(visitor.control("No program selected.")).isFocused();
		chooseSchool("Sch1-001");
		chooseSchool("Sch2-002");
		visitor.control("Remove " + CITY_SCHOOL).press("Enter");
		assertThat(visitor.control("Remove Cyber City Sch2-002")).isFocused();
	}

	@Test
	void theFocusStaysWhereOneWorks() {
		String username = "forms.focus@cybercity.example";
		Staff.upload(List.of(List.of(username, "Fo", "Cus", username, "TA", "00-771778-001")));
		visitor.click("Users");
		visitor.search(username);
		visitor.control("Edit User " + username).click();
		visitor.seesHeading("Edit User ");
		visitor.named("Send New Credentials").press("Enter");
		visitor.dialog("Send new credentials");
		isFocused();
		visitor.page().keyboard().press("Escape");
		assertThat(visitor.named("Send New Credentials")).isFocused();
		visitor.named("Send New Credentials").press("Enter");
		visitor.click("Send New Credentials");
		visitor.sees("1 user account has been sent new credentials.");
		assertThat(visitor.named("Send New Credentials")).isFocused();
		// The button that asked is another one afterwards.
		visitor.named("Deactivate User").press("Enter");
		visitor.named("Deactivate").press("Enter");
		visitor.sees("1 user account has been deactivated.");
		isFocused();
		visitor.named("Reactivate").press("Enter");
		visitor.named("Reactivate").press("Enter");
		visitor.sees("1 user account has been reactivated.");
		isFocused();
	}

	@Test
	void theFocusIsAtTheButtonThatOneCameByWhenTheProfileIsSaved() {
		visitor.open("/profile");
		visitor.click("Edit Information"); // a page that has just come moves the focus to its heading, and a key would go there
		visitor.fill("Phone Number", "4135550100");
		visitor.field("Phone Number").press("Enter");
		visitor.sees("Your profile has been saved.");
		visitor.sees("413-555-0100");
		assertThat(visitor.named("Edit Information")).isFocused();
	}

	/** The directory has thousands; those of the level are asked for, and found as lists write them. */
	@Test
	void everyOrganizationThatMayBeChosenIsFound() {
		try (Visitor center = Visitor.at(RunningSystem.shared().portal())) {
			Staff.signIn(center, "service.center", RunningSystem.shared().serviceCenterPassword());
			center.seesHeading("Welcome, ");
			center.open("/users/new");
			center.page().getByLabel("New User has the following role:").selectOption("Test Administrator");
			center.control("No organizations selected.").click();
			Locator options = center.page().locator("organization-picker .option");
			assertThat(options).hasCount(50);
			Locator search = center.page().getByLabel("Search organizations");
			search.fill("charter");
			assertThat(center.page().getByText("The first 50 of 7")).isVisible();
			assertThat(options).hasCount(50);
			Screen.checkOnAPhoneToo(center, "create-user-all-schools");
			search.fill("Doherty Memorial High School (Worcester)");
			assertThat(options).hasCount(1);
			search.fill("Doherty Memorial High School (03480000-03480512)");
			assertThat(options).hasCount(1);
			center.page().keyboard().press("Escape");
			center.page().getByLabel("New User has the following role:").selectOption("District Test Coordinator");
			center.control("No organizations selected.").click();
			search.fill("Worcester 03480000");
			assertThat(options).hasCount(1);
			assertThat(options.first()).containsText("03480000");
		}
	}

	/** Guide, Table 2, 1: any page. */
	@Test
	void theLogoLeadsHomeFromThePagesOfTheSignInToo() {
		try (Visitor nobody = Visitor.at(RunningSystem.shared().portal())) {
			for (String path : List.of("/login", "/auth/forgot-password", "/auth/reset-password?token=none")) {
				nobody.open(path);
				nobody.page().locator("h1").waitFor();
				nobody.click("MCAS Portal home");
				nobody.named("Log In").waitFor();
			}
		}
	}

	private void chooseSchool(String name) {
		Locator bar = visitor.page().locator("organization-picker .bar");
		bar.click();
		visitor.page().getByLabel("Search organizations").fill(name);
		visitor.page().getByRole(AriaRole.CHECKBOX,
				new Page.GetByRoleOptions().setName(Visitor.beginningWith("Cyber City " + name))).check();
		visitor.page().keyboard().press("Escape");
	}

	/** Something has the focus, once the browser has noticed what went. */
	private void isFocused() {
		visitor.page().evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
		visitor.page().waitForFunction("() => document.activeElement !== document.body");
		assertThat((String) visitor.page().evaluate("() => document.activeElement.localName"))
				.isNotEqualTo("body");
	}
}
