/** Organizations in MongoDB: a document each, its code the {@code _id}; see RATIONALE.md for how announcements are kept. */
@NullMarked
package io.rollcall.organization.persistence;

import org.jspecify.annotations.NullMarked;
