/** Out: each organization as it is now, on {@code organization-events}. In: nothing. */
@NullMarked
package io.rollcall.organization.messaging;

import org.jspecify.annotations.NullMarked;
