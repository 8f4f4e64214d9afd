package io.rollcall.user.account;

import io.rollcall.user.account.profile.Username;
import io.rollcall.user.outbox.Owing;

/** The events that accounts still owe the world. */
public interface Outbox extends Owing<Username> {}
