package io.rollcall.gateway;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import io.rollcall.gateway.Refusal.Refused;
import io.rollcall.platform.keys.PublishedKeys;

/**
 * How much one may ask for: a person by their session, a program by its client, whoever else by their address; so a district's
 * program that runs wild slows down nobody at their browser. Each instance counts for itself, in memory: it protects what is
 * behind it and is no contract.
 */
@Component
@Order(SessionRepositoryFilter.DEFAULT_ORDER + 10)
class Limits extends OncePerRequestFilter {
	/**
	 * @param people of one session
	 * @param programs of one API client
	 * @param addresses of one address, of requests by nobody known
	 */
	@ConfigurationProperties("rollcall.gateway.limits")
	record Settings(Limit people, Limit programs, Limit addresses) {}

	/**
	 * @param burst requests at once after a rest
	 * @param perSecond requests that are let through for ever
	 */
	record Limit(int burst, int perSecond) {
		Bucket bucket() {
			return Bucket.builder()
					.addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1))).build();
		}
	}

	private static final String BEARER = "Bearer ";
	private static final int MOST_BUCKETS = 100_000;

	private final Settings settings;
	private final TrustedProxies proxies;
	private final JwtDecoder tokens;
	/** Forgotten when it is full again, long before the time here is over. */
	private final Cache<String, Bucket> buckets = Caffeine.newBuilder().maximumSize(MOST_BUCKETS)
			.expireAfterAccess(Duration.ofMinutes(10)).build();

	Limits(Settings settings, TrustedProxies proxies, GatewaySettings gateway) {
		this.settings = settings;
		this.proxies = proxies;
		this.tokens = NimbusJwtDecoder.withJwkSource(new PublishedKeys(keysOf(gateway), Clock.systemUTC()))
				.jwsAlgorithm(SignatureAlgorithm.RS256).build();
	}

	private static URL keysOf(GatewaySettings gateway) {
		try {
			return URI.create(gateway.services().users() + "/oauth2/jwks").toURL();
		} catch (MalformedURLException e) {
			throw new IllegalArgumentException("the user-service's address is none", e);
		}
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String path = request.getRequestURI();
		return !(path.startsWith("/api/") || path.startsWith("/auth/") || path.startsWith("/log"));
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		ConsumptionProbe probe = bucketOf(request).tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw new Refused(Refusal.TOO_MANY_REQUESTS, Duration.ofNanos(probe.getNanosToWaitForRefill()));
		}
		chain.doFilter(request, response);
	}

	private Bucket bucketOf(HttpServletRequest request) {
		String token = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (request.getRequestURI().startsWith("/api/")) {
			if (token == null) {
				HttpSession session = request.getSession(false);
				if (session != null && session.getAttribute(Tokens.ATTRIBUTE) != null) {
					return bucket("session " + session.getId(), settings.people());
				}
			} else if (token.startsWith(BEARER)) {
				Optional<String> client = clientOf(token.substring(BEARER.length()));
				if (client.isPresent()) return bucket("client " + client.get(), settings.programs());
			}
		}
		return bucket("address " + proxies.clientOf(request), settings.addresses());
	}

	private Bucket bucket(String key, Limit limit) {
		return buckets.get(key, _ -> limit.bucket());
	}

	/** Only of a token that is genuine: what it says could otherwise use up another's share. */
	private Optional<String> clientOf(String token) {
		try {
			return Optional.ofNullable(tokens.decode(token).getClaimAsString("client_id"));
		} catch (JwtException e) {
			return Optional.empty();
		}
	}
}
