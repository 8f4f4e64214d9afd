package io.rollcall.user.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.testing.OpenApiGeneration;
import io.rollcall.testing.Backends;
import io.rollcall.testing.TopicReader;
import io.rollcall.user.account.Origin;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Permission;
import io.rollcall.user.permission.Role;

import static org.awaitility.Awaitility.await;

/** The whole service with the real broker and the embedded database, started once for all tests that extend this. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(OpenApiGeneration.class)
public abstract class RunningUserService {
	static {
		try {
			SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class, Origin.Request.class,
					Class.forName("io.rollcall.user.api.Call"));
		} catch (ClassNotFoundException e) {
			throw new ExceptionInInitializerError(e);
		}
	}

	protected static final DirectoryStub DIRECTORY = DirectoryStub.start();
	protected static final SecretsKey KEY = SecretsKey.generate();
	protected static final Duration SOON = Duration.ofSeconds(90);
	/** One for all calls: a client of its own has threads and connections of its own. */
	private static final JdkClientHttpRequestFactory REQUESTS = new JdkClientHttpRequestFactory();
	protected static final String BOOTSTRAP_SECRET = "bootstrap-secret-of-the-test";
	protected static final String PORTAL_SECRET = "portal-secret-of-the-test";
	protected static final String TRAINING_SECRET = "training-secret-of-the-test";
	private static final String KEY_ENCRYPTION_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

	@Autowired
	protected MongoClient mongo;
	@Autowired
	protected JsonMapper json;
	@Autowired
	private JwtEncoder tokens;
	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void backends(DynamicPropertyRegistry properties) {
		properties.add("spring.kafka.bootstrap-servers", () -> Backends.kafka().bootstrapServers());
		properties.add("spring.mongodb.uri", () -> Backends.mongo().connectionString());
		properties.add("rollcall.org-directory-url", DIRECTORY::url);
		properties.add("rollcall.secrets.public-key-file", KEY::publicKeyFile);
		properties.add("rollcall.key-encryption.keys", () -> KEY_ENCRYPTION_KEY);
		properties.add("rollcall.service-center.client-secret", () -> BOOTSTRAP_SECRET);
		OpenApiGeneration.register(properties);
		properties.add("rollcall.client-secrets.portal", () -> PORTAL_SECRET);
		properties.add("rollcall.client-secrets.training", () -> TRAINING_SECRET);
		properties.add("rollcall.outbox.sweep-interval", () -> "300ms");
		properties.add("rollcall.confirmations.sweep-interval", () -> "300ms");
		properties.add("rollcall.roster.sign-ins-interval", () -> "300ms");
	}

	protected MongoCollection<Document> accounts() {
		return mongo.getDatabase("rollcall-users").getCollection("accounts");
	}

	/** Reads what happens from now on: what happened before is published when this returns. */
	protected TopicReader fromNow(String topic) {
		await().pollDelay(Duration.ZERO).atMost(SOON)
				.until(() -> accounts().countDocuments(Filters.exists("outbox.0")) == 0);
		return TopicReader.fromNow(Backends.kafka().bootstrapServers(), topic);
	}

	protected UUID serviceCenter() {
		return await().pollDelay(Duration.ZERO).atMost(SOON)
				.until(() -> accounts().find(new Document("_id", "service.center")).first(),
						account -> account != null)
				.get("accountId", UUID.class);
	}

	protected JsonNode token(String secret) {
		return json.readTree(http().post().uri("/oauth2/token")
				.headers(headers -> headers.setBasicAuth("bootstrap", secret))
				.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_FORM_URLENCODED_VALUE)
				.body("grant_type=client_credentials").retrieve().body(String.class));
	}

	/** A token as the authorization server writes it for an account in this role. */
	protected String tokenFor(UUID account, Role role) {
		return tokenFor(account, role, "PORTAL", role.permissions());
	}

	/** A token of the Training Site, where nobody manages accounts. */
	protected String trainingToken(UUID account, Role role) {
		return tokenFor(account, role, "TRAINING", role.permissions().stream()
				.filter(it -> it != Permission.MANAGE_USERS).toList());
	}

	private String tokenFor(UUID account, Role role, String site, Collection<Permission> permissions) {
		Instant now = Instant.now();
		var claims = JwtClaimsSet.builder().issuer("http://localhost:8080/auth").subject(account.toString())
				.claim("role", role.name()).claim("organizations", List.of()).claim("districts", List.of())
				.claim("permissions", permissions.stream().map(Permission::id).toList()).claim("site", site)
				.claim("client_id", site.toLowerCase(Locale.ROOT)).issuedAt(now).expiresAt(now.plusSeconds(300))
				.build();
		return tokens.encode(JwtEncoderParameters.from(JwsHeader.with(SignatureAlgorithm.RS256).build(), claims))
				.getTokenValue();
	}

	/** @param headers names and values in turn */
	protected RestClient.RequestBodySpec request(HttpMethod method, String path, String token, Object body,
			String... headers) {
		var request = http().method(method).uri(path).headers(it -> {
			if (token != null) it.setBearerAuth(token);
			for (int i = 0; i < headers.length; i += 2)
				it.set(headers[i], headers[i + 1]);
		});
		return body == null ? request : request.contentType(MediaType.APPLICATION_JSON).body(body);
	}

	protected RestClient http() {
		return RestClient.builder().baseUrl(base()).requestFactory(REQUESTS).build();
	}

	protected String base() {
		return "http://localhost:" + port;
	}
}
