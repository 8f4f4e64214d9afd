/** What became of the mails with an account's credentials. */
@NullMarked
package io.rollcall.user.delivery;

import org.jspecify.annotations.NullMarked;
