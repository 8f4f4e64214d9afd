/** Confirmations against people who know the rules and not the code. */
@NullMarked
package io.rollcall.user.confirmation;

import org.jspecify.annotations.NullMarked;
