package io.rollcall.user.testing;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.Topics;
import io.rollcall.user.testing.Browser.Page;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** How somebody signs in, and what a gateway does for them, for all tests that need somebody who is signed in. */
public abstract class SigningIn extends RunningUserService {
	protected static final String OWN = "Correct+Horse+42";
	protected static final String OTHER = "Battery+Staple-43";
	static final Map<String, String> REDIRECTS = Map.of("portal",
			"http://localhost:8080/login/oauth2/code/rollcall", "training",
			"http://localhost:8090/login/oauth2/code/rollcall");

	/** A new account and its two mailed passwords. */
	public record Person(UUID id, String username, String portal, String training) {}

	/** What a gateway holds on to between the two halves of the code flow. */
	public record Flow(String client, String verifier, String state) {}

	public record Answer(int status, JsonNode body) {
		public String text(String field) {
			return body.get(field).asString();
		}
	}

	protected Person newPerson() {
		return newPerson("Signs.In.");
	}

	protected Person newPerson(String prefix) {
		String username = prefix + UUID.randomUUID().toString().substring(0, 12);
		String token = token(BOOTSTRAP_SECRET).get("access_token").asString();
		try (var issued = fromNow(Topics.CREDENTIAL_EVENTS)) {
			Answer created = call(HttpMethod.POST, "/api/users", token,
					Map.of("username", username, "firstName", "María", "lastName", "Okafor", "email",
							"maria@agawam.example", "role", "STC", "organizations", List.of(Fixtures.DOERING.code())));
			assertThat(created.status()).isEqualTo(201);
			JsonNode secrets = KEY.decrypt(json.readTree(issued.await(1, SOON).getFirst().value()).get("secrets")
					.asString());
			return new Person(UUID.fromString(created.text("id")), username, secrets.get("PORTAL").asString(),
					secrets.get("TRAINING").asString());
		} catch (Exception e) {
			throw new AssertionError(e);
		}
	}

	protected Answer call(HttpMethod method, String path, String token, Object body, String... headers) {
		return request(method, path, token, body, headers).exchange((_, response) -> {
			byte[] bytes = response.getBody().readAllBytes();
			return new Answer(response.getStatusCode().value(),
					bytes.length == 0 ? json.nullNode() : json.readTree(bytes));
		});
	}

	protected static Flow flow(String client) {
		return new Flow(client, UUID.randomUUID() + "-" + UUID.randomUUID(), UUID.randomUUID().toString());
	}

	protected static String authorize(Flow flow) {
		return authorize(parameters(flow));
	}

	protected static String authorize(Map<String, String> parameters) {
		return "/oauth2/authorize?" + Browser.encoded(parameters);
	}

	/** What the authorization endpoint is asked (RFC 6749 4.1.1, RFC 7636 4.3), to be changed at will. */
	protected static Map<String, String> parameters(Flow flow) {
		try {
			String challenge = Base64.getUrlEncoder().withoutPadding()
					.encodeToString(MessageDigest.getInstance("SHA-256").digest(flow.verifier().getBytes(US_ASCII)));
			return new HashMap<>(Map.of("response_type", "code", "client_id", flow.client(), "scope", "openid", "state",
					flow.state(), "nonce", "n-" + flow.state(), "redirect_uri", REDIRECTS.get(flow.client()),
					"code_challenge", challenge, "code_challenge_method", "S256"));
		} catch (Exception e) {
			throw new AssertionError(e);
		}
	}

	protected Answer token(Flow flow, Map<String, String> form) {
		return http().post().uri("/oauth2/token")
				.headers(it -> it.setBasicAuth(flow.client(),
						flow.client().equals("portal") ? PORTAL_SECRET : TRAINING_SECRET))
				.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_FORM_URLENCODED_VALUE)
				.body(Browser.encoded(form)).exchange((_, response) -> new Answer(response.getStatusCode().value(),
						json.readTree(response.getBody().readAllBytes())));
	}

	protected Answer exchange(Flow flow, Page arrived) {
		assertThat(arrived.address()).startsWith(REDIRECTS.get(flow.client()) + "?");
		assertThat(arrived.parameter("state")).isEqualTo(flow.state());
		return token(flow, Map.of("grant_type", "authorization_code", "code", arrived.parameter("code"),
				"redirect_uri", REDIRECTS.get(flow.client()), "code_verifier", flow.verifier()));
	}

	protected Answer refresh(Flow flow, String refreshToken) {
		return token(flow, Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
	}

	/** Signs in for the first time and sets a password. */
	protected Answer firstSignIn(Browser browser, Flow flow, String username, String generated, String own) {
		browser.open(authorize(flow));
		assertThat(browser.submit("username", username, "password", generated).title())
				.isEqualTo("Set a New Password");
		return exchange(flow, browser.submit("newPassword", own, "repeated", own));
	}

	protected static JWTClaimsSet claims(String jwt) {
		try {
			return SignedJWT.parse(jwt).getJWTClaimsSet();
		} catch (java.text.ParseException e) {
			throw new AssertionError(e);
		}
	}
}
