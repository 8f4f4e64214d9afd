/** What happened to each account: when, by whom, which way, what before and after. */
@NullMarked
package io.rollcall.user.history;

import org.jspecify.annotations.NullMarked;
