package io.rollcall.user.authorization;

import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.authorization.AuthorizationDocument.ReplacedPart;
import io.rollcall.user.authorization.AuthorizationDocument.RequestPart;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.SignIns;

import static java.util.Objects.requireNonNull;
import static org.springframework.data.mongodb.core.query.Criteria.where;

/**
 * What a site's gateway was granted for somebody: one document from the authorization code to the last refresh token. Of codes
 * and refresh tokens only the hash is kept; when one is shown, its value is put back into what Spring gets to see. Nothing of the
 * framework's own types is stored.
 *
 * <p>Access and ID tokens are not stored: they say all there is to know themselves. Neither is what programs are given by client
 * credentials. A code or a refresh token that is shown twice ends the authorization and the sign-in (RFC 9700, 4.14.2), but for a
 * refresh token whose successor has not been shown yet, within the grace: its answer may have got lost (ADR 11).
 */
@Repository
class MongoAuthorizations implements OAuth2AuthorizationService {
	private static final Logger LOG = LoggerFactory.getLogger(MongoAuthorizations.class);
	private static final OAuth2TokenType CODE = new OAuth2TokenType("code");
	private static final OAuth2TokenType ID_TOKEN = new OAuth2TokenType(OidcParameterNames.ID_TOKEN);
	/** The revision that was read, on which a write is conditional. */
	private static final String REVISION = "rollcall.revision";
	/** The refresh token that was shown, which its successor will replace. */
	private static final String SHOWN = "rollcall.shown";
	/** Stands for a token of which only the hash is known. */
	private static final String UNKNOWN = "unknown";

	/** @param first when it was shown for the first time */
	private record Shown(String hash, Instant first) {}

	private final MongoTemplate mongo;
	private final SignIns signIns;
	private final IssuedTokens issued;
	private final Duration grace;
	private final Clock clock;

	MongoAuthorizations(MongoTemplate mongo, Retention retention, SignIns signIns, IssuedTokens issued,
			SignIns.Settings settings, Clock clock) {
		this.mongo = mongo;
		this.signIns = signIns;
		this.issued = issued;
		this.grace = settings.refreshGrace();
		this.clock = clock;
		mongo.indexOps(AuthorizationDocument.class).createIndex(new Index("code", Sort.Direction.ASC).unique());
		retention.keep("authorizations", "expiresAt", Duration.ZERO);
	}

	@Override
	public void save(OAuth2Authorization authorization) {
		if (!(authorization.getAttribute(Principal.class.getName()) instanceof SignedIn signedIn)) return;
		if (isInvalidated(authorization, OAuth2RefreshToken.class) || isInvalidated(authorization,
				OAuth2AuthorizationCode.class) && authorization.getRefreshToken() == null) {
			end(authorization.getId(), signedIn.sid());
			return;
		}
		Long revision = authorization.getAttribute(REVISION);
		if (revision == null) {
			mongo.insert(granted(authorization, signedIn));
		} else if (!isStored(authorization, revision)) {
			if (authorization.getAttribute(SHOWN) != null) {
				// Of two that showed the same refresh token at once, the other has the answer; asked again, it is a repetition.
				throw new OAuth2AuthenticationException(OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE);
			}
			LOG.warn("The code of sign-in {} was used twice at once: the sign-in ends", signedIn.sid());
			end(authorization.getId(), signedIn.sid());
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
		}
	}

	private static boolean isInvalidated(OAuth2Authorization authorization, Class<? extends OAuth2Token> type) {
		OAuth2Authorization.Token<? extends OAuth2Token> token = authorization.getToken(type);
		return token != null && token.isInvalidated();
	}

	private static AuthorizationDocument granted(OAuth2Authorization authorization, SignedIn signedIn) {
		OAuth2AuthorizationRequest request = authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
		OAuth2Authorization.Token<OAuth2AuthorizationCode> code = authorization
				.getToken(OAuth2AuthorizationCode.class);
		if (request == null || code == null) throw new IllegalStateException("only authorization codes are granted");
		Map<String, String> parameters = new LinkedHashMap<>();
		request.getAdditionalParameters().forEach((name, value) -> {
			if (value instanceof String text && !name.contains(".") && !name.startsWith("$"))
				parameters.put(name, text);
		});
		Instant issuedAt = requireNonNull(code.getToken().getIssuedAt());
		Instant expiresAt = requireNonNull(code.getToken().getExpiresAt());
		return new AuthorizationDocument(authorization.getId(), authorization.getRegisteredClientId(),
				signedIn.account(), signedIn.site(), signedIn.sid(), signedIn.at(),
				authorization.getAuthorizedScopes().stream().sorted().toList(),
				new RequestPart(request.getAuthorizationUri(), request.getRedirectUri(), request.getState(),
						parameters),
				Secrets.sha256(code.getToken().getTokenValue()), issuedAt, expiresAt, false, expiresAt, 1, null, null,
				null, null);
	}

	/** The code was exchanged, or the refresh token replaced by its successor. */
	private boolean isStored(OAuth2Authorization authorization, long revision) {
		OAuth2Authorization.Token<OAuth2RefreshToken> refresh = authorization.getRefreshToken();
		if (refresh == null) throw new IllegalStateException("no refresh token");
		Shown shown = authorization.getAttribute(SHOWN);
		Update update = Update.update("revision", revision + 1).set("codeUsed", true)
				.set("refresh", Secrets.sha256(refresh.getToken().getTokenValue()))
				.set("refreshIssuedAt", refresh.getToken().getIssuedAt())
				.set("refreshExpiresAt", refresh.getToken().getExpiresAt())
				.set("replaced", shown == null ? null : new ReplacedPart(shown.hash(), shown.first()))
				.set("expiresAt", refresh.getToken().getExpiresAt());
		return mongo.update(AuthorizationDocument.class)
				.matching(is(authorization.getId()).and(AuthorizationDocument::revision).is(revision)).apply(update)
				.first()
				.getMatchedCount() == 1;
	}

	private static Criteria is(String id) {
		return where(AuthorizationDocument::id).is(id);
	}

	@Override
	public void remove(OAuth2Authorization authorization) {
		remove(authorization.getId());
	}

	private void remove(String id) {
		mongo.remove(AuthorizationDocument.class).matching(is(id)).one();
	}

	private void end(String id, UUID sid) {
		remove(id);
		signIns.end(sid);
	}

	@Override
	public @Nullable OAuth2Authorization findById(String id) {
		AuthorizationDocument found = stored(id);
		return found == null ? null : read(found, UNKNOWN, UNKNOWN).build();
	}

	private @Nullable AuthorizationDocument stored(String id) {
		return mongo.findById(id, AuthorizationDocument.class);
	}

	@Override
	public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
		if (type == null) {
			OAuth2Authorization byRefreshToken = byRefreshToken(token, false);
			return byRefreshToken == null ? byCode(token) : byRefreshToken;
		}
		if (type.equals(CODE)) return byCode(token);
		if (type.equals(OAuth2TokenType.REFRESH_TOKEN)) return byRefreshToken(token, true);
		if (type.equals(OAuth2TokenType.ACCESS_TOKEN)) return byAccessToken(token);
		return type.equals(ID_TOKEN) ? byIdToken(token) : null;
	}

	private @Nullable OAuth2Authorization byCode(String code) {
		AuthorizationDocument found = mongo.findOne(
				new Query(where(AuthorizationDocument::code).is(Secrets.sha256(code))), AuthorizationDocument.class);
		return found == null ? null : read(found, code, UNKNOWN).build();
	}

	/** @param used whether it is shown to be used: then any but the latest of its family, or its repetition, is one too many */
	private @Nullable OAuth2Authorization byRefreshToken(String token, boolean used) {
		String id = RefreshTokens.authorizationId(token);
		AuthorizationDocument found = id == null ? null : stored(id);
		String latest = found == null ? null : found.refresh();
		if (found == null || latest == null) return null;
		Instant first = Secrets.matches(token, latest) ? clock.instant() : repeated(token, found);
		if (first != null) {
			return read(found, UNKNOWN, token).attribute(SHOWN, new Shown(Secrets.sha256(token), first)).build();
		}
		if (used) {
			LOG.warn("A refresh token of sign-in {} was used a second time: the sign-in ends", found.sid());
			end(found.id(), found.sid());
		}
		return null;
	}

	/**
	 * When the token was shown first, if it is the one that the latest replaced and the grace is not over. What is made for the
	 * repetition takes the place of that latest, so if two go on with one token, the next that either shows gives them away.
	 */
	private @Nullable Instant repeated(String token, AuthorizationDocument found) {
		ReplacedPart replaced = found.replaced();
		if (replaced == null || !Secrets.matches(token, replaced.refresh())) return null;
		return clock.instant().isAfter(replaced.at().plus(grace)) ? null : replaced.at();
	}

	/** For who asks with it who one is: whether what it came by still stands. A sign-in may have several of those. */
	private @Nullable OAuth2Authorization byAccessToken(String token) {
		try {
			Jwt jwt = issued.decode(token);
			String id = jwt.getClaimAsString(AccountClaims.AUTHORIZATION_ID);
			AuthorizationDocument found = id == null ? null : stored(id);
			if (found == null) return null;
			var accessToken = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token, jwt.getIssuedAt(),
					jwt.getExpiresAt(), new HashSet<>(found.scopes()));
			return read(found, UNKNOWN, UNKNOWN).accessToken(accessToken).build();
		} catch (JwtException _) {
			return null;
		}
	}

	/** For who signs out: an ID token of ours names the sign-in that is to end, whether or not it still stands. */
	private @Nullable OAuth2Authorization byIdToken(String token) {
		try {
			Jwt jwt = issued.decode(token);
			if (jwt.getAudience() == null || jwt.getAudience().isEmpty() || jwt.getSubject() == null) return null;
			String clientId = jwt.getAudience().getFirst();
			Site site = Site.ofClient(clientId).orElse(null);
			String sid = jwt.getClaimAsString("sid");
			if (site == null || sid == null || jwt.getIssuedAt() == null) return null;
			var signedIn = new SignedIn(UUID.fromString(jwt.getSubject()), site, UUID.fromString(sid),
					jwt.getIssuedAt());
			var idToken = new OidcIdToken(token, jwt.getIssuedAt(), jwt.getExpiresAt(), jwt.getClaims());
			return OAuth2Authorization.withRegisteredClient(issued.client(clientId)).id(sid)
					.principalName(signedIn.getName())
					.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
					.attribute(Principal.class.getName(), signedIn)
					.token(idToken, metadata -> metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME,
							jwt.getClaims()))
					.build();
		} catch (JwtException | IllegalArgumentException _) {
			return null;
		}
	}

	private OAuth2Authorization.Builder read(AuthorizationDocument stored, String code, String refresh) {
		var signedIn = new SignedIn(stored.account(), stored.site(), stored.sid(), stored.at());
		RequestPart request = stored.request();
		var scopes = new HashSet<>(stored.scopes());
		var builder = OAuth2Authorization.withRegisteredClient(issued.client(stored.client())).id(stored.id())
				.principalName(signedIn.getName()).authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.authorizedScopes(scopes).attribute(REVISION, stored.revision())
				.attribute(Principal.class.getName(), signedIn)
				.attribute(OAuth2AuthorizationRequest.class.getName(),
						OAuth2AuthorizationRequest.authorizationCode().authorizationUri(request.uri())
								.clientId(stored.client()).redirectUri(request.redirectUri()).scopes(scopes)
								.state(request.state()).additionalParameters(new HashMap<>(request.parameters()))
								.build())
				.token(new OAuth2AuthorizationCode(code, stored.codeIssuedAt(), stored.codeExpiresAt()),
						metadata -> metadata.put(OAuth2Authorization.Token.INVALIDATED_METADATA_NAME,
								stored.codeUsed()));
		if (stored.refresh() != null) {
			builder.refreshToken(
					new OAuth2RefreshToken(refresh, stored.refreshIssuedAt(), stored.refreshExpiresAt()));
			// That there was one is all that Spring asks when it makes the next.
			Map<String, Object> claims = Map.of("sub", signedIn.getName(), "sid", signedIn.sid().toString());
			builder.token(new OidcIdToken(UNKNOWN, null, null, claims),
					metadata -> metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, claims));
		}
		return builder;
	}
}
