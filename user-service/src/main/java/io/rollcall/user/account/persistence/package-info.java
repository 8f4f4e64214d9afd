/** Accounts in MongoDB: one document each, with the events it still owes the world. */
@NullMarked
package io.rollcall.user.account.persistence;

import org.jspecify.annotations.NullMarked;
