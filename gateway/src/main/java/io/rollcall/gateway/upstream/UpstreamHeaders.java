package io.rollcall.gateway.upstream;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;

import io.rollcall.gateway.Paths;
import io.rollcall.gateway.edge.Trace;
import io.rollcall.gateway.edge.TrustedProxies;
import io.rollcall.platform.Traceparent;

/**
 * The headers a service sees: the sender's without what concerns this hop alone (RFC 9110, 7.6.1), and where the request came
 * from in the gateway's words, never in the sender's. {@code Authorization} passes as it is; cookies pass to the sign-in pages,
 * and not the gateway's own.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class UpstreamHeaders implements RequestHttpHeadersFilter {
	private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection", "te",
			"trailer",
			"transfer-encoding", "upgrade", "expect", "proxy-authorization", "proxy-authenticate", "content-length",
			"host");
	/** Claims about the way of a request that some server or framework believes. */
	private static final List<String> CLAIMS = List.of("forwarded", "x-forwarded-", "x-real-ip", "x-original-",
			"x-rewrite-", "x-http-method");

	private static final Pattern GATEWAY_SESSION = Pattern.compile("(__Host-)?rollcall-(portal|training)=.*");

	private final TrustedProxies proxies;

	UpstreamHeaders(TrustedProxies proxies) {
		this.proxies = proxies;
	}

	@Override
	public HttpHeaders apply(HttpHeaders headers, ServerRequest request) {
		HttpServletRequest original = request.servletRequest();
		Set<String> dropped = new HashSet<>(HOP_BY_HOP);
		request.headers().header(HttpHeaders.CONNECTION).forEach(value -> {
			for (String name : value.split(","))
				dropped.add(name.strip().toLowerCase(Locale.ROOT));
		});
		Trace trace = (Trace) original.getAttribute(Trace.ATTRIBUTE);
		if (!trace.continued()) dropped.add(Trace.STATE_HEADER);

		HttpHeaders passed = new HttpHeaders();
		headers.forEach((name, values) -> {
			String lower = name.toLowerCase(Locale.ROOT);
			if (!dropped.contains(lower) && !lower.equals("cookie") && CLAIMS.stream().noneMatch(lower::startsWith))
				passed.addAll(name, values);
		});
		// As it was sent: the framework writes it anew, with a character set of its own.
		List<String> contentType = Collections.list(original.getHeaders(HttpHeaders.CONTENT_TYPE));
		if (!contentType.isEmpty()) passed.put(HttpHeaders.CONTENT_TYPE, contentType);
		passed.set(Traceparent.HEADER, trace.traceparent());
		passed.set("X-Forwarded-For", proxies.clientOf(original));
		passed.set("X-Forwarded-Proto",
				proxies.claim(original, "X-Forwarded-Proto").orElseGet(original::getScheme));
		passed.set("X-Forwarded-Host", proxies.claim(original, "X-Forwarded-Host").orElseGet(original::getServerName));
		passed.set("X-Forwarded-Port", proxies.claim(original, "X-Forwarded-Port")
				.orElseGet(() -> String.valueOf(original.getServerPort())));
		if (Paths.of(original).startsWith(Paths.AUTH + "/")) {
			passed.set("X-Forwarded-Prefix", Paths.AUTH);
			String cookies = cookiesOfTheSignInPages(request.headers().header(HttpHeaders.COOKIE));
			if (!cookies.isEmpty()) passed.set(HttpHeaders.COOKIE, cookies);
		}
		return passed;
	}

	/** The session's cookie opens the session, and is nobody's but the gateway's; on one machine both sites' gateways see both. */
	private static String cookiesOfTheSignInPages(List<String> headers) {
		return headers.stream().flatMap(header -> Stream.of(header.split(";"))).map(String::strip)
				.filter(cookie -> !GATEWAY_SESSION.matcher(cookie).matches()).collect(Collectors.joining("; "));
	}
}
