package io.rollcall.acceptance.browser;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.KeyboardModifier;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.system.Databases;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Inbox;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten tasks of a coordinator's week, each from the homepage to its end, with a stop-watch: what each takes in clicks and keys, and that it takes
 * no more than that. Prints a row for each.
 */
@Tag("long")
@InBrowser
class BrowserTasksIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();
	private static final String COORDINATOR = "tasks.coordinator@chelmsford.example";

	private static final String CENTER = "00560000-00560005";
	private static final String SOUTH_ROW = "00560000-00560015";
	private static final String HARRINGTON = "00560000-00560025";
	private static final String BYAM = "00560000-00560030";
	private static final String PARKER = "00560000-00560305";
	private static final String MCCARTHY = "00560000-00560310";
	private static final String HIGH = "00560000-00560505";

	private static final int OF_PARKER = 60;
	private static final int RUN = 12;
	private static final String FILE = "new-staff-of-fall.csv";
	private static final String BY_FILE = "imported.one@chelmsford.example";

	private Visitor visitor;

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(COORDINATOR, "Tas", "Ks", COORDINATOR, "DTC", Directory.CHELMSFORD));
		var people = new ArrayList<List<String>>();
		for (String state : List.of("set", "sent", "expiring", "expired"))
			IntStream.rangeClosed(1, 2).forEach(i -> people.add(person("signed." + state + i, MCCARTHY)));
		people.add(named("moved.north", "Kim", "Doyle", HARRINGTON));
		people.add(named("moved.south", "Kim", "Doyle", SOUTH_ROW));
		IntStream.rangeClosed(1, OF_PARKER).forEach(i -> people.add(person("parker.%02d".formatted(i), PARKER)));
		people.add(person("role.wrong", BYAM));
		people.add(named("comma", "Nneka", "Okafor-Quill", BYAM));
		people.add(person("mistaken", BYAM));
		IntStream.rangeClosed(1, 2 * RUN).forEach(i -> people.add(person("run.%02d".formatted(i), CENTER)));
		IntStream.rangeClosed(1, 3).forEach(i -> people.add(person("monday.%d".formatted(i), HIGH)));
		Staff.upload(people);
		Staff.upload(SYSTEM.coordinatorOf(Directory.CHELMSFORD), FILE, List.of(person("imported.one", BYAM)));

		for (String signedIn : List.of("signed.set1", "signed.set2"))
			SYSTEM.visitor().signInFirst(SYSTEM.portal(), address(signedIn),
					Staff.password(address(signedIn), "MCAS Portal"), Staff.OWN_PASSWORD);
		SYSTEM.awaitRest();
		SYSTEM.stop(RunningSystem.USER_SERVICE);
		for (String soon : List.of("signed.expiring1", "signed.expiring2", "monday.1", "monday.2"))
			passwordEnds(soon, Instant.now().plus(Duration.ofHours(20)));
		for (String over : List.of("signed.expired1", "signed.expired2", "monday.3"))
			passwordEnds(over, Instant.now().minus(Duration.ofHours(1)));
		SYSTEM.start(RunningSystem.USER_SERVICE);
	}

	/** Names have no digits: theirs are letters, so that the order of the names is that of the numbers. */
	private static List<String> person(String name, String school) {
		String letters = name.chars().mapToObj(it -> "" + (char) (Character.isDigit(it) ? it - '0' + 'a' : it))
				.collect(Collectors.joining()).replaceAll("[^a-z]", "");
		return named(name, "Ann", letters + " Tasks", school);
	}

	private static List<String> named(String name, String first, String last, String school) {
		return List.of(address(name), first, last, address(name), "TA", school);
	}

	private static String address(String name) {
		return name + "@chelmsford.example";
	}

	/** As time would, which no test waits for. */
	private static void passwordEnds(String name, Instant end) {
		SYSTEM.databases().set(Databases.USERS, "accounts", address(name),
				new Document("credentials.PORTAL.expiresAt", Date.from(end)));
	}

	@BeforeEach
	void atTheHomepage() {
		visitor = Staff.signedIn(COORDINATOR, 1280, 800);
		visitor.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
	}

	@AfterEach
	void nothingIsComplainedOf() {
		assertThat(visitor.complaints()).isEmpty();
		visitor.close();
	}

	@Test
	void whoOfASchoolHasNotSignedInIsSentNewCredentials() {
		long newest = SYSTEM.inbox().newest();
		measure("Send new credentials to all of a school who have not signed in yet", 8, 0, () -> {
			visitor.click("Users");
			visitor.click("Ready to Test");
			visitor.named("8 – Accounts, McCarthy Middle School").click();
			assertThat(rows()).hasCount(8);
			visitor.page().getByLabel("Last signed in").selectOption("Never");
			assertThat(rows()).hasCount(6);
			selectAll();
			visitor.click("Send New Credentials");
			visitor.dialog("Send new credentials for the 6 selected user accounts?");
			visitor.click("Send New Credentials");
			visitor.sees("6 user accounts have been sent new credentials.");
		});
		SYSTEM.awaitMails(newest, 6 * 4);
		assertThat(SYSTEM.inbox().after(newest)).extracting(Inbox.Mail::recipient)
				.containsOnly(address("signed.sent1"), address("signed.sent2"), address("signed.expiring1"),
						address("signed.expiring2"), address("signed.expired1"), address("signed.expired2"));
	}

	/** The column with the schools was chosen once, and is remembered. */
	@Test
	void oneOfTwoOfTheSameNameIsMovedToAnotherSchool() {
		visitor.click("Users");
		visitor.click("Columns");
		visitor.page().locator(".pop-up-panel").getByLabel("School(s)").check();
		visitor.click("MCAS Portal home");
		visitor.seesHeading("Welcome, ");

		measure("Move a teacher, one of two of the same name, to another school", 7, 9, () -> {
			visitor.click("Users");
			search("kim doyle");
			assertThat(rows()).hasCount(2);
			Locator her = rows().filter(new Locator.FilterOptions().setHasText("South Row School"));
			her.getByTitle("Edit User").click();
			visitor.click("Remove South Row School (Chelmsford)");
			visitor.control("No organizations selected.").click();
			visitor.page().getByText("Byam School").click();
			visitor.click("Save User");
			visitor.sees("The changes to " + address("moved.south") + " have been saved.");
			assertThat(rows().filter(new Locator.FilterOptions().setHasText("Byam School"))).hasCount(1);
		});
		assertThat(account("moved.south").path("organizations").valueStream().map(JsonNode::asString))
				.containsExactly(BYAM);
		assertThat(account("moved.north").path("organizations").valueStream().map(JsonNode::asString))
				.containsExactly(HARRINGTON);
	}

	@Test
	void thirtyLeaversAreDeactivatedByTheirPastedAddresses() {
		List<String> leavers = IntStream.rangeClosed(1, OF_PARKER).filter(i -> i % 2 == 1)
				.mapToObj(i -> address("parker.%02d".formatted(i))).toList();
		copied(String.join("\r\n", leavers));
		measure("Deactivate 30 leavers, whose addresses are a column of a spreadsheet", 5, 2, () -> {
			visitor.click("Users");
			visitor.page().locator("#search").click();
			visitor.page().keyboard().press("Control+v");
			visitor.sees("30 pasted addresses");
			assertThat(rows()).hasCount(30);
			selectAll();
			visitor.click("Deactivate");
			visitor.dialog("Deactivate the 30 selected user accounts?");
			visitor.click("Deactivate");
			visitor.sees("30 user accounts have been deactivated.");
		});
		assertThat(usernames("?status=deactivated&size=200&organization=" + PARKER))
				.containsExactlyInAnyOrderElementsOf(leavers);
		assertThat(usernames("?size=200&organization=" + PARKER)).hasSize(OF_PARKER - leavers.size());
	}

	@Test
	void theImportThatMadeAnAccountIsInItsHistory() {
		measure("Find out which import made an account", 3, 8, () -> {
			visitor.click("Users");
			search("imported");
			visitor.control("Edit User " + BY_FILE).click();
			assertThat(visitor.page().locator("account-history")).containsText("by import " + FILE + ", record 1");
		});
	}

	@Test
	void aRoleChosenWronglyIsTakenBack() {
		String username = address("role.wrong");
		measure("Choose another role for somebody, and take it back", 7, 10, () -> {
			visitor.click("Users");
			search("role.wrong");
			visitor.control("Edit User " + username).click();
			visitor.page().getByLabel("has the following role:").selectOption("Reports Access Only");
			visitor.click("Save User");
			visitor.sees("The changes to " + username + " have been saved.");
			assertThat(visitor.row(username)).containsText("Reports Access Only");
			visitor.click("Undo");
			visitor.sees("The changes to " + username + " have been undone.");
			assertThat(visitor.row(username)).containsText("Test Administrator");
		});
		assertThat(account("role.wrong").path("role").asString()).isEqualTo("TA");
	}

	@Test
	void somebodyIsFoundByTheNameAsListsHaveIt() {
		copied("Okafor-Quill, Nneka");
		measure("Find somebody by “Last, First”, copied from a staff list", 2, 2, () -> {
			visitor.click("Users");
			visitor.page().locator("#search").click();
			visitor.page().keyboard().press("Control+v");
			assertThat(rows()).hasCount(1);
			assertThat(visitor.row(address("comma"))).hasCount(1);
		});
	}

	@Test
	void twoUsersAreCreatedOneAfterTheOther() {
		measure("Create two users of a school", 13, 84, () -> {
			visitor.click("Users");
			visitor.click("Choose an Organization");
			visitor.page().locator(".filter-organization").getByText("Byam School").click();
			visitor.control("Create New User in Byam School").click();
			fillIn("first.of.two", "Ida", "First");
			visitor.click("Create another");
			fillIn("second.of.two", "Joe", "Second");
		});
		for (String name : List.of("first.of.two", "second.of.two"))
			assertThat(account(name).path("organizations").path(0).asString()).isEqualTo(BYAM);
	}

	private void fillIn(String name, String first, String last) {
		assertThat(visitor.page().getByLabel("Selected organizations")).containsText("Byam School");
		visitor.field("Username").click();
		visitor.page().keyboard().type(address(name));
		visitor.page().keyboard().press("Tab");
		visitor.page().keyboard().type(first);
		visitor.page().keyboard().press("Tab");
		visitor.page().keyboard().type(last);
		visitor.page().getByLabel("New User has the following role:").selectOption("Test Administrator");
		visitor.click("Save User");
		visitor.sees("The user account " + address(name) + " has been created.");
	}

	@Test
	void whoWasDeactivatedByMistakeIsBackAtOnce() {
		String username = address("mistaken");
		measure("Deactivate somebody by mistake, and have them back", 5, 8, () -> {
			visitor.click("Users");
			search("mistaken");
			visitor.control("Deactivate User " + username).click();
			visitor.click("Deactivate");
			visitor.sees("1 user account has been deactivated.");
			visitor.click("Undo");
			visitor.sees("1 user account has been reactivated.");
			assertThat(visitor.row(username)).hasCount(1);
		});
		assertThat(account("mistaken").path("status").asString()).isEqualTo("active");
	}

	@Test
	void aRunOfPeopleIsExportedAfterALookAtOneOfThem() {
		var exported = new ArrayList<Path>();
		measure("Export twelve in a row, after a look at one of them", 7, 5, () -> {
			visitor.click("Users");
			search("run.");
			assertThat(rows()).hasCount(2 * RUN);
			visitor.page().getByLabel("Select " + address("run.01")).click();
			visitor.page().getByLabel("Select " + address("run.%02d".formatted(RUN))).click(new Locator.ClickOptions()
					.setModifiers(List.of(KeyboardModifier.SHIFT)));
			visitor.sees(RUN + " accounts selected");
			visitor.control("Edit User " + address("run.02")).click();
			visitor.seesHeading("Edit User " + address("run.02"));
			visitor.click("Cancel");
			visitor.sees(RUN + " accounts selected");
			exported.add(visitor.download(() -> visitor.click("Export Users")));
		});
		assertThat(exported.getFirst()).content(StandardCharsets.UTF_8).hasLineCount(RUN + 1)
				.contains(address("run.01"), address("run.12")).doesNotContain(address("run.13"));
	}

	/** The view was saved once. */
	@Test
	void whosePasswordRunsOutIsAViewThatWasSaved() {
		visitor.open("/users?credentials=expiring&role=TA&organization=" + HIGH);
		visitor.click("Views");
		visitor.click("Save this view…");
		visitor.fill("Name of the View", "Each Monday");
		visitor.click("Save View");
		visitor.sees("has been saved.");
		visitor.click("MCAS Portal home");
		visitor.seesHeading("Welcome, ");

		measure("See whose password runs out among the test administrators of a school, as each Monday", 3, 0, () -> {
			visitor.click("Users");
			visitor.click("Views");
			visitor.click("Each Monday");
			assertThat(rows()).hasCount(2);
			assertThat(visitor.row(address("monday.1"))).hasCount(1);
			assertThat(visitor.row(address("monday.2"))).hasCount(1);
		});
	}

	private void measure(String task, int clicks, int keys, Runnable steps) {
		StopWatch took = StopWatch.of(visitor, steps);
		System.out.println(took.row(task));
		assertThat(took.clicks()).as("clicks: " + task).isPositive().isLessThanOrEqualTo(clicks);
		assertThat(took.keys()).as("keys: " + task).isLessThanOrEqualTo(keys);
	}

	/** As from a spreadsheet, which is another program. */
	private void copied(String text) {
		visitor.page().evaluate("text => navigator.clipboard.writeText(text)", text);
	}

	/** The list shows what was typed as one types. */
	private void search(String text) {
		visitor.page().locator("#search").click();
		visitor.page().keyboard().type(text);
		visitor.page().waitForURL(url -> url.contains("search=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
		visitor.page().waitForFunction("() => !document.querySelector('.table-holder[data-loading]')");
	}

	private void selectAll() {
		visitor.page().getByLabel("Select all on this page").click();
	}

	private Locator rows() {
		return visitor.page().locator("table.users tbody").getByRole(AriaRole.ROW);
	}

	/** As the interface has the account. */
	private static JsonNode account(String name) {
		return Imports.json(SYSTEM.imports().get("/api/users?people=" + address(name))).path("items").path(0);
	}

	private static List<String> usernames(String query) {
		return Imports.json(SYSTEM.imports().get("/api/users" + query)).path("items").valueStream()
				.map(it -> it.path("username").asString()).toList();
	}
}
