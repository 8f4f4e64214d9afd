package io.rollcall.acceptance.browser;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The guide's section III in a browser: the first sign-in, passwords, a forgotten one; and the way out (Table 2, 6). */
@Tag("long")
@InBrowser
class BrowserSignInIT {
	private static final int FIRST_VISIT_BYTES = 200_000;
	private static final int TO_THE_LIST_BYTES = 230_000;
	private static final Pattern SIGN_IN_LINK = Pattern.compile("http\\S+/login");
	private static final Pattern RESET_LINK = Pattern.compile("http\\S+/auth/reset-password\\?token=\\S+");
	/** III.B. */
	private static final List<String> PASSWORD_REQUIREMENTS = List.of("Minimum of 12 characters",
			"One uppercase letter", "One lowercase letter", "One number", "One special character");

	private final RunningSystem system = RunningSystem.shared();

	/** One of each role who has never signed in, and one who has forgotten. */
	@BeforeAll
	static void newcomers() {
		Staff.upload(Stream.of(Staff.values()).flatMap(role -> Stream.of("first", "forgot").map(name -> {
			String address = address(name, role);
			return List.of(address, "Pat", name, address, role.name(), role.organization());
		})).toList());
	}

	/** III.A to III.C, and the way out: Table 2, 6. */
	@ParameterizedTest
	@EnumSource(Staff.class)
	void theFirstSignInAsksForAPasswordOfOnesOwnAndOpensTheHomepage(Staff role) {
		String username = address("first", role);
		try (Visitor visitor = Visitor.at(system.portal())) {
			// III.A: the link of the mail with the username leads to where one signs in
			visitor.page().navigate(link(username, "Your username for the MCAS Portal", SIGN_IN_LINK));
			visitor.seesHeading("Sign In");
			// III.C, 1
			visitor.open("/");
			Screen.check(visitor, "welcome");
			visitor.click("Log In");
			Screen.check(visitor, "sign-in");
			Screen.keepDark(visitor, "sign-in-dark");
			// III.C, 2
			visitor.fill("Username", username);
			visitor.fill("Password", "Not-The-Password-1");
			visitor.click("Sign In");
			visitor.sees("The username or the password is not correct.");
			Screen.check(visitor, "sign-in-refused");
			visitor.fill("Password", Staff.password(username, "MCAS Portal"));
			visitor.click("Sign In");
			// III.B
			visitor.seesHeading("Set a New Password");
			for (String requirement : PASSWORD_REQUIREMENTS)
				visitor.sees(requirement);
			Screen.check(visitor, "set-password");
			visitor.fill("New Password", "tooshort");
			assertThat(visitor.page().locator(".rules .met")).hasText(new String[]{"Maximum of 32 characters (met)",
					"One lowercase letter (met)"});
			assertThat(visitor.field("New Password")).hasAttribute("type", "password");
			visitor.click("Show New Password");
			assertThat(visitor.field("New Password")).hasAttribute("type", "text");
			visitor.click("Hide New Password");
			assertThat(visitor.field("New Password")).hasAttribute("type", "password");
			visitor.fill("Confirm New Password", "tooshort");
			visitor.click("Submit");
			visitor.sees("The password does not meet the requirements marked below.");
			assertThat(visitor.page().locator(".unmet").allTextContents())
					.as("each once, those that are not met marked")
					.contains("Not met: One uppercase letter").doesNotContain("Not met: One lowercase letter");
			for (String requirement : PASSWORD_REQUIREMENTS)
				assertThat(visitor.page().getByText(requirement).count()).as(requirement).isEqualTo(1);
			Screen.check(visitor, "set-password-refused");
			visitor.fill("New Password", Staff.OWN_PASSWORD);
			visitor.fill("Confirm New Password", Staff.OWN_PASSWORD);
			visitor.click("Submit");

			visitor.seesHeading("Welcome, Pat first");
			visitor.sees(role.title());

			visitor.click("Logout");
			visitor.sees("Do you want to log out");
			Screen.check(visitor, "logout");
			visitor.page().locator("main").getByText("Logout").last().click();
			visitor.seesHeading("You have logged out");
			Screen.check(visitor, "logged-out");
			visitor.open("/users");
			visitor.named("Log In").waitFor();
		}
	}

	/** III.C, the paragraph about a forgotten password. */
	@ParameterizedTest
	@EnumSource(Staff.class)
	void aForgottenPasswordIsReplacedByALinkInAMail(Staff role) {
		String username = address("forgot", role);
		try (Visitor visitor = Visitor.at(system.portal())) {
			visitor.open("/");
			visitor.click("Log In");
			visitor.click("Forgot Password?");
			Screen.check(visitor, "forgot-password");
			visitor.fill("Username", username);
			visitor.click("Submit");
			visitor.seesHeading("Check Your Email");
			Screen.check(visitor, "forgot-password-sent");

			String link = link(username, "Reset your password for the MCAS Portal", RESET_LINK);
			visitor.page().navigate(link);
			Screen.check(visitor, "reset-password");
			visitor.fill("New Password", Staff.OWN_PASSWORD);
			visitor.fill("Confirm New Password", Staff.OWN_PASSWORD);
			visitor.click("Submit");
			visitor.sees("Use your new password to sign in");
			Screen.check(visitor, "password-set");
			visitor.page().navigate(link);
			visitor.seesHeading("This Link Is No Longer Good");
			Screen.check(visitor, "reset-password-over");

			Staff.signIn(visitor, username, Staff.OWN_PASSWORD);
			visitor.seesHeading("Welcome, Pat forgot");
		}
	}

	@ParameterizedTest
	@EnumSource(Staff.class)
	void theTrainingSiteIsVisiblyAnotherSiteWithAPasswordOfItsOwn(Staff role) {
		String username = address("first", role);
		try (Visitor visitor = Visitor.at(system.training())) {
			// III.A: its mails lead to it
			visitor.page().navigate(link(username, "Your username for the MCAS Training Site", SIGN_IN_LINK));
			visitor.seesHeading("Sign In");
			visitor.sees("For practice");
			visitor.open("/");
			Screen.check(visitor, "training-welcome");
			visitor.click("Log In");
			Screen.check(visitor, "training-sign-in");
			Staff.signInFirst(visitor, username, Staff.password(username, "MCAS Training Site"));

			visitor.seesHeading("Welcome, Pat first");
			visitor.sees("For practice");
			assertThat(visitor.page().title()).contains("MCAS Training Site");
			Screen.check(visitor, "training-site");
			assertThat(visitor.page()
					.evaluate("() => getComputedStyle(document.querySelector('.site-band')).backgroundColor"))
					.as("the band's colour is not the Portal's").isNotEqualTo("rgb(20, 85, 143)");
		}
	}

	/** Browsers keep pages for their Back button, but none while a test drives them: the page is told so. */
	@Test
	void aPageThatTheBrowserKeptIsShownToTheSamePersonAlone() {
		String username = "kept.page@cybercity.example";
		Staff.upload(List.of(List.of(username, "Pat", "Kept", username, "DTC", Staff.DTC.organization())));
		try (Visitor visitor = Visitor.at(system.portal())) {
			Staff.signInFirst(visitor, username, Staff.password(username, "MCAS Portal"));
			visitor.click("Users");
			Page kept = visitor.page();
			Locator list = kept.locator("table.users");
			list.waitFor();

			leave(kept);
			assertThat(list).isHidden();
			comeBack(kept);
			assertThat(list).isVisible();

			leave(kept);
			visitor.goOnIn(visitor.context().newPage());
			visitor.open("/log-out");
			visitor.page().locator("main").getByText("Logout").last().click();
			visitor.seesHeading("You have logged out");
			comeBack(kept);
			assertThat(kept.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Log In"))).isVisible();
			assertThat(list).hasCount(0);
		}
	}

	private static void leave(Page page) {
		page.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
	}

	private static void comeBack(Page page) {
		page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
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
			assertThat(welcome).isBetween(1L, (long) FIRST_VISIT_BYTES);
			assertThat(users).isBetween(1L, (long) TO_THE_LIST_BYTES);
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	private static String address(String name, Staff role) {
		return name + "." + role.name().toLowerCase(Locale.ROOT) + "@cybercity.example";
	}

	private String link(String address, String subject, Pattern link) {
		return Await.until("the mail \"" + subject + "\"", () -> system.inbox().to(address).stream()
				.filter(mail -> mail.subject().equals(subject)).map(mail -> link.matcher(mail.text()))
				.filter(Matcher::find).map(found -> found.group()).findFirst().orElse(null));
	}
}
