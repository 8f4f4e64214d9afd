package io.rollcall.user.account;

import java.time.Instant;
import java.util.UUID;

import io.rollcall.user.account.profile.Profile;

/** What an account would be after a row that is not applied: judged by the rows behind it, never to be stored. */
public final class Preview {
	private Preview() {}

	public static Account made(Profile profile, Instant now) {
		return Account.beginning(profile, now);
	}

	/** After {@link Account#change} by this actor. */
	public static Account changed(Account account, Profile after, UUID actor, Instant now) {
		Profile before = account.profile();
		// The same organizations in another order are no change, and the account keeps the order that it has.
		if (after.changesSince(before).isEmpty()) return account;
		MailBudget mails = account.mails().copy();
		if (!after.email().equals(before.email())) mails.emailChanged(before.email(), actor, now);
		return new Account(account.id(), after, account.lifetime(), account.credentials(), mails, account.apiClients(),
				account.memory());
	}
}
