/**
 * Browser sessions in MongoDB, of which the database alone opens nothing: it holds a hash of the cookie, and attributes under a
 * key that only the cookie gives. The other packages use {@code HttpSession} as usual. Decision 13 says why.
 */
@NullMarked
package io.rollcall.gateway.session;

import org.jspecify.annotations.NullMarked;
