/** Requests that carry an idempotency key: what was asked under it the first time. */
@NullMarked
package io.rollcall.user.request;

import org.jspecify.annotations.NullMarked;
