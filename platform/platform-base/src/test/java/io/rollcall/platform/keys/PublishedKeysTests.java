package io.rollcall.platform.keys;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.rollcall.testing.ManualClock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PublishedKeysTests {
	private final ManualClock clock = new ManualClock(Instant.parse("2026-09-01T12:00:00Z"));
	private final List<JWK> published = new ArrayList<>();
	private HttpServer issuer;
	private PublishedKeys keys;
	private boolean away;
	private int asked;

	@BeforeEach
	void anIssuer() throws Exception {
		issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		issuer.createContext("/jwks", exchange -> {
			asked++;
			byte[] body = new JWKSet(published).toString().getBytes(UTF_8);
			exchange.sendResponseHeaders(away ? 503 : 200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		issuer.start();
		keys = new PublishedKeys(URI.create("http://localhost:" + issuer.getAddress().getPort() + "/jwks").toURL(),
				clock);
		publish("first");
	}

	@AfterEach
	void stop() {
		issuer.stop(0);
	}

	private void publish(String id) throws Exception {
		published.add(new ECKeyGenerator(Curve.P_256).keyID(id).generate().toPublicJWK());
	}

	private boolean knows(String id) throws Exception {
		return !keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null).isEmpty();
	}

	@Test
	void keysThatNobodyHasAreNotARequestEach() throws Exception {
		assertThat(knows("first")).isTrue();
		for (int i = 0; i < 1000; i++)
			assertThat(knows("made-up-" + i)).isFalse();
		assertThat(knows("first")).isTrue();
		assertThat(asked).isEqualTo(1);
	}

	@Test
	void aNewKeyIsFoundWithoutWaitingForTheOldAnswerToAge() throws Exception {
		assertThat(knows("first")).isTrue();
		publish("second");
		assertThat(knows("second")).as("asked for a moment ago").isFalse();
		clock.advance(PublishedKeys.PAUSE);
		assertThat(knows("second")).isTrue();
	}

	@Test
	void aKeyThatIsNotPublishedAnyMoreIsForgotten() throws Exception {
		assertThat(knows("first")).isTrue();
		published.clear();
		publish("second");
		clock.advance(PublishedKeys.KEPT);
		assertThat(knows("first")).isFalse();
		assertThat(knows("second")).isTrue();
	}

	@Test
	void whatIsKnownOutlivesTheIssuersAbsence() throws Exception {
		away = true;
		assertThatThrownBy(() -> knows("first")).isInstanceOf(RemoteKeySourceException.class);
		away = false;
		assertThat(knows("first")).as("no pause before there is anything").isTrue();
		away = true;
		clock.advance(PublishedKeys.KEPT);
		assertThat(knows("first")).isTrue();
	}
}
