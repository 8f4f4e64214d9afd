package io.rollcall.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.function.RouterFunction;

import io.rollcall.gateway.testing.AuthorizationServerStub;
import io.rollcall.gateway.testing.Browser;
import io.rollcall.gateway.testing.Gateway;
import io.rollcall.gateway.testing.Service;
import io.rollcall.testing.AuthorizationMatrix;
import io.rollcall.testing.AuthorizationMatrix.Caller;

import static io.rollcall.gateway.testing.Gateway.IMPORTS;
import static io.rollcall.gateway.testing.Gateway.MAILS;
import static io.rollcall.gateway.testing.Gateway.ORGANIZATIONS;
import static io.rollcall.gateway.testing.Gateway.USERS;
import static org.assertj.core.api.Assertions.assertThat;

/** Every route by every way to come, against {@code authorization.yaml}. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AuthorizationIT {
	/** Of a route as Spring shows it; what follows a word character is the name of a lambda. */
	private static final Pattern PATH = Pattern.compile("(?<!\\w)/[a-z0-9/.*-]+");

	/** What the gateway itself asks the authorization server. */
	private static final Set<String> BACK_CHANNEL = Set.of("/oauth2/jwks", "/oauth2/token", "/oauth2/revoke");

	@DynamicPropertySource
	static void services(DynamicPropertyRegistry properties) {
		Gateway.register(properties);
	}

	@LocalServerPort
	private int port;
	@Autowired
	private ApplicationContext gateway;

	private final AuthorizationServerStub server = new AuthorizationServerStub();
	private final String ownToken = server.programToken("cells");
	private final Map<String, Browser> browsers = new HashMap<>();

	@Test
	void everyRouteLendsTheAuthorityThatTheTableSays() throws Exception {
		server.accessTokensLive(Duration.ofMinutes(10));
		answer();
		for (String name : List.of("signed in", "signed in, another page", "program in a browser"))
			browsers.put(name, signedIn());
		browsers.put("signed out", signedOut());

		var matrix = AuthorizationMatrix.ofTheEdge();
		matrix.assertKnows(routes());
		matrix.callers().forEach(caller -> matrix.checkCalls(caller, this::ask));
		matrix.assertAllAsTheTableSays();
	}

	/** Where a route names no method, what reads and what changes. */
	private Set<String> routes() {
		Set<String> routes = new TreeSet<>();
		for (RouterFunction<?> function : gateway.getBeansOfType(RouterFunction.class).values()) {
			for (String route : function.toString().split("\n")) {
				Matcher paths = PATH.matcher(route.replaceAll("!\\(.*\\)", "").replaceAll("->.*", ""));
				while (paths.find()) {
					if (!route.contains("POST")) routes.add("GET " + paths.group());
					if (!route.contains("GET")) routes.add("POST " + paths.group());
				}
			}
		}
		assertThat(routes).contains("GET /api/users/**", "POST /logout");
		return routes;
	}

	private Browser signedIn() throws Exception {
		var browser = new Browser(server);
		browser.signIn(port);
		return browser;
	}

	private Browser signedOut() throws Exception {
		Browser browser = signedIn();
		String cookie = browser.session().orElseThrow();
		assertThat(browser.post(port, "/logout", "").statusCode()).isEqualTo(200);
		var after = new Browser(server);
		after.takeCookie(cookie);
		return after;
	}

	/** What came to a service, and with whose authority; the gateway's own answer when nothing came. */
	private String ask(String method, String path, Caller caller, @Nullable Object body) {
		answer();
		HttpRequest.Builder request = Gateway.request(port, path.replace("/**", "/none"));
		if (method.equals("POST")) request.POST(BodyPublishers.ofString("{}"));
		switch (caller.name()) {
			case "signed in", "signed out" -> request.header("X-Rollcall-CSRF", "1");
			case "signed in, another page" -> request.header("Origin", "https://elsewhere.example");
			case "program", "program in a browser" -> request.header("Authorization", "Bearer " + ownToken);
			default -> {
			}
		}
		HttpResponse<String> answer = send(browsers.getOrDefault(caller.name(), new Browser(server)), request);
		Map<String, Service> services = new HashMap<>(
				Map.of("users", USERS, "imports", IMPORTS, "organizations", ORGANIZATIONS, "mails", MAILS));
		services.values().removeIf(it -> it.hasSeenNothing() || BACK_CHANNEL.contains(it.seen().uri().getPath()));
		if (services.isEmpty()) return AuthorizationMatrix.answered(answer.statusCode(), answer.body());
		var seen = services.entrySet().iterator().next();
		return seen.getKey() + " " + authority(seen.getValue().seen().headers().getFirst("Authorization"));
	}

	private String authority(@Nullable String header) {
		if (header == null) return "bare";
		if (header.equals("Bearer " + ownToken)) return "with its own token";
		return header.startsWith("Bearer access-") ? "with the session's token" : "with " + header;
	}

	private static HttpResponse<String> send(Browser browser, HttpRequest.Builder request) {
		try {
			return browser.send(request);
		} catch (Exception e) {
			throw new IllegalStateException(e);
		}
	}

	/** From now on, nothing having come yet. */
	private void answer() {
		USERS.answers(exchange -> server.handle(exchange, USERS.seen().body()));
		List.of(IMPORTS, ORGANIZATIONS, MAILS).forEach(Service::answersOk);
	}
}
