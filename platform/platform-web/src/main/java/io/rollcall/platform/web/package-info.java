/** Problem details (RFC 9457) with a stable {@code code}, the same from every service. */
@NullMarked
package io.rollcall.platform.web;

import org.jspecify.annotations.NullMarked;
