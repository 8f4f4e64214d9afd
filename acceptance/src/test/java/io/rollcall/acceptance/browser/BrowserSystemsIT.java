package io.rollcall.acceptance.browser;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Connected systems, as people call API clients, in a browser: one's own, and those of whom one manages. */
@Tag("long")
@InBrowser
class BrowserSystemsIT {
	private static final HttpClient HTTP = HttpClient.newHttpClient();
	private static final String SECRET = "Client Secret";

	/** A system as somebody has set it up elsewhere. */
	private record Elsewhere(String clientId, String secret) {
		/** The status with which it is given a token, or not. */
		int signIn() {
			String client = Base64.getEncoder().encodeToString(
					(clientId + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8))
							.getBytes(StandardCharsets.UTF_8));
			try {
				return HTTP.send(HttpRequest
						.newBuilder(URI.create(RunningSystem.shared().portal() + "/auth/oauth2/token"))
						.header("Authorization", "Basic " + client)
						.header("Content-Type", "application/x-www-form-urlencoded")
						.POST(BodyPublishers.ofString("grant_type=client_credentials")).build(),
						BodyHandlers.discarding())
						.statusCode();
			} catch (IOException | InterruptedException e) {
				throw new AssertionError(e);
			}
		}
	}

	private static Elsewhere connect(Visitor visitor, String name) {
		visitor.open("/profile");
		visitor.click("Connect a System");
		visitor.fill("Name of the System", name);
		visitor.fill("Current Password", Staff.OWN_PASSWORD);
		visitor.click("Connect");
		visitor.seesHeading("“" + name + "” has been connected");
		return new Elsewhere(visitor.field("Client ID").inputValue(), visitor.field(SECRET).inputValue());
	}

	private static void awaitMail(Staff person, long newest, String subject, String name) {
		Await.until("the mail", () -> RunningSystem.shared().inbox().after(newest).stream()
				.anyMatch(mail -> mail.recipient().equals(person.username()) && mail.subject().equals(subject)
						&& mail.text().contains("“" + name + "”")) ? true : null);
	}

	private static long newestMail() {
		return RunningSystem.shared().inbox().newest();
	}

	@Test
	void aSystemIsConnectedWithTheCurrentPasswordAndItsSecretIsShownOnce() {
		Visitor visitor = Staff.DTC.visitor();
		Page page = visitor.page();
		visitor.open("/profile");
		visitor.sees("No system is connected.");
		visitor.click("Connect a System");
		assertThat(visitor.field("Name of the System")).isFocused();
		visitor.click("Connect");
		visitor.sees("Name must be 1-60 characters long");
		visitor.fill("Name of the System", "Staff directory");
		visitor.fill("Current Password", "Not-my-pass-1");
		visitor.click("Connect");
		visitor.sees("The current password is not correct");
		Screen.check(visitor, "connect-system-errors");

		long newest = newestMail();
		Elsewhere system = connect(visitor, "Staff directory");
		assertThat(page.locator("#secret-heading")).isFocused();
		Screen.check(visitor, "connect-system-secret");
		Screen.keepDark(visitor, "connect-system-secret-dark");
		visitor.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
		visitor.click("Copy the " + SECRET);
		visitor.sees("The Client Secret has been copied.");
		assertThat(page.evaluate("() => navigator.clipboard.readText()")).isEqualTo(system.secret());
		awaitMail(Staff.DTC, newest, "A system has been connected to your user account", "Staff directory");
		assertThat(system.signIn()).isEqualTo(200);

		visitor.click("Users");
		visitor.dialog("Leave without saving?");
		visitor.click("Stay on This Page");
		visitor.click("Edit Information");
		assertThat(visitor.field(SECRET)).isHidden();
		visitor.click("Cancel");
		assertThat(visitor.field(SECRET)).hasValue(system.secret());
		visitor.click("Done");
		assertThat(visitor.named("Connect a System")).isFocused();
		assertThat(page.content()).doesNotContain(system.secret());
		page.reload();
		visitor.sees("Last used ");
		Screen.check(visitor, "connected-systems");

		newest = newestMail();
		visitor.click("Disconnect Staff directory");
		visitor.dialog("Disconnect “Staff directory”?");
		Screen.check(visitor, "disconnect-system");
		visitor.click("Disconnect");
		visitor.sees("“Staff directory” has been disconnected.");
		visitor.sees("No system is connected.");
		assertThat(system.signIn()).isEqualTo(401);
		awaitMail(Staff.DTC, newest, "A system has been disconnected from your user account", "Staff directory");
	}

	@Test
	void whoeverManagesTheAccountSeesAndDisconnectsItsSystems() {
		Visitor owner = Staff.STC.visitor();
		Elsewhere system = connect(owner, "School upload");
		owner.click("Done");

		Visitor coordinator = Staff.DTC.visitor();
		openAccount(coordinator, Staff.STC);
		coordinator.seesHeading("Connected Systems");
		coordinator.sees("School upload");
		Screen.check(coordinator, "user-systems");
		Screen.keepDark(coordinator, "user-systems-dark");
		coordinator.fill("Phone Number", "413-555-0187");
		coordinator.click("Disconnect School upload");
		coordinator.dialog("Disconnect “School upload”?");
		coordinator.click("Disconnect");
		coordinator.sees("“School upload” has been disconnected.");
		assertThat(coordinator.field("Phone Number")).hasValue("413-555-0187"); // what was typed is kept
		coordinator.click("Save User");
		coordinator.sees("The changes to " + Staff.STC.username() + " have been saved.");
		assertThat(system.signIn()).isEqualTo(401);

		openAccount(coordinator, Staff.STC);
		Await.until("both in the history", () -> {
			Locator history = coordinator.page().locator("account-history li");
			history.first().waitFor();
			if (history.getByText("System disconnected").count() > 0) return true;
			coordinator.page().reload();
			return null;
		});
		coordinator.sees("System connected");
		assertThat(coordinator.page().locator("connected-systems section")).hasCount(0);
	}

	private static void openAccount(Visitor coordinator, Staff whose) {
		coordinator.open("/users");
		coordinator.search(whose.username());
		coordinator.control("Edit User " + whose.username()).click();
		coordinator.seesHeading("Edit User " + whose.username());
		coordinator.page().locator("account-history li").first().waitFor();
	}

	@Test
	void whoManagesNoUsersConnectsNothing() {
		Visitor visitor = Staff.TA.visitor();
		visitor.open("/profile");
		visitor.sees(Staff.TA.title());
		assertThat(visitor.page().getByText("Connected Systems")).hasCount(0);
	}

	@Test
	void onAPhoneASystemIsConnectedAndDisconnectedByTheKeyboardAlone() {
		Visitor visitor = Staff.TC.visitor();
		Page page = visitor.page();
		Keyboard keys = page.keyboard();
		page.setViewportSize(320, 800);
		try {
			visitor.open("/profile");
			visitor.seesHeading("Connected Systems");
			tabTo(page, "Connect a System");
			keys.press("Enter");
			assertThat(visitor.field("Name of the System")).isFocused();
			keys.type("A".repeat(60)); // what cannot be broken at a blank
			keys.press("Tab");
			keys.type(Staff.OWN_PASSWORD);
			keys.press("Enter");
			assertThat(page.locator("#secret-heading")).isFocused();
			assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth")).isLessThanOrEqualTo(320);
			Screen.check(visitor, "connect-system-secret-320");
			tabTo(page, "Done");
			keys.press("Enter");
			assertThat(visitor.named("Connect a System")).isFocused();
			keys.press("Shift+Tab");
			keys.press("Enter");
			visitor.dialog("Disconnect “" + "A".repeat(60) + "”?");
			assertThat(visitor.named("Cancel")).isFocused();
			Locator dialog = page.getByRole(AriaRole.DIALOG);
			assertThat((Boolean) dialog.evaluate("it => it.scrollWidth <= it.clientWidth")).isTrue();
			Screen.check(visitor, "disconnect-system-320");
			keys.press("Shift+Tab");
			keys.press("Enter");
			visitor.sees("No system is connected.");
			assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Connected Systems")))
					.isFocused();
		} finally {
			page.setViewportSize(1280, 800);
		}
	}

	private static void tabTo(Page page, String name) {
		for (int i = 0; i < 40; i++) {
			page.keyboard().press("Tab");
			if ((Boolean) page.evaluate("name => document.activeElement.textContent.trim() === name", name)) return;
		}
		throw new AssertionError("The keyboard does not reach " + name);
	}
}
