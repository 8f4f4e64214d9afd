/** A batch of rows in, an outcome for each out, the same outcome however often a row is given. */
@NullMarked
package io.rollcall.user.row;

import org.jspecify.annotations.NullMarked;
