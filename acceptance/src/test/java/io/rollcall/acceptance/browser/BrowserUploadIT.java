package io.rollcall.acceptance.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The guide's section V.D in a browser, step by step, for each role that manages users, with the messages of Tables 5 and 6. */
@Tag("long")
@InBrowser
class BrowserUploadIT {
	private static final String HEADER = "Username,Fname,Lname,Email,Role,Org,Program,Phone,Fax,Address\r\n";

	@ParameterizedTest
	@EnumSource(value = Staff.class, names = {"DTC", "STC", "TC"})
	void usersAreAddedByAFile(Staff person) {
		Visitor visitor = person.visitor();

		// V.D, add, 1 to 4
		visitor.click("Users");
		visitor.click("Import Users");
		visitor.seesHeading("Upload Users");
		Screen.check(visitor, "upload-users");
		assertThat(text(visitor.download(() -> visitor.click("Download Template")))).contains("Username,Fname,Lname");
		// 5
		visitor.page().getByLabel("Choose An Action").selectOption("Add New Users");
		// 6
		choose(visitor, "new-users.csv",
				HEADER + row(person, "file.one", "TA", "00-771778-001")
						+ row(person, "file.two", "RAO", "00-771778-001"));
		visitor.sees("new-users.csv");
		// 7
		upload(visitor);
		Locator popUp = visitor.dialog("File uploaded");
		assertThat(popUp).containsText(
				"The uploaded file has been processed and 2 user(s) have been successfully uploaded.");
		counts(popUp, 2, 0, 2, 2, 0);
		Screen.check(visitor, "upload-success");
		visitor.click("Close");
		assertThat(visitor.page().getByRole(AriaRole.HEADING).first()).containsText("Upload Users");
		Screen.check(visitor, "import-result");
	}

	@ParameterizedTest
	@EnumSource(value = Staff.class, names = {"DTC", "STC", "TC"})
	void usersAreEditedByAnExportedFile(Staff person) {
		Staff.upload(List.of(people(person, "edit.one"), people(person, "edit.two")));
		Visitor visitor = person.visitor();

		// V.D, edit, 1 and 2
		visitor.click("Users");
		visitor.search(prefix(person) + "edit.");
		for (String name : List.of("edit.one", "edit.two"))
			visitor.row(prefix(person) + name + "@cybercity.example").getByRole(AriaRole.CELL).nth(1).click();
		// 3
		String exported = text(visitor.download(() -> visitor.click("Export Users")));
		visitor.dialog("Users exported");
		Screen.check(visitor, "users-exported");
		visitor.click("Close");
		// 4
		String edited = exported.replace("By File", "Edited");
		assertThat(edited).contains("Edited");
		// 5
		visitor.click("Import Users");
		// 6
		visitor.page().getByLabel("Choose An Action").selectOption("Update Existing Users");
		// 7
		choose(visitor, "users.csv", edited);
		// 8
		upload(visitor);
		Locator popUp = visitor.dialog("File uploaded");
		assertThat(popUp).containsText(
				"The uploaded file has been processed and 2 user(s) have been successfully uploaded.");
		counts(popUp, 2, 0, 2, 0, 2);
		visitor.click("Close");
		visitor.click("Users");
		visitor.search(prefix(person) + "edit.one");
		assertThat(visitor.row(prefix(person) + "edit.one@cybercity.example")).containsText("Edited");
	}

	@ParameterizedTest
	@EnumSource(value = Staff.class, names = {"DTC", "STC", "TC"})
	void errorsAreListedDownloadedCorrectedOnTheSpotAndUploadedAlone(Staff person) {
		Visitor visitor = person.visitor();
		visitor.click("Users");
		visitor.click("Import Users");
		visitor.page().getByLabel("Choose An Action").selectOption("Add New Users");
		choose(visitor, "errors.csv", HEADER + row(person, "errors.good", "TA", "00-771778-001")
				+ row(person, "errors.role", "Test Administrator", "00-771778-001")
				+ row(person, "errors.org", "TA", "00-771778-009"));
		upload(visitor);

		Locator popUp = visitor.dialog("File uploaded");
		assertThat(popUp).containsText(
				"The uploaded file has been processed with errors, but 1 user(s) have been successfully uploaded. Errors are detailed in attached file.");
		counts(popUp, 3, 2, 1, 1, 0);
		Screen.check(visitor, "upload-some-errors");
		String errors = text(visitor.download(() -> visitor.click("Download records with errors")));
		assertThat(errors).contains("Invalid role").contains("Invalid organization number")
				.doesNotContain("errors.good");
		visitor.click("Close");

		Sheet sheet = Sheet.of(visitor);
		assertThat(sheet.cell(2, "Role")).containsText("Invalid role");
		assertThat(sheet.cell(3, "Org")).containsText("Invalid organization number");
		Screen.check(visitor, "rejected-records");
		visitor.click("Use TA"); // as is suggested
		sheet.type(3, "Org", "00-771778-001");
		assertThat(sheet.head(3)).containsText("Corrected, not applied yet");
		visitor.click("Apply Corrected Records");
		visitor.dialog("Apply the corrected records?");
		visitor.click("Apply");
		assertThat(visitor.dialog("File uploaded")).containsText(
				"The uploaded file has been processed and 2 user(s) have been successfully uploaded.");
		visitor.click("Close");
		visitor.sees("2 of the 2 rejected records have been corrected and applied since. None is open.");
	}

	/** "Correct the invalid fields in the User Upload file. Then, save the updated file and repeat the steps", from step 4. */
	@ParameterizedTest
	@EnumSource(value = Staff.class, names = {"DTC", "STC", "TC"})
	void theCorrectedErrorFileIsUploadedAgain(Staff person) {
		Visitor visitor = person.visitor();
		visitor.click("Users");
		visitor.click("Import Users");
		visitor.page().getByLabel("Choose An Action").selectOption("Add New Users");
		choose(visitor, "again.csv", HEADER + row(person, "again.good", "TA", "00-771778-001")
				+ row(person, "again.role", "IT", "00-771778-001"));
		upload(visitor);
		visitor.dialog("File uploaded");
		String errors = text(visitor.download(() -> visitor.click("Download records with errors")));
		visitor.click("Close");

		// 4 to 7
		visitor.click("Users");
		visitor.click("Import Users");
		visitor.page().getByLabel("Choose An Action").selectOption("Add New Users");
		choose(visitor, "again-errors.csv", errors.replace(",IT,", ",TA,"));
		upload(visitor);

		assertThat(visitor.dialog("File uploaded")).containsText(
				"The uploaded file has been processed and 1 user(s) have been successfully uploaded.");
		visitor.click("Close");
	}

	@Test
	void theLimitThatIsNamedIsTheServers() {
		Visitor visitor = Staff.DTC.visitor();
		Pattern reference = Pattern.compile("/api/reference$");
		visitor.page().route(reference, route -> {
			APIResponse answer = route.fetch();
			route.fulfill(new Route.FulfillOptions().setResponse(answer)
					.setBody(answer.text().replace("\"records\":200", "\"records\":1500")));
		});
		try {
			visitor.open("/users/import");
			visitor.sees("There is a limit of 1,500 records for each upload file.");
		} finally {
			visitor.page().unroute(reference);
		}
	}

	@Test
	void aFileIsDroppedInsteadOfChosen() {
		Visitor visitor = Staff.DTC.visitor();
		visitor.open("/users/import");
		JSHandle files = visitor.page().evaluateHandle(
				"() => { const it = new DataTransfer(); it.items.add(new File(['Username'], 'dropped.csv')); return it; }");

		visitor.page().locator(".drop").dispatchEvent("drop", Map.of("dataTransfer", files));

		assertThat(visitor.page().locator("#file-name")).containsText("dropped.csv");
	}

	@Test
	void recordsThatCouldNotBeFetchedAreFetchedAgain() {
		Visitor visitor = Staff.DTC.visitor();
		uploadOne(visitor);
		visitor.dialog("File uploaded");
		visitor.click("Close");
		Pattern rows = Pattern.compile("/rows\\?");
		visitor.page().route(rows, Route::abort);
		visitor.page().reload();
		visitor.sees("The portal cannot be reached. Please check your connection and try again.");
		Screen.check(visitor, "records-not-fetched");
		visitor.page().unroute(rows);

		visitor.click("Try Again");

		assertThat(visitor.page().locator(".away")).hasCount(0);
		assertThat(visitor.page().locator("school-groups tbody tr")).hasCount(1);
	}

	@Test
	void anImportThatIsNoneSaysSo() {
		Visitor visitor = Staff.DTC.visitor();
		visitor.open("/users/imports/00000000-0000-0000-0000-000000000000");
		assertThat(visitor.page().getByRole(AriaRole.ALERT)
				.filter(new Locator.FilterOptions().setHas(visitor.page().getByText("Import History")))).isVisible();
		Screen.check(visitor, "import-missing");
	}

	/** Table 6, all of it, and Table 5's "only errors". */
	@Test
	void everyErrorOfTable6IsShownInItsWords() {
		Visitor visitor = Staff.DTC.visitor();
		visitor.click("Users");
		visitor.click("Import Users");
		visitor.page().getByLabel("Choose An Action").selectOption("Add New Users");
		String taken = Staff.DTC.username();
		choose(visitor, "table-6.csv", HEADER + taken + ",A,Be," + taken + ",TA,00-771778-001,,,,\r\n"
				+ "abc,,B,t6@cybercity.example,XX,00-771778-999,,,,\r\n"
				+ "t6.pairing,A,Be,t6@cybercity.example,STC,00-771778,9999,,,\r\n");
		upload(visitor);
		assertThat(visitor.dialog("No users uploaded"))
				.containsText("No users have been uploaded. Errors are detailed in attached file.");
		Screen.check(visitor, "upload-only-errors");
		visitor.click("Close");
		for (String note : List.of("User exists with same username", "Username must be 4-50 alpha-numeric characters",
				"First name must be 1-25 characters long", "Last names must be 2-25 characters long", "Invalid role",
				"Invalid organization and role pairing", "Invalid organization number",
				"Invalid/Not allowed program ID")) {
			visitor.sees(note);
		}
	}

	@Test
	void aFileThatIsNoCsvIsRefusedInTheGuidesWords() {
		Visitor visitor = Staff.STC.visitor();
		visitor.click("Users");
		visitor.click("Import Users");
		visitor.click("Upload");
		visitor.sees("Choose an action.");
		visitor.sees("Choose a file to upload.");
		Screen.check(visitor, "upload-missing");
		visitor.page().getByLabel("Choose An Action").selectOption("Add New Users");
		choose(visitor, "users.pdf", "%PDF-1.7\n");

		visitor.click("Upload");

		assertThat(visitor.dialog("The file was not uploaded")).containsText(
				"The uploaded file is not in the expected .CSV format. Please update the file and try again.");
		Screen.check(visitor, "upload-not-csv");
		visitor.click("Close");
	}

	@Test
	void aFileThatIsTooLargeIsNotSent() {
		Visitor visitor = Staff.DTC.visitor();
		Pattern uploads = Pattern.compile("/api/imports$");
		visitor.page().route(uploads, Route::abort);
		try {
			visitor.open("/users/import");
			visitor.page().getByLabel("Choose An Action").selectOption("Add New Users");
			choose(visitor, "large.csv", "x".repeat((5 << 20) + 1));

			visitor.click("Upload");

			visitor.sees("The uploaded file is too large. The limit is 5 MB.");
		} finally {
			visitor.page().unroute(uploads);
		}
	}

	@Test
	void aFileThatChangedAfterItWasChosenIsChosenAgain(@TempDir Path folder) throws IOException {
		Visitor visitor = Staff.DTC.visitor();
		visitor.open("/users/import");
		visitor.page().getByLabel("Choose An Action").selectOption("Add New Users");
		Path file = Files.writeString(folder.resolve("edited.csv"), HEADER);
		visitor.page().locator("input[type=file]").setInputFiles(file);
		visitor.sees("edited.csv");
		Files.writeString(file, HEADER + row(Staff.DTC, "edited", "TA", "00-771778-001"));

		visitor.click("Upload");

		assertThat(visitor.dialog("The file was not uploaded"))
				.containsText("The file could not be read. Please choose it again.");
		visitor.click("Close");
	}

	@Test
	void anUploadWhoseAnswerBreaksOffIsNotKnownAndSentAgainItIsTheSame() {
		Visitor visitor = Staff.DTC.visitor();
		List<String> ids = new ArrayList<>();
		Pattern uploads = Pattern.compile("/api/imports$");
		visitor.page().route(uploads, route -> {
			APIResponse answer = route.fetch();
			ids.add(answer.text());
			route.fulfill(
					new Route.FulfillOptions().setResponse(answer)
							.setBody(ids.size() == 1 ? "{\"id\":" : answer.text()));
		});
		try {
			uploadOne(visitor);
			assertThat(visitor.dialog("It is not known whether the file was uploaded"))
					.containsText("A file that has arrived already is not uploaded twice");
			Screen.check(visitor, "upload-not-known");
			visitor.click("Close");

			visitor.click("Upload");

			visitor.dialog("File uploaded");
			visitor.click("Close");
		} finally {
			visitor.page().unroute(uploads);
		}
		assertThat(ids).hasSize(2);
		assertThat(id(ids.getLast())).isEqualTo(id(ids.getFirst()));
	}

	private static String id(String answer) {
		return JsonMapper.shared().readTree(answer).path("id").asString();
	}

	/** Somebody new, without waiting for what becomes of it. */
	static void uploadOne(Visitor visitor) {
		visitor.click("Users");
		visitor.click("Import Users");
		visitor.page().getByLabel("Choose An Action").selectOption("Add New Users");
		String somebody = "waiting." + System.nanoTime();
		choose(visitor, "waiting.csv", HEADER + row(Staff.DTC, somebody, "TA", "00-771778-001"));
		upload(visitor);
	}

	@Test
	void aPreviewChangesNothingUntilItIsApplied() {
		Staff.upload(List.of(people(Staff.TC, "preview.one")));
		Visitor visitor = Staff.TC.visitor();
		visitor.click("Users");
		visitor.click("Import Users");
		visitor.page().getByLabel("Choose An Action").selectOption("Update Existing Users");
		choose(visitor, "preview.csv",
				HEADER + row(Staff.TC, "preview.one", "TA", "00-771778-001").replace("By File", "Previewed"));
		visitor.click("Preview");
		assertThat(visitor.dialog("Preview")).containsText("Nothing has been changed.");
		visitor.click("Close");
		visitor.sees("Would be updated");
		assertThat(visitor.page().locator("ins")).containsText("Previewed");
		Screen.check(visitor, "preview");

		visitor.click("Apply These Changes");
		visitor.dialog("Apply these changes?");
		Screen.check(visitor, "apply-preview");
		visitor.click("Apply");
		assertThat(visitor.dialog("File uploaded")).containsText("1 user(s) have been successfully uploaded.");
		visitor.click("Close");

		visitor.click("Import History");
		visitor.seesHeading("Import History");
		assertThat(visitor.page().getByText("preview.csv").first()).isVisible();
		Screen.check(visitor, "import-history");
		visitor.fill("Search imports", "no such file");
		visitor.sees("No import matches your search.");
		Screen.check(visitor, "import-history-none");
		visitor.page().setViewportSize(320, 800);
		try {
			Screen.check(visitor, "import-history-none-320");
		} finally {
			visitor.page().setViewportSize(1280, 800);
		}
	}

	/** Guide, step 7, and what is asked about a file that nobody has looked at. */
	static void upload(Visitor visitor) {
		visitor.click("Upload");
		visitor.dialog("Upload without a preview?");
		visitor.click("Upload");
	}

	/** Guide, step 6: click Choose File and select the file. */
	static void choose(Visitor visitor, String name, String content) {
		visitor.choose(() -> visitor.click("Choose File"),
				new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8)));
	}

	private static void counts(Locator summary, int total, int rejected, int processed, int created, int updated) {
		assertThat(summary).containsText("Total number of records present in the uploaded file: " + total);
		assertThat(summary).containsText("Number of Records Rejected: " + rejected);
		assertThat(summary).containsText("Number of Records Processed: " + processed);
		assertThat(summary).containsText("Number of Users Created: " + created);
		assertThat(summary).containsText("Number of Users Updated: " + updated);
	}

	private static List<String> people(Staff person, String name) {
		String username = prefix(person) + name + "@cybercity.example";
		return List.of(username, "Pat", "By File", username, "TA", "00-771778-001");
	}

	private static String row(Staff person, String name, String role, String organization) {
		String username = prefix(person) + name + "@cybercity.example";
		return username + ",Pat,By File," + username + "," + role + "," + organization + ",,,,\r\n";
	}

	private static String prefix(Staff person) {
		return "of." + person.name().toLowerCase(Locale.ROOT) + ".";
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
