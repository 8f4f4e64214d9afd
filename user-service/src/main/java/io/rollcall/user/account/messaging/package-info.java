/** What happened to accounts, as events on the topics. */
@NullMarked
package io.rollcall.user.account.messaging;

import org.jspecify.annotations.NullMarked;
