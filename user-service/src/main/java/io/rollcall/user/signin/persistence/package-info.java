/** Sign-ins, attempts and requests for links in MongoDB. */
@NullMarked
package io.rollcall.user.signin.persistence;

import org.jspecify.annotations.NullMarked;
