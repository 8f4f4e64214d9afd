package io.rollcall.user.apiclient;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Service;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Permission;

/** What coordinators do with their API clients, one method a use case. */
@Service
public class ApiClientService {
	private static final Logger LOG = LoggerFactory.getLogger(ApiClientService.class);
	private static final int LONGEST_NAME = 60;
	private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

	/** @param most how many an account may have that are not revoked */
	@ConfigurationProperties("rollcall.api-clients")
	public record Settings(@DefaultValue("5") int most) {}

	private final ApiClients clients;
	private final AccountRepository accounts;
	private final Settings settings;
	private final Clock clock;

	public ApiClientService(ApiClients clients, AccountRepository accounts, Settings settings, Clock clock) {
		this.clients = clients;
		this.accounts = accounts;
		this.settings = settings;
		this.clock = clock;
	}

	/** What became of a new client. */
	public sealed interface Made {
		/** @param secret shown now and never again */
		record Done(ApiClient client, String secret) implements Made {}

		record InvalidName() implements Made {}

		record TooMany(int most) implements Made {}

		/** Under the same key before; its secret is known to nobody here. */
		record MadeBefore(ApiClient client) implements Made {}

		/** The key was used for a client of another name. */
		record KeyReused() implements Made {}
	}

	/**
	 * Makes one that acts for {@code owner}.
	 *
	 * @param requestKey the owner's own, under which a client is made once; null for none
	 */
	public Made make(UUID owner, String name, @Nullable String requestKey) {
		String clean = name.strip();
		if (clean.isEmpty() || clean.codePointCount(0, clean.length()) > LONGEST_NAME
				|| clean.codePoints().anyMatch(Character::isISOControl)) {
			return new Made.InvalidName();
		}
		String secret = Secrets.random();
		ApiClient client = ApiClient.of(owner, clean, Secrets.sha256(secret), requestKey, clock.instant());
		if (!clients.add(client, settings.most())) return notMade(client);
		LOG.info("API client {} made", client.clientId());
		return new Made.Done(client, secret);
	}

	private Made notMade(ApiClient client) {
		Optional<ApiClient> before = clients.find(client.clientId());
		if (before.isEmpty()) return new Made.TooMany(settings.most());
		return before.get().name().equals(client.name())
				? new Made.MadeBefore(before.get())
				: new Made.KeyReused();
	}

	public List<ApiClient> of(UUID owner) {
		return clients.of(owner);
	}

	/**
	 * Ends one's own, or as the service center anybody's. Tokens that are out end by themselves within a minute.
	 *
	 * @return whether there is such a client for {@code actor}
	 */
	public boolean revoke(Actor actor, String clientId) {
		Optional<ApiClient> client = clients.find(clientId)
				.filter(it -> actor.isStateWide() || actor.is(it.owner()));
		client.ifPresent(it -> {
			clients.replace(it.clientId(), present -> present.revoked(clock.instant()));
			LOG.atInfo().addKeyValue("account", actor.accountId()).log("API client {} revoked", it.clientId());
		});
		return client.isPresent();
	}

	/** A client that may have a token: not revoked. */
	public Optional<ApiClient> usable(String clientId) {
		return clients.find(clientId).filter(it -> !it.isRevoked());
	}

	/** The account that a client acts for, when it is active and still one that may have clients; the use is noted. */
	public Optional<Account> actsFor(String clientId) {
		Instant now = clock.instant();
		return usable(clientId).flatMap(client -> accounts.find(client.owner()).filter(Account::isActive)
				.filter(it -> it.profile().role().permissions().contains(Permission.MANAGE_USERS)).map(account -> {
					Instant last = client.lastUsedAt();
					if (last == null || last.plus(USE_NOTED_EVERY).isBefore(now)) {
						clients.replace(clientId, present -> present.used(now));
					}
					return account;
				}));
	}
}
