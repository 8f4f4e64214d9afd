/**
 * Signing in and what belongs to it: passwords are evaluated within a budget, generated ones are replaced, forgotten ones are
 * set anew by a mailed link. What comes out is a {@link SignIn}, on which the authorization server's tokens stand.
 */
@NullMarked
package io.rollcall.user.signin;

import org.jspecify.annotations.NullMarked;
