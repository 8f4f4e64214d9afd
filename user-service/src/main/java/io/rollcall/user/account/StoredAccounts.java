package io.rollcall.user.account;

/** Hears of each account that this instance has stored, right then. */
public interface StoredAccounts {
	void onStored(Account account);
}
