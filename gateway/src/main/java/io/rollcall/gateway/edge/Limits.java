package io.rollcall.gateway.edge;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
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

import io.rollcall.gateway.BearerToken;
import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Paths;
import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;
import io.rollcall.gateway.signin.SessionTokens;
import io.rollcall.platform.NetworkPlace;
import io.rollcall.platform.Recurring;
import io.rollcall.platform.keys.PublishedKeys;

/**
 * How much one may ask for: a person by their session, a program by its client, whoever else by their address; so a district's
 * program that runs wild slows down nobody at their browser. What begins a session, evaluates a password or sends a mail is counted
 * apart. Each instance counts for itself, in memory: it protects what is behind it and is no contract.
 */
@Component
@Order(SessionRepositoryFilter.DEFAULT_ORDER + 10)
class Limits extends OncePerRequestFilter {
	/**
	 * @param people of one session
	 * @param programs of one API client
	 * @param addresses of one address, of requests by nobody known
	 * @param ownAccounts of one session, of changes that may cost the evaluation of a current password
	 * @param signIns of one address, of sign-ins that begin: each is a session to keep; and apart from them of forms with a password
	 *        or for a forgotten one: each costs tens of milliseconds of a core, which sixty a second would leave to nobody else
	 */
	@ConfigurationProperties("rollcall.gateway.limits")
	record Settings(Limit people, Limit ownAccounts, Limit programs, Limit addresses, Limit signIns) {}

	/**
	 * @param burst requests at once after a rest
	 * @param perSecond requests that are let through for ever
	 */
	record Limit(int burst, int perSecond) {
		Bucket bucket(TimeMeter time) {
			return Bucket.builder().withCustomTimePrecision(time)
					.addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1))).build();
		}
	}

	/** Whose bucket, of which kind. */
	private record Share(String kind, String whose) {}

	private static final Logger LOG = LoggerFactory.getLogger(Limits.class);
	private static final Recurring TOO_MANY = new Recurring();
	private static final Set<String> PASSWORD_FORMS = Set.of("/auth/sign-in", "/auth/new-password",
			"/auth/forgot-password", "/auth/reset-password");
	private static final String PASSWORD_RESETS = "/api/password-resets";
	private static final List<String> OWN = List.of("/api/me", "/api/api-clients");
	private static final int MOST_BUCKETS = 100_000;

	private final Settings settings;
	private final TrustedProxies proxies;
	private final JwtDecoder tokens;
	private final String ownOrigin;
	private final TimeMeter time;
	/** Forgotten when it is full again, long before the time here is over. */
	private final Cache<Share, Bucket> buckets = Caffeine.newBuilder().maximumSize(MOST_BUCKETS)
			.expireAfterAccess(Duration.ofMinutes(10)).build();

	@Autowired
	Limits(Settings settings, TrustedProxies proxies, GatewaySettings gateway) {
		this(settings, proxies, gateway, TimeMeter.SYSTEM_NANOTIME, Clock.systemUTC());
	}

	/**
	 * @param time by which shares grow again
	 * @param clock by which the issuer's keys grow old
	 */
	Limits(Settings settings, TrustedProxies proxies, GatewaySettings gateway, TimeMeter time, Clock clock) {
		this.time = time;
		this.settings = settings;
		this.proxies = proxies;
		this.ownOrigin = gateway.siteOrigin();
		this.tokens = NimbusJwtDecoder.withJwkSource(new PublishedKeys(keysOf(gateway), clock))
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
		String path = Paths.of(request);
		return !(path.startsWith(Paths.API) || path.startsWith(Paths.AUTH + "/") || path.startsWith("/log")
				|| path.startsWith("/portal/")); // which looks for the session
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isAboutAPassword(request)) take(new Share("passwords", placeOf(request)), settings.signIns());
		if (Paths.of(request).equals(Paths.SIGN_IN))
			take(new Share("starts", placeOf(request)), settings.signIns());
		takeOfOwn(request);
		chain.doFilter(request, response);
	}

	private void take(Share share, Limit limit) {
		ConsumptionProbe probe = buckets.get(share, _ -> limit.bucket(time)).tryConsumeAndReturnRemaining(1);
		if (probe.isConsumed()) return;
		TOO_MANY.log(share.kind(), LOG.atWarn(), "Too many requests: " + share.kind()); // never whose they are
		throw new Refused(Refusal.TOO_MANY_REQUESTS, Duration.ofNanos(probe.getNanosToWaitForRefill()));
	}

	private static boolean isAboutAPassword(HttpServletRequest request) {
		String path = Paths.of(request);
		return request.getMethod().equals("POST")
				&& (PASSWORD_FORMS.contains(path) || path.startsWith(PASSWORD_RESETS));
	}

	/** Each change of one's own account and of one's API clients may ask for the current password. */
	private static boolean mayAskForAPassword(HttpServletRequest request) {
		return !SessionTokens.changesNothing(request) && OWN.stream().anyMatch(Paths.of(request)::startsWith);
	}

	/** It will be refused, and the person whose cookie it has with it must not pay for it. */
	private boolean isFromElsewhere(HttpServletRequest request) {
		return SessionTokens.isFromElsewhere(request, ownOrigin);
	}

	private void takeOfOwn(HttpServletRequest request) {
		String token = request.getHeader(HttpHeaders.AUTHORIZATION);
		if (Paths.of(request).startsWith(Paths.API)) {
			if (token == null) {
				HttpSession session = isFromElsewhere(request) ? null : request.getSession(false);
				if (session != null && session.getAttribute(SessionTokens.ATTRIBUTE) != null) {
					take(new Share("people", session.getId()), settings.people());
					if (mayAskForAPassword(request))
						take(new Share("own accounts", session.getId()), settings.ownAccounts());
					return;
				}
			} else {
				Optional<String> client = BearerToken.of(token).flatMap(this::clientOf);
				if (client.isPresent()) {
					take(new Share("programs", client.get()), settings.programs());
					return;
				}
			}
		}
		take(new Share("addresses", placeOf(request)), settings.addresses());
	}

	private String placeOf(HttpServletRequest request) {
		return NetworkPlace.of(proxies.clientOf(request));
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
