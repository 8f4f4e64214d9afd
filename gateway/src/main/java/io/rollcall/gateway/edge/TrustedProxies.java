package io.rollcall.gateway.edge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

import io.rollcall.gateway.GatewaySettings;

/**
 * Where a request really came from. What it says itself about that is believed of the proxies that are named in the configuration,
 * and of nobody else.
 */
@Component
public final class TrustedProxies {
	private final List<IpAddressMatcher> proxies;

	TrustedProxies(GatewaySettings settings) {
		proxies = settings.trustedProxies().stream().map(String::strip).filter(address -> !address.isEmpty())
				.map(IpAddressMatcher::new).toList();
	}

	/**
	 * The address of the client: the peer, or behind trusted proxies the last address in {@code X-Forwarded-For} that is none of them.
	 * Further left stands what the client has written itself.
	 */
	public String clientOf(HttpServletRequest request) {
		String client = request.getRemoteAddr();
		List<String> way = new ArrayList<>();
		for (String header : Collections.list(request.getHeaders("X-Forwarded-For")))
			way.addAll(List.of(header.split(",")));
		for (String hop : way.reversed()) {
			String address = hop.strip();
			if (!isTrusted(client) || !address.matches("[0-9a-fA-F:.]{2,45}")) break;
			client = address;
		}
		return client;
	}

	/** The single value of a forwarding header, when the peer may say such things. */
	public Optional<String> claim(HttpServletRequest request, String header) {
		String value = isTrusted(request.getRemoteAddr()) ? request.getHeader(header) : null;
		return Optional.ofNullable(value).map(String::strip)
				.filter(claim -> claim.matches("[A-Za-z0-9.:\\[\\]-]{1,255}"));
	}

	private boolean isTrusted(String address) {
		try {
			return proxies.stream().anyMatch(proxy -> proxy.matches(address));
		} catch (IllegalArgumentException e) {
			return false; // it is no address
		}
	}
}
