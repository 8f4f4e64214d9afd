package io.rollcall.user;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import com.nimbusds.jwt.JWTClaimsSet;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.Topics;
import io.rollcall.testing.BrokenHttp;
import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.ForgottenPasswords;
import io.rollcall.user.signin.PasswordService;
import io.rollcall.user.signin.SignInService;
import io.rollcall.user.signin.Source;
import io.rollcall.user.testing.Browser;
import io.rollcall.user.testing.Browser.Page;
import io.rollcall.user.testing.SigningIn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Signing in as the guide's section III says, over HTTP as a browser and a gateway do it. */
class SignInIT extends SigningIn {
	private static final int AT_ONCE = 8;

	@Autowired
	private SignInService signIns;
	@Autowired
	private PasswordService passwords;
	@Autowired
	private ForgottenPasswords forgotten;

	@Test
	void firstSignInDemandsANewPasswordAndThenLetsIn() throws Exception {
		Person person = newPerson();
		var browser = new Browser(base());
		Flow flow = flow("portal");
		Page page = browser.open(authorize(flow));
		assertThat(page.title()).isEqualTo("Sign In");
		assertThat(page.text())
				.contains("MCAS Portal", "Forgot Password?", "mailto:mcas@cognia.org", "tel:800-737-5103")
				.doesNotContain("New Password");
		page = browser.submit("username", person.username().toUpperCase(), "password", person.portal());
		assertThat(page.title()).isEqualTo("Set a New Password");
		assertThat(browser.open(authorize(flow)).title()).as("nothing else before that")
				.isEqualTo("Set a New Password");
		page = browser.submit("newPassword", "short", "repeated", "short");
		assertThat(page.status()).isEqualTo(422);
		assertThat(page.text()).contains("Minimum of 12 characters", "One uppercase letter", "One number");
		Answer tokens = exchange(flow, browser.submit("newPassword", OWN, "repeated", OWN));
		assertThat(tokens.status()).isEqualTo(200);
		JWTClaimsSet access = claims(tokens.text("access_token"));
		assertThat(access.getSubject()).isEqualTo(person.id().toString());
		assertThat(access.getStringClaim("site")).isEqualTo("PORTAL");
		assertThat(access.getStringListClaim("permissions")).contains("manage-users");
		assertThat(access.getLongClaim("account_version")).isGreaterThan(1);
		assertThat(access.getExpirationTime().getTime() - access.getIssueTime().getTime()).isEqualTo(60_000);
		JWTClaimsSet id = claims(tokens.text("id_token"));
		assertThat(id.getStringClaim("sid")).isEqualTo(access.getStringClaim("sid"));
		assertThat(id.getStringClaim("nonce")).isEqualTo("n-" + flow.state());
		assertThat(id.getDateClaim("auth_time")).isBefore(Date.from(Instant.now().plusSeconds(1)));
		assertThat(call(HttpMethod.GET, "/api/me", tokens.text("access_token"), null).text("username"))
				.isEqualTo(person.username());
		assertThat(call(HttpMethod.GET, "/userinfo", tokens.text("access_token"), null).text("sub"))
				.isEqualTo(person.id().toString());
		assertThat(browser.cookies()).noneMatch(it -> it.getName().equals("JSESSIONID"))
				.allMatch(it -> it.isHttpOnly());
	}

	@Test
	void accessTokenIsOfTheAuthorizationThatItCameByAndOfNoOtherOfTheSignIn() throws Exception {
		Person person = newPerson();
		var browser = new Browser(base());
		String first = firstSignIn(browser, flow("portal"), person.username(), person.portal(), OWN)
				.text("access_token");
		Flow again = flow("portal");
		String second = exchange(again, browser.open(authorize(again))).text("access_token");
		assertThat(claims(second).getStringClaim("sid")).isEqualTo(claims(first).getStringClaim("sid"));
		mongo.getDatabase("rollcall-users").getCollection("authorizations")
				.deleteOne(new Document("_id", claims(first).getStringClaim("authorization_id")));
		assertThat(call(HttpMethod.GET, "/userinfo", first, null).status()).isEqualTo(401);
		assertThat(call(HttpMethod.GET, "/userinfo", second, null).status()).isEqualTo(200);
	}

	@Test
	void generatedPasswordIsGoodForOneSignIn() {
		Person person = newPerson();
		Flow flow = flow("portal");
		new Browser(base()).open(authorize(flow));
		var first = new Browser(base());
		first.open(authorize(flow));
		assertThat(first.submit("username", person.username(), "password", person.portal()).title())
				.isEqualTo("Set a New Password");
		var second = new Browser(base());
		second.open(authorize(flow));
		assertThat(second.submit("username", person.username(), "password", person.portal()).text())
				.contains("used already or has expired");
		first.open(authorize(flow)); // who has signed in still sets the password
		assertThat(exchange(flow, first.submit("newPassword", OWN, "repeated", OWN)).status()).isEqualTo(200);
	}

	@Test
	void formThatIsSentTwiceIsOneSignInAndItsSecondAnswerLeadsOn() {
		Person person = newPerson();
		Flow flow = flow("portal");
		var browser = new Browser(base());
		browser.open(authorize(flow));
		Browser clickedAgain = browser.atThisMoment();
		Browser clickedLater = browser.atThisMoment();
		String[] form = {"username", person.username(), "password", person.portal()};
		assertThat(browser.submit(form).title()).isEqualTo("Set a New Password");
		assertThat(clickedAgain.submit(form).title()).isEqualTo("Set a New Password");
		accounts().updateOne(new Document("accountId", person.id()), new Document("$set",
				new Document("credentials.PORTAL.usedAt", Date.from(Instant.now().minusSeconds(11)))));
		assertThat(clickedLater.submit(form).text()).contains("used already or has expired");
		assertThat(exchange(flow, clickedAgain.submit("newPassword", OWN, "repeated", OWN)).status()).isEqualTo(200);
		assertThat(browser.submit("newPassword", OTHER, "repeated", OTHER).title())
				.as("the other sign-in is over with the password that it was made by").isEqualTo("Sign In");
	}

	@Test
	void newPasswordThatIsSentTwiceIsSetOnceAndTheSecondAnswerSaysToUseIt() {
		Person person = newPerson();
		Flow flow = flow("portal");
		var browser = new Browser(base());
		browser.open(authorize(flow));
		assertThat(browser.submit("username", person.username(), "password", person.portal()).title())
				.isEqualTo("Set a New Password");
		Browser clickedAgain = browser.atThisMoment();
		String[] form = {"newPassword", OWN, "repeated", OWN};
		browser.submit(form);
		assertThat(clickedAgain.submit(form).text()).contains("If you have just set a new password, sign in with it.");
		assertThat(exchange(flow, clickedAgain.submit("username", person.username(), "password", OWN)).status())
				.isEqualTo(200);
	}

	@Test
	void pageOfWhoWasSignedInBeforeSetsNobodysPassword() {
		Person first = newPerson();
		Person second = newPerson();
		Flow flow = flow("portal");
		var tab = new Browser(base());
		tab.open(authorize(flow));
		Page demanded = tab.submit("username", first.username(), "password", first.portal());
		assertThat(demanded.text()).contains("New password for <strong>" + first.username());
		Browser otherTab = tab.newTab();
		otherTab.open(authorize(flow) + "&prompt=login");
		demanded = otherTab.submit("username", second.username(), "password", second.portal());
		assertThat(demanded.text()).contains("New password for <strong>" + second.username());

		Page overtaken = tab.submit("newPassword", OWN, "repeated", OWN);
		assertThat(overtaken.status()).isEqualTo(409);
		assertThat(overtaken.title()).isEqualTo("This Page Is Out of Date");
		assertThat(overtaken.text()).contains(second.username(), "No password was set here.");
		assertThat(exchange(flow, otherTab.submit("newPassword", OTHER, "repeated", OTHER)).status())
				.as("the second still sets their own").isEqualTo(200);
		overtaken = tab.submit("newPassword", OWN, "repeated", OWN);
		assertThat(overtaken.status()).as("nor when the other is done").isEqualTo(409);
		assertThat(tab.submit("other", "yes").title()).as("to begin again").isEqualTo("Sign In");
		assertThat(tab.submit("username", second.username(), "password", OWN).status()).isEqualTo(422);
		assertThat(exchange(flow, tab.submit("username", second.username(), "password", OTHER)).status())
				.isEqualTo(200);
	}

	@Test
	void whoIsNotTheOneThatThePageNamesSignsInInstead() {
		Person first = newPerson();
		Person second = newPerson();
		Flow flow = flow("portal");
		var browser = new Browser(base());
		browser.open(authorize(flow));
		Browser form = browser.newTab();
		form.open(authorize(flow));
		Page demanded = browser.submit("username", first.username(), "password", first.portal());
		assertThat(demanded.text()).contains("Not you?");
		Browser leftOpen = browser.atThisMoment();
		assertThat(browser.submit("other", "yes").title()).isEqualTo("Sign In");
		assertThat(leftOpen.submit("newPassword", OWN, "repeated", OWN).title())
				.as("the sign-in that was left is over").isEqualTo("Sign In");
		assertThat(form.submit("username", first.username(), "password", first.portal()).text())
				.as("the form that led to it, sent once more at once").doesNotContain("Set a New Password");
		browser.submit("username", second.username(), "password", second.portal());
		Answer tokens = exchange(flow, browser.submit("newPassword", OWN, "repeated", OWN));
		assertThat(call(HttpMethod.GET, "/api/me", tokens.text("access_token"), null).text("username"))
				.isEqualTo(second.username());
	}

	@Test
	void formThatIsSentTwiceAtOnceIsOneSignIn() throws Exception {
		Person person = newPerson();
		var outcomes = atOnce(_ -> signIns.signIn(Site.PORTAL, person.username(), new Password(person.portal()),
				Source.of("203.0.113.7", null, "the cookie of the form")));
		assertThat(outcomes).hasOnlyElementsOfType(SignInService.Outcome.SignedIn.class);
	}

	@Test
	void blanksAroundAPasswordThatWasPastedAreNotMeant() {
		Person person = newPerson();
		Flow flow = flow("portal");
		var browser = new Browser(base());
		browser.open(authorize(flow));
		assertThat(
				browser.submit("username", person.username(), "password", " " + person.portal() + "\u00A0\r\n").title())
				.isEqualTo("Set a New Password");
		String own = " " + OWN;
		Answer tokens = exchange(flow, browser.submit("newPassword", own, "repeated", own));
		browser.forgetSignIn();
		browser.open(authorize(flow));
		assertThat(browser.submit("username", person.username(), "password", OWN).status())
				.as("a blank of one's own").isEqualTo(422);
		assertThat(exchange(flow, browser.submit("username", person.username(), "password", own)).status())
				.isEqualTo(200);
		assertThat(changePassword(tokens, own, OTHER).status()).isEqualTo(204);
		assertThat(changePassword(tokens, "\t" + OTHER + " ", OWN).status()).isEqualTo(204);
		browser.forgetSignIn();
		browser.open(authorize(flow));
		for (int i = 0; i < 4; i++)
			assertThat(browser.submit("username", person.username(), "password", OTHER + " ").status()).isEqualTo(422);
		assertThat(exchange(flow, browser.submit("username", person.username(), "password", OWN + " ")).status())
				.as("each was one attempt").isEqualTo(200);
	}

	private Answer changePassword(Answer tokens, String current, String password) {
		return call(HttpMethod.PUT, "/api/me/password", tokens.text("access_token"),
				Map.of("currentPassword", current, "newPassword", password));
	}

	@Test
	void usernameIsKnownByWhatCanBeSeenOfIt() throws Exception {
		Person person = newPerson("O'Brien.");
		var browser = new Browser(base());
		Flow flow = flow("portal");
		String typed = "\u200B" + person.username().replace("O'B", "O’\u00ADB") + "\u2060";
		firstSignIn(browser, flow, typed, person.portal(), OWN);
		browser.forgetSignIn();
		browser.open(authorize(flow));
		assertThat(exchange(flow, browser.submit("username", typed, "password", OWN)).status()).isEqualTo(200);
		try (var mails = fromNow(Topics.CREDENTIAL_EVENTS)) {
			browser.open("/forgot-password?site=portal");
			browser.submit("username", typed);
			assertThat(json.readTree(mails.await(1, SOON).getFirst().value()).get("username").asString())
					.isEqualTo(person.username());
		}
	}

	@Test
	void expiredGeneratedPasswordLetsNobodyIn() {
		Person person = newPerson();
		accounts().updateOne(new Document("accountId", person.id()), new Document("$set",
				new Document("credentials.PORTAL.expiresAt", Date.from(Instant.now().minusSeconds(1)))));
		Flow flow = flow("portal");
		var browser = new Browser(base());
		browser.open(authorize(flow));
		assertThat(browser.submit("username", person.username(), "password", person.portal()).text())
				.contains("used already or has expired");
	}

	@Test
	void sitesHavePasswordsAndSignInsOfTheirOwn() throws Exception {
		Person person = newPerson();
		var browser = new Browser(base());
		firstSignIn(browser, flow("portal"), person.username(), person.portal(), OWN);
		Flow training = flow("training");
		Page page = browser.open(authorize(training));
		assertThat(page.title()).isEqualTo("Sign In");
		assertThat(page.text()).contains("MCAS Training Site");
		assertThat(browser.submit("username", person.username(), "password", OWN).status()).isEqualTo(422);
		assertThat(browser.submit("username", person.username(), "password", person.portal()).status())
				.isEqualTo(422);
		Answer tokens = firstSignIn(browser, training, person.username(), person.training(), OTHER);
		assertThat(claims(tokens.text("access_token")).getStringListClaim("permissions"))
				.doesNotContain("manage-users").contains("view-reports");
	}

	@Test
	void ownPasswordOlderThanAYearMustBeReplacedByAnother() {
		Person person = newPerson();
		firstSignIn(new Browser(base()), flow("portal"), person.username(), person.portal(), OWN);
		accounts().updateOne(new Document("accountId", person.id()), new Document("$set",
				new Document("credentials.PORTAL.setAt", Date.from(Instant.now().minus(Duration.ofDays(366))))));
		Flow flow = flow("portal");
		var browser = new Browser(base());
		browser.open(authorize(flow));
		assertThat(browser.submit("username", person.username(), "password", OWN).title())
				.isEqualTo("Set a New Password");
		assertThat(browser.submit("newPassword", OWN, "repeated", OWN).text())
				.contains("Must not be your last password");
		assertThat(exchange(flow, browser.submit("newPassword", OTHER, "repeated", OTHER)).status()).isEqualTo(200);
	}

	@Test
	void passwordThatWasMailedNeverBecomesOnesOwn() {
		Person person = newPerson();
		Flow flow = flow("portal");
		var browser = new Browser(base());
		browser.open(authorize(flow));
		browser.submit("username", person.username(), "password", person.portal());
		for (String mailed : List.of(person.portal(), person.portal() + " ", person.training()))
			assertThat(browser.submit("newPassword", mailed, "repeated", mailed).status()).isEqualTo(422);
		Answer tokens = exchange(flow, browser.submit("newPassword", OWN, "repeated", OWN));
		Answer later = call(HttpMethod.PUT, "/api/me/password", tokens.text("access_token"),
				Map.of("currentPassword", OWN, "newPassword", person.portal()));
		assertThat(later.status()).isEqualTo(422);
		assertThat(later.body().get("errors").get(0).get("code").asString()).isEqualTo("password-reused");
	}

	@Test
	void refreshTokenRotatesAndOneShownAfterItsSuccessorEndsTheFamily() {
		Flow flow = flow("portal");
		Answer first = signedIn(flow);
		Answer second = refresh(flow, first.text("refresh_token"));
		assertThat(second.status()).isEqualTo(200);
		assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
		assertThat(second.text("id_token")).isNotEmpty();
		Answer third = refresh(flow, second.text("refresh_token"));
		assertThat(third.status()).isEqualTo(200);

		assertThat(refresh(flow, first.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
		assertThat(refresh(flow, third.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
	}

	@Test
	void refreshWhoseAnswerGotLostIsAnsweredAgain() {
		Flow flow = flow("portal");
		Answer first = signedIn(flow);
		refresh(flow, first.text("refresh_token"));
		refresh(flow, first.text("refresh_token")); // this answer got lost, too
		Answer answered = refresh(flow, first.text("refresh_token"));
		assertThat(answered.status()).isEqualTo(200);
		assertThat(refresh(flow, answered.text("refresh_token")).status()).isEqualTo(200);
	}

	@Test
	void ofTwoWhoShowOneRefreshTokenTheNextToGoOnGivesBothAway() {
		Flow flow = flow("portal");
		Answer first = signedIn(flow);
		Answer one = refresh(flow, first.text("refresh_token"));
		Answer other = refresh(flow, first.text("refresh_token"));
		assertThat(refresh(flow, one.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
		assertThat(refresh(flow, other.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
	}

	@Test
	void refreshTokenThatWasReplacedLongAgoEndsTheFamily() {
		Flow flow = flow("portal");
		Answer first = signedIn(flow);
		Answer second = refresh(flow, first.text("refresh_token"));
		String id = first.text("refresh_token").split("\\.")[0];
		mongo.getDatabase("rollcall-users").getCollection("authorizations").updateOne(new Document("_id", id),
				new Document("$set", new Document("replaced.at", Date.from(Instant.now().minusSeconds(31)))));
		assertThat(refresh(flow, first.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
		assertThat(refresh(flow, second.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
	}

	private Answer signedIn(Flow flow) {
		Person person = newPerson();
		return firstSignIn(new Browser(base()), flow, person.username(), person.portal(), OWN);
	}

	@Test
	void parameterThatIsGivenTwiceIsRefusedWhateverItMeans() {
		Flow flow = flow("portal");
		for (String name : List.of("client_id", "state", "nonce", "max_age", "response_mode", "login_hint", "prompt",
				"unknown")) {
			Page page = new Browser(base()).open(authorize(flow) + "&" + name + "=a&" + name + "=a");
			assertThat(page.status()).as(name).isEqualTo(400);
			assertThat(page.address()).as(name).doesNotContain("sign-in");
			String form = "token=a&grant_type=client_credentials&" + name + "=a&" + name + "=a";
			for (String path : List.of("/oauth2/token", "/oauth2/revoke")) {
				String error = http().post().uri(path).headers(it -> it.setBasicAuth("portal", PORTAL_SECRET))
						.contentType(MediaType.APPLICATION_FORM_URLENCODED).body(form).exchange((_, response) -> {
							assertThat(response.getStatusCode().value()).as(path + " " + name).isEqualTo(400);
							return json.readTree(response.getBody().readAllBytes()).path("error").asString();
						});
				assertThat(error).as(path + " " + name).isEqualTo("invalid_request");
			}
		}
		assertThat(new Browser(base()).open(authorize(flow) + "&unknown=a&login_hint=a").title()).isEqualTo("Sign In");
	}

	@Test
	void codeIsGoodOnceAndOnlyWithItsVerifier() {
		Person person = newPerson();
		Flow flow = flow("portal");
		var browser = new Browser(base());
		firstSignIn(browser, flow, person.username(), person.portal(), OWN);
		Page arrived = browser.open(authorize(flow)); // signed in already
		Flow other = new Flow("portal", "not-the-verifier-not-the-verifier-not-the-verifier", flow.state());
		assertThat(exchange(other, arrived).text("error")).isEqualTo("invalid_grant");
		Answer tokens = exchange(flow, arrived);
		assertThat(tokens.status()).isEqualTo(200);
		assertThat(exchange(flow, arrived).text("error")).isEqualTo("invalid_grant");
		assertThat(refresh(flow, tokens.text("refresh_token")).status()).as("what a code shown twice gave")
				.isEqualTo(400);
		Map<String, String> unproven = parameters(flow);
		unproven.remove("code_challenge");
		assertThat(browser.open(authorize(unproven)).parameter("error")).isEqualTo("invalid_request");
	}

	@Test
	void revokedRefreshTokenIsOver() {
		Person person = newPerson();
		Flow flow = flow("portal");
		Answer tokens = firstSignIn(new Browser(base()), flow, person.username(), person.portal(), OWN);
		int status = http().post().uri("/oauth2/revoke").headers(it -> it.setBasicAuth("portal", PORTAL_SECRET))
				.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_FORM_URLENCODED_VALUE)
				.body("token=" + tokens.text("refresh_token"))
				.exchange((_, response) -> response.getStatusCode().value());
		assertThat(status).isEqualTo(200);
		assertThat(refresh(flow, tokens.text("refresh_token")).status()).isEqualTo(400);
	}

	@Test
	void signOutEndsTheSignInAndLeadsBackToTheSite() {
		Person person = newPerson();
		Flow flow = flow("portal");
		var browser = new Browser(base());
		Answer tokens = firstSignIn(browser, flow, person.username(), person.portal(), OWN);
		assertThat(browser.open(authorize(flow)).parameter("code")).isNotNull();
		Page out = browser.open("/connect/logout?" + Browser.encoded(Map.of("id_token_hint",
				tokens.text("id_token"), "post_logout_redirect_uri", "http://localhost:8080/signed-out")));
		assertThat(out.address()).isEqualTo("http://localhost:8080/signed-out");
		assertThat(refresh(flow, tokens.text("refresh_token")).status()).isEqualTo(400);
		assertThat(browser.open(authorize(flow)).title()).isEqualTo("Sign In");
		assertThat(browser.open("/connect/logout?" + Browser.encoded(Map.of("id_token_hint",
				tokens.text("id_token"), "post_logout_redirect_uri", "http://evil.example/"))).address())
				.startsWith(base());
	}

	/** Mails part a username at its signs by a character that nobody sees, so that no link comes of it. */
	@Test
	void usernameThatIsCopiedFromAMailIsTheUsername() {
		Person person = newPerson();
		String copied = person.username().replace(".", "\u2060.\u2060");
		assertThat(copied).isNotEqualTo(person.username());
		assertThat(firstSignIn(new Browser(base()), flow("portal"), copied, person.portal(), OWN).status())
				.isEqualTo(200);
		var again = new Browser(base());
		Flow flow = flow("portal");
		again.open(authorize(flow));
		assertThat(exchange(flow, again.submit("username", copied, "password", OWN)).status()).isEqualTo(200);
	}

	@Test
	void deactivatedAccountRefreshesNothing() {
		Person person = newPerson();
		Flow flow = flow("portal");
		var browser = new Browser(base());
		Answer tokens = firstSignIn(browser, flow, person.username(), person.portal(), OWN);
		String coordinator = token(BOOTSTRAP_SECRET).get("access_token").asString();
		call(HttpMethod.POST, "/api/users/deactivations", coordinator, Map.of("userIds", List.of(person.id())));
		assertThat(refresh(flow, tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
		assertThat(browser.open(authorize(flow)).title()).isEqualTo("Sign In");
		assertThat(browser.submit("username", person.username(), "password", OWN).status()).isEqualTo(422);
		call(HttpMethod.POST, "/api/users/reactivations", coordinator, Map.of("userIds", List.of(person.id())));
		browser.open(authorize(flow));
		assertThat(exchange(flow, browser.submit("username", person.username(), "password", OWN)).status())
				.as("reactivated, it works as before").isEqualTo(200);
	}

	@Test
	void forgottenPasswordIsSetByAMailedLinkOnce() throws Exception {
		Person person = newPerson();
		Flow flow = flow("portal");
		Answer before = firstSignIn(new Browser(base()), flow, person.username(), person.portal(), OWN);
		var browser = new Browser(base());
		browser.open(authorize(flow));
		String token;
		try (var mails = fromNow(Topics.CREDENTIAL_EVENTS)) {
			browser.open("/forgot-password?site=portal");
			assertThat(browser.submit("username", person.username()).title()).isEqualTo("Check Your Email");
			JsonNode mail = json.readTree(mails.await(1, SOON).getFirst().value());
			assertThat(mail.get("type").asString()).isEqualTo("PasswordResetRequested");
			assertThat(mail.get("site").asString()).isEqualTo("PORTAL");
			token = KEY.decryptText(mail.get("token").asString());
		}
		assertThat(accounts().find(new Document("accountId", person.id())).first().toJson()).doesNotContain(token);
		Page reset = browser.open("/reset-password?token=" + token);
		assertThat(reset.title()).isEqualTo("Reset Your Password");
		assertThat(reset.text()).contains("New password for <strong>" + person.username());
		assertThat(browser.submit("newPassword", person.portal(), "repeated", person.portal()).status())
				.as("what was mailed").isEqualTo(422);
		assertThat(browser.submit("newPassword", OWN, "repeated", OWN).text())
				.contains("Must not be your last password");
		assertThat(browser.submit("newPassword", OTHER, "repeated", OTHER).title()).isEqualTo("Your Password Is Set");
		assertThat(browser.open("/reset-password?token=" + token).status()).isEqualTo(410);
		assertThat(refresh(flow, before.text("refresh_token")).status()).as("other sessions").isEqualTo(400);
		browser.open(authorize(flow));
		assertThat(exchange(flow, browser.submit("username", person.username(), "password", OTHER)).status())
				.isEqualTo(200);
	}

	@Test
	void ofManyWhoUseAGeneratedPasswordAtOnceOneIsLetIn() throws Exception {
		Person person = newPerson();
		var outcomes = atOnce(i -> signIns.signIn(Site.PORTAL, person.username(), new Password(person.portal()),
				Source.of("203.0.113." + i, null)));
		assertThat(outcomes).filteredOn(SignInService.Outcome.SignedIn.class::isInstance).hasSize(1);
		assertThat(outcomes).filteredOn(SignInService.Outcome.Spent.class::isInstance).hasSize(AT_ONCE - 1);
	}

	@Test
	void rightPasswordsThatComeAtOnceAllLetIn() throws Exception {
		Person person = newPerson();
		firstSignIn(new Browser(base()), flow("portal"), person.username(), person.portal(), OWN);
		var stranger = Source.of("203.0.113.8", null);
		assertThat(atOnce(_ -> signIns.signIn(Site.PORTAL, person.username(), new Password(OWN), stranger)))
				.hasOnlyElementsOfType(SignInService.Outcome.SignedIn.class);
		var wrong = atOnce(_ -> signIns.signIn(Site.PORTAL, person.username(), new Password(OTHER),
				Source.of("203.0.113.9", null)));
		assertThat(wrong).filteredOn(SignInService.Outcome.Refused.class::isInstance).hasSize(4);
		assertThat(wrong).filteredOn(SignInService.Outcome.TooMany.class::isInstance).hasSize(AT_ONCE - 4);
	}

	@Test
	void rightPasswordOfOneSiteMakesGuessesAtTheOtherNoCheaper() {
		Person person = newPerson();
		var owner = new Browser(base());
		Flow flow = flow("portal");
		firstSignIn(owner, flow, person.username(), person.portal(), OWN);
		firstSignIn(owner, flow("training"), person.username(), person.training(), OTHER);
		var guesser = Source.of("203.0.113.11", "knows the Training password");
		List<SignInService.Outcome> guesses = new ArrayList<>();
		for (int round = 0; round < 6; round++) {
			for (int i = 0; i < 3; i++) {
				var guess = new Password("Guess+Number+" + round + i);
				guesses.add(signIns.signIn(Site.PORTAL, person.username(), guess, guesser));
			}
			assertThat(signIns.signIn(Site.TRAINING, person.username(), new Password(OTHER), guesser))
					.isInstanceOf(SignInService.Outcome.SignedIn.class);
		}
		assertThat(guesses).filteredOn(SignInService.Outcome.Refused.class::isInstance).hasSize(4);
		assertThat(guesses).filteredOn(SignInService.Outcome.TooMany.class::isInstance).hasSize(18 - 4);
		owner.forgetSignIn();
		owner.open(authorize(flow));
		assertThat(exchange(flow, owner.submit("username", person.username(), "password", OWN)).status())
				.isEqualTo(200);
	}

	@Test
	void ofManyWhoUseALinkAtOnceOneSetsThePassword() throws Exception {
		Person person = newPerson();
		ResetToken token;
		try (var mails = fromNow(Topics.CREDENTIAL_EVENTS)) {
			forgotten.request(Site.PORTAL, person.username());
			token = new ResetToken(KEY.decryptText(
					json.readTree(mails.await(1, SOON).getFirst().value()).get("token").asString()));
		}
		var outcomes = atOnce(i -> passwords.reset(token, new Password("Blackboard+184" + i),
				Source.of("203.0.113.7", null)));
		assertThat(outcomes).filteredOn(PasswordService.Outcome.Done.class::isInstance).hasSize(1);
		assertThat(outcomes).filteredOn(PasswordService.Outcome.Over.class::isInstance).hasSize(AT_ONCE - 1);
	}

	@Test
	void ofManyWhoShowACodeAtOnceOneGetsTokensAndThoseDoNotLast() throws Exception {
		Person person = newPerson();
		Flow flow = flow("portal");
		var browser = new Browser(base());
		firstSignIn(browser, flow, person.username(), person.portal(), OWN);
		Page arrived = browser.open(authorize(flow));
		var given = atOnce(_ -> exchange(flow, arrived)).stream().filter(it -> it.status() == 200).toList();
		assertThat(given).hasSizeLessThanOrEqualTo(1);
		assertThat(given).allSatisfy(
				it -> assertThat(refresh(flow, it.text("refresh_token")).text("error")).isEqualTo("invalid_grant"));
	}

	private static <T> List<T> atOnce(IntFunction<T> call) throws Exception {
		var start = new CyclicBarrier(AT_ONCE);
		List<Callable<T>> calls = IntStream.range(0, AT_ONCE).<Callable<T>>mapToObj(i -> () -> {
			start.await();
			return call.apply(i);
		}).toList();
		List<T> outcomes = new ArrayList<>();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var outcome : threads.invokeAll(calls))
				outcomes.add(outcome.get());
		}
		return outcomes;
	}

	@Test
	void formFromElsewhereIsNotTaken() {
		var browser = new Browser(base());
		browser.open(authorize(flow("portal")));
		browser.forgetCookies();
		assertThat(browser.submit("username", "somebody", "password", "x").address())
				.isEqualTo("http://localhost:8080/login");
	}

	@Test
	void formThatAnotherSitesPageSendsLeadsBackToTheSite() {
		for (String site : List.of("cross-site", "same-site")) {
			var browser = new Browser(base());
			browser.open(authorize(flow("portal")));
			Page page = browser.with("Sec-Fetch-Site", site).submit("username", "somebody", "password", "x");
			assertThat(page.address()).isEqualTo("http://localhost:8080/login");
		}
	}

	@Test
	void requestThatCannotBeGrantedIsAPageForPeopleAndAProblemForPrograms() {
		String unknown = authorize(flow("portal")).replace("client_id=portal", "client_id=none");
		Page page = new Browser(base()).with("Accept", "text/html").open(unknown);
		assertThat(page.status()).isEqualTo(400);
		assertThat(page.title()).isEqualTo("Something Went Wrong");
		assertThat(page.headers().get("content-security-policy").getFirst())
				.contains("default-src 'none'; script-src 'self'; style-src 'self';").doesNotContain("unsafe");
		Page problem = new Browser(base()).with("Accept", "application/json").open(unknown);
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.headers().get("content-type").getFirst()).startsWith("application/problem+json");
		assertThat(problem.text()).contains("\"code\":\"bad-request\"", "\"instance\":\"/oauth2/authorize\"");
		assertThat(new Browser(base()).with("Accept", "application/json").with("X-Forwarded-Prefix", "/auth")
				.open(unknown).text()).contains("\"instance\":\"/auth/oauth2/authorize\"");
	}

	@Test
	void hostThatARequestNamesIsNotRepeated() {
		for (String path : List.of("/userinfo", "/api/me", "/.well-known/oauth-protected-resource")) {
			assertThat(BrokenHttp.answer(URI.create(base()).getPort(),
					"GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
					.startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Bearer\r\n").doesNotContain("evil");
		}
	}

	@Test
	void pagesForbidFramesAndScriptsThatAreNotTheSites() {
		Page page = new Browser(base()).open(authorize(flow("portal")));
		assertThat(page.headers().get("content-security-policy").getFirst()).contains("default-src 'none'",
				"script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'").doesNotContain("unsafe");
		assertThat(page.headers().get("cache-control").getFirst()).contains("no-store");
		assertThat(withoutOwnScript(page)).doesNotContain("<script", "style=");
	}

	@Test
	void whatWasTypedIsShownAsText() {
		var browser = new Browser(base());
		browser.open(authorize(flow("portal")));
		Page page = browser.submit("username", "\"><script>alert(1)</script>", "password", "x");
		assertThat(page.status()).isEqualTo(422);
		assertThat(page.text()).contains("&quot;&gt;&lt;script&gt;");
		assertThat(withoutOwnScript(page)).doesNotContain("<script");
	}

	/** @return the page without the one script that it may have */
	private static String withoutOwnScript(Page page) {
		return page.text().replaceFirst("<script type=\"module\" src=\"/assets/sign-in\\.js\"></script>", "");
	}

	@Test
	void idTokenOpensNothing() {
		Person person = newPerson();
		Answer tokens = firstSignIn(new Browser(base()), flow("portal"), person.username(), person.portal(), OWN);
		assertThat(call(HttpMethod.GET, "/api/me", tokens.text("id_token"), null).status()).isEqualTo(401);
		assertThat(call(HttpMethod.GET, "/api/me", tokens.text("refresh_token"), null).status()).isEqualTo(401);
	}

	@Test
	void unknownRedirectIsNotFollowed() {
		Page page = new Browser(base()).open(authorize(flow("portal")).replace("8080", "8081"));
		assertThat(page.status()).isEqualTo(400);
		assertThat(page.address()).startsWith(base());
	}

	@Test
	void signingInStartsAtTheSite() {
		assertThat(new Browser(base()).open("/sign-in").address()).isEqualTo("http://localhost:8080/login");
		assertThat(new Browser(base()).open("/sign-in?continue=http://evil.example/").address())
				.isEqualTo("http://localhost:8080/login");
	}

	@Test
	void passwordIsAskedForAgainWhenTheSignInIsOlderThanTheClientWants() throws Exception {
		Person person = newPerson();
		var browser = new Browser(base());
		Instant first = authTime(firstSignIn(browser, flow("portal"), person.username(), person.portal(), OWN));
		Flow flow = flow("portal");
		assertThat(authTime(exchange(flow, browser.open(authorize(flow) + "&max_age=600")))).as("single sign-on")
				.isEqualTo(first);
		assertThat(authTime(exchange(flow, browser.open(authorize(flow))))).isEqualTo(first);

		assertThat(browser.open(authorize(flow) + "&max_age=0").title()).isEqualTo("Sign In");
		assertThat(browser.open("/new-password?continue=" + URLEncoder.encode(
				authorize(flow).replaceFirst(".*[?]", "") + "&max%5Fage=0", UTF_8)).title())
				.as("and not walked round").isEqualTo("Sign In");
		Page arrived = browser.submit("username", person.username(), "password", OWN);
		assertThat(authTime(exchange(flow, arrived))).isAfterOrEqualTo(first);

		mongo.getDatabase("rollcall-users").getCollection("sign-ins").updateMany(
				new Document("account", person.id()),
				new Document("$set", new Document("at", Date.from(Instant.now().minusSeconds(61)))));
		assertThat(browser.open(authorize(flow) + "&max_age=60").title()).isEqualTo("Sign In");
		assertThat(browser.open(authorize(flow) + "&max_age=soon").title()).isEqualTo("Sign In");
		assertThat(browser.open(authorize(flow) + "&max_age=60&prompt=none").parameter("error"))
				.isEqualTo("login_required");
		Instant shown = Instant.now();
		browser.open(authorize(flow) + "&max_age=60");
		assertThat(authTime(exchange(flow, browser.submit("username", person.username(), "password", OWN))))
				.isAfterOrEqualTo(shown.truncatedTo(ChronoUnit.SECONDS));
	}

	private static Instant authTime(Answer tokens) throws Exception {
		return claims(tokens.text("id_token")).getDateClaim("auth_time").toInstant();
	}

	@Test
	void passwordIsAskedForAgainWhenTheClientWantsIt() {
		Person person = newPerson();
		var browser = new Browser(base());
		firstSignIn(browser, flow("portal"), person.username(), person.portal(), OWN);
		Flow flow = flow("portal");
		assertThat(browser.open(authorize(flow) + "&prompt=login").title()).isEqualTo("Sign In");
		assertThat(exchange(flow, browser.submit("username", person.username(), "password", OWN)).status())
				.isEqualTo(200);
	}
}
