package io.rollcall.acceptance.browser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer of success is not believed: every form reads the account again, and says at each field what was not taken. Each form is
 * walked twice: what it says is so is read by the interface, too; and with answers in which nothing has changed it says so.
 */
@Tag("long")
@InBrowser
class BrowserReadAgainIT {
	private static final Pattern ONE_ACCOUNT = Pattern.compile("/api/users/[0-9a-f-]{36}$");
	private static final Pattern ONESELF = Pattern.compile("/api/me$");
	private static final List<String> TEXTS = List.of("firstName", "lastName", "email", "phone", "fax", "address");

	private final Visitor visitor = Staff.DTC.visitor();

	@Test
	void whatTheFormsSayIsSavedIsSo() {
		String username = "walked@cybercity.example";
		create(username);
		visitor.click("Save User");
		visitor.sees("The user account " + username + " has been created.");
		assertThat(fields(account(username))).containsExactlyInAnyOrderEntriesOf(Map.of("firstName", "Walked",
				"lastName",
				"Along", "email", username, "phone", "413-555-0101", "fax", "413-555-0102", "address", "1 First Street",
				"role", "TA", "organizations", "00-771778-001", "programs", "1030"));

		edit(username);
		visitor.click("Save User");
		visitor.sees("The changes to " + username + " have been saved.");
		assertThat(fields(account(username))).containsExactlyInAnyOrderEntriesOf(Map.of("firstName", "Wandered",
				"lastName", "Away", "email", "moved." + username, "phone", "413-555-0201", "fax", "413-555-0202",
				"address", "2 Second Street", "role", "RAO", "organizations", "00-771778-002", "programs", ""));

		for (String[] step : new String[][]{{"Deactivate User", "Deactivate", "deactivated"},
				{"Reactivate", "Reactivate", "active"}}) {
			open(username);
			visitor.click(step[0]);
			visitor.click(step[1]);
			visitor.sees("1 user account has been " + step[1].toLowerCase() + "d.");
			assertThat(account(username).path("status").asString()).isEqualTo(step[2]);
		}
		JsonNode before = account(username).path("credentials");
		open(username);
		visitor.click("Send New Credentials");
		visitor.click("Send New Credentials");
		visitor.sees("1 user account has been sent new credentials.");
		assertThat(account(username).path("credentials")).isNotEqualTo(before);
	}

	/** Blanks around it, an accent written as a character of its own, another end of a line: kept in another spelling, and no fault. */
	@Test
	void whatIsKeptInAnotherSpellingIsSaved() {
		String username = made("spelled");
		open(username);
		visitor.fill("First Name", " \u00a0Jose\u0301 ");
		visitor.fill("Address", "1 Some Street\r\nCyber City\u200b");
		visitor.click("Save User");
		visitor.sees("The changes to " + username + " have been saved.");
		assertThat(account(username).path("firstName").asString()).isEqualTo("Jos\u00e9");
	}

	@Test
	void whatWasNotTakenIsShownAtItsFieldInEditUser() {
		String username = made("nothing.taken");
		ObjectNode before = account(username);
		edit(username);
		answering(ONE_ACCOUNT, it -> it.removeAll().setAll(before), () -> {
			visitor.click("Save User");
			visitor.sees("Not all of the changes to " + username + " have been saved.");
		});

		visitor.seesHeading("These 9 fields were not saved");
		assertThat(error("phone")).hasText("Phone Number was not saved. The account has nothing there.");
		assertThat(error("firstName")).hasText("First Name was not saved. The account has Nothing there.");
		assertThat(error("role")).hasText("Role was not saved. The account has Test Administrator there.");
		assertThat(error("organizations"))
				.hasText(
						"Organizations were not saved. The account has Cyber City Sch1-001 (Cyber City) (00-771778-001) there.");
		assertThat(error("programs")).hasText("Programs were not saved. The account has nothing there.");
		for (String field : TEXTS)
			assertThat(error(field)).isVisible();
		assertThat(visitor.field("First Name")).hasValue("Wandered");
		Screen.checkOnAPhoneToo(visitor, "user-not-saved");

		// What is still in the form is saved once more, over what is there now.
		visitor.click("Save User");
		visitor.sees("The changes to " + username + " have been saved.");
	}

	@Test
	void whatWasNotTakenIsShownAtItsFieldInCreateUser() {
		String username = "half.made@cybercity.example";
		create(username);
		answering(ONE_ACCOUNT, it -> {
			TEXTS.forEach(it::remove);
			it.put("lastName", "Other").put("email", "other@cybercity.example").put("role", "RAO").put("firstName",
					"O");
			it.putArray("organizations").add("00-771778-002");
			it.putArray("programs").add("1034");
		}, () -> {
			visitor.click("Save User");
			visitor.sees("The user account " + username + " has been created, but not as it was filled in.");
		});

		visitor.seesHeading("These 9 fields were not saved");
		assertThat(error("programs")).hasText("Programs were not saved. The account has MCAS High School there.");
		// It is there: what is saved next is a change of it.
		visitor.seesHeading("Edit User " + username);
		assertThat(visitor.field("Last Name")).hasValue("Along");
		visitor.click("Save User");
		visitor.sees("The changes to " + username + " have been saved.");
		assertThat(account(username).path("lastName").asString()).isEqualTo("Along");
	}

	@Test
	void whatWasNotTakenIsShownAtItsFieldInTheProfile() {
		visitor.open("/profile");
		visitor.click("Edit Information");
		Map<String, String> typed = Map.of("First Name", "Patty", "Last Name", "Portal-Else", "Phone Number",
				"413-555-0301",
				"Fax Number", "413-555-0302", "Address", "3 Third Street");
		typed.forEach(visitor::fill);
		ObjectNode before = (ObjectNode) JsonMapper.shared()
				.readTree(visitor.context().request().get(RunningSystem.shared().portal() + "/api/me").text());
		answering(ONESELF, it -> it.removeAll().setAll(before), () -> {
			visitor.click("Save Profile");
			visitor.sees("Not all of your profile has been saved.");
		});

		visitor.seesHeading("These 5 fields were not saved");
		assertThat(error("firstName")).hasText("First Name was not saved. The account has Pat there.");
		assertThat(visitor.field("First Name")).hasValue("Patty");
		Screen.checkOnAPhoneToo(visitor, "profile-not-saved");
		visitor.fill("First Name", Staff.DTC.firstName());
		visitor.fill("Last Name", Staff.DTC.lastName());
		visitor.click("Save Profile");
		visitor.sees("Your profile has been saved.");
		visitor.sees("413-555-0301");
	}

	@Test
	void aNewPasswordThatWasNotTakenIsNone() {
		visitor.open("/profile");
		visitor.click("Edit Information");
		visitor.fill("Current Password", Staff.OWN_PASSWORD);
		visitor.fill("New Password", "Never-Taken-2026!");
		visitor.fill("Confirm New Password", "Never-Taken-2026!");
		Pattern passwords = Pattern.compile("/api/me/password$");
		visitor.page().route(passwords, route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
		visitor.click("Save Profile");

		assertThat(error("newPassword")).hasText("Your new password was not saved.");
		visitor.page().unroute(passwords);
		assertThat(visitor.field("Current Password")).hasValue(Staff.OWN_PASSWORD);
		visitor.click("Cancel");
	}

	@ParameterizedTest
	@CsvSource({"deactivated, Deactivate, The account is still active.",
			"sent new credentials, Send New Credentials, The account has the same passwords as before."})
	void whatWasNotDoneToManyIsSaidOfEach(String past, String button, String why) {
		String name = "bulk." + button.substring(0, 4).toLowerCase();
		List<String> usernames = List.of(made(name + ".one"), made(name + ".two"));
		List<ObjectNode> before = usernames.stream().map(BrowserReadAgainIT::account).toList();
		visitor.click("Users");
		visitor.search(name);
		visitor.page().getByLabel("Select all on this page").check();
		visitor.click(button);
		answering(ONE_ACCOUNT, it -> before.stream().filter(was -> was.path("id").equals(it.path("id")))
				.filter(was -> was.path("username").asString().equals(usernames.getFirst())).forEach(it::setAll),
				() -> {
					visitor.click(button);
					visitor.dialog("1 account not " + past);
				});

		Locator outcome = visitor.dialog("1 account not " + past);
		assertThat(outcome).containsText("1 user account has been " + past + ".");
		assertThat(outcome).containsText("(" + usernames.getFirst() + ")");
		assertThat(outcome).containsText(why);
		visitor.click("Close");
	}

	@Test
	void anAccountThatTheAnswerLeavesOutIsNamed() {
		List<String> usernames = List.of(made("left.out"), made("left.in"));
		visitor.click("Users");
		visitor.search("left.");
		visitor.page().getByLabel("Select all on this page").check();
		visitor.click("Deactivate");
		Pattern bulk = Pattern.compile("/api/users/deactivations$");
		String id = account(usernames.getFirst()).path("id").asString();
		visitor.page().route(bulk, route -> {
			APIResponse answer = route.fetch();
			ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(answer.text());
			var results = new ArrayList<JsonNode>();
			body.path("results").forEach(results::add);
			body.putArray("results")
					.addAll(results.stream().filter(it -> !it.path("userId").asString().equals(id)).toList());
			route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(body.toString()));
		});
		visitor.click("Deactivate");

		assertThat(visitor.dialog("1 account not deactivated"))
				.containsText("What became of this account is not known.");
		visitor.page().unroute(bulk);
		visitor.click("Close");
	}

	/** Fills in everything that Create New User has. */
	private void create(String username) {
		visitor.open("/users/new");
		visitor.fill("Username", username);
		visitor.fill("First Name", "Walked");
		visitor.fill("Last Name", "Along");
		visitor.fill("Email", username);
		visitor.fill("Phone Number", "413-555-0101");
		visitor.fill("Fax Number", "413-555-0102");
		visitor.fill("Address", "1 First Street");
		visitor.page().getByLabel("New User has the following role:").selectOption("Test Administrator");
		choose("Sch1-001");
		visitor.control("No program selected.").click();
		program("MCAS Grades 3-8").check();
	}

	/** Changes everything that Edit User has. */
	private void edit(String username) {
		open(username);
		visitor.fill("First Name", "Wandered");
		visitor.fill("Last Name", "Away");
		visitor.fill("Email", "moved." + username);
		visitor.fill("Phone Number", "413-555-0201");
		visitor.fill("Fax Number", "413-555-0202");
		visitor.fill("Address", "2 Second Street");
		visitor.page().locator("#role").selectOption("Reports Access Only");
		visitor.control("Remove Cyber City Sch1-001").click();
		choose("Sch2-002");
		boolean had = account(username).path("programs").size() > 0;
		visitor.control(had ? "Click here to select program(s)." : "No program selected.").click();
		program("MCAS Grades 3-8").setChecked(!had);
	}

	private Locator program(String name) {
		return visitor.page().getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(name));
	}

	private void choose(String school) {
		visitor.control("No organizations selected.").click();
		visitor.page().getByLabel("Search organizations").fill(school);
		visitor.page().getByRole(AriaRole.CHECKBOX,
				new Page.GetByRoleOptions().setName(Visitor.beginningWith("Cyber City " + school))).check();
		visitor.page().keyboard().press("Escape");
	}

	private void open(String username) {
		visitor.open("/users/" + account(username).path("id").asString());
		visitor.seesHeading("Edit User " + username);
	}

	private Locator error(String field) {
		return visitor.page().locator("#" + field + "-error");
	}

	/** While this is done, reading gives another answer than the service's. */
	private void answering(Pattern address, Consumer<ObjectNode> change, Runnable action) {
		visitor.page().route(address, route -> {
			if (!route.request().method().equals("GET")) {
				route.resume();
				return;
			}
			APIResponse answer = route.fetch();
			ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(answer.text());
			change.accept(body);
			route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(body.toString()));
		});
		action.run();
		visitor.page().unroute(address);
	}

	private static String made(String name) {
		String username = name + "@cybercity.example";
		Staff.upload(List.of(List.of(username, "Nothing", "Taken", username, "TA", "00-771778-001")));
		return username;
	}

	/** As the interface gives it to another client. */
	private static ObjectNode account(String username) {
		JsonNode found = Imports.json(RunningSystem.shared().imports().get("/api/users?search=" + username));
		if (found.path("totalItems").asInt() == 0) {
			found = Imports
					.json(RunningSystem.shared().imports().get("/api/users?status=deactivated&search=" + username));
		}
		assertThat(found.path("totalItems").asInt()).as("accounts " + username).isEqualTo(1);
		return (ObjectNode) found.path("items").path(0);
	}

	private static Map<String, String> fields(JsonNode account) {
		var fields = new HashMap<String, String>();
		for (String field : TEXTS)
			fields.put(field, account.path(field).asString(""));
		fields.put("role", account.path("role").asString());
		for (String field : List.of("organizations", "programs"))
			fields.put(field, String.join("|", account.path(field).valueStream().map(JsonNode::asString).toList()));
		return fields;
	}
}
