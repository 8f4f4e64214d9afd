/**
 * Browser sessions in MongoDB, of which the database alone opens nothing: it holds a hash of the cookie, and attributes under a
 * key that only the cookie gives. A service has them when it defines a {@link io.rollcall.platform.session.SessionSettings} and
 * {@link io.rollcall.platform.session.SessionAttributes}; it then uses {@code HttpSession} as usual. Decision 13 says why.
 */
@NullMarked
package io.rollcall.platform.session;

import org.jspecify.annotations.NullMarked;
