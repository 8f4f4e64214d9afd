package io.rollcall.acceptance.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.SelectOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Once a year: who is still there. Each test has a confirmation of its own, and so its own decisions about the same people. */
@Tag("long")
@InBrowser
class BrowserConfirmationIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();

	private static final String DISTRICT = Directory.CLINTON;
	private static final String ELEMENTARY = "00640000-00640050";
	private static final String MIDDLE = "00640000-00640305";
	private static final String HIGH = "00640000-00640505";
	private static final String MIDDLE_NAME = "Clinton Middle School";
	private static final String HIGH_NAME = "Clinton Senior High School";

	private static final String DISTRICT_COORDINATOR = user("district");
	private static final String SCHOOL_COORDINATOR = user("school");
	private static final int MANY = 50;
	private static final int PHONE = 375;
	private static final ZoneId ZONE = ZoneId.of("America/New_York");

	/** What a person does with a mouse or a finger. */
	private static final String COUNT_PRESSES = "addEventListener('pointerdown', () => localStorage.setItem('presses', Number(localStorage.getItem('presses') ?? 0) + 1), true)";

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(DISTRICT_COORDINATOR, "Dis", "Trict", DISTRICT_COORDINATOR, "DTC", DISTRICT),
				List.of(SCHOOL_COORDINATOR, "Scho", "Ol", SCHOOL_COORDINATOR, "STC", ELEMENTARY));
		var people = new ArrayList<List<String>>();
		IntStream.range(0, MANY).mapToObj(it -> person("n" + (100 + it), "Number" + it, MIDDLE)).forEach(people::add);
		for (String name : List.of("left", "wrong", "proposed"))
			people.add(person(name, "Hi" + name, HIGH));
		people.add(person("elementary", "Ele", ELEMENTARY));
		Staff.upload(people);
	}

	@Test
	void fiftyPeopleAreConfirmedInFiveClicksAndAMinute() throws IOException {
		String name = "Spring 2027";
		open(name);
		try (Visitor visitor = Visitor.at(SYSTEM.portal(), 1280, 800)) {
			visitor.context().addInitScript(COUNT_PRESSES);
			Staff.signIn(visitor, DISTRICT_COORDINATOR, Staff.OWN_PASSWORD);
			visitor.sees("A confirmation is due by");
			Screen.checkOnAPhoneToo(visitor, "home-confirmation-due");
			visitor.page().evaluate("() => localStorage.setItem('presses', 0)");
			Instant begun = Instant.now();

			visitor.click(name);
			visitor.seesHeading(name);
			visitor.page().getByLabel("Select everybody of " + MIDDLE_NAME + " on this page").check();
			visitor.sees(MANY + " people selected");
			visitor.click("Stays");
			visitor.sees(MANY + " user accounts have been marked as staying.");

			Duration took = Duration.between(begun, Instant.now());
			assertThat(Integer.parseInt((String) visitor.page().evaluate("() => localStorage.getItem('presses')")))
					.isBetween(3, 5);
			assertThat(took).isLessThan(Duration.ofMinutes(1));
			visitor.sees(MANY + " of ");
			assertThat(rows(visitor).filter(having("Number"))).hasCount(0);

			Locator state = visitor.page().getByLabel("Show");
			state.selectOption("stays");
			assertThat(rows(visitor).filter(having("Number"))).hasCount(MANY);
			String report = Files.readString(visitor.download(() -> visitor.click("Download Report (.CSV)")));
			assertThat(report.lines().filter(it -> it.contains(",stays,") && it.contains(DISTRICT_COORDINATOR)))
					.hasSize(MANY);
			printsOneTable(visitor);
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	private static void printsOneTable(Visitor visitor) {
		visitor.click("Print");
		assertThat(visitor.page().locator(".paper tbody tr").filter(having("Stays"))).hasCount(MANY);
		visitor.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
		try {
			assertThat(visitor.page().locator("main table:visible")).hasCount(1);
			assertThat(visitor.page().locator("main button:visible")).hasCount(0);
			assertThat(visitor.page().getByText(MANY + " of ")).isVisible();
		} finally {
			visitor.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
		}
	}

	/** By the service center; then who has left is deactivated, who is wrong is edited, and a school is handed over. */
	@Test
	void aConfirmationIsOpenedWorkedThroughAndClosed() {
		String name = "Fall 2026";
		try (Visitor center = serviceCenter(); Visitor visitor = districtCoordinator()) {
			center.click("Users");
			center.click("Confirmations");
			center.seesHeading("Confirmations");
			center.click("Open a Confirmation");
			center.click("Open Confirmation");
			center.sees("Choose the whole state or some districts.");
			openOnThePage(center, name);
			center.seesHeading(name);
			center.sees("The confirmation has been opened.");
			center.sees("0 of 56 confirmed, 21 days left");
			assertThat(center.page().locator(".ready tbody tr")).hasCount(1);
			assertThat(rows(center)).hasCount(1); // whom nobody else can confirm
			assertThat(rows(center)).containsText(DISTRICT_COORDINATOR);
			Screen.checkOnAPhoneToo(center, "confirmation-service-center");

			visitor.click("Users");
			visitor.click(name);
			visitor.seesHeading(name);
			visitor.sees("0 of 56 confirmed, 21 days left");
			assertThat(visitor.page().locator("tr.place")).containsText(
					new String[]{"Clinton Elementary School", MIDDLE_NAME, HIGH_NAME});
			assertThat(row(visitor, "left")).containsText("Never signed in");
			select(visitor, "left");
			select(visitor, "wrong");
			visitor.sees("2 people selected");
			Screen.checkOnAPhoneToo(visitor, "confirmation");
			Screen.keepDark(visitor, "confirmation-dark");
			visitor.click("Clear Selection");

			whoHasLeftIsDeactivated(visitor);
			whoIsWrongIsEdited(visitor, name);
			aSchoolIsHandedOver(visitor, name);

			center.page().reload();
			center.sees("3 of 56 confirmed"); // one is deactivated, one stays, and so does the one of the school that was handed over
			center.fill("Deadline", "2020-01-01");
			center.click("Save Deadline and Reminders");
			center.sees("The deadline must be today or a later day");
			center.fill("Deadline", today().plusDays(30).toString());
			center.click("Save Deadline and Reminders");
			center.sees("3 of 56 confirmed, 31 days left");
			center.click("Close Confirmation");
			center.dialog("Close this confirmation?");
			Screen.check(center, "confirmation-close");
			center.click("Close Confirmation");
			center.sees("3 of 56 confirmed, closed");
			whoIsProposedIsDeactivatedByHand(center);

			visitor.page().reload();
			visitor.sees("This confirmation is closed. Nobody can be confirmed in it any more.");
			assertThat(visitor.page().getByLabel("Select all on this page")).hasCount(0);
			assertThat(visitor.complaints()).isEmpty();
			assertThat(center.complaints()).isEmpty();
		}
	}

	private static void openOnThePage(Visitor center, String name) {
		Page page = center.page();
		page.getByLabel("Some districts").check();
		center.control("No organizations selected.").click();
		page.getByLabel("Search organizations").fill("Clinton");
		page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(Visitor.beginningWith("Clinton"))).first()
				.check();
		page.keyboard().press("Escape");
		center.click("Open Confirmation");
		center.sees("The name must be 1-100 characters long");
		center.sees("The deadline must be today or a later day");
		assertThat(page.locator("#error-summary")).isFocused();
		Screen.checkOnAPhoneToo(center, "open-confirmation-errors");
		center.fill("Name", name);
		center.fill("Deadline", today().plusDays(20).toString());
		page.getByLabel("Reminder 1").fill(today().plusDays(10).toString());
		center.click("Add Another Day");
		assertThat(page.getByLabel("Reminder 2")).isFocused();
		page.getByLabel("Reminder 2").fill(today().plusDays(18).toString());
		Screen.check(center, "open-confirmation");
		center.click("Open Confirmation");
	}

	private static void whoHasLeftIsDeactivated(Visitor visitor) {
		select(visitor, "left");
		visitor.click("Left");
		visitor.sees("1 user account has been marked as left.");
		visitor.sees("1 person has left, and their account is still active.");
		visitor.click("Show Them");
		assertThat(row(visitor, "left")).containsText("by Dis Trict");
		Screen.check(visitor, "confirmation-left");
		select(visitor, "left");
		visitor.click("Deactivate");
		assertThat(visitor.dialog("Deactivate this user account?")).containsText(user("left"));
		visitor.click("Deactivate");
		visitor.sees("1 user account has been deactivated.");
		visitor.sees("Nobody is in this list.");
		visitor.page().getByLabel("Show").selectOption("open");
	}

	private static void whoIsWrongIsEdited(Visitor visitor, String name) {
		select(visitor, "wrong");
		visitor.click("Wrong Role or School");
		visitor.sees("1 person has a wrong role or school.");
		visitor.click("Show Them");
		visitor.click("Edit User " + user("wrong"));
		visitor.seesHeading("Edit User " + user("wrong"));
		visitor.sees("Wrong Role or School, in");
		Screen.check(visitor, "user-history-confirmed");
		visitor.page().locator("#role").selectOption("RAO");
		visitor.click("Save User");
		visitor.seesHeading(name);
		visitor.sees("The changes to " + user("wrong") + " have been saved.");
		assertThat(row(visitor, "wrong")).containsText("Reports Access Only");
		select(visitor, "wrong");
		visitor.click("Stays");
		visitor.sees("1 user account has been marked as staying.");
		visitor.sees("2 of 56 confirmed");
	}

	private static void aSchoolIsHandedOver(Visitor visitor, String name) {
		visitor.page().locator("hand-overs summary").click();
		visitor.page().getByLabel("Clinton Elementary School", new Page.GetByLabelOptions().setExact(true))
				.selectOption(new SelectOption().setLabel("Scho Ol"));
		visitor.click("Save Hand-Overs");
		visitor.sees("1 school is handed over.");
		Screen.checkOnAPhoneToo(visitor, "confirmation-hand-over");
		try (Visitor school = Staff.signedIn(SCHOOL_COORDINATOR, 1280, 800)) {
			school.click(name);
			school.seesHeading(name);
			assertThat(rows(school)).hasCount(1);
			select(school, "elementary");
			school.click("Stays");
			school.sees("You have nobody to confirm.");
			assertThat(school.complaints()).isEmpty();
		}
	}

	private static void whoIsProposedIsDeactivatedByHand(Visitor center) {
		center.sees("No account is deactivated automatically");
		assertThat(rows(center)).hasCount(53);
		assertThat(center.page().locator("people-worklist input:checked")).hasCount(0);
		Screen.checkOnAPhoneToo(center, "confirmation-proposed");
		select(center, "proposed");
		center.click("Deactivate");
		assertThat(center.dialog("Deactivate this user account?")).containsText(user("proposed"));
		center.click("Deactivate");
		center.sees("1 user account has been deactivated.");
		assertThat(rows(center)).hasCount(52);
	}

	@Test
	void theListSaysHowFarEachIs() {
		open("Winter 2027");
		try (Visitor visitor = districtCoordinator()) {
			visitor.open("/users/confirmations");
			Locator listed = visitor.page().getByRole(AriaRole.ROW).filter(having("Winter 2027"));
			assertThat(listed).containsText("Clinton");
			assertThat(listed).containsText("confirmed, 21 days left");
			Screen.checkOnAPhoneToo(visitor, "confirmations");
			visitor.open("/users/confirmations/00000000-0000-0000-0000-000000000000");
			visitor.sees("There is no such confirmation.");
			Screen.check(visitor, "confirmation-missing");
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	@Test
	void onAPhoneEverythingIsWithinReach() {
		String id = open("Summer 2027");
		try (Visitor visitor = Staff.signedIn(DISTRICT_COORDINATOR, PHONE, 740)) {
			visitor.open("/users/confirmations/" + id);
			visitor.sees("confirmed, 21 days left");
			Page page = visitor.page();
			visitor.page().getByLabel("Select everybody of " + MIDDLE_NAME + " on this page").check();
			visitor.sees(MANY + " people selected");
			page.locator("hand-overs summary").click();
			assertThat(page.getByLabel("Clinton Elementary School", new Page.GetByLabelOptions().setExact(true)))
					.isVisible();
			assertThat(page.locator(".worklist thead")).isHidden();
			Screen.isWithinReach(visitor);
			Screen.check(visitor, "confirmation-375");
		}
	}

	@Test
	void peopleAreConfirmedByTheKeyboardAlone() {
		open("Fall 2027");
		try (Visitor visitor = districtCoordinator()) {
			Keyboard keys = visitor.page().keyboard();
			visitor.sees("A confirmation is due by");
			BrowserKeyboardIT.goTo(visitor, "Fall 2027");
			keys.press("Enter");
			visitor.seesHeading("Fall 2027");
			visitor.sees("confirmed, 21 days left");
			BrowserKeyboardIT.goTo(visitor, "Select everybody of " + MIDDLE_NAME);
			keys.press("Space");
			visitor.sees(MANY + " people selected");
			BrowserKeyboardIT.goBackTo(visitor, "Stays");
			keys.press("Enter");
			visitor.sees(MANY + " user accounts have been marked as staying.");
			assertThat(visitor.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("People")))
					.isFocused();
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	/** By the service center's program, for three weeks. @return its id */
	private static String open(String name) {
		return Imports.json(SYSTEM.imports().post("/api/confirmations", Map.of("name", name, "districts",
				List.of(DISTRICT), "deadline", today().plusDays(20).toString(), "reminders", List.of()))).path("id")
				.asString();
	}

	private static Visitor serviceCenter() {
		Visitor center = Visitor.at(SYSTEM.portal());
		Staff.signIn(center, "service.center", SYSTEM.serviceCenterPassword());
		center.seesHeading("Welcome, ");
		return center;
	}

	private static Visitor districtCoordinator() {
		return Staff.signedIn(DISTRICT_COORDINATOR, 1280, 800);
	}

	private static LocalDate today() {
		return LocalDate.now(ZONE);
	}

	private static String user(String name) {
		return "confirm." + name + "@clinton.example";
	}

	private static List<String> person(String name, String firstName, String org) {
		return List.of(user(name), firstName, "Old", user(name), "TA", org);
	}

	private static void select(Visitor visitor, String name) {
		row(visitor, name).getByRole(AriaRole.CHECKBOX).check();
	}

	private static Locator row(Visitor visitor, String name) {
		return rows(visitor).filter(having(user(name)));
	}

	private static Locator rows(Visitor visitor) {
		return visitor.page().locator(".worklist tbody tr:not(.place)");
	}

	private static Locator.FilterOptions having(String text) {
		return new Locator.FilterOptions().setHasText(text);
	}
}
