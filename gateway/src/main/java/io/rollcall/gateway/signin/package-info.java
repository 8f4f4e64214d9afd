/**
 * {@link io.rollcall.gateway.signin.SignIn} signs people in, {@link io.rollcall.gateway.signin.SignOut} out, and
 * {@link io.rollcall.gateway.signin.SessionTokens} lends what they got to the requests of their session; no token leaves by
 * another way.
 */
@NullMarked
package io.rollcall.gateway.signin;

import org.jspecify.annotations.NullMarked;
