/**
 * Any table read as a list of users, by an offer and never unseen: which line names the columns, which column is which field. It is
 * proposed, changed by hand, and then read into the same {@link io.rollcall.imports.file.UserFile} as the template, always for a
 * preview or a comparison. What a cell holds is not changed here, but for a name that is taken apart. {@code xlsx} and {@code text}
 * know how bytes become lines.
 */
@NullMarked
package io.rollcall.imports.table;

import org.jspecify.annotations.NullMarked;
