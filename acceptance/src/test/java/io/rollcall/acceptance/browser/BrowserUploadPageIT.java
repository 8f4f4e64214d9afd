package io.rollcall.acceptance.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What the page Upload Users has beside the guide's steps: what is asked, shown on the way, offered afterwards, and told as one story. */
@InBrowser
class BrowserUploadPageIT {
	private static final String HEADER = "Username,Fname,Lname,Email,Role,Org,Program,Phone,Fax,Address\r\n";
	/** In bytes a second: the file below takes half a minute, which the gateway has the patience for. */
	private static final int SLOW_LINE = 60_000;
	private static final String RELOAD_ASKS = """
			() => {
				const event = new Event('beforeunload', {cancelable: true});
				dispatchEvent(event);
				return event.defaultPrevented;
			}""";

	@Test
	void anUploadAsksOnceWithItsAccountsAndMailsAndGoesOnAsAPreview() {
		Visitor visitor = atUpload("Add New Users");
		String odd = row("asks.two").replaceFirst("^[^,]*", "7.65432E+11");
		BrowserUploadIT.choose(visitor, "asks.csv", HEADER + row("asks.one") + odd);
		visitor.click("Upload");
		Locator question = visitor.dialog("Upload without a preview?");
		assertThat(question).containsText("This creates up to 2 accounts and sends up to 8 emails.");
		assertThat(question).containsText("1 record looks unusual");
		assertThat(question).containsText("Record 2: Username looks like a number or a date that a spreadsheet made");
		Screen.check(visitor, "upload-asks");
		visitor.click("Cancel");
		assertThat(question).hasCount(0);

		visitor.click("Upload");
		visitor.click("Preview First");

		assertThat(visitor.dialog("Preview")).containsText("2 of 2 record(s) would be successfully uploaded.");
		visitor.click("Close");
	}

	@Test
	void theColumnsAreExplainedAndTheCodesOfOnesOwnSchoolsAreThere() throws IOException {
		Visitor visitor = atUpload("Add New Users");
		visitor.page().getByText("What goes into each column").click();
		visitor.sees("School Code associated with the school level user");
		visitor.sees("Username must be 4-50 alpha-numeric characters");
		Screen.checkOnAPhoneToo(visitor, "upload-columns");

		String codes = Files.readString(visitor.download(() -> visitor.click("Download My Schools' Codes")));

		assertThat(codes.lines()).containsExactly("\uFEFFOrg,Name,District,Town", "00-771778,Cyber City,,Cyber City",
				"00-771778-001,Cyber City Sch1-001,Cyber City,Cyber City",
				"00-771778-002,Cyber City Sch2-002,Cyber City,Cyber City");
	}

	@Test
	void aSlowUploadShowsItselfAndAsksBeforeItIsLeft() {
		Visitor visitor = atUpload("Add New Users");
		Page page = visitor.page();
		String pages = IntStream.range(0, 200)
				.mapToObj(i -> row("slow." + i).replace(",,,,", ",,,," + "x".repeat(9_000)))
				.collect(Collectors.joining());
		BrowserUploadIT.choose(visitor, "slow.csv", HEADER + pages);
		CDPSession network = limited(visitor, SLOW_LINE);
		try {
			visitor.click("Preview");
			assertThat(page.locator("#sending-text")).containsText(Pattern
					.compile("Sending slow\\.csv: .* of .*, .* a second\\."));
			assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
			assertThat((Boolean) page.evaluate(RELOAD_ASKS)).isTrue();
			Screen.check(visitor, "upload-slow");

			visitor.click("Import History");
			visitor.dialog("Stop sending the file?");
			visitor.click("Stay on This Page");
			assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
			visitor.click("Import History");
			visitor.click("Leave and Stop");
			visitor.seesHeading("Import History");
		} finally {
			limit(network, -1);
			network.detach();
		}
		visitor.open("/users/imports?search=slow.csv");
		visitor.sees("No import matches your search.");
		assertThat((Boolean) page.evaluate(RELOAD_ASKS)).isFalse();
	}

	@Test
	void anExportThatIsAddedIsOfferedAsAnUpdateAndNewPeopleThatAreUpdatedTheOtherWayRound() {
		Staff.upload(List.of(person("there.one"), person("there.two")));
		Visitor visitor = atUpload("Add New Users");
		BrowserUploadIT.choose(visitor, "there.csv",
				HEADER + row("there.one").replace("By File", "Edited") + row("there.two"));
		visitor.click("Preview");
		visitor.dialog("Preview");
		visitor.click("Close");
		visitor.sees("Both users of this file exist already.");
		Screen.check(visitor, "preview-all-exist");

		visitor.click("Update Them Instead");

		assertThat(visitor.dialog("Preview")).containsText("2 of 2 record(s) would be successfully uploaded.");
		visitor.click("Close");
		visitor.sees("Update Existing Users");
		assertThat(visitor.page().getByText("Would be updated")).hasCount(1);

		visitor = atUpload("Update Existing Users");
		BrowserUploadIT.choose(visitor, "new.csv", HEADER + row("new.one") + row("new.two"));
		BrowserUploadIT.upload(visitor);
		visitor.dialog("No users uploaded");
		visitor.click("Close");
		visitor.sees("Neither user of this file exists.");
		visitor.click("Add Them Instead");
		assertThat(visitor.dialog("Preview")).containsText("2 of 2 record(s) would be successfully uploaded.");
		visitor.click("Close");
	}

	@Test
	void theHistoryTellsAPreviewAndWhatWasAppliedOfItAsOneStory() {
		Visitor visitor = atUpload("Add New Users");
		BrowserUploadIT.choose(visitor, "story.csv",
				HEADER + row("story.one") + row("story.two").replace(",TA,", ",XX,"));
		visitor.click("Preview");
		visitor.dialog("Preview");
		visitor.click("Close");
		visitor.click("Users");
		visitor.click("Import History");
		visitor.seesHeading("Import History");
		Locator story = visitor.page().locator("tbody").filter(new Locator.FilterOptions().setHasText("story.csv"));
		assertThat(story.getByRole(AriaRole.ROW)).hasCount(1);
		assertThat(story).containsText("Preview, not applied");

		story.getByRole(AriaRole.LINK).click();
		visitor.click("Apply These Changes");
		visitor.click("Apply");
		visitor.dialog("File uploaded with errors");
		visitor.click("Close");
		visitor.open("/users/imports?search=story.csv");

		assertThat(story.getByRole(AriaRole.ROW)).hasCount(2);
		assertThat(story.getByRole(AriaRole.ROW).first()).containsText("Preview, applied");
		assertThat(story.getByRole(AriaRole.ROW).last()).containsText("1 record still open");
		Screen.checkOnAPhoneToo(visitor, "import-history-story");
	}

	private static Visitor atUpload(String action) {
		Visitor visitor = Staff.DTC.visitor();
		visitor.open("/users/import");
		visitor.page().getByLabel("Choose An Action").selectOption(action);
		return visitor;
	}

	private static CDPSession limited(Visitor visitor, int bytesASecond) {
		CDPSession devtools = visitor.context().newCDPSession(visitor.page());
		devtools.send("Network.enable");
		limit(devtools, bytesASecond);
		return devtools;
	}

	private static void limit(CDPSession devtools, int bytesASecond) {
		JsonObject line = new JsonObject();
		line.addProperty("offline", false);
		line.addProperty("latency", 0);
		line.addProperty("downloadThroughput", -1);
		line.addProperty("uploadThroughput", bytesASecond);
		devtools.send("Network.emulateNetworkConditions", line);
	}

	private static List<String> person(String name) {
		String username = "page." + name + "@cybercity.example";
		return List.of(username, "Pat", "By File", username, "TA", "00-771778-001");
	}

	private static String row(String name) {
		return String.join(",", person(name)) + ",,,,\r\n";
	}
}
