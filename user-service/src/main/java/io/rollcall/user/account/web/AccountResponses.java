package io.rollcall.user.account.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import io.rollcall.user.account.Account;
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
		return of(List.of(account)).getFirst();
	}

	List<AccountResponse> of(List<Account> accounts) {
		Map<Account, Delivery> found = deliveries.of(accounts);
		Instant now = clock.instant();
		return accounts.stream()
				.map(account -> AccountResponse.of(account, found.getOrDefault(account, Delivery.QUEUED), now))
				.toList();
	}
}
