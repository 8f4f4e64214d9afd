package io.rollcall.acceptance.browser;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one works with all day, in every window: the list with all it has, forms, imports, operations and the inbox. Each has nothing that
 * axe-core finds, is readable in the dark too, and scrolls down alone.
 */
@Tag("long")
@InBrowser
class BrowserSizesIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();
	private static final String COORDINATOR = "sizes.coordinator@cybercity.example";
	private static final String SCHOOL = "00-771778-001";
	private static final String SEARCH = "sized.";
	private static final int PEOPLE = 12;

	/** Width and height in CSS pixels: a laptop, a large screen, a phone, and the laptop at 200 %. */
	private static final List<int[]> WINDOWS = List.of(new int[]{1280, 800}, new int[]{1920, 1080},
			new int[]{375, 740}, new int[]{640, 400});

	private static Map<Who, Visitor> visitors = Map.of();
	private static String imported = "";

	private enum Who {
		COORDINATOR, OPERATIONS, DEVELOPER
	}

	/** What there is to see, and how one comes there. */
	enum Shown {
		LIST {
			@Override
			void open(Visitor visitor) {
				list(visitor);
				assertThat(visitor.page().locator(".narrowed .chip")).hasCount(4);
				visitor.page().getByLabel("Select all on this page").check();
				visitor.sees(PEOPLE + " accounts selected");
			}
		},
		COLUMNS {
			@Override
			void open(Visitor visitor) {
				list(visitor);
				visitor.click("Columns");
				visitor.sees("Columns of the list");
			}
		},
		SELECTED {
			@Override
			void open(Visitor visitor) {
				LIST.open(visitor);
				visitor.click("Show Selected");
				assertThat(visitor.dialog(PEOPLE + " accounts selected").locator("tbody tr")).hasCount(PEOPLE);
			}
		},
		DEACTIVATE {
			@Override
			void open(Visitor visitor) {
				LIST.open(visitor);
				visitor.click("Deactivate");
				visitor.dialog("Deactivate the " + PEOPLE + " selected user accounts?");
			}
		},
		UNDO {
			@Override
			void open(Visitor visitor) {
				list(visitor);
				visitor.control("Deactivate User " + username(PEOPLE)).click();
				visitor.click("Deactivate");
				visitor.sees("1 user account has been deactivated.");
				assertThat(visitor.named("Undo")).isVisible();
			}

			@Override
			void close(Visitor visitor) {
				visitor.click("Undo");
				visitor.sees("1 user account has been reactivated.");
			}
		},
		CREATE {
			@Override
			void open(Visitor visitor) {
				visitor.open("/users/new");
				visitor.click("Save User");
				visitor.sees("Please correct these 6 fields");
				visitor.control("No organizations selected.").click();
				visitor.page().getByText("Cyber City Sch1-001").click();
				assertThat(visitor.control("Remove Cyber City Sch1-001")).isVisible();
			}

			@Override
			void close(Visitor visitor) {
				visitor.open("/"); // the browser asks about what is not saved, and is told to leave
			}
		},
		PROGRAMS {
			@Override
			void open(Visitor visitor) {
				visitor.open("/users/new");
				visitor.control("No program selected.").click();
				visitor.page().getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("MCAS Grades 3-8"))
						.check();
				assertThat(visitor.control("Remove MCAS Grades 3-8")).isVisible();
			}

			@Override
			void close(Visitor visitor) {
				visitor.open("/");
			}
		},
		EDIT {
			@Override
			void open(Visitor visitor) {
				visitor.open("/users?search=" + username(1));
				visitor.control("Edit User " + username(1)).click();
				visitor.page().locator("account-history li").first().waitFor();
			}
		},
		IMPORT {
			@Override
			void open(Visitor visitor) {
				visitor.open("/users/imports/" + imported);
				visitor.sees("Show These Users");
				visitor.sees("1 record to correct");
			}
		},
		HISTORY {
			@Override
			void open(Visitor visitor) {
				visitor.open("/users/imports");
				visitor.sees("sizes.csv");
			}
		},
		OPERATIONS(Who.OPERATIONS) {
			@Override
			void open(Visitor visitor) {
				visitor.open("/operations");
				visitor.sees("user-commands");
				visitor.page().locator("#timeline-search").fill(imported);
				visitor.page().locator("#timeline-search").press("Enter");
				visitor.seesHeading("Import " + imported);
			}
		},
		INBOX(Who.DEVELOPER) {
			@Override
			void open(Visitor visitor) {
				visitor.page().navigate(SYSTEM.inbox().address() + "?search=" + SEARCH);
				visitor.sees("newest first");
			}
		},
		MAIL(Who.DEVELOPER) {
			@Override
			void open(Visitor visitor) {
				INBOX.open(visitor);
				visitor.page().locator(".mails a").first().click();
				visitor.page().locator("iframe").waitFor();
			}
		},
		SOURCE(Who.DEVELOPER) {
			@Override
			void open(Visitor visitor) {
				MAIL.open(visitor);
				visitor.click("Source");
				visitor.page().locator("pre").waitFor();
			}
		};

		private final Who who;

		Shown() {
			this(Who.COORDINATOR);
		}

		Shown(Who who) {
			this.who = who;
		}

		abstract void open(Visitor visitor);

		/** So that the next one finds things as they were. */
		void close(Visitor visitor) {}

		/** Four filters, every column. */
		private static void list(Visitor visitor) {
			visitor.open("/users?search=" + SEARCH + "&role=TA&credentials=issued&signedIn=never");
			visitor.sees(PEOPLE + " active users found");
			assertThat(visitor.page().locator("table.users thead")).containsText("Last Signed In");
		}
	}

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(COORDINATOR, "Siz", "Es", COORDINATOR, "DTC", Directory.CYBER_CITY));
		Staff.upload(IntStream.rangeClosed(1, PEOPLE).mapToObj(BrowserSizesIT::username)
				.map(it -> List.of(it, "Ann", "Sized", it, "TA", SCHOOL)).toList());
		Visitor coordinator = Staff.signedIn(COORDINATOR, 1280, 800);
		imported = Sheet.upload(coordinator, "sizes.csv", """
				Username,Fname,Lname,Email,Role,Org
				in.sizes@cybercity.example,In,Sizes,in.sizes@cybercity.example,TA,%s
				not.in.sizes@cybercity.example,Not,In,not.in.sizes@cybercity.example,Teacher,%s
				""".formatted(SCHOOL, SCHOOL), false);
		Visitor operations = Visitor.at(SYSTEM.portal());
		Staff.signInAsOperations(operations);
		visitors = Map.of(Who.COORDINATOR, coordinator, Who.OPERATIONS, operations, Who.DEVELOPER,
				Visitor.at(SYSTEM.portal()));

		coordinator.open("/users");
		coordinator.click("Columns");
		Locator columns = coordinator.page().locator(".pop-up-panel input");
		assertThat(columns.first()).isVisible();
		for (Locator column : columns.all())
			column.check();
		SYSTEM.awaitRest();
	}

	@AfterAll
	static void leave() {
		visitors.values().forEach(Visitor::close);
	}

	private static String username(int number) {
		return "%s%02d@cybercity.example".formatted(SEARCH, number);
	}

	@ParameterizedTest
	@EnumSource
	void fitsIntoEveryWindow(Shown shown) {
		Visitor visitor = visitors.get(shown.who);
		visitor.page().setViewportSize(1280, 800);
		visitor.page().evaluate("() => { try { sessionStorage.clear(); } catch { /* of no site yet */ } }");
		shown.open(visitor);
		for (int[] window : WINDOWS)
			Screen.fits(visitor, "%s at %d × %d".formatted(shown, window[0], window[1]), window[0], window[1]);
		visitor.page().setViewportSize(1280, 800);
		shown.close(visitor);
	}
}
