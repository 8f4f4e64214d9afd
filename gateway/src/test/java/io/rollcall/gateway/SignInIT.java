package io.rollcall.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.gateway.testing.AuthorizationServerStub;
import io.rollcall.gateway.testing.Browser;
import io.rollcall.gateway.testing.Gateway;
import io.rollcall.gateway.testing.Service;
import io.rollcall.testing.Backends;

import static io.rollcall.gateway.testing.Gateway.IMPORTS;
import static io.rollcall.gateway.testing.Gateway.ORGANIZATIONS;
import static io.rollcall.gateway.testing.Gateway.USERS;
import static io.rollcall.gateway.testing.Gateway.assertProblem;
import static io.rollcall.gateway.testing.Gateway.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SignInIT {
	private static ConfigurableApplicationContext secondInstance;

	@DynamicPropertySource
	static void services(DynamicPropertyRegistry properties) {
		Gateway.register(properties);
	}

	@BeforeAll
	static void startTheSecondInstance() {
		List<String> properties = new ArrayList<>(List.of("--server.port=0"));
		Gateway.properties().forEach((name, value) -> properties.add("--" + name + "=" + value.get()));
		secondInstance = new SpringApplicationBuilder(GatewayApplication.class).web(WebApplicationType.SERVLET)
				.run(properties.toArray(String[]::new));
	}

	@AfterAll
	static void stopTheSecondInstance() {
		secondInstance.close();
	}

	@LocalServerPort
	private int port;
	private int otherPort;
	private AuthorizationServerStub server;
	private Browser browser;

	@BeforeEach
	void anAuthorizationServer() {
		otherPort = Integer.parseInt(secondInstance.getEnvironment().getProperty("local.server.port", ""));
		server = new AuthorizationServerStub();
		USERS.answers(exchange -> server.handle(exchange, USERS.seen().body()));
		ORGANIZATIONS.answersOk();
		browser = new Browser(server);
	}

	@Test
	void aSignInEndsOnThePageWhereItBegan() throws Exception {
		HttpResponse<String> start = browser.get(port, "/login?returnTo=/users/7?tab=history");
		assertThat(start.statusCode()).isEqualTo(302);
		assertThat(start.headers().firstValue("Cache-Control")).contains("no-store, no-transform");
		assertThat(start.headers().allValues("Set-Cookie")).singleElement().asString().startsWith("rollcall-portal=")
				.contains("Path=/;", "HttpOnly", "SameSite=Lax").doesNotContain("Domain", "Secure"); // plain loopback
		Map<String, String> asked = AuthorizationServerStub
				.parameters(start.headers().firstValue("Location").orElseThrow().split("\\?", 2)[1]);
		assertThat(asked).containsEntry("client_id", "portal").containsEntry("response_type", "code")
				.containsEntry("scope", "openid").containsEntry("code_challenge_method", "S256")
				.containsEntry("redirect_uri", "http://localhost:8080/login/oauth2/code/rollcall");
		assertThat(asked.get("state")).hasSizeGreaterThan(40);
		assertThat(asked.get("nonce")).hasSizeGreaterThan(40);

		HttpResponse<String> back = browser.comeBack(port, asked);
		assertThat(back.statusCode()).isEqualTo(302);
		assertThat(back.headers().firstValue("Location")).contains("/users/7?tab=history");
		assertThat(back.body()).isEmpty();

		HttpResponse<String> used = browser.get(port, "/api/users");
		assertThat(used.statusCode()).isEqualTo(200);
		assertThat(USERS.seen().headers().getFirst("Authorization")).startsWith("Bearer access-");
		assertThat(USERS.seen().headers()).doesNotContainKey("Cookie");
		assertThat(browser.get(port, "/api/organizations").statusCode()).isEqualTo(200);
		assertThat(ORGANIZATIONS.seen().headers().getFirst("Authorization")).startsWith("Bearer access-");
	}

	@Test
	void noTokenIsInAnythingThatTheBrowserGets() throws Exception {
		var seen = new StringBuilder();
		Map<String, String> asked = browser.start(port, "/");
		HttpResponse<String> back = browser.comeBack(port, asked);
		ORGANIZATIONS.answersOk();
		HttpResponse<String> used = browser.get(port, "/api/organizations");
		for (HttpResponse<String> response : List.of(back, used))
			seen.append(response.headers().map()).append(response.body());
		assertThat(server.issuedSecrets()).hasSize(2).allSatisfy(token -> assertThat(seen).doesNotContain(token));
	}

	@Test
	void theDatabaseAloneOpensNoSession() throws Exception {
		browser.signIn(port);
		var stored = new StringBuilder();
		try (var client = MongoClients.create(Backends.mongo().connectionString())) {
			client.getDatabase("rollcall-gateway").getCollection("sessions-portal", BsonDocument.class).find()
					.forEach(document -> document.getDocument("attributes").values()
							.forEach(sealed -> stored.append(new String(sealed.asBinary().getData(), ISO_8859_1))));
			assertThat(stored).isNotEmpty();
		}
		List<String> secrets = new ArrayList<>(server.issuedSecrets());
		secrets.add(browser.session().orElseThrow());
		assertThat(secrets).allSatisfy(secret -> assertThat(stored).doesNotContain(secret));
	}

	@Test
	void theSignInGivesTheSessionANewCookieAndTheOldOneOpensNothing() throws Exception {
		Map<String, String> asked = browser.start(port, "/");
		String before = browser.session().orElseThrow();
		browser.comeBack(port, asked);
		assertThat(browser.session().orElseThrow()).isNotEqualTo(before);

		var thief = new Browser(server);
		thief.takeCookie(before);
		assertThat(thief.get(port, "/api/users").statusCode()).isEqualTo(401);
	}

	@Test
	void theAppIsToldWhetherThisBrowserIsSignedIn() throws Exception {
		assertThat(browser.get(port, "/portal/config").body()).contains("\"signedIn\":false");
		browser.signIn(port);
		assertThat(browser.get(port, "/portal/config").body()).contains("\"signedIn\":true");
	}

	@Test
	void severalTabsCanSignInAtOnce() throws Exception {
		Map<String, String> first = browser.start(port, "/first");
		Map<String, String> second = browser.start(otherPort, "/second");
		assertThat(browser.comeBack(port, first).headers().firstValue("Location")).contains("/first");
		assertThat(browser.comeBack(port, second).headers().firstValue("Location")).contains("/second");
		assertThat(browser.get(port, "/api/users").statusCode()).isEqualTo(200);
	}

	@Test
	void whoComesBackWithoutAStartStartsOnceMoreButOnlyOnce() throws Exception {
		Map<String, String> asked = browser.start(port, "/");
		var withoutCookies = new Browser(server);
		HttpResponse<String> again = withoutCookies.comeBack(port, asked);
		assertThat(again.headers().firstValue("Location")).contains("/login?again=1");

		HttpResponse<String> second = withoutCookies.get(port, "/login?again=1");
		String state = AuthorizationServerStub
				.parameters(second.headers().firstValue("Location").orElseThrow().split("\\?", 2)[1]).get("state");
		HttpResponse<String> end = new Browser(server).comeBack(port, Map.of("state", state, "nonce", "n",
				"code_challenge", "c", "redirect_uri", "r"));
		assertThat(end.headers().firstValue("Location")).contains("/?sign-in=failed");
	}

	@Test
	void aCodeOfAnotherSignInIsNotTaken() throws Exception {
		Map<String, String> mine = browser.start(port, "/");
		Map<String, String> theirs = new Browser(server).start(port, "/");
		HttpResponse<String> back = browser.get(port,
				"/login/oauth2/code/rollcall?code=" + server.authorize(theirs) + "&state="
						+ URLEncoder.encode(mine.get("state"), UTF_8));
		assertThat(back.headers().firstValue("Location")).contains("/?sign-in=failed");
		assertThat(browser.get(port, "/api/users").statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = {"https://evil.example/", "//evil.example", "/%5Cevil.example", "/%09/evil.example",
			"%0d%0aLocation:x", "evil", "/logout", "/api/users", "/login?x", "javascript:alert(1)", "/%22onx"})
	void aSignInLeadsToPagesOfThisSiteAlone(String returnTo) throws Exception {
		HttpResponse<String> back = browser.comeBack(port, browser.start(port, returnTo));
		assertThat(back.headers().firstValue("Location")).contains("/");
	}

	@Test
	void oneOfManyRequestsOnTwoInstancesRenewsAndAllGoOn() throws Exception {
		server.accessTokensLive(Duration.ofSeconds(1)); // for the gateway that is over already
		browser.signIn(port);
		server.accessTokensLive(Duration.ofMinutes(1));
		List<Callable<Integer>> requests = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			int at = i % 2 == 0 ? port : otherPort;
			requests.add(() -> Gateway.send(request(at, "/api/users").header("Cookie", browser.cookieHeader()))
					.statusCode());
		}
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var answer : threads.invokeAll(requests))
				assertThat(answer.get()).isEqualTo(200);
		}
		assertThat(server.refreshes()).isEqualTo(1);
		assertThat(server.reuses()).isZero();
	}

	@Test
	void aRefusedTokenIsRenewedAndTheRequestIsSentAgainWhole() throws Exception {
		browser.signIn(port);
		server.refuseAccessTokens();
		HttpResponse<String> response = browser.post(port, "/api/users", "{\"firstName\":\"é\"}");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(new String(USERS.seen().body(), UTF_8)).isEqualTo("{\"firstName\":\"é\"}");
		assertThat(USERS.seen().headers().get("Content-Type")).containsExactly("application/json");
		assertThat(USERS.seen().headers().get("Content-Length")).containsExactly("18");
		assertThat(server.refreshes()).isEqualTo(1);
	}

	@Test
	void whatIsTooLargeToBeSentAgainIsAskedForOnceMore() throws Exception {
		browser.signIn(port);
		server.refuseAccessTokens();
		assertProblem(browser.post(port, "/api/users/exports", "x".repeat(300_000)), 503, "rights-renewed");
		assertThat(browser.post(port, "/api/users/exports", "x".repeat(300_000)).statusCode()).isEqualTo(200);
		assertThat(server.refreshes()).isEqualTo(1);
	}

	@Test
	void whenEvenTheNewTokenIsRefusedTheSessionEnds() throws Exception {
		browser.signIn(port);
		server.takeNoToken();
		HttpResponse<String> response = browser.get(port, "/api/users");
		assertProblem(response, 401, "session-ended");
		assertThat(response.headers().allValues("Set-Cookie")).singleElement().asString().contains("rollcall-portal=;",
				"Max-Age=0");
		assertThat(server.refreshes()).isEqualTo(1);
		assertThat(browser.session()).isEmpty();
	}

	@Test
	void whenNothingIsRenewedAnyMoreTheSessionEndsOnEveryInstance() throws Exception {
		browser.signIn(port);
		String cookie = browser.session().orElseThrow();
		server.endAll();
		server.refuseAccessTokens();
		assertProblem(browser.get(port, "/api/users"), 401, "session-ended");

		browser.takeCookie(cookie);
		assertThat(browser.get(otherPort, "/api/users").statusCode()).isEqualTo(401);
		assertThat(server.refreshes()).isEqualTo(1);
	}

	@Test
	void whileTheAuthorizationServerIsAwayTheSessionStays() throws Exception {
		server.accessTokensLive(Duration.ofSeconds(1));
		browser.signIn(port);
		server.accessTokensLive(Duration.ofMinutes(1));
		server.tokenEndpointAnswers(503);
		assertProblem(browser.get(port, "/api/users"), 503, "service-unavailable");
		server.tokenEndpointAnswers(200);
		// It answered before it looked at the token: the stub, as a proxy would.
		assertThat(browser.get(port, "/api/users").statusCode()).isEqualTo(200);
	}

	@Test
	void whoSignsInOnOneInstanceGoesOnOnTheOther() throws Exception {
		Map<String, String> asked = browser.start(port, "/");
		browser.comeBack(otherPort, asked);
		assertThat(browser.get(port, "/api/users").statusCode()).isEqualTo(200);
		assertThat(browser.get(otherPort, "/api/users").statusCode()).isEqualTo(200);
	}

	@Test
	void aRequestThatChangesSomethingMustComeFromThisSitesPages() throws Exception {
		browser.signIn(port);
		List<Consumer<HttpRequest.Builder>> foreign = List.of(_ -> {},
				request -> request.header("X-Rollcall-CSRF", "0"),
				request -> request.header("X-Rollcall-CSRF", "1").header("Origin", "https://evil.example"),
				request -> request.header("X-Rollcall-CSRF", "1").header("Origin", "null"),
				request -> request.header("X-Rollcall-CSRF", "1").header("Origin", "http://localhost:8090"),
				request -> request.header("X-Rollcall-CSRF", "1").header("Sec-Fetch-Site", "cross-site"),
				request -> request.header("X-Rollcall-CSRF", "1").header("Sec-Fetch-Site", "same-site"));
		for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
			for (var how : foreign) {
				USERS.answers(exchange -> server.handle(exchange, USERS.seen().body()));
				var request = request(port, "/api/users/7").method(method, BodyPublishers.ofString("{}"));
				how.accept(request);
				assertProblem(browser.send(request), 403, "cross-site-request");
				assertThat(USERS.hasSeenNothing()).isTrue();
			}
		}
		var own = request(port, "/api/users/7").header("X-Rollcall-CSRF", "1").header("Origin", "http://localhost:8080")
				.header("Sec-Fetch-Site", "same-origin").DELETE();
		assertThat(browser.send(own).statusCode()).isEqualTo(200);
	}

	@Test
	void aPageOfSomebodyElseReadsNothingAndChangesNothing() throws Exception {
		server.isVisitedBy("ann");
		browser.signIn(port);
		assertThat(browser.send(of("ann", "GET")).statusCode()).isEqualTo(200);

		server.isVisitedBy("bob");
		browser.signIn(otherPort); // in another tab
		for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
			USERS.answers(exchange -> server.handle(exchange, USERS.seen().body()));
			for (String account : List.of("ann", "", "bob,ann", "BOB")) {
				assertProblem(browser.send(of(account, method)), 409, "another-account");
			}
			assertThat(USERS.hasSeenNothing()).as(method).isTrue();
			assertThat(browser.send(of("bob", method)).statusCode()).as(method).isEqualTo(200);
		}
		assertThat(browser.get(port, "/api/users").statusCode()).as("who does not say whose it is").isEqualTo(200);
	}

	@Test
	void aPageOfSomebodyElseStaysRefusedWhenTheTokensAreRenewed() throws Exception {
		server.isVisitedBy("bob");
		browser.signIn(port);
		server.refuseAccessTokens();
		assertThat(browser.send(of("bob", "GET")).statusCode()).isEqualTo(200);
		assertThat(server.refreshes()).isEqualTo(1);
		assertProblem(browser.send(of("ann", "GET")), 409, "another-account");
	}

	private HttpRequest.Builder of(String account, String method) {
		return request(port, "/api/users/7").header("X-Rollcall-CSRF", "1").header("X-Rollcall-Account", account)
				.method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
	}

	@Test
	void aTokenOfItsOwnGoesBeforeTheSession() throws Exception {
		browser.signIn(port);
		browser.send(request(port, "/api/organizations").header("Authorization", "Bearer a.program.s")
				.header("X-Rollcall-Account", "nobody in this browser")
				.POST(BodyPublishers.ofString("{}")));
		assertThat(ORGANIZATIONS.seen().headers().get("Authorization")).containsExactly("Bearer a.program.s");
	}

	@Test
	void withoutASessionTheServiceSaysWhatItNeeds() throws Exception {
		assertThat(new Browser(server).get(port, "/api/users").statusCode()).isEqualTo(401);
		assertThat(USERS.seen().headers()).doesNotContainKey("Authorization");
		ORGANIZATIONS.answersOk(); // stands for what is public, as forgotten passwords are
		assertThat(new Browser(server).post(port, "/api/organizations", "{}").statusCode()).isEqualTo(200);
	}

	@Test
	void signingOutEndsTheSessionHereAndLeadsToTheOther() throws Exception {
		browser.signIn(port);
		String cookie = browser.session().orElseThrow();
		String refresh = server.issuedSecrets().get(1);
		HttpResponse<String> out = browser.post(otherPort, "/logout", "");
		assertThat(out.statusCode()).isEqualTo(200);
		assertThat(out.headers().firstValue("Cache-Control")).contains("no-store, no-transform");
		String location = new JsonMapper().readTree(out.body()).path("location").asString();
		assertThat(location).startsWith("http://localhost:8080/auth/connect/logout?");
		Map<String, String> parameters = AuthorizationServerStub.parameters(location.split("\\?", 2)[1]);
		assertThat(parameters).containsEntry("post_logout_redirect_uri", "http://localhost:8080/signed-out")
				.containsEntry("client_id", "portal");
		assertThat(parameters.get("id_token_hint").split("\\.")).hasSize(3);
		assertThat(server.revoked()).containsExactly(refresh);
		assertThat(browser.session()).isEmpty();

		browser.takeCookie(cookie);
		assertThat(browser.get(port, "/api/users").statusCode()).isEqualTo(401);
	}

	@Test
	void signingOutEndsWhateverElseStandsOnTheSignIn() throws Exception {
		browser.signIn(port);
		Browser sibling = withTheCookieOfTheSignInPages();
		assertThat(sibling.get(otherPort, "/api/users").statusCode()).isEqualTo(200);
		browser.post(port, "/logout", "");
		assertThat(sibling.get(otherPort, "/api/users").statusCode()).isEqualTo(401);
	}

	@Test
	void aStreamOfEventsEndsWithItsSessionWhereverThatEnds() throws Exception {
		browser.signIn(port);
		IMPORTS.answers(exchange -> {
			exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
			exchange.sendResponseHeaders(200, 0);
			try (OutputStream out = exchange.getResponseBody()) {
				for (int i = 0; i < 300; i++) {
					out.write(": beat\n\n".getBytes(UTF_8));
					out.flush();
					LockSupport.parkNanos(Duration.ofMillis(100).toNanos()); // a service's pace; nothing is waited for by it
				}
				out.write("data: secret\n\n".getBytes(UTF_8));
			}
		});
		HttpResponse<InputStream> stream = Gateway.HTTP.send(
				request(otherPort, "/api/imports/7/progress").header("Cookie", browser.cookieHeader()).build(),
				BodyHandlers.ofInputStream());
		assertThat(stream.body().read()).isEqualTo(':');
		browser.post(port, "/logout", "");
		assertThat(new String(stream.body().readAllBytes(), UTF_8)).endsWith("\n\n").doesNotContain("secret");
	}

	/** Another browser, signed in by a copy of what this one proves its sign-in with. */
	private Browser withTheCookieOfTheSignInPages() throws Exception {
		server.goesOnWithTheSignIn();
		var other = new Browser(server);
		other.signIn(otherPort);
		return other;
	}

	@Test
	void aChangedPasswordGivesTheSessionAnotherCookieAndNothingElseOfTheSignInGoesOn() throws Exception {
		browser.signIn(port);
		Browser sibling = withTheCookieOfTheSignInPages();
		var thief = new Browser(server);
		thief.takeCookie(browser.session().orElseThrow());
		assertThat(thief.get(otherPort, "/api/users").statusCode()).isEqualTo(200);
		server.accessTokensLive(Duration.ofSeconds(1)); // the change is made with tokens that are renewed on its way
		server.refuseAccessTokens();

		assertThat(browser.send(changeOfPassword()).statusCode()).isEqualTo(200);
		server.accessTokensLive(Duration.ofMinutes(1));
		for (Browser copy : List.of(thief, sibling))
			assertThat(copy.get(otherPort, "/api/users").statusCode()).isEqualTo(401);
		assertThat(browser.session()).isPresent();
		for (int instance : List.of(port, otherPort))
			assertThat(browser.get(instance, "/api/users").statusCode()).isEqualTo(200);
		assertThat(server.reuses()).isZero();
		browser.post(otherPort, "/logout", "");
		assertThat(browser.session()).isEmpty();
	}

	@Test
	void aPasswordThatIsNotChangedChangesNoCookie() throws Exception {
		browser.signIn(port);
		String cookie = browser.session().orElseThrow();
		USERS.answers(422, "application/problem+json", "{}");
		assertThat(browser.send(changeOfPassword()).statusCode()).isEqualTo(422);
		assertThat(browser.session()).contains(cookie);
	}

	@ParameterizedTest
	@ValueSource(strings = {"answers never", "breaks off", "answers 500", "leaves a session that cannot be changed"})
	void aPasswordOfWhichNobodyKnowsWhetherItIsChangedLeavesNoSessionOfTheSignIn(String service) throws Exception {
		browser.signIn(port);
		Browser sibling = withTheCookieOfTheSignInPages();
		var thief = new Browser(server);
		thief.takeCookie(browser.session().orElseThrow());
		assertThat(thief.get(otherPort, "/api/users").statusCode()).isEqualTo(200);
		var over = new CountDownLatch(1);
		USERS.answers(exchange -> {
			if (!exchange.getRequestMethod().equals("PUT")) {
				server.handle(exchange, USERS.seen().body());
				return;
			}
			switch (service) {
				case "answers never" -> awaited(over);
				case "breaks off" -> throw new IOException("gone");
				case "answers 500" -> Service.write(exchange, 500, "application/problem+json", "{}");
				default -> {
					breakSessions();
					Service.write(exchange, 204, "application/json", "");
				}
			}
		});
		try {
			assertProblem(browser.send(changeOfPassword()), 503, "service-no-answer");
		} finally {
			over.countDown();
		}
		assertThat(browser.session()).isEmpty();
		for (Browser copy : List.of(thief, sibling))
			assertThat(copy.get(otherPort, "/api/users").statusCode()).isEqualTo(401);
	}

	private static void awaited(CountDownLatch latch) {
		try {
			latch.await();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static void breakSessions() {
		try (var client = MongoClients.create(Backends.mongo().connectionString())) {
			client.getDatabase("rollcall-gateway").getCollection("sessions-portal").updateMany(new BsonDocument(),
					Updates.set("createdAt", "not a time"));
		}
	}

	@Test
	void aPasswordThatCannotHaveBeenChangedEndsNoSession() throws Exception {
		browser.signIn(port);
		server.refuseAccessTokens();
		server.tokenEndpointAnswers(503);
		assertProblem(browser.send(changeOfPassword()), 503, "service-unavailable");
		server.tokenEndpointAnswers(200);
		assertThat(browser.get(port, "/api/users").statusCode()).isEqualTo(200);
	}

	private HttpRequest.Builder changeOfPassword() {
		return request(port, "/api/me/password").header("X-Rollcall-CSRF", "1")
				.PUT(BodyPublishers.ofString("{}"));
	}

	@Test
	void signingOutNeedsThisSitesPageToo() throws Exception {
		browser.signIn(port);
		assertProblem(browser.send(request(port, "/logout").POST(BodyPublishers.noBody())), 403, "cross-site-request");
		assertThat(browser.get(port, "/api/users").statusCode()).isEqualTo(200);
	}

	@Test
	void whoIsNotSignedInIsSignedOut() throws Exception {
		HttpResponse<String> out = new Browser(server).post(port, "/logout", "");
		assertThat(out.body()).isEqualTo("{\"location\":\"/signed-out\"}");
	}

	@Test
	void theSignInPagesGetTheirCookiesAndNotTheGateways() throws Exception {
		browser.signIn(port);
		browser.put("rollcall-sign-in", "theirs");
		browser.put("rollcall-training", "the-other-gateway's");
		browser.put("rollcall-device", "d");
		browser.get(port, "/auth/sign-in");
		assertThat(USERS.seen().headers().get("Cookie")).containsExactly("rollcall-device=d; rollcall-sign-in=theirs");
		assertThat(USERS.seen().headers()).doesNotContainKey("Authorization");
	}

	@Test
	void aFalseCookieIsNone() throws Exception {
		for (String value : List.of("x", "a".repeat(43), "a".repeat(4000))) {
			var stranger = new Browser(server);
			stranger.takeCookie(value);
			assertThat(stranger.get(port, "/api/users").statusCode()).isEqualTo(401);
			assertThat(stranger.get(port, "/login").statusCode()).isEqualTo(302);
		}
	}
}
