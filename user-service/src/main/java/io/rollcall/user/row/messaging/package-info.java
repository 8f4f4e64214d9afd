/** Commands in, results and events out. */
@NullMarked
package io.rollcall.user.row.messaging;

import org.jspecify.annotations.NullMarked;
