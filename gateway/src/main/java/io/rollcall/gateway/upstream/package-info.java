/**
 * {@link io.rollcall.gateway.upstream.Routes} says which service a path belongs to,
 * {@link io.rollcall.gateway.upstream.UpstreamExchange} passes the request on and streams the answer back. RATIONALE.md says why
 * with an exchange of our own.
 */
@NullMarked
package io.rollcall.gateway.upstream;

import org.jspecify.annotations.NullMarked;
