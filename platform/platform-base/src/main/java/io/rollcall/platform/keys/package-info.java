/** The keys of the issuer, for whoever looks at its tokens: the services, and the gateway before them. */
@NullMarked
package io.rollcall.platform.keys;

import org.jspecify.annotations.NullMarked;
