package io.rollcall.acceptance.browser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What an account's form says before and after about what is not seen in its fields: others' organizations, a new address. */
@InBrowser
class BrowserAccountIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();
	private static final String OUTSIDE = "Cyber Falls Sch1-001";

	private final Visitor visitor = Staff.DTC.visitor();

	@Test
	void anOrganizationOutsideOnesOwnCannotBeRemoved() {
		String username = made("shared", "00-771778-001|00-771777-001");
		open(username);
		visitor.sees("Also at " + OUTSIDE + " (Cyber Falls).");
		Locator chosen = visitor.page().getByLabel("Selected organizations");
		assertThat(chosen.getByText("Only coordinators of Cyber Falls can change this.")).hasCount(1);
		assertThat(visitor.control("Remove Cyber City Sch1-001")).isVisible();
		assertThat(visitor.control("Remove " + OUTSIDE)).hasCount(0);
		assertThat(visitor.field("First Name")).isDisabled();
		assertThat(visitor.page().locator("#role")).isDisabled();
		Screen.checkOnAPhoneToo(visitor, "user-in-part");

		// One's own may come and go.
		chooseAnotherSchool();
		visitor.control("Remove Cyber City Sch1-001").click();
		visitor.click("Save User");
		visitor.sees("The changes to " + username + " have been saved.");
		assertThat(account(username).path("organizations").valueStream().map(JsonNode::asString))
				.containsExactlyInAnyOrder("00-771777-001", "00-771778-002");
	}

	/** As a form would that was opened before the account was given another school. */
	@Test
	void aRemovalThatIsRefusedIsShownAtTheOrganizations() {
		String username = made("shared.late", "00-771778-001|00-771777-001");
		open(username);
		chooseAnotherSchool();
		Pattern one = Pattern.compile("/api/users/[0-9a-f-]{36}$");
		visitor.page().route(one, route -> route.resume(route.request().method().equals("PUT")
				? new Route.ResumeOptions().setPostData(route.request().postData().replace("\"00-771777-001\",", ""))
				: null));
		visitor.click("Save User");
		assertThat(visitor.page().locator("#organizations-error"))
				.containsText("Not allowed to remove this organization");
		visitor.page().unroute(one);
		assertThat(account(username).path("organizations")).hasSize(2);
	}

	/** Removed from one's sight by one's own hand: there is nothing to read again, and it is done. */
	@Test
	void theLastOrganizationOfOnesOwnCanBeRemoved() {
		String username = made("shared.leaves", "00-771778-001|00-771777-001");
		open(username);
		visitor.control("Remove Cyber City Sch1-001").click();
		visitor.click("Save User");
		visitor.sees("The changes to " + username + " have been saved.");
		assertThat(account(username).path("organizations").valueStream().map(JsonNode::asString))
				.containsExactly("00-771777-001");
	}

	@Test
	void credentialsForANewAddressAreForetoldSentAndSeen() {
		String username = made("mistyped", "00-771778-001");
		Staff.password(username, "MCAS Training Site");
		String corrected = "corrected@cybercity.example";
		open(username);
		visitor.fill("Email", corrected);
		visitor.sees(
				"When you save, new credentials for the MCAS Portal and the MCAS Training Site are sent to the new address.");
		Screen.checkOnAPhoneToo(visitor, "user-new-address");
		visitor.fill("Email", " " + username + " ");
		assertThat(visitor.page().getByText("When you save, new credentials")).hasCount(0);
		visitor.fill("Email", corrected);
		visitor.click("Save User");
		visitor.sees(
				"The changes to " + username + " have been saved. New credentials for the MCAS Portal and the MCAS "
						+ "Training Site were sent to " + corrected + ".");

		try (Visitor owner = Visitor.at(SYSTEM.portal())) {
			Staff.signInFirst(owner, username, Staff.password(corrected, "MCAS Portal"));
			owner.seesHeading("Welcome, Ad Dressed");
		}
		// The Portal's is the owner's own now and stays; the mail for the other is seen to have gone out.
		Await.until("the mails on the card", () -> {
			open(username);
			return visitor.page().locator(".facts .tag.good").getByText("Emails sent").count() == 1 ? true : null;
		});
		visitor.fill("Email", "corrected.again@cybercity.example");
		visitor.sees("When you save, new credentials for the MCAS Training Site are sent to the new address.");
		visitor.click("Save User");
		visitor.sees("New credentials for the MCAS Training Site were sent to corrected.again@cybercity.example.");
	}

	@Test
	void credentialsForANewAddressAreSeenInAPreviewAndInItsImport() {
		String username = made("by.a.file", "00-771778-001");
		visitor.open("/users/import");
		visitor.page().getByLabel("Choose An Action").selectOption("Update Existing Users");
		String row = username + ",Ad,Dressed,by.file.corrected@cybercity.example,TA,00-771778-001\r\n";
		visitor.choose(() -> visitor.click("Choose File"), new FilePayload("addresses.csv", "text/csv",
				("Username,Fname,Lname,Email,Role,Org\r\n" + row).getBytes(StandardCharsets.UTF_8)));
		visitor.click("Preview");
		visitor.dialog("Preview");
		visitor.click("Close");
		visitor.sees(
				"New credentials for the MCAS Portal and the MCAS Training Site would be sent to the new address.");
		Screen.checkOnAPhoneToo(visitor, "preview-new-address");
		visitor.click("Apply These Changes");
		visitor.click("Apply");
		visitor.dialog("File uploaded");
		visitor.click("Close");
		visitor.sees("New credentials for the MCAS Portal and the MCAS Training Site were sent to the new address.");
	}

	private void chooseAnotherSchool() {
		visitor.control("Click here to select organization(s).").click();
		visitor.page().getByLabel("Search organizations").fill("Sch2-002");
		visitor.page().getByRole(AriaRole.CHECKBOX,
				new Page.GetByRoleOptions().setName(Visitor.beginningWith("Cyber City Sch2-002"))).check();
		visitor.page().keyboard().press("Escape");
	}

	private void open(String username) {
		visitor.open("/users/" + account(username).path("id").asString());
		visitor.seesHeading("Edit User " + username);
	}

	private static String made(String name, String organizations) {
		String username = "account." + name + "@cybercity.example";
		Staff.upload(List.of(List.of(username, "Ad", "Dressed", username, "TA", organizations)));
		return username;
	}

	private static JsonNode account(String username) {
		return Imports.json(SYSTEM.imports().get("/api/users?search=" + username)).path("items").path(0);
	}
}
