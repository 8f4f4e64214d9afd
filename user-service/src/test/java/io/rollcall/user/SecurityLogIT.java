package io.rollcall.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.HttpClientErrorException;

import io.rollcall.user.testing.Browser;
import io.rollcall.user.testing.SigningIn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What an investigation needs stands in the log, by ids, and nothing that anybody typed. */
class SecurityLogIT extends SigningIn {
	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		log.start();
		root.addAppender(log);
	}

	@AfterEach
	void stop() {
		root.detachAppender(log);
	}

	private List<String> logged() {
		return List.copyOf(log.list).stream().filter(it -> it.getLoggerName().startsWith("io.rollcall"))
				.map(it -> it.getFormattedMessage() + " " + it.getKeyValuePairs()).toList();
	}

	@Test
	void signInsAreLoggedHoweverTheyEnd() {
		Person person = newPerson();
		Flow flow = flow("portal");
		var browser = new Browser(base());
		browser.open(authorize(flow));
		browser.submit("username", person.username(), "password", "Not+The+Password+1");
		var tried = new AtomicInteger();
		Awaitility.await().pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
			browser.submit("username", "typed.the.Password+" + tried.incrementAndGet(), "password", "by.mistake");
			assertThat(logged()).anySatisfy(line -> assertThat(line).contains("Sign-in: Refused", "none"));
		});
		firstSignIn(browser, flow, person.username(), person.portal(), OWN);

		String id = person.id().toString();
		assertThat(logged()).anySatisfy(line -> assertThat(line).contains("Sign-in: Refused", id, "PORTAL"))
				.anySatisfy(line -> assertThat(line).contains("Sign-in: SignedIn", id))
				.anySatisfy(line -> assertThat(line).contains("Password set", id));
		assertThat(logged().toString()).doesNotContain(person.username(), "Not+The+Password", "typed.the",
				"by.mistake", person.portal(), OWN);
	}

	@Test
	void whatIsNotAllowedIsLogged() {
		Person person = newPerson();
		String access = firstSignIn(new Browser(base()), flow("portal"), person.username(), person.portal(), OWN)
				.text("access_token");
		// What came a moment before, to another test, has had its line.
		Awaitility.await().pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
			assertThat(call(HttpMethod.GET, "/api/operations/users/dead-letters", access, null).status())
					.isEqualTo(403);
			assertThat(call(HttpMethod.GET, "/api/me", forged(access), null).status()).isEqualTo(401);
			catchThrowableOfType(HttpClientErrorException.Unauthorized.class, () -> token("a-wrong-secret"));

			assertThat(logged())
					.anySatisfy(line -> assertThat(line).contains("Not allowed: GET", person.id().toString()))
					.anySatisfy(line -> assertThat(line).contains("Not authenticated: GET"))
					.anySatisfy(line -> assertThat(line).contains("Client refused: invalid_client"));
		});
		assertThat(logged().toString()).doesNotContain(access, "a-wrong-secret");
	}

	private static String forged(String access) {
		return access.replaceFirst("[^.]*$", "AAAA");
	}

	@Test
	void aFloodOfRefusalsIsNoFloodOfLines() {
		Person person = newPerson();
		String access = firstSignIn(new Browser(base()), flow("portal"), person.username(), person.portal(), OWN)
				.text("access_token");
		long begin = System.nanoTime();
		for (int i = 0; i < 100; i++) {
			call(HttpMethod.GET, "/api/operations/users/dead-letters", access, null);
			call(HttpMethod.GET, "/api/me", forged(access), null);
			catchThrowableOfType(HttpClientErrorException.Unauthorized.class, () -> token("a-wrong-secret"));
			browserThatGuesses().submit("username", "nobody.at.all", "password", "Not+The+Password+" + i);
		}
		long spans = 2 + Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 5;
		// Each is one kind. Of others, as of each person who was not allowed something in another test, lines may be owed and come now.
		Map.of("Not allowed: GET", person.id().toString(), "Not authenticated: GET", "InvalidBearerToken",
				"Client refused", "invalid_client", "Sign-in: Refused", "site=\"PORTAL\", account=\"none\"",
				"Sign-in: TooMany", "site=\"PORTAL\", account=\"none\"")
				.forEach((kind, whose) -> assertThat(logged()).as(kind)
						.filteredOn(line -> line.startsWith(kind) && line.contains(whose))
						.hasSizeLessThanOrEqualTo((int) spans));
	}

	private Browser browserThatGuesses() {
		var browser = new Browser(base());
		browser.open(authorize(flow("portal")));
		return browser;
	}
}
