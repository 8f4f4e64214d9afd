/** The history of accounts: for whoever may see the account, and the little that operations may. */
@NullMarked
package io.rollcall.user.history.web;

import org.jspecify.annotations.NullMarked;
