/**
 * The public edge. {@code edge} looks at every request first, counts it, and answers every failure; {@code signin} signs people
 * in and lends what they got to the requests of their {@code session}; {@code upstream} says which service a path belongs to, passes the
 * request on and streams the answer back; {@code portal} is the web app. Here is what they share: the settings, what the gateway
 * itself answers. Nothing is decided here that a service decides.
 */
@NullMarked
package io.rollcall.gateway;

import org.jspecify.annotations.NullMarked;
