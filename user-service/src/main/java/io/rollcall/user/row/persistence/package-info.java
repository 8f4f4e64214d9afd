/** Decisions and positions in MongoDB. */
@NullMarked
package io.rollcall.user.row.persistence;

import org.jspecify.annotations.NullMarked;
