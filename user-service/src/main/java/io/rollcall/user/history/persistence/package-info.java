/** The history in MongoDB: a document an entry. */
@NullMarked
package io.rollcall.user.history.persistence;

import org.jspecify.annotations.NullMarked;
