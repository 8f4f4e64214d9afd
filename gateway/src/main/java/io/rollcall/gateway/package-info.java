/**
 * The public edge. {@link io.rollcall.gateway.Edge} looks at every request first and answers every failure,
 * {@link io.rollcall.gateway.Limits} counts, {@link io.rollcall.gateway.SignIn} signs people in and
 * {@link io.rollcall.gateway.SessionTokens} lends what they got to the requests of their session,
 * {@link io.rollcall.gateway.Routes} says which service a path belongs to and {@link io.rollcall.gateway.Portal} which page,
 * {@link io.rollcall.gateway.UpstreamExchange} passes the request on and streams the answer back. Nothing is decided here that a
 * service decides.
 */
@NullMarked
package io.rollcall.gateway;

import org.jspecify.annotations.NullMarked;
