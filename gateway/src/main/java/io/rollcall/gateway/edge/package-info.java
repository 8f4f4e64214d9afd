/**
 * First in and last out: {@link io.rollcall.gateway.edge.Edge} refuses what no service should see and answers what fails, which {@link io.rollcall.gateway.edge.UnresolvedFailures} leaves to it;
 * {@link io.rollcall.gateway.edge.Limits} counts, {@link io.rollcall.gateway.edge.TrustedProxies} says where a request comes from.
 */
@NullMarked
package io.rollcall.gateway.edge;

import org.jspecify.annotations.NullMarked;
