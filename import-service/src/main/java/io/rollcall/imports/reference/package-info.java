/** Asks org-directory-service and user-service what a cell may have been meant to be. */
@NullMarked
package io.rollcall.imports.reference;

import org.jspecify.annotations.NullMarked;
