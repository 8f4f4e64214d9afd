/** A list of all the staff of some organizations, compared with the accounts that are there. */
@NullMarked
package io.rollcall.user.row.comparison;

import org.jspecify.annotations.NullMarked;
