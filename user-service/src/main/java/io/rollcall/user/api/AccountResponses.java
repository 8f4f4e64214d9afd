package io.rollcall.user.api;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.stereotype.Component;

import io.rollcall.user.account.Account;
import io.rollcall.user.api.AccountJson.AccountResponse;
import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.roster.Roster;

/** Accounts as they are answered, with what became of their mails, and when they were last signed in to. */
@Component
class AccountResponses {
	private final Deliveries deliveries;
	private final Roster roster;
	private final Clock clock;

	AccountResponses(Deliveries deliveries, Roster roster, Clock clock) {
		this.deliveries = deliveries;
		this.roster = roster;
		this.clock = clock;
	}

	AccountResponse of(Account account) {
		return of(account, Set.of());
	}

	/** In the answer to a change after which new passwords were sent for these sites. */
	AccountResponse of(Account account, Set<Site> credentialsSent) {
		return of(List.of(account), credentialsSent).getFirst();
	}

	List<AccountResponse> of(List<Account> accounts) {
		return of(accounts, Set.of());
	}

	private List<AccountResponse> of(List<Account> accounts, Set<Site> credentialsSent) {
		Map<String, Delivery> found = deliveries
				.find(accounts.stream().flatMap(it -> it.credentials().issue().stream()).toList());
		Instant now = clock.instant();
		return accounts.stream()
				.map(account -> AccountResponse.of(account,
						account.credentials().issue().map(found::get).orElse(Delivery.QUEUED),
						roster.lastSignIn(account.id()).orElse(null), now, credentialsSent))
				.toList();
	}
}
