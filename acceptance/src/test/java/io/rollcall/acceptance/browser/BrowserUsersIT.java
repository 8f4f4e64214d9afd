package io.rollcall.acceptance.browser;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Inbox;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.standalone.mail.MailServer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The guide's sections V.A to V.C in a browser, step by step, for each role that manages users. */
@Tag("long")
@InBrowser
class BrowserUsersIT {
	private static final String SELECTED_GREEN = "rgb(220, 242, 225)";
	private static final String ELSEWHERE = "elsewhere.too@cybercity.example";

	@ParameterizedTest
	@EnumSource(value = Staff.class, names = {"DTC", "STC", "TC"})
	void theUserManagementHomepageHasWhatTable3Says(Staff person) {
		Visitor visitor = person.visitor();
		for (String name : List.of("zoe", "adam"))
			account(person, "table." + name, name);

		visitor.click("Users");
		visitor.seesHeading("Users");
		// 1, 2
		assertThat(visitor.named("Create New User")).isVisible();
		assertThat(visitor.named("Import Users")).isVisible();
		// 5, by Enter and by the icon
		visitor.search(prefix(person) + "table.");
		assertThat(rows(visitor)).hasCount(2);
		visitor.page().getByLabel("Search", new Page.GetByLabelOptions().setExact(true)).first()
				.fill(prefix(person) + "table.zoe");
		visitor.click("Search");
		assertThat(rows(visitor)).hasCount(1);
		visitor.search(prefix(person) + "table.");
		assertThat(rows(visitor)).hasCount(2);
		Screen.check(visitor, "users");
		// 6
		visitor.click("First Name");
		assertThat(rows(visitor)).containsText(new String[]{"adam", "zoe"});
		visitor.click("First Name");
		assertThat(rows(visitor)).containsText(new String[]{"zoe", "adam"});
		// 4
		visitor.click("Choose an Organization");
		visitor.page().getByLabel("Search organizations").fill("Cyber City Sch1");
		Locator school = visitor.page().getByRole(AriaRole.RADIO,
				new Page.GetByRoleOptions().setName(Visitor.beginningWith("Cyber City Sch1-001")));
		assertThat(school).isVisible();
		Screen.check(visitor, "users-organization-filter");
		school.click();
		assertThat(visitor.control("Create New User in Cyber City Sch1-001")).isVisible();
		visitor.page().getByLabel("Choose a Role").selectOption("Reports Access Only");
		assertThat(visitor.page().getByText("No user matches your search and filters.")).isVisible();
		Screen.check(visitor, "users-none-found");
		visitor.page().getByLabel("Choose a Role").selectOption("Test Administrator");
		assertThat(rows(visitor)).hasCount(2);
		// 3
		visitor.page().getByLabel("Show Deactivated Accounts").check();
		assertThat(visitor.page().getByText("0 deactivated users found")).isVisible();
		Screen.check(visitor, "users-none-deactivated");
		// 7, 8
		visitor.page().getByLabel("Show Deactivated Accounts").uncheck();
		assertThat(visitor.control("Edit User " + prefix(person) + "table.adam")).isVisible();
		assertThat(visitor.control("Deactivate User " + prefix(person) + "table.adam")).isVisible();
	}

	@ParameterizedTest
	@EnumSource(value = Staff.class, names = {"DTC", "STC", "TC"})
	void aUserIsAddedByHandAndEdited(Staff person) {
		Visitor visitor = person.visitor();
		String username = prefix(person) + "byhand@cybercity.example";

		// V.B, add, 1 and 2
		visitor.click("Users");
		visitor.click("Create New User");
		visitor.seesHeading("Create New User");
		Screen.check(visitor, "create-user");
		visitor.click("Save User");
		visitor.sees("Username must be 4-50 alpha-numeric characters");
		visitor.sees("Last names must be 2-25 characters long");
		visitor.sees("Invalid email address");
		Screen.check(visitor, "create-user-errors");
		// 3
		visitor.fill("Username", username);
		assertThat(visitor.page().locator("#username-error")).hasCount(0); // it is another one now
		visitor.fill("First Name", "By");
		visitor.fill("Last Name", "Hand");
		visitor.fill("Email", username);
		// 4
		visitor.page().getByLabel("New User has the following role:").selectOption("Test Administrator");
		// 5
		chooseOrganization(visitor, "Cyber City Sch1-001");
		// 6
		visitor.control("No program selected. Click here to choose program(s).").click();
		visitor.page().getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("MCAS Grades 3-8")).check();
		visitor.page().getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("MCAS High School")).check();
		Screen.check(visitor, "create-user-filled-in");
		// 7
		visitor.click("Save User");
		visitor.sees("The user account " + username + " has been created.");

		// V.B, edit, 1 to 3
		visitor.click("Users");
		visitor.search(username);
		visitor.control("Edit User " + username).click();
		visitor.seesHeading("Edit User " + username + " (By Hand)");
		Screen.check(visitor, "edit-user");
		// 4
		visitor.fill("Last Name", "Handmade");
		visitor.fill("Phone Number", "413-555-0199");
		// 5
		visitor.click("Save User");
		visitor.sees("The changes to " + username + " have been saved.");
		assertThat(visitor.field("Search").first()).hasValue(username); // the list is where it was left
		assertThat(visitor.row(username)).containsText("Handmade");
		visitor.control("Edit User " + username).click();
		visitor.page().locator("account-history li").first().waitFor();
		// The history comes by events.
		Await.until("the change in the history", () -> {
			if (visitor.page().locator("account-history ins").getByText("Handmade").count() > 0) return true;
			visitor.page().reload();
			visitor.page().locator("account-history li").first().waitFor();
			return null;
		});
		Screen.check(visitor, "user-history");
		Screen.keepDark(visitor, "user-history-dark");
	}

	@ParameterizedTest
	@EnumSource(value = Staff.class, names = {"DTC", "STC", "TC"})
	void oneAccountIsDeactivatedAndReactivated(Staff person) {
		Visitor visitor = person.visitor();
		String username = account(person, "one.way", "One");

		// V.C, deactivate one, 1 to 3
		visitor.click("Users");
		visitor.search(username);
		visitor.control("Deactivate User " + username).click();
		visitor.dialog("Deactivate this user account?");
		Screen.check(visitor, "deactivate-user");
		visitor.click("Deactivate");
		visitor.sees("1 user account has been deactivated.");
		assertThat(visitor.row(username)).hasCount(0);

		// V.C, reactivate one, 1 to 4
		visitor.page().getByLabel("Show Deactivated Accounts").check();
		assertThat(visitor.row(username)).hasCount(1);
		Screen.check(visitor, "users-deactivated");
		visitor.control("Edit User " + username).click();
		visitor.sees("This account is deactivated. Reactivate it to change it.");
		Screen.check(visitor, "user-deactivated");
		visitor.page().goBack();
		visitor.control("Reactivate " + username).click();
		visitor.dialog("Reactivate this user account?");
		Screen.check(visitor, "reactivate-user");
		visitor.click("Reactivate");
		visitor.sees("1 user account has been reactivated.");
		visitor.page().getByLabel("Show Deactivated Accounts").uncheck();
		assertThat(visitor.row(username)).hasCount(1);
	}

	@ParameterizedTest
	@EnumSource(value = Staff.class, names = {"DTC", "STC", "TC"})
	void severalAccountsAreDeactivatedAndReactivated(Staff person) {
		Visitor visitor = person.visitor();
		String first = account(person, "many.first", "First");
		String second = account(person, "many.second", "Second");

		// V.C, deactivate several, 1 to 3
		visitor.click("Users");
		visitor.search(prefix(person) + "many.");
		for (String username : List.of(first, second)) {
			visitor.row(username).getByRole(AriaRole.CELL).nth(1).click();
			assertThat(visitor.row(username)).hasCSS("background-color", SELECTED_GREEN);
		}
		assertThat(visitor.named("Export Users")).isVisible();
		Screen.check(visitor, "users-selected");
		Screen.keepDark(visitor, "users-selected-dark");
		visitor.click("Deactivate");
		visitor.dialog("Deactivate the 2 selected user accounts?");
		Screen.check(visitor, "deactivate-users");
		visitor.click("Deactivate");
		visitor.sees("2 user accounts have been deactivated.");

		// V.C, reactivate several
		visitor.page().getByLabel("Show Deactivated Accounts").check();
		for (String username : List.of(first, second))
			visitor.row(username).getByRole(AriaRole.CELL).nth(1).click();
		visitor.click("Reactivate");
		visitor.dialog("Reactivate the 2 selected user accounts?");
		Screen.check(visitor, "reactivate-users");
		visitor.click("Reactivate");
		visitor.sees("2 user accounts have been reactivated.");
	}

	@Test
	void allThatMatchIsExportedHoweverManyPagesItHas() {
		String many = prefix(Staff.DTC) + "pages.";
		Staff.upload(IntStream.rangeClosed(1, 26).mapToObj(i -> many + i + "@cybercity.example")
				.map(it -> List.of(it, "One", "Of Many", it, "TA", "00-771778-001")).toList());
		Visitor visitor = Staff.DTC.visitor();
		visitor.click("Users");
		visitor.search(many);
		visitor.page().locator(".page-size select").selectOption("25");
		assertThat(rows(visitor)).hasCount(25);
		visitor.click("Next page");
		assertThat(rows(visitor)).hasCount(1);
		visitor.sees("Page 2 of 2");
		visitor.click("Previous page");
		assertThat(rows(visitor)).hasCount(25);

		visitor.page().getByLabel("Select all on this page").check();
		visitor.sees("25 accounts selected");
		Screen.check(visitor, "users-page-selected");
		visitor.click("Select all 26 that match");
		visitor.sees("26 accounts selected");
		Path exported = visitor.download(() -> visitor.click("Export Users"));

		assertThat(visitor.dialog("Users exported")).containsText("The data of 26 users has been exported.");
		assertThat(exported).content(StandardCharsets.UTF_8).hasLineCount(27);
		visitor.click("Close");
	}

	/** The guide's note in V.C: such a deactivation may not work. Here it says so. */
	@Test
	void anAccountThatAlsoBelongsElsewhereIsRefusedOutLoud() {
		Staff.upload(List.of(List.of(ELSEWHERE, "Elsewhere", "Too", ELSEWHERE, "TA",
				"00-771778-001|00-771777-001")));
		Visitor visitor = Staff.DTC.visitor();
		String fine = account(Staff.DTC, "elsewhere.not", "Fine");
		visitor.click("Users");
		visitor.search("elsewhere.");
		for (String username : List.of(ELSEWHERE, fine))
			visitor.page().getByLabel("Select " + username).check();

		visitor.click("Deactivate");
		visitor.click("Deactivate");

		Locator outcome = visitor.dialog("1 account not deactivated");
		assertThat(outcome).containsText("1 user account has been deactivated.");
		assertThat(outcome).containsText("00-771777-001");
		Screen.check(visitor, "outcomes");
		visitor.click("Close");
		assertThat(visitor.row(ELSEWHERE)).hasCount(1);
		assertThat(visitor.row(fine)).hasCount(0);
	}

	@Test
	void newCredentialsAreSentFromTheListAndFromTheUsersPage() {
		Visitor visitor = Staff.DTC.visitor();
		String username = account(Staff.DTC, "new.credentials", "Forgetful");
		visitor.click("Users");
		visitor.search(username);
		visitor.row(username).getByRole(AriaRole.CELL).nth(1).click();
		visitor.click("Send New Credentials");
		visitor.dialog("Send new credentials for this user account?");
		Screen.check(visitor, "send-credentials");
		visitor.click("Send New Credentials");
		visitor.sees("1 user account has been sent new credentials.");
		visitor.control("Edit User " + username).click();
		visitor.seesHeading("Edit User " + username);
		visitor.click("Send New Credentials");
		visitor.click("Send New Credentials");
		visitor.sees("1 user account has been sent new credentials.");
	}

	/** An address that its mail server does not know: found in the list, and all of them sent new ones when it does. */
	@Test
	void whoseMailsWereRefusedAreFoundTogetherAndSentNewOnesTogether(@TempDir Path refusedMails) {
		RunningSystem system = RunningSystem.shared();
		Visitor visitor = Staff.DTC.visitor();
		List<String> usernames = Stream.of("one", "two")
				.map(it -> prefix(Staff.DTC) + "refused." + it + "@cybercity.example")
				.toList();
		system.stop(RunningSystem.MAIL_SERVER);
		try (var refusing = MailServer.start(refusedMails, system.smtpPort(), 0)) {
			usernames.forEach(it -> refusing.refuse(it, "550 5.1.1 No such mailbox"));
			account(Staff.DTC, "refused.one", "Ada");
			account(Staff.DTC, "refused.two", "Bea");
			account(Staff.DTC, "refused.not", "Cleo");
			visitor.click("Users");
			visitor.search(prefix(Staff.DTC) + "refused.");
			visitor.page().getByLabel("Emails Not Delivered").check();
			Await.until("both in the list of those whom no mail reached", () -> {
				visitor.page().reload();
				visitor.page().locator("table.users").waitFor();
				return rows(visitor).count() == 2 ? true : null;
			});
		} finally {
			system.start(RunningSystem.MAIL_SERVER);
		}
		long newest = system.inbox().newest();
		for (String username : usernames)
			assertThat(visitor.row(username)).containsText("Email not delivered");
		Screen.check(visitor, "users-not-delivered");
		visitor.control("Edit User " + usernames.getFirst()).click();
		visitor.sees("The mail server refused the address.");
		visitor.page().locator("account-history li").first().waitFor();
		Screen.check(visitor, "user-not-delivered");
		visitor.page().goBack();

		visitor.page().getByLabel("Select all on this page").check();
		visitor.click("Send New Credentials");
		visitor.dialog("Send new credentials for the 2 selected user accounts?");
		visitor.click("Send New Credentials");

		visitor.sees("2 user accounts have been sent new credentials.");
		assertThat(visitor.page().getByText("No user matches your search and filters.")).isVisible();
		system.awaitMails(newest, 2 * 4);
		assertThat(system.inbox().after(newest)).extracting(Inbox.Mail::recipient).hasSameElementsAs(usernames);
	}

	@Test
	void anAddressThatIsNobodysSaysSo() {
		Visitor visitor = Staff.DTC.visitor();
		visitor.open("/users/00000000-0000-0000-0000-000000000000");
		visitor.seesHeading("There is no such user");
		Screen.check(visitor, "user-missing");
	}

	@Test
	void whatSomeoneElseChangedMeanwhileIsShownBeforeItIsOverwritten() {
		Visitor visitor = Staff.DTC.visitor();
		String username = account(Staff.DTC, "two.editors", "Two");
		visitor.click("Users");
		visitor.search(username);
		visitor.control("Edit User " + username).click();
		visitor.fill("First Name", "Mine");
		Page other = visitor.context().newPage();
		other.navigate(visitor.page().url());
		other.getByLabel("Last Name").fill("Theirs");
		other.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save User")).click();
		assertThat(other.getByText("have been saved")).isVisible();
		other.close();

		visitor.click("Save User");

		Locator conflict = visitor.dialog("This account has changed in the meantime");
		assertThat(conflict).containsText("Theirs");
		assertThat(conflict).containsText("not changed by you");
		Screen.check(visitor, "conflict");
		visitor.click("Keep Those Changes Too");
		assertThat(visitor.field("First Name")).hasValue("Mine");
		assertThat(visitor.field("Last Name")).hasValue("Theirs");
		visitor.click("Save User");
		visitor.sees("have been saved");
	}

	/** A new version of the account, with nothing in it that the form has. */
	@Test
	void newCredentialsSentMeanwhileAreNoConflict() {
		Visitor visitor = Staff.DTC.visitor();
		String username = account(Staff.DTC, "sent.meanwhile", "Sent");
		visitor.click("Users");
		visitor.search(username);
		visitor.control("Edit User " + username).click();
		visitor.fill("First Name", "Mine");
		Page form = visitor.page();
		Page other = visitor.context().newPage();
		other.navigate(form.url());
		visitor.goOnIn(other);
		visitor.click("Send New Credentials");
		visitor.click("Send New Credentials");
		visitor.sees("1 user account has been sent new credentials.");
		other.close();
		visitor.goOnIn(form);

		visitor.click("Save User");

		visitor.sees("The changes to " + username + " have been saved.");
		assertThat(visitor.row(username)).containsText("Mine");
	}

	@Test
	void unsavedWorkIsNotLeftUnasked() {
		Visitor visitor = Staff.DTC.visitor();
		visitor.click("Users");
		visitor.click("Create New User");
		visitor.fill("First Name", "Unsaved");

		visitor.click("Users");

		visitor.dialog("Leave without saving?");
		Screen.check(visitor, "unsaved");
		visitor.click("Stay on This Page");
		assertThat(visitor.field("First Name")).hasValue("Unsaved");
		visitor.page().goBack();
		visitor.dialog("Leave without saving?");
		visitor.click("Leave Without Saving");
		visitor.seesHeading("Users");
	}

	/** As when the session got another cookie while the request was under way. */
	@Test
	void aReadThatIsRefusedOnceIsSentAgainAndNobodyIsAskedToSignIn() {
		Visitor visitor = Staff.TC.visitor();
		visitor.page().route(Pattern.compile("/api/users\\?"),
				route -> route.fulfill(new Route.FulfillOptions().setStatus(401)), new Page.RouteOptions().setTimes(1));
		visitor.click("Users");
		visitor.page().locator("tbody tr").first().waitFor();
		assertThat(visitor.page().getByText("Your session has ended")).hasCount(0);
	}

	@Test
	void aNewSignInGoesOnWithTheWorkOfAnEndedSession() {
		Visitor visitor = Staff.STC.visitor();
		String username = prefix(Staff.STC) + "session@cybercity.example";
		visitor.click("Users");
		visitor.click("Create New User");
		visitor.fill("Username", username);
		visitor.fill("First Name", "Session");
		visitor.fill("Last Name", "Kept");
		visitor.fill("Email", username);
		visitor.page().getByLabel("New User has the following role:").selectOption("Test Administrator");
		visitor.context().clearCookies();

		// The page may notice by itself first; then its dialog lies over the button.
		visitor.named("Save User").dispatchEvent("click");
		visitor.dialog("Your session has ended");
		Screen.check(visitor, "session-ended");
		Page form = visitor.page();
		visitor.goOnIn(visitor.context().waitForPage(() -> visitor.click("Sign In")));
		visitor.fill("Username", Staff.STC.username());
		visitor.fill("Password", Staff.OWN_PASSWORD);
		visitor.click("Sign In");
		visitor.seesHeading("You are signed in again");
		Screen.check(visitor, "session-restored");
		visitor.page().close();
		visitor.goOnIn(form);

		visitor.sees("The user account " + username + " has been created.");
	}

	@Test
	void withoutAConnectionThePortalSaysSoAndGoesOnWhenThereIsOneAgain() {
		Visitor visitor = Staff.TC.visitor();
		visitor.click("Users");
		visitor.page().locator("tbody tr").first().waitFor();
		visitor.context().setOffline(true);
		try {
			visitor.page().getByLabel("Choose a Role").selectOption("Test Administrator");
			visitor.sees("The portal cannot be reached. Please check your connection and try again.");
			Screen.check(visitor, "offline");
		} finally {
			visitor.context().setOffline(false);
		}

		assertThat(visitor.page().locator(".away")).hasCount(0);
		assertThat(visitor.page().locator("tbody tr").first()).isVisible();
	}

	@Test
	void whileTheAccountsAreAwayThePortalSaysSoAndGoesOnAfterwards() {
		Visitor visitor = Staff.TC.visitor();
		RunningSystem.shared().kill(RunningSystem.USER_SERVICE);
		try {
			visitor.open("/users");
			visitor.seesHeading("The portal is not available at the moment");
			Screen.check(visitor, "not-available");
		} finally {
			RunningSystem.shared().start(RunningSystem.USER_SERVICE);
		}

		visitor.click("Try Again");

		assertThat(visitor.page().locator("tbody tr").first()).isVisible();
	}

	/** An account that this person manages, made at the first school. */
	private static String account(Staff person, String name, String firstName) {
		String username = prefix(person) + name + "@cybercity.example";
		Staff.upload(List.of(List.of(username, firstName, "Managed", username, "TA", "00-771778-001")));
		return username;
	}

	private static String prefix(Staff person) {
		return "of." + person.name().toLowerCase(Locale.ROOT) + ".";
	}

	private static Locator rows(Visitor visitor) {
		return visitor.page().locator("table.users tbody tr");
	}

	/** Opens the blue bar, finds it by typing, and closes the bar; a coordinator of one school has it chosen already. */
	private static void chooseOrganization(Visitor visitor, String name) {
		Locator chosen = visitor.page().getByLabel("Selected organizations").getByText(name);
		if (chosen.count() == 0) {
			visitor.control("No organizations selected. Click here to choose organization(s).").click();
			visitor.page().getByLabel("Search organizations").fill(name);
			assertThat(visitor.page().getByText("1 organization", new Page.GetByTextOptions().setExact(true)))
					.isVisible();
			Screen.check(visitor, "create-user-organizations");
			visitor.page().getByRole(AriaRole.CHECKBOX,
					new Page.GetByRoleOptions().setName(Visitor.beginningWith(name))).check();
			visitor.page().keyboard().press("Escape");
		}
		assertThat(chosen).isVisible();
	}
}
