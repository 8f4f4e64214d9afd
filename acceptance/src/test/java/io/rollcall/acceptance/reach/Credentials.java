package io.rollcall.acceptance.reach;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.CodeFlow;
import io.rollcall.acceptance.system.HttpVisitor;
import io.rollcall.acceptance.system.HttpVisitor.Page;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.Tokens;

/** How somebody comes by each credential of the table, as people do, and what hands it gives them when they use it. */
final class Credentials {
	private static final RunningSystem SYSTEM = RunningSystem.shared();
	private static final String DEMANDED = "Set a New Password";
	/** Good for ten minutes, so that a token's own minute hides nothing. */
	private static final Tokens TOKENS = SYSTEM.tokens();
	private static final AtomicInteger NEXT = new AtomicInteger();

	private Credentials() {}

	/** A browser in one of many places, for what comes from one address is limited. */
	static HttpVisitor browser() {
		return SYSTEM.visitor("127.0.1." + (1 + NEXT.getAndIncrement() % 50));
	}

	/** A password that nobody else has. */
	static String newPassword() {
		String password = "Chalkboard-%d!".formatted(100_000 + NEXT.getAndIncrement());
		SYSTEM.secrets().add(password);
		return password;
	}

	/** Lets somebody come by a credential; what is returned uses it, whatever has happened meanwhile. */
	static Supplier<Hands> of(String credential, Person person) {
		return switch (credential) {
			case "Portal session" -> session(Site.PORTAL, person);
			case "Training session" -> session(Site.TRAINING, person);
			case "token of a Portal session" -> token(Site.PORTAL, person);
			case "token of a Training session" -> token(Site.TRAINING, person);
			case "API client" -> client(person);
			case "program of the installation" -> installed(person);
			case "Portal password" -> password(Site.PORTAL, person);
			case "Training password" -> password(Site.TRAINING, person);
			case "Portal link" -> link(Site.PORTAL, person);
			case "Training link" -> link(Site.TRAINING, person);
			case "mailed Portal password" -> mailed(Site.PORTAL, person);
			case "mailed Training password" -> mailed(Site.TRAINING, person);
			case "standing at the Portal" -> standing(Site.PORTAL, person);
			case "standing at the Training Site" -> standing(Site.TRAINING, person);
			case "nothing at the Portal" -> () -> Hands.of(Site.PORTAL, browser(), null);
			case "nothing at the Training Site" -> () -> Hands.of(Site.TRAINING, browser(), null);
			default -> throw new AssertionError("reach.yaml names no credential: " + credential);
		};
	}

	private static Supplier<Hands> session(Site site, Person person) {
		HttpVisitor browser = person.signedIn(site);
		return () -> Hands.of(site, browser, person.own(site));
	}

	/** Shown at the other site's gateway than the one that got it. */
	private static Supplier<Hands> token(Site site, Person person) {
		String genuine = CodeFlow.token(SYSTEM, person.signedIn(site), site == Site.PORTAL ? "portal" : "training",
				site.address());
		String token = TOKENS.lasting(genuine);
		return () -> new Hands(site.other(), browser(), () -> token, person.own(site));
	}

	private static Supplier<Hands> client(Person person) {
		Client client = Client
				.madeBy(Hands.of(Site.PORTAL, person.signedIn(Site.PORTAL), person.own(Site.PORTAL)));
		return client::hands;
	}

	/** Of the two programs that an installation has from the start. */
	private static Supplier<Hands> installed(Person person) {
		return person.who().role().equals("SC")
				? new Client("bootstrap", SYSTEM.bootstrapClientSecret())::hands
				: new Client("operations", SYSTEM.operationsClientSecret())::hands;
	}

	private static Supplier<Hands> password(Site site, Person person) {
		person.signedIn(site);
		String password = person.own(site);
		return () -> {
			HttpVisitor browser = browser();
			browser.signIn(site.address(), person.username(), password);
			return Hands.of(site, browser, password);
		};
	}

	private static Supplier<Hands> mailed(Site site, Person person) {
		String generated = person.generated(site);
		return () -> usedFirst(site, person.username(), generated);
	}

	/** Signs in with a mailed password, as far as it leads. */
	static Hands usedFirst(Site site, String username, String generated) {
		HttpVisitor browser = browser();
		boolean demanded = browser.signIn(site.address(), username, generated).title().equals(DEMANDED);
		return Hands.of(site, browser, demanded ? setNew(browser) : null);
	}

	private static String setNew(HttpVisitor browser) {
		String password = newPassword();
		browser.submit("newPassword", password, "repeated", password);
		return password;
	}

	private static Supplier<Hands> standing(Site site, Person person) {
		HttpVisitor browser = browser();
		Page page = browser.signIn(site.address(), person.username(), person.generated(site));
		if (!page.title().equals(DEMANDED)) throw new AssertionError(page);
		return () -> Hands.of(site, browser, setNew(browser));
	}

	private static Supplier<Hands> link(Site site, Person person) {
		person.signedIn(Site.PORTAL); // a first password of one's own ends links, which is not what is asked here
		String link = mailedLink(site, person);
		return () -> usedLink(site, person.username(), link);
	}

	/** Asks for a link and waits for it. */
	static String mailedLink(Site site, Person person) {
		long newest = SYSTEM.inbox().newest();
		askForLink(site, person.username());
		return Await.until("a link for " + person, () -> person.link(site, newest));
	}

	static void askForLink(Site site, String username) {
		var answer = browser().call(site.address(), "POST", "/api/password-resets",
				Map.of("username", username, "site", site.name().toLowerCase()));
		if (answer.statusCode() != 202) throw new AssertionError("Forgot Password?: " + answer.statusCode());
	}

	/** Sets a password by a link, as far as it leads, and signs in with it. */
	static Hands usedLink(Site site, String username, String link) {
		HttpVisitor browser = browser();
		String password = browser.open(link).status() == 200 ? setNew(browser) : null;
		if (password != null) browser.signIn(site.address(), username, password);
		return Hands.of(site, browser, password);
	}

	/** An API client and its secret. */
	record Client(String id, String secret) {
		static Client madeBy(Hands hands) {
			HttpResponse<String> answer = hands.ask("POST", "/api/api-clients",
					Map.of("name", "reach", "currentPassword", String.valueOf(hands.password())));
			if (answer.statusCode() != 201) throw new AssertionError("API client: " + Hands.word(answer));
			return of(answer);
		}

		static Client of(HttpResponse<String> made) {
			JsonNode json = Hands.json(made);
			return new Client(json.path("clientId").asString(), json.path("clientSecret").asString());
		}

		/** Shows a token at the Portal's gateway, while it gets one. */
		Hands hands() {
			HttpVisitor browser = browser();
			return new Hands(Site.PORTAL, browser, new Renewed(() -> token(browser)), null);
		}

		/** An access token, or null when it gets none. */
		@Nullable
		String token(HttpVisitor browser) {
			return CodeFlow.clientToken(Site.PORTAL.address(), browser, id, secret);
		}
	}

	/** A token lives for a minute: asked for another when it is half as old. */
	private static final class Renewed implements Supplier<@Nullable String> {
		private final Supplier<@Nullable String> source;
		private @Nullable String token;
		private Instant until = Instant.MIN;

		Renewed(Supplier<@Nullable String> source) {
			this.source = source;
		}

		@Override
		public synchronized @Nullable String get() {
			if (Instant.now().isAfter(until)) {
				token = source.get();
				until = Instant.now().plusSeconds(30);
			}
			return token;
		}
	}
}
