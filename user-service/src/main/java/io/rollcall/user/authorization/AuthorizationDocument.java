package io.rollcall.user.authorization;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.mapping.MongoId;

import io.rollcall.user.credential.Site;

import static org.springframework.data.mongodb.core.mapping.Field.Write.ALWAYS;

/**
 * An authorization as it is stored. Of the code and of refresh tokens only hashes are.
 *
 * @param revision on which a write is conditional
 * @param refresh absent before the code was exchanged, as all of its kind
 * @param replaced the refresh token before the latest one; null before there was a second
 */
@Document("authorizations")
record AuthorizationDocument(@MongoId String id, String client, UUID account, Site site, UUID sid, Instant at,
		List<String> scopes, RequestPart request, String code, Instant codeIssuedAt, Instant codeExpiresAt,
		boolean codeUsed, Instant expiresAt, long revision, @Nullable String refresh,
		@Nullable Instant refreshIssuedAt, @Nullable Instant refreshExpiresAt, @Nullable ReplacedPart replaced) {
	record RequestPart(String uri, @Field(write = ALWAYS) @Nullable String redirectUri,
			@Field(write = ALWAYS) @Nullable String state, Map<String, String> parameters) {}

	/** @param at when it was shown for the first time */
	record ReplacedPart(String refresh, Instant at) {}
}
