/** The account as an aggregate: what happens to it, who brought it about, what it owes the world. {@code profile} has its fields. */
@NullMarked
package io.rollcall.user.account;

import org.jspecify.annotations.NullMarked;
