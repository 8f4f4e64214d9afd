package io.rollcall.acceptance;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Databases;
import io.rollcall.acceptance.system.HttpVisitor;
import io.rollcall.acceptance.system.HttpVisitor.Page;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.standalone.launcher.Standalone.Instance;

import static org.assertj.core.api.Assertions.assertThat;

/** Signing in as people do it, through the gateways of both sites. */
class LoginIT {
	/** Good for both sites; a person may have the same twice. */
	private static final String OWN = "Chalkboard1842!";
	private static final String OTHER = "Blackboard1843!";
	private static final int PEOPLE = 20;
	private static final int TRIALS = Integer.getInteger("rollcall.deactivations", 20);
	/** What anybody may read, of each service that finds out for itself that a token is over. */
	private static final List<String> SERVICES = List.of("/api/me", "/api/organizations/00050000",
			"/api/docs/imports");
	private static final Pattern LINK = Pattern.compile("(http\\S+/reset-password\\?token=\\S+)");

	private static final Pattern USERNAME = Pattern.compile("(?m)^Username: (.+?)\\R?$");

	private static final RunningSystem SYSTEM = RunningSystem.shared();
	private static final AtomicInteger NEXT = new AtomicInteger();
	private static List<Row> people;

	private final String portal = SYSTEM.portal();
	private final String training = SYSTEM.training();

	/** Somebody whom no other test knows. */
	private record Person(String username, String email) {
		/** At the site of this address. */
		String generated(String site) {
			return SYSTEM.inbox().awaitPassword(email,
					site.equals(SYSTEM.portal()) ? "MCAS Portal" : "MCAS Training Site");
		}

		/** As the mail with the username has it, with what is between its letters to be seen by no one. */
		String copiedUsername() {
			return Await.until("a username to " + email, () -> SYSTEM.inbox().to(email).stream()
					.map(mail -> USERNAME.matcher(mail.text())).filter(Matcher::find).map(found -> found.group(1))
					.findFirst().orElse(null));
		}
	}

	@BeforeAll
	static void someAccounts() {
		SYSTEM.secrets().addAll(List.of(OWN, OTHER));
		people = People.of("signin", PEOPLE);
		assertThat(SYSTEM.imports().run("signin.csv", People.file(people), "add").created()).isEqualTo(PEOPLE);
	}

	private static Person somebody() {
		return person(people.get(NEXT.getAndIncrement()));
	}

	private static Person person(Row row) {
		return new Person(row.cell(Column.USERNAME), row.cell(Column.EMAIL));
	}

	@Test
	void aNewAccountSetsAPasswordAtItsFirstSignInAndIsHome() {
		Person person = somebody();
		var browser = SYSTEM.visitor();
		assertThat(browser.isSignedIn(portal)).isFalse();
		Page page = browser.open(portal + "/login?returnTo=/users");
		assertThat(page.title()).isEqualTo("Sign In");
		assertThat(page.html()).contains("MCAS Portal", "Forgot Password?");

		String copied = person.copiedUsername();
		assertThat(copied).as("no link to a domain").isNotEqualTo(person.username());
		page = browser.submit("username", copied, "password", person.generated(portal));
		assertThat(page.title()).isEqualTo("Set a New Password");
		assertThat(browser.isSignedIn(portal)).as("before there is a new password").isFalse();
		page = browser.submit("newPassword", "short", "repeated", "short");
		assertThat(page.status()).isEqualTo(422);
		page = browser.submit("newPassword", OWN, "repeated", OWN);

		assertThat(page.address()).hasToString(portal + "/users");
		assertThat(page.status()).isEqualTo(200);
		assertThat(HttpVisitor.json(browser.get(portal, "/api/me")).path("username").asString())
				.isEqualTo(person.username());
	}

	@Test
	void withoutTheBrokerAPasswordIsChangedAtOnceAndItsOwnerIsToldLater() {
		Person person = somebody();
		var browser = SYSTEM.visitor();
		browser.signInFirst(portal, person.username(), person.generated(portal), OWN);
		SYSTEM.awaitRest();
		int mails = SYSTEM.inbox().to(person.email()).size();
		SYSTEM.kill("kafka");
		try {
			long asked = System.nanoTime();
			assertThat(browser.call(portal, "PUT", "/api/me/password",
					Map.of("currentPassword", OWN, "newPassword", OTHER)).statusCode()).isEqualTo(204);
			assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
		} finally {
			SYSTEM.start("kafka");
		}
		Await.until("the mail that the password was changed",
				() -> SYSTEM.inbox().to(person.email()).size() > mails ? true : null);
		var again = SYSTEM.visitor();
		again.signIn(portal, person.username(), OTHER);
		assertThat(again.isSignedIn(portal)).isTrue();
	}

	@Test
	void aWrongPasswordLetsNobodyIn() {
		Person person = somebody();
		var browser = SYSTEM.visitor();
		Page page = browser.signIn(portal, person.username(), "not-the-password-1A");
		assertThat(page.status()).isEqualTo(422);
		assertThat(page.title()).isEqualTo("Sign In");
		assertThat(browser.isSignedIn(portal)).isFalse();
		// In the same form the right one still does.
		assertThat(browser.submit("username", person.username(), "password", person.generated(portal)).title())
				.isEqualTo("Set a New Password");
	}

	@Test
	void theGeneratedPasswordIsGoodForOneSignIn() {
		Person person = somebody();
		String generated = person.generated(portal);
		assertThat(SYSTEM.visitor().signIn(portal, person.username(), generated).title())
				.isEqualTo("Set a New Password");
		Page second = SYSTEM.visitor().signIn(portal, person.username(), generated);
		assertThat(second.status()).isEqualTo(422);
		assertThat(second.html()).contains("used already or has expired");
	}

	@Test
	void anExpiredGeneratedPasswordLetsNobodyIn() {
		Person person = somebody();
		String generated = person.generated(portal);
		SYSTEM.databases().set("rollcall-users", "accounts", person.username(),
				new Document("credentials.PORTAL.expiresAt", Date.from(Instant.now().minusSeconds(1))));
		Page page = SYSTEM.visitor().signIn(portal, person.username(), generated);
		assertThat(page.status()).isEqualTo(422);
		assertThat(page.html()).contains("used already or has expired");
	}

	@Test
	void anOwnPasswordOlderThanAYearIsReplacedFirst() {
		Person person = somebody();
		SYSTEM.visitor().signInFirst(portal, person.username(), person.generated(portal), OWN);
		SYSTEM.databases().set("rollcall-users", "accounts", person.username(), new Document(
				"credentials.PORTAL.setAt", Date.from(Instant.now().minus(Duration.ofDays(366)))));
		var browser = SYSTEM.visitor();
		assertThat(browser.signIn(portal, person.username(), OWN).title()).isEqualTo("Set a New Password");
		assertThat(browser.isSignedIn(portal)).isFalse();
		assertThat(browser.submit("newPassword", OWN, "repeated", OWN).status()).as("the last one again")
				.isEqualTo(422);
		browser.submit("newPassword", OTHER, "repeated", OTHER);
		assertThat(browser.isSignedIn(portal)).isTrue();
	}

	@Test
	void whoForgotThePasswordSetsANewOneByALinkThatIsGoodOnce() {
		Person person = somebody();
		var at = SYSTEM.visitor();
		at.signInFirst(portal, person.username(), person.generated(portal), OWN);
		var browser = SYSTEM.visitor();
		browser.open(portal + "/auth/forgot-password");
		assertThat(browser.submit("username", person.username()).status()).isEqualTo(200);
		String link = Await.until("the reset mail", () -> SYSTEM.inbox().to(person.email()).stream()
				.map(mail -> LINK.matcher(mail.text())).filter(Matcher::find).map(found -> found.group(1)).findFirst()
				.orElse(null));
		assertThat(link).startsWith(portal + "/auth/reset-password");
		SYSTEM.secrets().add(link.substring(link.indexOf('=') + 1));
		browser.open(link);
		assertThat(browser.submit("newPassword", OTHER, "repeated", OTHER).status()).isEqualTo(200);
		assertThat(SYSTEM.visitor().open(link).status()).as("a second time").isEqualTo(410);

		assertThat(SYSTEM.visitor().signIn(portal, person.username(), OWN).status()).isEqualTo(422);
		browser.signIn(portal, person.username(), OTHER);
		assertThat(browser.isSignedIn(portal)).isTrue();
		Await.until("who was signed in before is not any more", () -> at.isSignedIn(portal) ? null : true);
	}

	@Test
	void theSitesHavePasswordsOfTheirOwn() {
		Person person = somebody();
		var browser = SYSTEM.visitor();
		browser.signInFirst(portal, person.username(), person.generated(portal), OWN);
		assertThat(browser.isSignedIn(training)).isFalse();
		assertThat(browser.signIn(training, person.username(), OWN).status()).isEqualTo(422);
		browser.signInFirst(training, person.username(), person.generated(training), OTHER);
		assertThat(browser.isSignedIn(training)).isTrue();
		assertThat(browser.isSignedIn(portal)).isTrue();
		assertThat(HttpVisitor.json(browser.get(training, "/api/me")).path("permissions").toString())
				.doesNotContain("manage-users");
	}

	@Test
	void signingOutEndsBothSidesAndWhatWasCopied() {
		Person person = somebody();
		var browser = SYSTEM.visitor();
		browser.signInFirst(portal, person.username(), person.generated(portal), OWN);
		HttpVisitor copied = browser.copy();
		Page page = browser.signOut(portal);
		assertThat(page.address()).hasToString(portal + "/signed-out");
		assertThat(page.status()).isEqualTo(200);
		assertThat(browser.isSignedIn(portal)).isFalse();
		assertThat(copied.isSignedIn(portal)).isFalse();
		assertThat(browser.open(portal + "/login").title()).as("asked again").isEqualTo("Sign In");
		assertThat(copied.open(portal + "/login").title()).as("the copy too").isEqualTo("Sign In");
	}

	@Test
	@Tag("long")
	void aSessionLivesOnAnyInstanceWhateverOfThemIsKilled() {
		Person person = somebody();
		Instance users = SYSTEM.launchAnother(RunningSystem.USER_SERVICE, Map.of());
		Instance gateway = SYSTEM.launchAnother("gateway",
				Map.of("ROLLCALL_USER_SERVICE_URL", users.address().toString()));
		try {
			SYSTEM.awaitReady(users.name());
			SYSTEM.awaitReady(gateway.name());
			var browser = SYSTEM.visitor();
			browser.open(portal + "/login"); // begun on the first gateway, with the first user-service
			browser.send(portal, gateway.address());
			assertThat(browser.submit("username", person.username(), "password", person.generated(portal)).title())
					.isEqualTo("Set a New Password");
			browser.submit("newPassword", OWN, "repeated", OWN);
			assertThat(browser.isSignedIn(portal)).isTrue();

			SYSTEM.kill(RunningSystem.USER_SERVICE);
			SYSTEM.kill("gateway");
			assertThat(browser.isSignedIn(portal)).as("the first of both killed").isTrue();
			SYSTEM.launch("gateway");
			SYSTEM.start(RunningSystem.USER_SERVICE);
			SYSTEM.awaitReady("gateway");

			SYSTEM.kill(gateway.name());
			SYSTEM.kill(users.name());
			browser.send(portal, URI.create(portal));
			assertThat(browser.isSignedIn(portal)).as("back on the first, the second of both killed").isTrue();
			assertThat(browser.signOut(portal).address()).hasToString(portal + "/signed-out");
		} finally {
			for (String service : List.of(RunningSystem.USER_SERVICE, "gateway")) {
				if (!SYSTEM.runs(service)) SYSTEM.start(service);
			}
			SYSTEM.kill(gateway.name());
			SYSTEM.kill(users.name());
		}
	}

	/** What a gateway leaves that is killed between the answer to a renewal and storing it (ADR 11, ADR 14). */
	@Test
	void aRenewalThatTheGatewayDidNotStoreSignsNobodyOut() {
		Row row = people.get(NEXT.getAndIncrement());
		Person person = person(row);
		var browser = SYSTEM.visitor();
		browser.signInFirst(portal, person.username(), person.generated(portal), OWN);
		String account = HttpVisitor.json(browser.get(portal, "/api/me")).path("id").asString();
		MongoCollection<Document> sessions = SYSTEM.databases().collection("rollcall-gateway", "sessions-portal");
		Document before = sessions.find(new Document("sid", sid(account))).first();
		String role = row.cell(Column.ROLE).equals("TA") ? "RAO" : "TC";
		SYSTEM.imports().run("role.csv", People.file(List.of(row.with(Column.ROLE, role))), "update");
		Await.until("the session renews its tokens, since the role is another", () -> {
			assertThat(browser.isSignedIn(portal)).isTrue();
			Document now = sessions.find(new Document("_id", before.get("_id"))).first();
			return now.get("attributes").equals(before.get("attributes")) ? null : true;
		});

		sessions.replaceOne(new Document("_id", before.get("_id")), before);

		assertThat(HttpVisitor.json(browser.get(portal, "/api/me")).path("role").asString()).isEqualTo(role);
	}

	private static String sid(String account) {
		Document signIn = SYSTEM.databases().collection(Databases.USERS, "sign-ins")
				.find(new Document("account", Databases.uuid(UUID.fromString(account)))).first();
		ByteBuffer bytes = ByteBuffer.wrap(signIn.get("_id", Binary.class).getData());
		return new UUID(bytes.getLong(), bytes.getLong()).toString();
	}

	/**
	 * Deactivate, then use what one had: the session, and the sign-in at the issuer; {@code -Drollcall.deactivations=200}, which is
	 * what a file may hold.
	 */
	@Test
	void aDeactivatedAccountsSessionIsOverWithinFiveSeconds() throws Exception {
		List<Row> rows = People.of("deactivated", TRIALS);
		assertThat(SYSTEM.imports().run("deactivated.csv", People.file(rows), "add").created()).isEqualTo(TRIALS);
		List<Callable<Duration>> trials = new ArrayList<>();
		for (int i = 0; i < TRIALS; i++) {
			Person person = person(rows.get(i));
			String service = SERVICES.get(i % SERVICES.size());
			trials.add(() -> untilOver(person, service));
		}
		List<Duration> over = new ArrayList<>();
		try (var threads = Executors.newFixedThreadPool(6)) {
			for (var trial : threads.invokeAll(trials))
				over.add(trial.get());
		}
		over.sort(null);
		System.out.printf("Deactivated, then used: %d trials, over after %d ms in the middle, %d ms at most%n",
				over.size(), over.get(over.size() / 2).toMillis(), over.getLast().toMillis());
		assertThat(over.getLast()).isLessThan(Duration.ofSeconds(5));
	}

	/** @param service the one that is used: whichever refuses first ends the session for all, and user-service looks at the account */
	private Duration untilOver(Person person, String service) {
		var browser = SYSTEM.visitor();
		browser.signInFirst(portal, person.username(), person.generated(portal), OWN);
		String id = HttpVisitor.json(browser.get(portal, "/api/me")).path("id").asString();
		assertThat(browser.get(portal, service).statusCode()).as(service).isEqualTo(200);
		var answer = SYSTEM.imports().call("POST", "/api/users/deactivations", Map.of("userIds", List.of(id)));
		assertThat(answer.statusCode()).isEqualTo(200);
		long done = System.nanoTime();
		// Its last success counts, from the answer on.
		long last = done;
		Instant end = Instant.now().plusSeconds(6);
		while (Instant.now().isBefore(end)) {
			boolean used = succeeded(browser.get(portal, service));
			if (used) last = System.nanoTime();
			if (!used && Duration.ofNanos(System.nanoTime() - last).compareTo(Duration.ofMillis(700)) > 0) break;
		}
		assertThat(browser.open(portal + "/login").title()).as("the sign-in is over too").isEqualTo("Sign In");
		assertThat(SYSTEM.visitor().signIn(portal, person.username(), OWN).status()).isEqualTo(422);
		return Duration.ofNanos(last - done);
	}

	private static boolean succeeded(HttpResponse<String> answer) {
		return answer.statusCode() == 200;
	}
}
