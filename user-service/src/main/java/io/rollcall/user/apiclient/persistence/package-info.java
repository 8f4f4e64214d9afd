/** API clients in MongoDB. */
@NullMarked
package io.rollcall.user.apiclient.persistence;

import org.jspecify.annotations.NullMarked;
