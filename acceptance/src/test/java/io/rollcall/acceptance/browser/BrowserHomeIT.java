package io.rollcall.acceptance.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The guide's section IV in a browser: the homepage (Table 2) for each role, and one's profile. */
@Tag("long")
@InBrowser
class BrowserHomeIT {
	/** Table 1: which sections and menu entries a role has. */
	private static final Map<Staff, List<String>> TILES = Map.of(Staff.DTC,
			List.of("User Management", "Administration", "Reporting"), Staff.STC,
			List.of("User Management", "Administration", "Reporting"), Staff.TC,
			List.of("User Management", "Administration", "Reporting"), Staff.TA, List.of("Administration"), Staff.RAO,
			List.of("Reporting"));
	private static final Map<Staff, List<String>> MENU = Map.of(Staff.DTC, List.of("Users", "Downloads"), Staff.STC,
			List.of("Users", "Downloads"), Staff.TC, List.of("Users", "Downloads"), Staff.TA, List.of(), Staff.RAO,
			List.of());

	@ParameterizedTest
	@EnumSource(Staff.class)
	void theHomepageHasWhatTable1GivesTheRole(Staff person) {
		Visitor visitor = person.visitor();
		Page page = visitor.page();

		visitor.sees(person.title());
		assertThat(page.locator(".tile h2").allInnerTexts()).isEqualTo(TILES.get(person));
		assertThat(page.locator(".site-menu ul").first().getByRole(AriaRole.LINK).allInnerTexts())
				.isEqualTo(MENU.get(person));
		Screen.check(visitor, "home-" + person.name().toLowerCase(Locale.ROOT));
		if (!MENU.get(person).isEmpty()) {
			visitor.click("Downloads");
			visitor.seesHeading("Downloads");
			Screen.check(visitor, "downloads");
		}
		// Table 2, 1, 5 and 9
		visitor.click("MCAS Portal home");
		visitor.seesHeading("Welcome, " + person.firstName() + " " + person.lastName());
		Locator resources = visitor.control("MCAS Resource Center");
		assertThat(resources.getAttribute("target")).isEqualTo("_blank");
		assertThat(visitor.named("Contact Us").getAttribute("href")).startsWith("mailto:");
		visitor.sees("MCAS Service Center: ");
		assertThat(page.locator("footer a[href^='tel:']").innerText()).matches("\\d{3}-\\d{3}-\\d{4}");
	}

	@ParameterizedTest
	@EnumSource(value = Staff.class, names = {"TA", "RAO"})
	void whoManagesNoUsersHasNoWayThere(Staff person) {
		Visitor visitor = person.visitor();

		for (String path : List.of("/users", "/users/new", "/users/import", "/users/imports", "/users/ready",
				"/users/compare", "/downloads")) {
			visitor.open(path);
			visitor.seesHeading("There is nothing here for you");
		}
		Screen.check(visitor, "nothing-here");
	}

	@ParameterizedTest
	@EnumSource(Staff.class)
	void theProfileShowsAndChangesOnesOwnInformation(Staff person) {
		Visitor visitor = person.visitor();

		// IV.B.1
		visitor.click(person.firstName() + " " + person.lastName());
		visitor.sees(person.title());
		visitor.sees("Cyber City");
		Screen.check(visitor, "profile");
		// IV.B.2
		visitor.click("Edit Information");
		visitor.seesHeading("Edit User " + person.username() + " (Pat " + person.lastName() + ")");
		visitor.fill("Phone Number", "not a number");
		visitor.click("Save Profile");
		visitor.sees("Phone number must be in xxx-xxx-xxxx format");
		Screen.check(visitor, "profile-edit");
		visitor.fill("Phone Number", "413-555-0142");
		visitor.fill("Fax Number", "413-555-0143");
		visitor.fill("Address", "1 Example Street, Cyber City");
		// IV.B.3
		visitor.click("Save Profile");
		visitor.sees("Your profile has been saved.");
		visitor.sees("413-555-0142");
	}

	@Test
	void theProfileCanBeEditedOnceItIsThere() {
		Visitor visitor = Staff.TC.visitor();
		var held = new ArrayList<Route>();
		Pattern oneself = Pattern.compile("/api/me$");
		visitor.page().route(oneself, held::add);

		visitor.click(Staff.TC.firstName() + " " + Staff.TC.lastName());
		visitor.page().waitForCondition(() -> !held.isEmpty());
		PlaywrightAssertions.assertThat(visitor.named("Edit Information")).isDisabled();
		visitor.page().unroute(oneself);
		held.forEach(Route::resume);
		PlaywrightAssertions.assertThat(visitor.named("Edit Information")).isEnabled();
	}

	@Test
	void theServiceCenterManagesUsersAndOperationsWatchesStreams() {
		String portal = RunningSystem.shared().portal();
		try (Visitor center = Visitor.at(portal); Visitor operations = Visitor.at(portal)) {
			Staff.signIn(center, "service.center", RunningSystem.shared().serviceCenterPassword());
			center.seesHeading("Welcome, ");
			assertThat(center.page().locator(".tile h2").allInnerTexts()).contains("User Management");
			Screen.check(center, "home-service-center");

			Staff.signInAsOperations(operations);
			assertThat(operations.page().locator(".tile h2").allInnerTexts()).containsExactly("Operations");
			operations.page().locator(".tile").click();
			operations.sees("user-commands");
			Screen.check(operations, "operations");
			Screen.keepDark(operations, "operations-dark");
		}
	}

	/** IV.B.2, the rest of what one may change: name and password. */
	@ParameterizedTest
	@EnumSource(Staff.class)
	void nameAndPasswordAreChangedInTheProfile(Staff role) {
		RunningSystem system = RunningSystem.shared();
		String username = "own.password." + role.name().toLowerCase(Locale.ROOT) + "@cybercity.example";
		Staff.upload(List.of(List.of(username, "Pat", "Password", username, role.name(), role.organization())));
		try (Visitor visitor = Visitor.at(system.portal())) {
			Staff.signInFirst(visitor, username, Staff.password(username, "MCAS Portal"));
			visitor.click("Pat Password");
			visitor.click("Edit Information");
			visitor.fill("First Name", "Patricia");
			visitor.fill("Current Password", Staff.OWN_PASSWORD);
			visitor.fill("New Password", "tooshort");
			visitor.fill("Confirm New Password", "tooshort");
			visitor.click("Save Profile");
			assertThat(visitor.page().locator("#newPassword-error").innerText()).contains("Minimum of 12 characters")
					.contains("One uppercase letter").doesNotContain("One lowercase letter");
			assertThat(visitor.page().locator(".password-rules li[data-met]").allTextContents())
					.containsExactly("Maximum of 32 characters (met)", "One lowercase letter (met)");
			Screen.check(visitor, "profile-password-refused");
			visitor.fill("New Password", "Another-City-2026!");
			visitor.fill("Confirm New Password", "Another-City-2026?");
			visitor.click("Save Profile");
			visitor.sees("The two passwords are not the same.");
			visitor.fill("Confirm New Password", "Another-City-2026!");
			visitor.click("Save Profile");
			visitor.sees("Your profile has been saved.");
		}
		try (Visitor visitor = Visitor.at(system.portal())) {
			Staff.signIn(visitor, username, "Another-City-2026!");
			visitor.seesHeading("Welcome, Patricia Password");
		}
	}
}
