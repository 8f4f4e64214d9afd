package io.rollcall.user.confirmation;

import java.time.Instant;
import java.util.UUID;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.Origin;

/**
 * What was said of an account in a confirmation. There is one of each account, whoever decides at the same moment.
 *
 * @param version grows by one with each other decision
 * @param accountVersion of the account at that moment
 */
public record Decision(UUID confirmation, UUID account, long version, Verdict verdict, Instant at, Origin.Request by,
		long accountVersion) {
	static Decision first(Confirmation confirmation, Account account, Verdict verdict, Origin.Request by, Instant at) {
		return of(confirmation.id(), account, 1, verdict, by, at);
	}

	/** Another one, in its place. */
	Decision changed(Account account, Verdict other, Origin.Request because, Instant now) {
		return of(confirmation, account, version + 1, other, because, now);
	}

	/** Whether this request has made it. */
	boolean isBy(Origin.Request request) {
		return by.causeId().equals(request.causeId());
	}

	private static Decision of(UUID confirmation, Account account, long version, Verdict verdict, Origin.Request by,
			Instant at) {
		return new Decision(confirmation, account.id(), version, verdict, at, by, account.lifetime().version());
	}
}
