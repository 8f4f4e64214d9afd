/** The list of accounts as people look through it: searched, filtered, sorted, in memory. */
@NullMarked
package io.rollcall.user.roster;

import org.jspecify.annotations.NullMarked;
