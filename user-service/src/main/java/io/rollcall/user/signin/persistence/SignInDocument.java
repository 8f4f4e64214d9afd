package io.rollcall.user.signin.persistence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;

import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.SignIn;

/** A sign-in as it is stored. {@code sha256} is of the random bits in the browser's secret: what stands here opens nothing. */
@Document("sign-ins")
record SignInDocument(@MongoId UUID sid, String sha256, UUID account, Site site, Instant at, List<Instant> credentials,
		boolean complete, Instant pagesUntil, Instant expiresAt, @Nullable String authorization) {
	SignIn signIn() {
		return new SignIn(sid, account, site, at, credentials, complete, authorization);
	}
}
