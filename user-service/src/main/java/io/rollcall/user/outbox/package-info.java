/** Events that are stored with what they tell of, until the broker has them. */
@NullMarked
package io.rollcall.user.outbox;

import org.jspecify.annotations.NullMarked;
