package io.rollcall.user.apiclient;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Where the API clients are. */
public interface ApiClients {
	Optional<ApiClient> find(String clientId);

	/** Those of an account, revoked ones too, the newest first. */
	List<ApiClient> of(UUID owner);

	/**
	 * Adds one, unless there is one with its id or the account then had more than {@code most} that are not revoked, however many
	 * are added at once.
	 *
	 * @return whether it was added
	 */
	boolean add(ApiClient client, int most);

	/** Changes one as it is at that moment. */
	void replace(String clientId, UnaryOperator<ApiClient> change);
}
