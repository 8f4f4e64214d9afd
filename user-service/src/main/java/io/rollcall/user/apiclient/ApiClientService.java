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
import io.rollcall.user.account.EventRelay;
import io.rollcall.user.account.Origin;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.request.RequestKeys;
import io.rollcall.user.signin.CurrentPassword;
import io.rollcall.user.signin.PasswordService;

/**
 * What coordinators do with their API clients and with those of whom they manage, one method a use case. Clients stand in their
 * account, so what is told of them is stored in the write that makes or revokes them (ADR 27).
 */
@Service
public class ApiClientService {
	private static final Logger LOG = LoggerFactory.getLogger(ApiClientService.class);
	private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);
	private static final Duration DAY = Duration.ofHours(24);

	/**
	 * @param most how many an account may have that are not revoked
	 * @param mostADay how many it may make in 24 hours: each is a mail, with a name of its maker's choice
	 */
	@ConfigurationProperties("rollcall.api-clients")
	public record Settings(@DefaultValue("5") int most, @DefaultValue("10") int mostADay) {}

	private final AccountRepository accounts;
	private final PasswordService passwords;
	private final RequestKeys keys;
	private final EventRelay relay;
	private final Settings settings;
	private final Clock clock;

	public ApiClientService(AccountRepository accounts, PasswordService passwords, RequestKeys keys, EventRelay relay,
			Settings settings, Clock clock) {
		this.accounts = accounts;
		this.passwords = passwords;
		this.keys = keys;
		this.relay = relay;
		this.settings = settings;
		this.clock = clock;
	}

	/** What became of a new client. */
	public sealed interface Made {
		/** @param secret shown now and never again */
		record Done(ApiClient client, String secret) implements Made {}

		record InvalidName(String code, String message) implements Made {}

		record TooMany(int most) implements Made {}

		record TooManyToday(int most) implements Made {}

		/** Under the same key before; its secret is known to nobody here. */
		record MadeBefore(String clientId) implements Made {}

		/** The key was used for a client of another name, or for something else. */
		record KeyReused() implements Made {}
	}

	/**
	 * Makes one that acts for whoever is signed in.
	 *
	 * @param sid the session that asks for it
	 * @param requestKey the owner's own, under which a client is made once; null for none
	 * @throws CurrentPassword.Refusal when {@code current} is not the session's password
	 */
	public Made make(UUID sid, Password current, String typedName, @Nullable String requestKey,
			Origin.Request request) {
		String name = ClientName.clean(typedName);
		Made.InvalidName fault = ClientName.fault(name);
		if (fault != null) return fault;
		CurrentPassword.Right right = passwords.verify(sid, current).orRefuse();
		UUID owner = right.account().id();
		String secret = Secrets.random();
		ApiClient client = ApiClient.of(owner, name, Secrets.sha256(secret), requestKey, clock.instant());
		if (requestKey == null) return make(right, client, secret, cause(request));
		String key = request.causeId();
		Attempt attempt = keys.claim(key, Secrets.sha256("api-client " + name)).orElse(null);
		if (attempt == null) return new Made.KeyReused();
		if (attempt instanceof Attempt.Answered) return new Made.MadeBefore(client.clientId());
		Made made = make(right, client, secret, cause(request));
		switch (made) {
			case Made.Done _,Made.MadeBefore _ -> keys.answered(key);
			case Made.InvalidName _,Made.TooMany _,Made.TooManyToday _,Made.KeyReused _ -> {
				if (attempt instanceof Attempt.First) keys.release(key);
			}
		}
		return made;
	}

	private Made make(CurrentPassword.Right right, ApiClient client, String secret, Origin origin) {
		UUID owner = right.account().id();
		while (true) {
			// Whose role changed a moment ago has a session that does not know of it yet.
			Account account = accounts.find(owner).filter(right.signIn()::holdsFor)
					.filter(it -> it.profile().role().mayHaveApiClients())
					.orElseGet(() -> new CurrentPassword.SessionOver().orRefuse().account());
			Made refused = refusal(account, client);
			if (refused != null) return refused;
			account.addApiClient(client, origin, client.createdAt());
			if (!accounts.save(List.of(account)).isEmpty()) continue;
			LOG.info("API client {} made", client.clientId());
			relay.soon(List.of(account.profile().username()));
			return new Made.Done(client, secret);
		}
	}

	private @Nullable Made refusal(Account account, ApiClient client) {
		List<ApiClient> present = account.apiClients().kept();
		Optional<ApiClient> before = account.apiClients().find(client.clientId());
		if (before.isPresent()) {
			return before.get().name().equals(client.name())
					? new Made.MadeBefore(client.clientId())
					: new Made.KeyReused();
		}
		if (present.stream().filter(it -> !it.isRevoked()).count() >= settings.most()) {
			return new Made.TooMany(settings.most());
		}
		Instant yesterday = client.createdAt().minus(DAY);
		return present.stream().filter(it -> it.createdAt().isAfter(yesterday)).count() >= settings.mostADay()
				? new Made.TooManyToday(settings.mostADay())
				: null;
	}

	/** Those of an account, revoked ones too, the newest first; empty unless it is the actor's own or one managed wholly. */
	public Optional<List<ApiClient>> of(Actor actor, UUID owner) {
		return accounts.find(owner).filter(account -> manages(actor, account)).map(it -> it.apiClients().kept());
	}

	private static boolean manages(Actor actor, Account account) {
		return actor.reach(account.id(), account.profile().role(), account.profile().organizations()).coversAll();
	}

	/**
	 * Ends one of those that {@link #of} shows.
	 *
	 * @return whether there is such a client for {@code actor}
	 */
	public boolean revoke(Actor actor, String clientId, Origin.Request request) {
		Origin origin = cause(request);
		while (true) {
			Account account = ApiClient.owner(clientId).flatMap(accounts::find).filter(it -> manages(actor, it))
					.filter(it -> it.apiClients().find(clientId).isPresent()).orElse(null);
			if (account == null) return false;
			if (!account.revokeApiClient(clientId, origin, clock.instant())) return true;
			if (!accounts.save(List.of(account)).isEmpty()) continue;
			LOG.atInfo().addKeyValue("account", actor.accountId()).log("API client {} revoked", clientId);
			relay.soon(List.of(account.profile().username()));
			return true;
		}
	}

	/**
	 * A cause like no other, whatever key the request has: who reads events would pass over one that looks like an earlier one, and
	 * nobody would be told.
	 */
	private static Origin cause(Origin.Request request) {
		return new Origin.Request("api-client/" + UUID.randomUUID(), request.actorId(), request.clientId(),
				request.traceparent());
	}

	/** A client that may have a token: not revoked. */
	public Optional<ApiClient> usable(String clientId) {
		return owner(clientId).flatMap(account -> usable(account, clientId));
	}

	/** The account that a client acts for, when it is active and still one that may have clients; the use is noted. */
	public Optional<Account> actsFor(String clientId) {
		return owner(clientId)
				.filter(it -> it.profile().role().mayHaveApiClients())
				.filter(account -> usable(account, clientId).map(this::used).isPresent());
	}

	private Optional<Account> owner(String clientId) {
		return ApiClient.owner(clientId).flatMap(accounts::find).filter(Account::isActive);
	}

	private static Optional<ApiClient> usable(Account account, String clientId) {
		return account.apiClients().find(clientId).filter(it -> !it.isRevoked());
	}

	private ApiClient used(ApiClient client) {
		Instant now = clock.instant();
		Instant last = client.lastUsedAt();
		if (last == null || last.plus(USE_NOTED_EVERY).isBefore(now)) accounts.noteUse(client, now);
		return client;
	}
}
