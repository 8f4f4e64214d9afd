/** The OAuth 2.0 authorization server: clients, keys, and what stands in a token. */
@NullMarked
package io.rollcall.user.authorization;

import org.jspecify.annotations.NullMarked;
