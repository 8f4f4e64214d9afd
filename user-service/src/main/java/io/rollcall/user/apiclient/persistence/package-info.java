/** API clients as they lay in MongoDB before accounts held them. */
@NullMarked
package io.rollcall.user.apiclient.persistence;

import org.jspecify.annotations.NullMarked;
