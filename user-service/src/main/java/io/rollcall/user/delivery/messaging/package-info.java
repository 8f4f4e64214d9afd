/** Reports of mails in. */
@NullMarked
package io.rollcall.user.delivery.messaging;

import org.jspecify.annotations.NullMarked;
