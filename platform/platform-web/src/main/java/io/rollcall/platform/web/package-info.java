/** Problem details (RFC 9457) with a stable {@code code}, and what else is the same of every service: strict JSON, pages, idempotency keys, turns. */
@NullMarked
package io.rollcall.platform.web;

import org.jspecify.annotations.NullMarked;
