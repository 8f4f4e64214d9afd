/** Gets mails out: lanes that each keep one connection, claims that outlive a crash, pauses that grow. */
@NullMarked
package io.rollcall.notification.delivery;

import org.jspecify.annotations.NullMarked;
