package io.rollcall.acceptance;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.options.LoadState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.rollcall.acceptance.browser.Screen;
import io.rollcall.acceptance.browser.Staff;
import io.rollcall.acceptance.browser.Visitor;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Inbox.Mail;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The guide's section III in a browser: the first sign-in, passwords, a forgotten one; and the way out (Table 2, 6). */
@EnabledIfSystemProperty(named = "rollcall.browser", matches = "true", disabledReason = "asked for by -Drollcall.browser=true")
class BrowserSignInIT {
	private static final int FIRST_VISIT_BYTES = 300_000;

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void theFirstSignInAsksForAPasswordOfOnesOwnAndOpensTheHomepage() {
		person("first.signin");
		try (Visitor visitor = Visitor.at(system.portal())) {
			// III.C.1
			visitor.open("/");
			Screen.check(visitor, "welcome");
			visitor.click("Log In");
			Screen.check(visitor, "sign-in");
			// III.C.2
			visitor.fill("Username", address("first.signin"));
			visitor.fill("Password", Staff.password(address("first.signin"), "MCAS Portal"));
			visitor.click("Sign In");
			// III.A and B
			visitor.seesHeading("Set a New Password");
			Screen.check(visitor, "set-password");
			visitor.fill("New Password", "tooshort");
			visitor.fill("Confirm New Password", "tooshort");
			visitor.click("Submit");
			visitor.sees("Minimum of 12 characters");
			visitor.fill("New Password", Staff.OWN_PASSWORD);
			visitor.fill("Confirm New Password", Staff.OWN_PASSWORD);
			visitor.click("Submit");

			visitor.seesHeading("Welcome, Pat first.signin");

			// Table 2, 6
			visitor.click("Logout");
			visitor.sees("Do you want to log out");
			Screen.check(visitor, "logout");
			visitor.page().locator("main").getByText("Logout").last().click();
			visitor.seesHeading("You have logged out");
			Screen.check(visitor, "logged-out");
			visitor.open("/users");
			assertThat(visitor.named("Log In").isVisible()).isTrue();
		}
	}

	@Test
	void aForgottenPasswordIsReplacedByALinkInAMail() {
		person("forgot.password");
		try (Visitor visitor = Visitor.at(system.portal())) {
			visitor.open("/");
			visitor.click("Log In");
			visitor.click("Forgot Password?");
			Screen.check(visitor, "forgot-password");
			visitor.fill("Username", address("forgot.password"));
			visitor.click("Submit");
			visitor.seesHeading("Check Your Email");

			String link = Await.until("the mail with the link",
					() -> system.inbox().to(address("forgot.password")).stream().map(BrowserSignInIT::resetLink)
							.filter(found -> !found.isEmpty()).findFirst().orElse(null));
			visitor.page().navigate(link);
			Screen.check(visitor, "reset-password");
			visitor.fill("New Password", Staff.OWN_PASSWORD);
			visitor.fill("Confirm New Password", Staff.OWN_PASSWORD);
			visitor.click("Submit");
			visitor.sees("Use your new password to sign in");

			Staff.signIn(visitor, address("forgot.password"), Staff.OWN_PASSWORD);
			visitor.seesHeading("Welcome, Pat forgot.password");
		}
	}

	@Test
	void theTrainingSiteIsVisiblyAnotherSiteWithAPasswordOfItsOwn() {
		person("training.site");
		try (Visitor visitor = Visitor.at(system.training())) {
			Staff.signInFirst(visitor, address("training.site"),
					Staff.password(address("training.site"), "MCAS Training Site"));

			visitor.seesHeading("Welcome, Pat training.site");
			visitor.sees("For practice");
			assertThat(visitor.page().title()).contains("MCAS Training Site");
			Screen.check(visitor, "training-site");
			assertThat(visitor.page()
					.evaluate("() => getComputedStyle(document.querySelector('.site-band')).backgroundColor"))
					.as("the band's colour is not the Portal's").isNotEqualTo("rgb(20, 85, 143)");
		}
	}

	@Test
	void theFirstVisitIsLight() {
		try (Visitor visitor = Visitor.at(system.portal())) {
			Staff.DTC.visitor(); // so that there is an own password
			long welcome = visitor.transferred(() -> {
				visitor.open("/");
				visitor.named("Log In").waitFor();
				visitor.page().waitForLoadState(LoadState.NETWORKIDLE);
			});
			long users = visitor.transferred(() -> {
				Staff.signIn(visitor, Staff.DTC.username(), Staff.OWN_PASSWORD);
				visitor.click("Users");
				visitor.page().locator("tbody tr").first().waitFor();
				visitor.page().waitForLoadState(LoadState.NETWORKIDLE);
			});

			System.out.printf("First visit of the portal: %,d bytes over the wire, and %,d to the list of users%n",
					welcome,
					users);
			assertThat(welcome).isPositive();
			assertThat(welcome + users).isLessThanOrEqualTo(FIRST_VISIT_BYTES);
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	private static void person(String name) {
		Staff.upload(List.of(List.of(address(name), "Pat", name, address(name), "DTC", "00-771778")));
	}

	private static String address(String name) {
		return name + "@cybercity.example";
	}

	private static String resetLink(Mail mail) {
		var link = Pattern.compile("\\S+/auth/reset-password\\?token=\\S+").matcher(mail.text());
		return link.find() ? link.group() : "";
	}
}
