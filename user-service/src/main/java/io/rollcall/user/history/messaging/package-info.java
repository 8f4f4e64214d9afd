/** Events about accounts, and decisions of confirmations, in; entries out. */
@NullMarked
package io.rollcall.user.history.messaging;

import org.jspecify.annotations.NullMarked;
