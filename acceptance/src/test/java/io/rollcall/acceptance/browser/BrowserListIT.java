package io.rollcall.acceptance.browser;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.oracle.Directory;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The list of users as a coordinator works with it all day: narrowed, chosen from, and found again as it was left. */
@InBrowser
class BrowserListIT {
	private static final String COORDINATOR = "list.coordinator@cybercity.example";
	private static final String SCHOOL = "00-771778-001";
	/** How many test administrators there are: more than a small page of the list has. */
	private static final int MANY = 30;
	private static final String SEARCH = "listed.";
	private static final int PHONE = 375;

	private Visitor visitor;

	@BeforeAll
	static void hire() {
		Staff.hire(List.of(COORDINATOR, "Lis", "Ted", COORDINATOR, "DTC", Directory.CYBER_CITY));
		Staff.upload(IntStream.rangeClosed(1, MANY).mapToObj(BrowserListIT::username)
				.map(it -> List.of(it, "Ann", "Listed", it, "TA", SCHOOL)).toList());
		Staff.upload(List.of(List.of("listed.rao", "Ray", "Listed", "ray@cybercity.example", "RAO", SCHOOL)));
	}

	private static String username(int number) {
		return "%s%02d@cybercity.example".formatted(SEARCH, number);
	}

	@BeforeEach
	void openTheList() {
		visitor = Staff.signedIn(COORDINATOR, 1280, 800);
		visitor.click("Users");
		visitor.search(SEARCH);
		assertThat(visitor.page().getByText(MANY + 1 + " active users found")).isVisible();
	}

	@AfterEach
	void nothingIsComplainedOf() {
		assertThat(visitor.complaints()).isEmpty();
		visitor.close();
	}

	@Test
	void eachFilterIsAChipAndBackUndoesIt() {
		visitor.page().getByLabel("Choose a Role").selectOption("Reports Access Only");
		assertThat(rows()).hasCount(1);
		visitor.page().getByLabel("Credentials").selectOption("Password sent");
		assertThat(chips()).containsText(new String[]{"Search: " + SEARCH, "Role: Reports Access Only",
				"Credentials: Password sent"});
		assertThat(rows()).hasCount(1);
		Screen.checkOnAPhoneToo(visitor, "users-filters");

		visitor.page().goBack();
		assertThat(chips()).hasCount(2);
		assertThat(visitor.page().getByLabel("Credentials")).hasValue("");
		visitor.page().goBack();
		assertThat(chips()).hasCount(1);
		assertThat(visitor.page().getByText(MANY + 1 + " active users found")).isVisible();
		visitor.page().goForward();
		assertThat(rows()).hasCount(1);

		visitor.page().keyboard().press("Tab");
		BrowserKeyboardIT.goTo(visitor, "Remove the filter Role: Reports Access Only");
		visitor.page().keyboard().press("Enter");
		assertThat(chips()).hasText(new String[]{"Search: " + SEARCH + "Remove the filter Search: " + SEARCH});
		visitor.click("Clear all");
		assertThat(chips()).hasCount(0);
		assertThat(visitor.field("Search").first()).hasValue("");
		assertThat(visitor.page()).hasURL(Pattern.compile(".*/users$"));
	}

	private Locator chips() {
		return visitor.page().locator(".narrowed .chip");
	}

	private Locator rows() {
		return visitor.page().locator("table.users tbody tr");
	}
}
