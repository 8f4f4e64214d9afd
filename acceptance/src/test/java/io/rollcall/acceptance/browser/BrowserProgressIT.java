package io.rollcall.acceptance.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.system.Operations;
import io.rollcall.acceptance.system.RunningSystem;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** How far an import is, while its records wait. */
@Tag("long")
@InBrowser
class BrowserProgressIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();

	private final Operations operations = SYSTEM.operations();

	@BeforeEach
	void recordsWait() {
		operations.send("POST", "/api/operations/imports/dispatch/pause", null);
	}

	@AfterEach
	void recordsAreDone() {
		operations.send("POST", "/api/operations/imports/dispatch/resume", null);
	}

	@Test
	void progressIsShownWhileRecordsWait() {
		Visitor visitor = Staff.DTC.visitor();
		uploadWhatWaits(visitor);
		Screen.check(visitor, "import-progress");

		recordsAreDone();
		visitor.dialog("File uploaded");
		visitor.click("Close");
	}

	/** Its stream of events comes when it is over; what is asked for comes. */
	@Test
	void progressGoesOnBehindAProxyThatHoldsStreamsBack() {
		Staff.hire();
		Staff.DTC.visitor();
		try (var proxy = BufferingProxy.start(); Visitor visitor = Visitor.at(SYSTEM.portal(), proxy)) {
			Staff.signIn(visitor, Staff.DTC.username(), Staff.OWN_PASSWORD);
			uploadWhatWaits(visitor);
			String state = visitor.page().waitForResponse(BrowserProgressIT::isAsked, () -> {}).text();
			assertThat(state).contains("\"total\":1", "\"done\":0");
			visitor.page().route("**/progress", route -> {
				if (isStream(route.request())) {
					route.resume();
				} else {
					route.fulfill(new Route.FulfillOptions().setContentType("application/json")
							.setBody(state.replace("\"total\":1", "\"total\":3").replace("\"done\":0", "\"done\":2")));
				}
			});
			visitor.sees("2 of 3 records done.");
			assertThat(proxy.holdsAStream()).isTrue();

			visitor.page().unroute("**/progress");
			recordsAreDone();
			visitor.dialog("File uploaded");
			assertThat(visitor.complaints()).isEmpty();
		}
	}

	private static boolean isAsked(Response answer) {
		return answer.url().endsWith("/progress") && !isStream(answer.request());
	}

	private static boolean isStream(Request request) {
		return "text/event-stream".equals(request.headers().get("accept"));
	}

	/** The dispatcher looks now and then whether it is paused: what it was quicker with is uploaded once more. */
	private static void uploadWhatWaits(Visitor visitor) {
		Locator waits = visitor.page().getByText("0 of 1 record done.");
		Locator popUp = visitor.page().getByRole(AriaRole.DIALOG);
		BrowserUploadIT.uploadOne(visitor);
		assertThat(waits.or(popUp).first()).isVisible();
		while (popUp.count() > 0) {
			visitor.click("Close");
			BrowserUploadIT.uploadOne(visitor);
			assertThat(waits.or(popUp).first()).isVisible();
		}
	}
}
