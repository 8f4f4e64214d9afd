/** Conversations with the mail server (RFC 5321). */
@NullMarked
package io.rollcall.notification.smtp;

import org.jspecify.annotations.NullMarked;
