/** Events about accounts in, entries out. */
@NullMarked
package io.rollcall.user.history.messaging;

import org.jspecify.annotations.NullMarked;
