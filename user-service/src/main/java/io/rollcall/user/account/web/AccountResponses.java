package io.rollcall.user.account.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.stereotype.Component;

import io.rollcall.user.account.Account;
import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Delivery;

/** Accounts as they are answered, with what became of their mails. */
@Component
class AccountResponses {
	private final Deliveries deliveries;
	private final Clock clock;

	AccountResponses(Deliveries deliveries, Clock clock) {
		this.deliveries = deliveries;
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
		Map<Account, Delivery> found = deliveries.of(accounts);
		Instant now = clock.instant();
		return accounts.stream()
				.map(account -> AccountResponse.of(account, found.getOrDefault(account, Delivery.QUEUED), now,
						credentialsSent))
				.toList();
	}
}
