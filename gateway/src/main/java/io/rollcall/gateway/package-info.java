/**
 * The public edge. {@link io.rollcall.gateway.Edge} looks at every request first and answers every failure,
 * {@link io.rollcall.gateway.Routes} says which service a path belongs to, {@link io.rollcall.gateway.UpstreamExchange} passes
 * the request on and streams the answer back. Nothing is decided here that a service decides.
 */
@NullMarked
package io.rollcall.gateway;

import org.jspecify.annotations.NullMarked;
