package io.rollcall.user.api;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Origin;
import io.rollcall.user.permission.Actor;

/**
 * Who calls, with the rights the account has now, and what the events of the call are caused by.
 *
 * @param idempotencyKey what the caller sent as {@code Idempotency-Key}, at the Training Site with its name before it
 */
record Call(Actor actor, Origin.Request origin, @Nullable String idempotencyKey) {}
