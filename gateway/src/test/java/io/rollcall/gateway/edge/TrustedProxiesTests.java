package io.rollcall.gateway.edge;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

import io.rollcall.gateway.GatewaySettings;

import static org.assertj.core.api.Assertions.assertThat;

class TrustedProxiesTests {
	@Test
	void aStrangersWordIsNotTaken() {
		assertThat(trusting().clientOf(request("192.0.2.1", "6.6.6.6"))).isEqualTo("192.0.2.1");
		assertThat(trusting("10.0.0.0/8").clientOf(request("192.0.2.1", "6.6.6.6"))).isEqualTo("192.0.2.1");
		assertThat(trusting("10.0.0.0/8").claim(request("192.0.2.1", "6.6.6.6"), "X-Forwarded-For")).isEmpty();
	}

	@Test
	void behindTrustedProxiesItIsTheLastWhoIsNone() {
		var proxies = trusting("10.0.0.0/8", "2001:db8::7");
		assertThat(proxies.clientOf(request("10.0.0.1", "192.0.2.1"))).isEqualTo("192.0.2.1");
		assertThat(proxies.clientOf(request("10.0.0.1", "192.0.2.1, 10.0.0.2"))).isEqualTo("192.0.2.1");
		assertThat(proxies.clientOf(request("10.0.0.1", "192.0.2.1", "2001:db8::7"))).isEqualTo("192.0.2.1");
		assertThat(proxies.clientOf(request("10.0.0.1"))).isEqualTo("10.0.0.1");
	}

	@Test
	void whatTheClientWroteItselfIsNotBelieved() {
		var proxies = trusting("10.0.0.0/8");
		assertThat(proxies.clientOf(request("10.0.0.1", "6.6.6.6, 192.0.2.1"))).isEqualTo("192.0.2.1");
		assertThat(proxies.clientOf(request("10.0.0.1", "<script>, 10.0.0.2"))).isEqualTo("10.0.0.2");
		assertThat(proxies.clientOf(request("10.0.0.1", "unknown"))).isEqualTo("10.0.0.1");
	}

	@Test
	void aTrustedProxySaysWhatTheBrowserSees() {
		var request = request("10.0.0.1");
		request.addHeader("X-Forwarded-Proto", "https");
		request.addHeader("X-Forwarded-Host", "evil.example/\r\nx");
		assertThat(trusting("10.0.0.1").claim(request, "X-Forwarded-Proto")).contains("https");
		assertThat(trusting("10.0.0.1").claim(request, "X-Forwarded-Host")).isEmpty();
	}

	private static TrustedProxies trusting(String... proxies) {
		var any = URI.create("http://localhost");
		return new TrustedProxies(
				new GatewaySettings(GatewaySettings.Site.PORTAL, any, any, DataSize.ofMegabytes(1), Map.of(),
						Duration.ZERO, Duration.ZERO, Duration.ZERO, List.of(proxies),
						new GatewaySettings.Services(any, any, any, any)));
	}

	private static MockHttpServletRequest request(String peer, String... forwardedFor) {
		var request = new MockHttpServletRequest();
		request.setRemoteAddr(peer);
		for (String header : forwardedFor)
			request.addHeader("X-Forwarded-For", header);
		return request;
	}
}
