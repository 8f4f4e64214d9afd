package io.rollcall.user.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.Site;

/** The programs of an account: those that act for it, and some that no longer do. The newest are first. */
public final class ApiClients {
	/** Of those that are revoked: for the record, but not without end. */
	static final int REVOKED_KEPT = 20;

	private final List<ApiClient> kept;
	private final List<ApiClient> forgotten = new ArrayList<>(0);

	/** As they were stored. */
	public ApiClients(Collection<ApiClient> stored) {
		this.kept = new ArrayList<>(stored);
	}

	void add(ApiClient client) {
		kept.addFirst(client);
		List<ApiClient> old = kept.stream().filter(ApiClient::isRevoked).skip(REVOKED_KEPT).toList();
		kept.removeAll(old);
		forgotten.addAll(old);
	}

	/** Returns those that acted until now. */
	List<ApiClient> revoke(Predicate<ApiClient> which, Instant now) {
		List<ApiClient> ended = kept.stream().filter(it -> !it.isRevoked()).filter(which).toList();
		kept.replaceAll(it -> ended.contains(it) ? it.revoked(now) : it);
		return ended;
	}

	public Optional<ApiClient> find(String clientId) {
		return kept.stream().filter(it -> it.clientId().equals(clientId)).findFirst();
	}

	/** Whether one of them acts for the account at this site; that is the Portal alone. */
	public boolean act(Site site) {
		return site == Site.PORTAL && !kept.stream().allMatch(ApiClient::isRevoked);
	}

	public List<ApiClient> kept() {
		return List.copyOf(kept);
	}

	/** Those that are no longer kept since the account was read. */
	public List<ApiClient> forgotten() {
		return List.copyOf(forgotten);
	}
}
