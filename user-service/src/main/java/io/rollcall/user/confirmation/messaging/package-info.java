/** What happens in confirmations, as events on their topic. */
@NullMarked
package io.rollcall.user.confirmation.messaging;

import org.jspecify.annotations.NullMarked;
