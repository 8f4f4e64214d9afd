/** The one place where a secret is opened. */
@NullMarked
package io.rollcall.notification.secrets;

import org.jspecify.annotations.NullMarked;
