/** What an account signs in with, a password for each site. */
@NullMarked
package io.rollcall.user.credential;

import org.jspecify.annotations.NullMarked;
