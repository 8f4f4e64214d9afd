package io.rollcall.user.account;

import io.rollcall.platform.messaging.CloudEvent;

/** An account's event in the form in which it is stored and published; a secret in it is encrypted to its one reader. */
public interface EventEncoding {
	CloudEvent encode(Account account, AccountEvent event);
}
