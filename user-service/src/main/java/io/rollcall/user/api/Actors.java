package io.rollcall.user.api;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.platform.security.Caller;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.credential.Site;
import io.rollcall.user.permission.Actor;

/** Callers as the accounts they are at this moment: a token may be minutes old, rights are not. */
@Component
class Actors {
	/** The caller's account is deactivated or gone: the token is worth nothing any more. */
	static final class Gone extends RuntimeException {
		private static final long serialVersionUID = 1;
	}

	private final AccountRepository accounts;

	Actors(AccountRepository accounts) {
		this.accounts = accounts;
	}

	Actor actor(Caller caller) {
		return account(caller).asActor();
	}

	Account account(Caller caller) {
		return accounts.find(caller.account()).filter(Account::isActive).orElseThrow(Gone::new);
	}

	/**
	 * What the events of a request are caused by. With an idempotency key the same request again has the same cause, and so happens
	 * once.
	 */
	static Origin.Request origin(Caller caller, @Nullable String idempotencyKey, @Nullable String traceparent) {
		String key = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
		return new Origin.Request("request/" + caller.accountId() + "/" + key, caller.account(),
				Site.PORTAL.clientId().equals(caller.clientId()) ? null : caller.clientId(), traceparent);
	}
}
