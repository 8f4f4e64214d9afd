/** Imports and the dispatcher's lease as MongoDB documents, mapped by hand. */
@NullMarked
package io.rollcall.imports.persistence;

import org.jspecify.annotations.NullMarked;
