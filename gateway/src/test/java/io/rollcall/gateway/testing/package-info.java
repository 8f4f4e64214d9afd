/** The services and the authorization server behind the gateway of the tests, and those who ask it. */
@NullMarked
package io.rollcall.gateway.testing;

import org.jspecify.annotations.NullMarked;
