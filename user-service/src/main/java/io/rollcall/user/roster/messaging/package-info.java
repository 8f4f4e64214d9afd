/** Keeps the roster up with what other instances write. */
@NullMarked
package io.rollcall.user.roster.messaging;

import org.jspecify.annotations.NullMarked;
