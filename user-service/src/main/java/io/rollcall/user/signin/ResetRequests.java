package io.rollcall.user.signin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.credential.Site;

/** Requests for a link to set a new password that nobody has looked at yet. */
public interface ResetRequests {
	/** {@code username} is as typed, in lower case; absent when it can be none. */
	record ResetRequest(UUID id, @Nullable String username, Site site, Instant at) {}

	void add(ResetRequest request);

	/** Some that wait. */
	List<ResetRequest> waiting();

	void done(ResetRequest request);
}
