/** Idempotency keys in MongoDB. */
@NullMarked
package io.rollcall.user.request.persistence;

import org.jspecify.annotations.NullMarked;
