package io.rollcall.acceptance.browser;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** The five people of the guide's Table 1, at the demonstration district Cyber City; each signs in once. */
public enum Staff {
	DTC("District Test Coordinator", "00-771778"), //
	STC("School Test Coordinator", "00-771778-001"), //
	TC("Technology Coordinator", "00-771778"), //
	TA("Test Administrator", "00-771778-001"), //
	RAO("Reports Access Only", "00-771778-001");

	/** Twelve characters or more, one of each kind (III.B). */
	public static final String OWN_PASSWORD = "Cyber-City-2025!";

	private static final Map<Staff, Visitor> SIGNED_IN = new EnumMap<>(Staff.class);
	private static boolean hired;
	/** Whether the account of operations has a password of its own. */
	private static boolean operating;

	private final String title;
	private final String organization;

	Staff(String title, String organization) {
		this.title = title;
		this.organization = organization;
	}

	/** The role's name on screens. */
	public String title() {
		return title;
	}

	public String organization() {
		return organization;
	}

	public String username() {
		return "portal." + name().toLowerCase(Locale.ROOT) + "@cybercity.example";
	}

	public String firstName() {
		return "Pat";
	}

	public String lastName() {
		return "Portal " + name();
	}

	/** This person at the Portal's homepage, signed in. */
	public synchronized Visitor visitor() {
		Visitor visitor = SIGNED_IN.get(this);
		if (visitor == null) {
			hire();
			visitor = Visitor.at(RunningSystem.shared().portal());
			signInFirst(visitor, username(), password(username(), "MCAS Portal"));
			SIGNED_IN.put(this, visitor);
		}
		visitor.open("/");
		// What another test has chosen in the list, and how it liked to see it.
		visitor.page().evaluate("() => { sessionStorage.clear(); localStorage.clear(); }");
		visitor.seesHeading("Welcome, " + firstName() + " " + lastName());
		return visitor;
	}

	/** Accounts for all five, made by the service center's file. */
	public static synchronized void hire() {
		if (hired) return;
		var rows = new ArrayList<List<String>>();
		for (Staff person : values()) {
			rows.add(List.of(person.username(), person.firstName(), person.lastName(), person.username(), person.name(),
					person.organization()));
		}
		upload(rows);
		hired = true;
	}

	/** Accounts for others: username, first name, last name, e-mail, role and organizations of each. */
	public static void upload(List<List<String>> rows) {
		upload(RunningSystem.shared().imports(), "staff.csv", rows);
	}

	/** The same by somebody, as a file of this name. */
	static void upload(Imports imports, String name, List<List<String>> rows) {
		var file = new StringBuilder("Username,Fname,Lname,Email,Role,Org\r\n");
		rows.forEach(row -> file.append(String.join(",", row)).append("\r\n"));
		var state = imports.run(name, file.toString().getBytes(StandardCharsets.UTF_8), "add");
		assertThat(state.created()).as("accounts made: " + state.message()).isEqualTo(rows.size());
	}

	/** The same, and each has {@link #OWN_PASSWORD} at the Portal. */
	@SafeVarargs
	public static void hire(List<String>... rows) {
		upload(List.of(rows));
		for (List<String> row : rows) {
			try (Visitor visitor = Visitor.at(RunningSystem.shared().portal())) {
				signInFirst(visitor, row.getFirst(), password(row.get(3), "MCAS Portal"));
			}
		}
	}

	/** The generated password in the latest mail to this address for the site of this name. */
	public static String password(String email, String site) {
		return password(RunningSystem.shared(), email, site);
	}

	/** The same in another system. */
	public static String password(RunningSystem system, String email, String site) {
		return system.inbox().awaitPassword(email, site);
	}

	/** Guide, III.C: Log In, Sign In; and at the first time a password of one's own (III.A). */
	public static void signInFirst(Visitor visitor, String username, String generated) {
		signIn(visitor, username, generated);
		visitor.seesHeading("Set a New Password");
		visitor.fill("New Password", OWN_PASSWORD);
		visitor.fill("Confirm New Password", OWN_PASSWORD);
		visitor.click("Submit");
		visitor.page().waitForURL(url -> !url.contains("/auth/"));
	}

	/** Somebody who was {@linkplain #hire(List...) hired}, at the Portal's homepage in a window of this size, in pixels. */
	public static Visitor signedIn(String username, int width, int height) {
		Visitor visitor = Visitor.at(RunningSystem.shared().portal(), width, height);
		signIn(visitor, username, OWN_PASSWORD);
		visitor.seesHeading("Welcome, ");
		return visitor;
	}

	/** Who runs the system, at the homepage; with {@link #OWN_PASSWORD} from the first time on. */
	static synchronized void signInAsOperations(Visitor visitor) {
		if (operating) signIn(visitor, "operations", OWN_PASSWORD);
		else
			signInFirst(visitor, "operations", password("operations@rollcall.example", "MCAS Portal"));
		visitor.seesHeading("Welcome, ");
		operating = true;
	}

	/** Guide, III.C, steps 1 and 2. */
	public static void signIn(Visitor visitor, String username, String password) {
		visitor.open("/");
		visitor.click("Log In");
		visitor.fill("Username", username);
		visitor.fill("Password", password);
		visitor.click("Sign In");
	}
}
