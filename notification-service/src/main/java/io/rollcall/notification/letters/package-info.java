/** Mails as text and HTML from templates, as bytes that are the same every time. */
@NullMarked
package io.rollcall.notification.letters;

import org.jspecify.annotations.NullMarked;
