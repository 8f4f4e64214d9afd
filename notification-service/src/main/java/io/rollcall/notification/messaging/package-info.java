/** Events in, reports of delivery out. */
@NullMarked
package io.rollcall.notification.messaging;

import org.jspecify.annotations.NullMarked;
