/** What operations see of the accounts: what they still owe the world. */
@NullMarked
package io.rollcall.user.account.operations;

import org.jspecify.annotations.NullMarked;
