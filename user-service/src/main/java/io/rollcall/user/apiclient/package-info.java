/**
 * Programs that act for an account, as a district's own system that uploads its staff: OAuth 2.0 clients that coordinators make
 * themselves. They have the rights that the account has at the moment. They stand in the account, which also says when they end.
 */
@NullMarked
package io.rollcall.user.apiclient;

import org.jspecify.annotations.NullMarked;
