/** Who calls, as the access token says it; every request needs one, every handler a rule of its own. */
@NullMarked
package io.rollcall.platform.security;

import org.jspecify.annotations.NullMarked;
