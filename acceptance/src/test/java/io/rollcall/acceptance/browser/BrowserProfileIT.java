package io.rollcall.acceptance.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What one's own profile needs the current password for, and what not (guide, IV.B). */
@Tag("long")
@InBrowser
class BrowserProfileIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();
	private static final String ANOTHER_PASSWORD = "Another-City-2026!";

	@Test
	void aCurrentPasswordThatTheBrowserFilledInIsNoWishForAnother() {
		try (Visitor visitor = signedIn("filled.in")) {
			edit(visitor);
			visitor.fill("Phone Number", "413-555-0111");
			visitor.fill("Current Password", "What-The-Browser-Knew-1!");
			visitor.click("Save Profile");
			visitor.sees("Your profile has been saved.");
			visitor.sees("413-555-0111");

			edit(visitor);
			visitor.fill("Current Password", Staff.OWN_PASSWORD);
			visitor.click("MCAS Portal home");
			visitor.seesHeading("Welcome, "); // nothing unsaved to ask about
		}
	}

	@Test
	void theFormIsSentOnceHoweverOftenTheButtonIsPressed() {
		try (Visitor visitor = signedIn("pressed.often")) {
			var sent = new ArrayList<String>();
			var held = new CompletableFuture<Route>();
			visitor.page().route("**/api/me", route -> {
				if (!route.request().method().equals("PATCH")) {
					route.resume();
					return;
				}
				sent.add(route.request().postData());
				held.complete(route);
			});
			edit(visitor);
			visitor.fill("Phone Number", "413-555-0112");
			visitor.named("Save Profile").dblclick();
			visitor.field("Phone Number").press("Enter");
			visitor.page().waitForCondition(held::isDone);
			visitor.field("Phone Number").press("Enter");
			held.join().resume();
			visitor.sees("Your profile has been saved.");
			assertThat(sent).hasSize(1);
		}
	}

	@Test
	void theAddressIsChangedWithTheCurrentPassword() {
		try (Visitor visitor = signedIn("moves")) {
			String moved = "moved.away@cybercity.example";
			edit(visitor);
			visitor.sees("Needed to change your email address or password.");
			visitor.fill("Email", moved);
			visitor.click("Save Profile");
			assertThat(visitor.page().locator("#currentPassword-error")).isVisible();
			visitor.fill("Current Password", "Not-The-Password-1!");
			visitor.click("Save Profile");
			assertThat(visitor.page().locator("#currentPassword-error")).isVisible();
			assertThat(visitor.field("Email")).hasValue(moved);
			Screen.checkOnAPhoneToo(visitor, "profile-address-refused");

			visitor.fill("Current Password", Staff.OWN_PASSWORD);
			visitor.click("Save Profile");
			// The password for practice had been sent to the old address.
			visitor.sees("Your profile has been saved. New credentials for the MCAS Training Site were sent to " + moved
					+ ".");
			visitor.sees(moved);
		}
	}

	/** The first answer makes the old password one; the second must not ask for it. */
	@Test
	void addressAndPasswordAreChangedTogether() {
		try (Visitor visitor = signedIn("both")) {
			edit(visitor);
			visitor.fill("Email", "both.changed@cybercity.example");
			visitor.fill("Phone Number", "none");
			visitor.fill("Current Password", Staff.OWN_PASSWORD);
			visitor.fill("New Password", ANOTHER_PASSWORD);
			visitor.fill("Confirm New Password", ANOTHER_PASSWORD);
			visitor.click("Save Profile");
			visitor.sees("Phone number must be in xxx-xxx-xxxx format");
			visitor.sees("Your new password has been saved, but the rest of your profile has not.");
			visitor.fill("Phone Number", "413-555-0113");
			visitor.click("Save Profile");
			visitor.sees("Your profile has been saved.");
			visitor.sees("both.changed@cybercity.example");
		}
		try (Visitor visitor = Visitor.at(SYSTEM.portal())) {
			Staff.signIn(visitor, username("both"), ANOTHER_PASSWORD);
			visitor.seesHeading("Welcome, Own both");
		}
	}

	@Test
	void atTheTrainingSiteTheAddressIsToBeRead() {
		String username = username("practices");
		Staff.upload(List.of(List.of(username, "Own", "practices", username, "TA", "00-771778-001")));
		try (Visitor visitor = Visitor.at(SYSTEM.training())) {
			Staff.signInFirst(visitor, username, Staff.password(username, "MCAS Training Site"));
			visitor.open("/profile");
			edit(visitor);
			assertThat(visitor.field("Email")).not().isEditable();
			visitor.sees("Needed to change your password.");
			assertThat(visitor.named("your profile in the MCAS Portal").getAttribute("href"))
					.isEqualTo(SYSTEM.portal() + "/profile");
			Screen.checkOnAPhoneToo(visitor, "training-profile-edit");
			visitor.fill("Phone Number", "413-555-0114");
			visitor.click("Save Profile");
			visitor.sees("Your profile has been saved.");
			assertThat(Imports.text(SYSTEM.imports().get("/api/users?search=" + username))).contains("413-555-0114");
		}
	}

	private static String username(String name) {
		return "profile." + name + "@cybercity.example";
	}

	private static Visitor signedIn(String name) {
		String username = username(name);
		Staff.upload(List.of(List.of(username, "Own", name, username, "TA", "00-771778-001")));
		Visitor visitor = Visitor.at(SYSTEM.portal());
		Staff.signInFirst(visitor, username, Staff.password(username, "MCAS Portal"));
		visitor.seesHeading("Welcome, ");
		visitor.open("/profile");
		return visitor;
	}

	private static void edit(Visitor visitor) {
		visitor.click("Edit Information");
		visitor.seesHeading("Edit User ");
	}
}
