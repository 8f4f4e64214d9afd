package io.rollcall.acceptance.browser;

import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two tabs of one browser share its session: somebody else signs in in the second, and the first was made for the one before. That
 * every request says for whom its page is, each test in a browser looks at ({@link Visitor#complaints}).
 */
@Tag("long")
@InBrowser
class BrowserAnotherPersonIT {
	private static final String ANN = "ann.tabs@cybercity.example";
	private static final String BOB = "bob.tabs@cybercity.example";
	private static final String SOMEBODY_ELSE = "Somebody else has signed in";
	private static final String NOTHING_WAS_DONE = "Somebody else has signed in with this browser. Nothing was done.";

	private static final RunningSystem SYSTEM = RunningSystem.shared();

	private Visitor visitor;
	private Page first;

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(ANN, "Ann", "First", ANN, "DTC", "00-771778"),
				List.of(BOB, "Bob", "Second", BOB, "STC", "00-771778-001"));
	}

	@BeforeEach
	void annIsSignedIn() {
		visitor = Visitor.at(SYSTEM.portal());
		Staff.signIn(visitor, ANN, Staff.OWN_PASSWORD);
		visitor.seesHeading("Welcome, Ann First");
		first = visitor.page();
	}

	@AfterEach
	void leave() {
		assertThat(visitor.complaints()).isEmpty();
		visitor.close();
	}

	@Test
	void whatWasFilledInForOneIsNotSavedAsAnotherAndIsKept() {
		String username = "of.ann@cybercity.example";
		fillIn(username);
		signInInAnotherTab(BOB, "Bob Second");

		visitor.click("Save User");

		Locator dialog = visitor.dialog(SOMEBODY_ELSE);
		assertThat(dialog).containsText("Bob Second (" + BOB + ") is signed in now.");
		assertThat(dialog).containsText("Ann First (" + ANN + ")");
		Screen.checkOnAPhoneToo(visitor, "another-person");
		visitor.click("Stay on This Page");
		visitor.sees(NOTHING_WAS_DONE);
		assertThat(visitor.field("First Name")).hasValue("Kept");
		assertThat(exists(username)).isFalse();

		signInInAnotherTab(ANN, "Ann First");
		visitor.click("Save User");
		visitor.sees("The user account " + username + " has been created.");
		assertThat(exists(username)).isTrue();
	}

	@Test
	void whoGoesOnIsAtTheirOwnHomepage() {
		String username = "of.nobody@cybercity.example";
		fillIn(username);
		signInInAnotherTab(BOB, "Bob Second");
		visitor.click("Save User");
		visitor.dialog(SOMEBODY_ELSE);

		visitor.click("Go On as Bob Second");

		visitor.seesHeading("Welcome, Bob Second");
		assertThat(exists(username)).isFalse();
	}

	@Test
	void aTabThatIsLookedAtAgainSaysSoBeforeAnythingIsDone() {
		fillIn("of.a.look@cybercity.example");
		signInInAnotherTab(BOB, "Bob Second");

		lookAt(first);

		visitor.dialog(SOMEBODY_ELSE);
		first.keyboard().press("Escape");
		assertThat(first.getByRole(AriaRole.DIALOG)).hasCount(0);
		assertThat(visitor.field("First Name")).hasValue("Kept");
		lookAt(first);
		visitor.dialog(SOMEBODY_ELSE);
		// Back again, the first person needs no question answered.
		signInInAnotherTab(ANN, "Ann First");
		lookAt(first);
		assertThat(first.getByRole(AriaRole.DIALOG)).hasCount(0);
	}

	@Test
	void anEndedSessionIsNotGoneOnWithByAnother() {
		String username = "of.the.ended@cybercity.example";
		fillIn(username);
		visitor.context().clearCookies();
		// The page may notice by itself first; then its dialog lies over the button.
		visitor.named("Save User").dispatchEvent("click");
		visitor.dialog("Your session has ended");
		visitor.goOnIn(visitor.context().waitForPage(() -> visitor.click("Sign In")));
		visitor.fill("Username", BOB);
		visitor.fill("Password", Staff.OWN_PASSWORD);
		visitor.click("Sign In");
		visitor.seesHeading("You are signed in again");
		visitor.goOnIn(first);

		visitor.dialog(SOMEBODY_ELSE);
		visitor.click("Stay on This Page");
		visitor.sees(NOTHING_WAS_DONE);
		assertThat(visitor.field("First Name")).hasValue("Kept");
		assertThat(exists(username)).isFalse();
	}

	/** Lists and bulk actions, files both ways, the profile. */
	@Test
	void nothingElseIsReadOrDoneInAnothersNameEither() {
		visitor.click("Users");
		visitor.search(ANN);
		visitor.search(BOB);
		visitor.row(BOB).getByRole(AriaRole.CELL).nth(1).click();
		signInInAnotherTab(BOB, "Bob Second");

		for (Runnable action : List.<Runnable>of(() -> visitor.click("Export Users"),
				() -> visitor.page().getByLabel("Choose a Role").selectOption("Test Administrator"),
				() -> visitor.page().getByLabel("Show Deactivated Accounts").check())) {
			action.run();
			visitor.dialog(SOMEBODY_ELSE);
			visitor.click("Stay on This Page");
			visitor.sees(NOTHING_WAS_DONE);
		}
	}

	private void fillIn(String username) {
		visitor.open("/users/new");
		visitor.fill("Username", username);
		visitor.fill("First Name", "Kept");
		visitor.fill("Last Name", "Here");
		visitor.fill("Email", username);
		visitor.page().getByLabel("New User has the following role:").selectOption("Test Administrator");
		visitor.control("No organizations selected.").click();
		visitor.page().getByLabel("Search organizations").fill("Sch1");
		visitor.page().getByRole(AriaRole.CHECKBOX,
				new Page.GetByRoleOptions().setName(Visitor.beginningWith("Cyber City Sch1-001"))).check();
		visitor.page().keyboard().press("Escape");
	}

	/** In another tab, which is closed then. */
	private void signInInAnotherTab(String username, String name) {
		visitor.goOnIn(visitor.context().newPage());
		visitor.open("/log-out");
		visitor.page().locator("main").getByText("Logout").last().click();
		visitor.seesHeading("You have logged out");
		Staff.signIn(visitor, username, Staff.OWN_PASSWORD);
		visitor.seesHeading("Welcome, " + name);
		visitor.page().close();
		visitor.goOnIn(first);
	}

	/** A browser that is driven by a test shows all of its tabs at once: the page is told so. */
	private static void lookAt(Page page) {
		page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
	}

	private static boolean exists(String username) {
		return Imports.json(SYSTEM.imports().get("/api/users?search=" + username)).path("totalItems").asInt() > 0;
	}
}
