/** Yearly confirmations: whether those who have an account are still there, said by their coordinators until a deadline. */
@NullMarked
package io.rollcall.user.confirmation;

import org.jspecify.annotations.NullMarked;
