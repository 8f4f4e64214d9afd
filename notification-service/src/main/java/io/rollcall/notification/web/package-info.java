/** What operations may ask of the mails. */
@NullMarked
package io.rollcall.notification.web;

import org.jspecify.annotations.NullMarked;
