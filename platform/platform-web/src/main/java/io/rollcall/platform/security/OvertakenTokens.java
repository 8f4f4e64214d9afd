package io.rollcall.platform.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

import io.rollcall.contracts.UserEvent;

/**
 * Refuses access tokens that an event has overtaken: their account was deactivated, got another role or other organizations, new
 * credentials, or another password of the token's site, or the API client that the token was given to was revoked, at a later version than the
 * one the token was made of ({@code account_version}). A token lives for a minute, so what happened is remembered for a few; a
 * service that hears nothing is wrong for that minute at most. What goes on for longer than a request asks again.
 */
public final class OvertakenTokens implements OAuth2TokenValidator<Jwt> {
	/** Stands for any token of an account; else it is those of one site, or of one client. */
	private static final String ANY = "";
	static final Duration REMEMBERED = Duration.ofMinutes(10);
	private static final Duration FORGETS_EVERY = Duration.ofMinutes(1);

	/** @param versions by which tokens it concerns, the version that they must at least be of */
	private record Bounds(Map<String, Long> versions, Instant at) {
		/** Events may come twice or, of two instances, not in order: the highest version counts. */
		Bounds with(String which, long version, Instant now) {
			var raised = new HashMap<>(versions);
			raised.merge(which, version, Math::max);
			return new Bounds(Map.copyOf(raised), now);
		}
	}

	private final Map<String, Bounds> bounds = new ConcurrentHashMap<>();
	private final Clock clock;
	private volatile Instant forgotAt = Instant.MIN;

	OvertakenTokens(Clock clock) {
		this.clock = clock;
	}

	void on(UserEvent event) {
		switch (event) {
			case UserEvent.UserDeactivated it -> overtake(it, ANY);
			case UserEvent.CredentialsRenewed it -> overtake(it, ANY);
			case UserEvent.UserUpdated it -> {
				if (changesRights(it.before(), it.account())) overtake(it, ANY);
			}
			case UserEvent.PasswordChanged it -> overtake(it, it.site());
			case UserEvent.ApiClientsRevoked it -> it.clients().forEach(client -> overtake(it, client.clientId()));
			case UserEvent.UserCreated _,UserEvent.UserReactivated _,UserEvent.EmailChanged _,UserEvent.ApiClientMade _,UserEvent.Unrecognized _ ->
				{
				}
		}
	}

	private static boolean changesRights(UserEvent.Account before, UserEvent.Account after) {
		return !before.role().equals(after.role())
				|| !new HashSet<>(before.organizations()).equals(new HashSet<>(after.organizations()));
	}

	private void overtake(UserEvent.OfAccount event, String which) {
		Instant now = clock.instant();
		bounds.compute(event.accountId().toString(), (_, present) -> (present == null
				? new Bounds(Map.of(), now)
				: present).with(which, event.version(), now));
		if (now.isAfter(forgotAt.plus(FORGETS_EVERY))) {
			forgotAt = now;
			bounds.values().removeIf(it -> it.at().plus(REMEMBERED).isBefore(now));
		}
	}

	/** Whether what has happened since leaves nothing of what this token gave. */
	public boolean isOvertaken(Jwt token) {
		Bounds known = token.getSubject() == null ? null : bounds.get(token.getSubject());
		if (known == null) return false;
		long version = token.getClaim("account_version") instanceof Number number ? number.longValue() : 0;
		return Stream.of(ANY, token.getClaimAsString("site"), token.getClaimAsString("client_id"))
				.anyMatch(which -> which != null && version < known.versions().getOrDefault(which, 0L));
	}

	@Override
	public OAuth2TokenValidatorResult validate(Jwt token) {
		return isOvertaken(token)
				? OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN,
						"The account has changed since this token was issued", null))
				: OAuth2TokenValidatorResult.success();
	}
}
