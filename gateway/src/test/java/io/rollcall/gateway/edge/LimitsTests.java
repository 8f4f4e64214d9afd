package io.rollcall.gateway.edge;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.util.unit.DataSize;

import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;
import io.rollcall.gateway.signin.SessionTokens;
import io.rollcall.gateway.testing.AuthorizationServerStub;
import io.rollcall.gateway.testing.Service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LimitsTests {
	/** Else a machine that has other work would give a share back while it is used up. */
	private static final TimeMeter STILL = new TimeMeter() {
		@Override
		public long currentTimeNanos() {
			return 0;
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}
	};
	private static final Service USERS = Service.start();

	private final AuthorizationServerStub server = new AuthorizationServerStub();
	private Limits limits;

	@BeforeEach
	void someLimits() {
		USERS.answers(exchange -> server.handle(exchange, USERS.seen().body()));
		var address = URI.create(USERS.address());
		var gateway = new GatewaySettings(GatewaySettings.Site.PORTAL, address, address, DataSize.ofMegabytes(6),
				Map.of(),
				Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), List.of("10.0.0.0/8"),
				new GatewaySettings.Services(address, address, address, address));
		limits = new Limits(
				new Limits.Settings(new Limits.Limit(5, 1), new Limits.Limit(1, 1), new Limits.Limit(20, 1),
						new Limits.Limit(3, 1),
						new Limits.Limit(2, 1)),
				new TrustedProxies(gateway), gateway, STILL, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
	}

	@Test
	void aProgramThatRunsWildSlowsDownNobodyElse() throws Exception {
		String program = server.programToken("a-district");
		for (int i = 0; i < 20; i++)
			pass(request("/api/users", "192.0.2.1", program));
		assertThatThrownBy(() -> pass(request("/api/users", "192.0.2.2", program)))
				.isInstanceOfSatisfying(Refused.class, refused -> {
					assertThat(refused.refusal()).isEqualTo(Refusal.TOO_MANY_REQUESTS);
					assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
				});

		pass(request("/api/users", "192.0.2.1", server.programToken("another-district")));
		var session = signedIn("192.0.2.1");
		for (int i = 0; i < 5; i++)
			pass(session);
		assertThatThrownBy(() -> pass(session)).isInstanceOf(Refused.class);
		pass(signedIn("192.0.2.1"));
	}

	@Test
	void aForgedTokenUsesUpNobodysShare() throws Exception {
		String forged = new AuthorizationServerStub().programToken("a-district");
		for (int i = 0; i < 3; i++)
			pass(request("/api/users", "192.0.2.66", forged));
		assertThatThrownBy(() -> pass(request("/api/users", "192.0.2.66", forged))).isInstanceOf(Refused.class);
		pass(request("/api/users", "192.0.2.1", server.programToken("a-district")));
	}

	@Test
	void whoIsUnknownIsCountedByTheAddressThatTheProxyNames() throws Exception {
		for (int i = 0; i < 3; i++)
			pass(behindTheProxy("/auth/oauth2/token", "192.0.2.9"));
		assertThatThrownBy(() -> pass(behindTheProxy("/login", "192.0.2.9"))).isInstanceOf(Refused.class);
		pass(behindTheProxy("/login", "192.0.2.10"));
	}

	@Test
	void passwordsAreCountedApartAndMoreNarrowly() throws Exception {
		for (String path : List.of("/auth/sign-in", "/api/password-resets/confirm"))
			pass(post(path, "192.0.2.9"));
		for (String path : List.of("/auth/sign-in", "/auth/new-password", "/auth/forgot-password",
				"/auth/reset-password", "/api/password-resets")) {
			assertThatThrownBy(() -> pass(post(path, "192.0.2.9"))).isInstanceOf(Refused.class);
		}
		pass(request("/auth/sign-in", "192.0.2.9", null)); // the page alone
		pass(post("/auth/sign-in", "192.0.2.10"));
	}

	@Test
	void aSessionHasFewChangesThatMayAskForThePassword() throws Exception {
		MockHttpSession session = new MockHttpSession();
		pass(own("PUT", "/api/me/password", session));
		for (String path : List.of("/api/me", "/api/me/password", "/api/api-clients"))
			assertThatThrownBy(() -> pass(own("POST", path, session))).isInstanceOf(Refused.class);
		pass(own("GET", "/api/me", session));
		pass(own("PATCH", "/api/me", new MockHttpSession()));
	}

	@Test
	void whatAPageElsewhereSendsUsesUpNothingOfThePersonButOfTheAddress() throws Exception {
		MockHttpSession session = new MockHttpSession();
		for (int i = 0; i < 3; i++)
			pass(fromElsewhere(session));
		assertThatThrownBy(() -> pass(fromElsewhere(session))).isInstanceOf(Refused.class);
		for (int i = 0; i < 3; i++)
			pass(own("HEAD", "/api/me", session)); // which any page may send
		pass(own("PATCH", "/api/me", session));
	}

	private static MockHttpServletRequest fromElsewhere(MockHttpSession session) {
		MockHttpServletRequest request = own("POST", "/api/api-clients", session);
		request.removeHeader("X-Rollcall-CSRF");
		request.addHeader("Origin", "http://localhost:8090");
		request.addHeader("Sec-Fetch-Site", "same-site");
		return request;
	}

	@Test
	void whoBeginsSignInsWithoutEndFillsNoStore() throws Exception {
		for (int i = 0; i < 2; i++)
			pass(request("/login", "192.0.2.9", null));
		assertThatThrownBy(() -> pass(request("/login", "192.0.2.9", null))).isInstanceOf(Refused.class);
		pass(post("/auth/sign-in", "192.0.2.9"));
		pass(request("/login", "192.0.2.10", null));
	}

	@Test
	void allAddressesOfOneSubscriberAreOne() throws Exception {
		for (int i = 0; i < 3; i++)
			pass(request("/auth/sign-in", "2001:db8:0:7::" + i, null));
		assertThatThrownBy(() -> pass(request("/auth/sign-in", "2001:db8:0:7:ffff::9", null)))
				.isInstanceOf(Refused.class);
		pass(request("/auth/sign-in", "2001:db8:0:8::9", null));
	}

	@Test
	void tokensThatNameAnUnknownKeyAreNotARequestToTheIssuerEach() throws Exception {
		var asked = new AtomicInteger();
		USERS.answers(exchange -> {
			asked.incrementAndGet();
			server.handle(exchange, USERS.seen().body());
		});
		for (int i = 0; i < 50; i++) {
			String forged = server.programToken("a-district").replaceFirst("^[^.]*", headerThatNames("key-" + i));
			pass(request("/api/users", "192.0.2." + i, forged));
		}
		assertThat(asked.get()).isEqualTo(1);
	}

	@Test
	void whatLooksForASessionIsCounted() throws Exception {
		for (int i = 0; i < 3; i++)
			pass(request("/portal/config", "192.0.2.9", null));
		assertThatThrownBy(() -> pass(request("/portal/config", "192.0.2.9", null))).isInstanceOf(Refused.class);
	}

	@Test
	void filesAreFree() throws Exception {
		for (int i = 0; i < 100; i++)
			pass(request("/assets/app.js", "192.0.2.1", null));
	}

	private void pass(MockHttpServletRequest request) throws Exception {
		request.removeAttribute(Limits.class.getName() + ".FILTERED");
		limits.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
	}

	private static String headerThatNames(String key) {
		return Base64.getUrlEncoder().withoutPadding()
				.encodeToString(("{\"alg\":\"RS256\",\"kid\":\"" + key + "\"}").getBytes(UTF_8));
	}

	private static MockHttpServletRequest post(String path, String address) {
		MockHttpServletRequest request = request(path, address, null);
		request.setMethod("POST");
		return request;
	}

	private static MockHttpServletRequest own(String method, String path, MockHttpSession session) {
		MockHttpServletRequest request = request(path, "192.0.2.9", null);
		request.setMethod(method);
		request.addHeader("X-Rollcall-CSRF", "1");
		session.setAttribute(SessionTokens.ATTRIBUTE, "tokens");
		request.setSession(session);
		return request;
	}

	private static MockHttpServletRequest request(String path, String address, String token) {
		var request = new MockHttpServletRequest("GET", path);
		request.setRemoteAddr(address);
		if (token != null) request.addHeader("Authorization", "Bearer " + token);
		return request;
	}

	private static MockHttpServletRequest signedIn(String address) {
		MockHttpServletRequest request = request("/api/users", address, null);
		request.getSession().setAttribute(SessionTokens.ATTRIBUTE, "tokens");
		return request;
	}

	private static MockHttpServletRequest behindTheProxy(String path, String client) {
		MockHttpServletRequest request = request(path, "10.1.2.3", null);
		request.addHeader("X-Forwarded-For", client);
		return request;
	}
}
